"""Edits in words: what is different in a what-if, said before it is made."""

from __future__ import annotations

from detente.errors import EditError
from detente.explain.bans import ban_words
from detente.explain.words import quoted
from detente.model.conflict import Conflict, Direction
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRedLine,
    RemoveRule,
    RemoveStatement,
    RenameDecisionMaker,
    RenameOption,
    ReplaceStatement,
    Restoring,
    ReverseStatement,
    SetDirection,
    SetPreference,
    SetStatusQuo,
)
from detente.model.edit_bans import AddBan, RemoveBan, SetMeasures
from detente.model.edit_beliefs import AddPair, RemovePair, SetAttitudes, SetJoint, SetThresholds, SetViewpoints
from detente.model.edit_fronts import SetFronts
from detente.model.edit_guesses import SetGuesses
from detente.model.edit_options import AddOption, RemoveOption, SetOwners
from detente.model.edit_positions import SetFallback, SetPositions
from detente.model.edit_rankings import MoveRanked, PlaceRanked, SetWeight, levels_of
from detente.model.formula import written
from detente.model.pairs import PairStatement
from detente.model.position import StatedPosition
from detente.model.preference import Preference, Statement, Sums
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.preference.edit_shifts import ShiftState
from detente.text import listing, plural

_DIRECTIONS = {
    Direction.BOTH: "can be taken up and given up",
    Direction.ONLY_ON: "can be taken up, and not given up again",
    Direction.ONLY_OFF: "can be given up, and not taken up again",
}


def describe(edit: Edit, before: Conflict) -> str:
    """What an edit changes, as one sentence.

    Parameters
    ----------
    edit
        The edit.
    before
        The conflict that it is to be applied to; what is taken away is named from it.

    Raises
    ------
    EditError
        The edit does not fit the conflict (as `Edit.apply`).

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "sign", ("A",)),))
    >>> describe(SetStatusQuo(frozenset({"x"})), one)
    'The status quo is that x is taken and nothing else.'
    """
    edit.apply(before)
    return fitting_words(edit, before)


def fitting_words(edit: Edit, before: Conflict) -> str:
    """The same of an edit that is known to fit.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "sign", ("A",)),))
    >>> fitting_words(SetStatusQuo(None), one)
    'There is no status quo.'
    """
    match edit:
        case SetStatusQuo(taken):
            return f"The status quo is that {taken_words(before, taken)}." if taken is not None else "There is no status quo."
        case AddRule(place, rule):
            return f"A rule is added as number {place}: {rule_words(rule)}."
        case RemoveRule(place):
            return f"Rule {place} is taken away: {rule_words(before.rules[place - 1])}."
        case SetDirection(option, direction):
            return f"The option {option} {_DIRECTIONS[direction]}."
        case RenameOption(old, new):
            return f"The option {old} is called {new}."
        case RenameDecisionMaker(old, new):
            return f"The decision maker {old} is called {new}."
        case SetPositions(positions):
            return f"{_position_words(before, positions)}."
        case SetFallback(fallback):
            return "The fallback is the status quo." if fallback is None else f"The fallback is that {taken_words(before, fallback.taken)}."
        case AddBan(place, ban):
            return f"A ban is added as number {place}: {ban_words(ban)}."
        case RemoveBan(place):
            return f"Ban {place} is lifted: {ban_words(before.bans[place - 1])}."
        case SetMeasures(measures):
            listed = listing([quoted(measure.name) for measure in measures])
            return f"The measures that could be tried are {listed}." if measures else "No measure is left to try."
        case SetGuesses(guesses):
            keys = listing([quoted(guess.key) for guess in guesses])
            return f"What is uncertain is {keys}." if guesses else "Nothing is uncertain."
        case SetFronts(fronts):
            return f"The fronts are {listing([quoted(front.name) for front in fronts])}." if fronts else "There is no front."
        case AddOption(option):
            owners = f"{listing(option.owners)} can change it" if option.owners else "nobody can change it"
            return f"There is a further option, {option.key}; {owners}."
        case RemoveOption(key):
            return f"There is no option {key}."
        case SetOwners(option, owners):
            return f"The option {option} can be changed by {listing(owners)}, each alone." if owners else f"Nobody can change {option}."
        case SetPreference(dm, preference):
            return f"{dm} {_preference_words(preference)}."
        case AddRedLine(dm, place, line):
            return f"{dm} has a further red line, number {place}: never {quoted(line.says or written(line.never))}."
        case RemoveRedLine(dm, place):
            line = before.decision_maker(dm).red_lines[place - 1]
            return f"{dm} no longer has red line {place}: never {quoted(line.says or written(line.never))}."
        case AddPair() | RemovePair() | SetThresholds() | SetAttitudes() | SetViewpoints() | SetJoint():
            return _of_beliefs(edit, before)
        case Restoring(inner):
            return describe(inner, before)
        case _:
            return _of_statement(edit, before)


def _of_beliefs(edit: Edit, before: Conflict) -> str:
    """An edit of what decision makers think in words."""
    match edit:
        case AddPair(dm, place, pair):
            return f"A statement about pairs of states is added for {dm} as number {place}: {pair_words(pair)}."
        case RemovePair(dm, place):
            gone = before.decision_maker(dm).pairs[place - 1]
            return f"Statement {place} of {dm} about pairs of states is taken away: {pair_words(gone)}."
        case SetThresholds(dm, thresholds):
            named = listing([f"{threshold.kind} {threshold.value}" for threshold in thresholds])
            return f"The thresholds of {dm} are {named}." if thresholds else f"{dm} has no threshold."
        case SetAttitudes(dm, attitudes):
            named = listing([f"{one.stance} toward {'themselves' if one.toward == dm else one.toward}" for one in attitudes])
            return f"{dm} is {named}." if attitudes else f"No attitude of {dm} is stated."
        case SetViewpoints(viewpoints):
            return f"The viewpoints are {listing([quoted(seen.name) for seen in viewpoints])}." if viewpoints else "There is no viewpoint."
        case SetJoint(place, joint):
            members = listing(before.coalitions[place - 1].members)
            return f"{members} can {'change options of theirs in one step' if joint else 'move one after the other only'}."
        case _:
            raise EditError.of("M133", f"no words are known for {type(edit).__name__}", help="describe it by its `repr`")


def pair_words(pair: PairStatement) -> str:
    """A statement about pairs of states in words.

    >>> from fractions import Fraction
    >>> from detente.model.formula import Taken
    >>> pair_words(PairStatement("certainty", Taken("x"), Taken("y"), (Fraction(4, 5),)))
    'states with “x” over states with “y”, certainty 4/5'
    """
    of, over = quoted(written(pair.of)), quoted(written(pair.over))
    if pair.kind == "unknown":
        return f"it is not known how states with {of} compare with states with {over}"
    said = ", ".join(map(str, pair.values))
    if pair.kind == "grey":
        ends = zip(pair.values[::2], pair.values[1::2], strict=True)
        said = " or ".join(str(low) if low == high else f"{low} to {high}" for low, high in ends)
    return f"states with {of} over states with {over}, {pair.kind} {said}"


def _of_statement(edit: Edit, before: Conflict) -> str:
    """An edit of a statement of preference in words."""

    def old(dm: str, place: int) -> str:
        preference = before.decision_maker(dm).preference
        return _says(preference.statements()[place - 1]) if preference is not None else ""

    match edit:
        case AddStatement(dm, place, statement):
            return f"{dm} also prefers, in place {place}: {_says(statement)}."
        case RemoveStatement(dm, place):
            return f"{dm} no longer prefers: {old(dm, place)} (which was in place {place})."
        case ReplaceStatement(dm, place, statement):
            return f"{dm} prefers, in place {place}: {_says(statement)}, instead of {old(dm, place)}."
        case MoveStatement(dm, place, to) if place == to:
            return f"{dm} keeps in place {place}: {old(dm, place)}."
        case MoveStatement(dm, place, to):
            return f"{dm} puts in place {to} instead of {place}, so that it counts {'more' if to < place else 'less'}: {old(dm, place)}."
        case ReverseStatement(dm, place):
            return f"{dm} now prefers the contrary, in place {place}, of: {old(dm, place)}."
        case MoveRanked(dm, taken, up):
            return f"{dm} ranks one step {'higher' if up else 'lower'} the state in which {taken_words(before, taken)}."
        case ShiftState(dm, taken, past, how):
            beside = {"above": "just above", "below": "just below", "level": "level with"}[how]
            return f"{dm} ranks the state in which {taken_words(before, taken)} {beside} that in which {taken_words(before, past)}."
        case PlaceRanked():
            return _placed_words(edit, before)
        case SetWeight(dm, option, weight):
            preference = before.decision_maker(dm).preference
            weights = [dict(one.weights) for one in preference.criteria() if isinstance(one, Sums)] if preference is not None else []
            return f"{dm} gives {option} the weight {weight:,} instead of {sum(one.get(option, 0) for one in weights):,}."
        case _:
            raise EditError.of("M133", f"no words are known for {type(edit).__name__}", help="describe it by its `repr`")


def _placed_words(edit: PlaceRanked, before: Conflict) -> str:
    """A state put at another place of a ranking in words."""
    old = next(number for number, level in enumerate(levels_of(before.decision_maker(edit.dm)), 1) if edit.taken in level)
    made = levels_of(edit.apply(before).decision_maker(edit.dm))
    new, others = next((number, len(level) - 1) for number, level in enumerate(made, 1) if edit.taken in level)
    tied = f", tied with {plural(others, 'other state')}" if others else ""
    state = f"the state in which {taken_words(before, edit.taken)}"
    return f"{edit.dm} puts in place {new:,} of the ranking instead of {old:,}{tied}: {state}."


def taken_words(conflict: Conflict, taken: frozenset[str]) -> str:
    """A state, as the options taken in it.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "sign", ("A",)),))
    >>> taken_words(one, frozenset())
    'no option is taken'
    """
    keys = [option.key for option in conflict.options if option.key in taken]
    return f"{listing(keys)} {'is' if len(keys) == 1 else 'are'} taken and nothing else" if keys else "no option is taken"


def _position_words(conflict: Conflict, positions: tuple[StatedPosition, ...]) -> str:
    """What is demanded, by whom."""
    if not positions:
        return "No decision maker is said to demand anything"
    demands = [f"{position.party} that {taken_words(conflict, position.taken)}" for position in positions]
    return f"The positions are: {'; '.join(demands)}"


def rule_words(rule: Rule) -> str:
    """A rule in words.

    >>> rule_words(AtMostOne(("x", "y")))
    'at most one of x and y is taken'
    """
    match rule:
        case Infeasible(when):
            return f"{quoted(written(when))} can't happen"
        case AtMostOne(options):
            return f"at most one of {listing(options)} is taken"
        case ExactlyOne(options):
            return f"exactly one of {listing(options)} is taken"
        case AtLeastOne(options):
            return f"at least one of {listing(options)} is taken"
        case OnlyIf(this, needs):
            return f"{quoted(written(this))} only if {quoted(written(needs))}"
        case Merged(when):
            return f"all states with {quoted(written(when))} are one"


def _says(statement: Statement) -> str:
    condition = quoted(written(statement.when))
    return f"{quoted(statement.says)} ({condition})" if statement.says else condition


def _preference_words(preference: Preference | None) -> str:
    """A preference in words, as short as can be."""
    if preference is None:
        return "is indifferent among all states that cross none of its red lines"
    statements = preference.statements()
    if not statements:
        return f"has another preference, written with {quoted(preference.kind)}"
    return f"has another preference: {plural(len(statements), 'statement')}, first {_says(statements[0])}"
