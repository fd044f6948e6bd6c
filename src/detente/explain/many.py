"""A large set of states in sentences: which they are, line by line, the nearest of them, and what each prefers most among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.analysis.many.answer import Answer
from detente.analysis.many.best import Best
from detente.analysis.many.conditions import Condition, GoTogether, IsMet, IsTaken, Together
from detente.analysis.many.lines import Line, Lines
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import written
from detente.text import capital, counted, listing, plural

MOST_DISTANCES = 5
"""How many distances are told one by one."""
MOST_UNDOMINATED = 4
"""Most states of which it is told that no other one named beside them is better for somebody and worse for nobody."""


def share(part: int, whole: int) -> str:
    """A part of a whole in percent: never 0 % of something, nor 100 % of less than all.

    >>> share(126, 201), share(1, 900), share(899, 900), share(5, 5)
    ('63%', 'under 1%', 'over 99%', '100%')
    """
    if part == whole:
        return "100%"
    percent = (200 * part + whole) // (2 * whole)  # rounded, halves up
    return "under 1%" if not percent else "over 99%" if percent == 100 else f"{percent}%"


def told(words: Words, found: Answer, which: str, one: str) -> Explanation:
    """What is said of a large set of states.

    Parameters
    ----------
    words
        The words for states and options.
    found
        What was worked out of the set.
    which
        What its members are called, after their number: "equilibria under SEQ".
    one
        What one of them is called: "an equilibrium under SEQ".

    Examples
    --------
    >>> from detente.analysis.many.answer import answer
    >>> from detente.analysis.many.looking import Look
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> found = answer(Look(space.states), space.states.where(space.conflict.decision_makers[3].preference.statements()[0].when))
    >>> len(told(Words(space), found, "states that Iran wants most", "such a state").parts) > 0
    True
    """
    parts = [*_which(words, found, which), *_nearest(words, found, which), *_best(words, found)]
    silent = tuple(Sentence(f"Not said {_of(words, key)}: {problem.message}.") for key, problem in found.silent.items())
    if silent:
        parts.append(Part(silent))
    head = f"In this model {counted(found.members.count)} states are {which}."
    if found.members.count == 1:
        head = f"In this model 1 state is {one}."
    return Explanation(Sentence(head), tuple(parts))


def _of(words: Words, key: str) -> str:
    return "which are nearest to the status quo" if key == "near" else f"what is best for {words.party(key)}"


# -- which they are ----------------------------------------------------------------------------------------------------
def _which(words: Words, found: Answer, which: str) -> list[Part]:
    """What all of them have in common, and the lines."""
    lines = found.lines
    if lines is None:
        return [Part((Sentence("In which conditions they are told from other states is not said: no engine gave the set of all states."),))]
    said, elements = conditions_said(words, lines.shared.conditions)
    count = counted(lines.count)
    if lines.whole:
        exactly = f"The {count} {which} are exactly the states in which {said}." if said else f"All {count} states are {which}."
        return [Part((Sentence(exactly, (), elements),))]
    parts = []
    if said:
        parts.append(Part((Sentence(f"In all {count} {which} {said}; other states may have this too.", (), elements),)))
    if lines.lines:
        parts.append(_lines(words, lines, which, bool(said)))
    elif lines.left:
        parts.append(Part((Sentence(f"Which states they are is not said: {_none(lines, which)}."),)))
    return parts


def _none(lines: Lines, which: str) -> str:
    if lines.stopped:
        return "the time was up before conditions were found"
    return f"no short condition was found that holds of some of the {counted(lines.count)} {which} and of no other state"


def _lines(words: Words, lines: Lines, which: str, shared: bool) -> Part:
    among = "Of the states in which all this is so, " if shared else ""
    if not lines.left:
        start = f"{among}{'t' if among else 'T'}he {counted(lines.count)} {which} are exactly those in which "
        if len(lines.lines) == 1:
            said, elements = conditions_said(words, lines.lines[0].conditions)
            return Part((Sentence(f"{start}{said}.", (), elements),))
        return Part((Sentence(f"{start}one of these is so:"),), _items(words, lines))
    covered = lines.count - lines.left
    why = "there was no time to look for more" if lines.stopped else "no short conditions were found for them"
    part = f"{counted(covered)} of the {counted(lines.count)} ({share(covered, lines.count)})"
    lead = (
        Sentence(f"{part} are described by the lines below, and the other {counted(lines.left)} are not: {why}."),
        Sentence(f"{among}{'a' if among else 'A'}ll in which one of these is so are {which}:"),
    )
    return Part(lead, _items(words, lines))


def _items(words: Words, lines: Lines) -> tuple[Sentence, ...]:
    return tuple(_line(words, line, lines.count, place) for place, line in enumerate(lines.lines))


def _line(words: Words, line: Line, count: int, place: int) -> Sentence:
    """One line, with how many it adds and which share of all that is."""
    said, elements = conditions_said(words, line.conditions)
    adds = plural(line.further, "further state" if place else "state", "further states" if place else "states")
    more = f", {counted(line.count)} with those above" if line.count > line.further else ""
    return Sentence(f"{said} ({adds}, {share(line.further, count)}{more})", (), elements)


def conditions_said(words: Words, conditions: Sequence[Condition]) -> tuple[str, tuple[str, ...]]:
    """Conditions in words, all of which hold, and the elements of the conflict that they speak of.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(load("elmira")))
    >>> conditions_said(words, [IsTaken("Modify", True), IsTaken("Delay", False)])[0]
    '“modify the control order” is taken and “delay the appeal” is not'
    """
    taken = [condition.key for condition in conditions if isinstance(condition, IsTaken) and condition.taken]
    lacking = [condition.key for condition in conditions if isinstance(condition, IsTaken) and not condition.taken]
    parts = []
    if taken:
        parts.append(f"{_options(words, taken)} {'is' if len(taken) == 1 else 'are'} taken")
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        parts.append(f"{_options(words, lacking)} {verb} not" if taken else f"{_options(words, lacking)} {verb} not taken")
    text = " and ".join(parts)
    others = [_said(words, condition) for condition in conditions if not isinstance(condition, IsTaken)]
    return "; ".join([*([text] if text else []), *others]), _elements(conditions)


def _said(words: Words, condition: Condition) -> str:
    match condition:
        case GoTogether(first, second, how):
            one, two = _option(words, first), _option(words, second)
            match how:
                case Together.ONLY_WITH:
                    return f"{one} is taken only where {two} is"
                case Together.AT_LEAST_ONE:
                    return f"{one} or {two}, or both, are taken"
                case Together.NOT_BOTH:
                    return f"{one} and {two} are not both taken"
                case Together.BOTH_OR_NEITHER:
                    return f"{one} and {two} are both taken or neither is"
                case Together.EXACTLY_ONE:
                    return f"exactly one of {one} and {two} is taken"
        case IsMet(dm, place, when, met):
            statement = words.conflict.decision_maker(dm).preference
            says = statement.statements()[place - 1].says if statement is not None else None
            what = quoted(says) if says else written(when, lambda key: _option(words, key))
            return f"statement {place} of {words.party(dm)}, {what}, is {'' if met else 'not '}met"
        case IsTaken(key, taken):
            return f"{_option(words, key)} is {'' if taken else 'not '}taken"


def _elements(conditions: Sequence[Condition]) -> tuple[str, ...]:
    found: list[str] = []
    for condition in conditions:
        match condition:
            case IsTaken(key, _):
                found.append(f"options/{key}")
            case GoTogether(first, second, _):
                found += [f"options/{first}", f"options/{second}"]
            case IsMet(dm, place, _, _):
                found.append(f"decision makers/{dm}/prefers/{place}")
    return tuple(dict.fromkeys(found))


def _options(words: Words, keys: Iterable[str]) -> str:
    return listing(_option(words, key) for key in keys)


def _option(words: Words, key: str) -> str:
    """An option by its name; with its owners where several options have the same name."""
    option = words.conflict.option(key)
    alone = sum(other.name == option.name for other in words.conflict.options) == 1
    return quoted(option.name) if alone or not option.owners else f"{quoted(option.name)} of {listing(map(words.party, option.owners))}"


# -- the nearest, and the best -----------------------------------------------------------------------------------------
def _nearest(words: Words, found: Answer, which: str) -> list[Part]:
    """Which are nearest to the status quo, and how many are how far away."""
    if found.origin is None:
        return []
    origin = f"the status quo ({words.state(found.origin)})"
    if found.near is None:
        return [Part((Sentence(f"No other state than {origin} is among them.", (found.origin,)),))] if found.is_member else []
    near = found.near
    start = f"T{origin[1:]} is one of them. Of the others the nearest to it" if found.is_member else f"The nearest to {origin}"
    options = plural(near.distance, "option")
    if near.count == 1:
        text = f"{start} is {_named(words, near.states[0])}: it differs in {options}."
    elif near.count == len(near.states):
        text = f"{start} are {_several(words, near.states)}: each differs in {options}."
    else:
        text = f"{start} are {counted(near.count)} that differ in {options}, the first by number {_several(words, near.states)}."
    lead = [Sentence(text, (found.origin, *near.states))]
    if len(near.by_distance) > 1:
        lead.append(Sentence(f"{capital(which)} by how many options differ from it: {_distances(near.by_distance)}.", (found.origin,)))
    return [Part(tuple(lead))]


def _distances(by_distance: Mapping[int, int]) -> str:
    """How many differ in how many options, those that differ in many together."""
    pairs = list(by_distance.items())
    told = [f"{counted(count)} by {plural(distance, 'option')}" for distance, count in pairs[:MOST_DISTANCES]]
    if rest := pairs[MOST_DISTANCES:]:
        upper = f" to {rest[-1][0]}" if len(rest) > 1 else ""
        told.append(f"{counted(sum(count for _, count in rest))} by {rest[0][0]}{upper} options")
    return listing(told)


def _named(words: Words, state: int) -> str:
    """A state by its number, and its name if it has one; where numbers run to ten digits, also by what differs from the status quo."""
    name = words.name(state)
    origin = words.space.status_quo
    more = quoted(name) if name else ""
    if not name and not words.space.is_listed and origin is not None and origin != state:
        more = _difference(words, origin, state)
    return f"{words.state(state)} ({more})" if more else words.state(state)


def _difference(words: Words, origin: int, state: int) -> str:
    """What is taken up and given up between two states.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> _difference(Words(StateSpace(load("euphrates-1975"), list_up_to=0)), 1, 2)
    '“escalate” taken up; “release water” given up'
    """
    conflict = words.conflict
    before, after = conflict.taken(origin), conflict.taken(state)
    up = [option.key for option in conflict.options if option.key in after - before]
    down = [option.key for option in conflict.options if option.key in before - after]
    return "; ".join(f"{_options(words, keys)} {verb}" for keys, verb in ((up, "taken up"), (down, "given up")) if keys)


def _several(words: Words, states: Sequence[int]) -> str:
    alone = words.space.is_listed and not any(map(words.name, states))
    return words.states(states) if alone else listing(_named(words, state) for state in states)


def _best(words: Words, found: Answer) -> list[Part]:
    """What each decision maker likes best among them, whether anything is best for all, and what of it nobody need refuse."""
    if not found.best:
        return []
    items = tuple(_best_of(words, dm, best, found.origin is not None) for dm, best in found.best.items())
    lead: list[Sentence] = []
    if found.best_for_all is not None:
        count, states = found.best_for_all
        everybody = "every decision maker"
        if not count:
            lead.append(Sentence(f"None of them is what {everybody} prefers most."))
        elif count == 1:
            lead.append(Sentence(f"{capital(_named(words, states[0]))} is what {everybody} prefers most.", states))
        else:
            lead.append(
                Sentence(f"{counted(count)} of them, such as {_named(words, states[0])}, are what {everybody} prefers most.", states[:1])
            )
    lead.append(Sentence("What each decision maker prefers most among them:"))
    return [Part(tuple(lead), items), *_undominated(words, found)]


def _best_of(words: Words, dm: str, best: Best, has_origin: bool) -> Sentence:
    who = words.party(dm)
    if best.count == 1:
        return Sentence(f"{who}: {_named(words, best.states[0])}", best.states)
    if best.count == len(best.states):
        return Sentence(f"{who}: {_several(words, best.states)}, which are the same to {who}", best.states)
    how = "the nearest to the status quo" if has_origin and best.members is not None else "the first by number"
    return Sentence(f"{who}: {counted(best.count)} states, which are the same to {who}; {how} {_several(words, best.states)}", best.states)


def _undominated(words: Words, found: Answer) -> list[Part]:
    """Those of the states named here beside which no other one is better for somebody and worse for nobody."""
    beaten = [state for state in found.named if state not in found.undominated]
    if not beaten or not 0 < len(found.undominated) <= MOST_UNDOMINATED:
        return []
    text = (
        f"Of the {plural(len(found.named), 'state')} named here as nearest or most preferred, {_several(words, found.undominated)} "
        f"{'is' if len(found.undominated) == 1 else 'are'} such that no other one of these {len(found.named)} is better for somebody "
        "and worse for nobody."
    )
    return [Part((Sentence(text, found.undominated),))]
