"""What certificates for large spaces claim, as conditions that nothing meets.

A *claim* is a condition over the options and, where a move is spoken of, over the options after it; the claim holds if nothing meets the
condition.  A proof of it is a list of clauses (`detente.analysis.propagation`) in the numbers that `detente.model.clauses` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.model.clauses import conjunction, disjunction, equal, negation, pinned
from detente.model.formula import FALSE, TRUE, And, Const, Formula, If, Not, Or, Taken, options_in, renamed
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.model.rule import required
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

_AFTER = "\0"  # begins the name of an option after a move; no key holds it


# -- preferences ---------------------------------------------------------------------------------------------------
def better_than(space: StateSpace, dm: str, state: int, values: Mapping[str, bool] | None = None) -> Formula:
    """The condition that a decision maker prefers a state to a known one.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    state
        The known state (combination).
    values
        Options that are known of the other state.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> better_than(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), "A", 0)
    Taken(option='x')
    """
    known = {option.key: Const(bool(state >> k & 1)) for k, option in enumerate(space.conflict.options)}
    other = {key: Const(value) for key, value in (values or {}).items()}
    return _preferred(space, dm, other, known)


def _preferred(space: StateSpace, dm: str, one: Mapping[str, Formula], two: Mapping[str, Formula]) -> Formula:
    """That the first criterion on which two states differ speaks for the first; each is given by what stands for its options."""
    result: Formula = FALSE
    keys = [option.key for option in space.conflict.options]
    criteria = [part for each in criteria_of(space.conflict.decision_maker(dm)) for part in _written_out(each, keys)]
    for criterion in reversed(criteria):
        if isinstance(criterion, Meets):
            mine, theirs = _put(criterion.formula, one), _put(criterion.formula, two)
            if mine == theirs:
                continue
            above, tied = conjunction((mine, negation(theirs))), equal(mine, theirs)
        else:
            assert isinstance(criterion, Sums)
            above, tied = _sums(criterion, one, two)
        result = disjunction((above, conjunction((tied, result))))
    return result


def _put(formula: Formula, standing: Mapping[str, Formula]) -> Formula:
    """A condition with what stands for its options put in: constants, or the options after a move."""
    values = {key: part.value for key, part in standing.items() if isinstance(part, Const)}
    names = {key: part.option for key, part in standing.items() if isinstance(part, Taken)}
    return renamed(pinned(formula, values) if values else formula, names)


def _written_out(criterion: Criterion, keys: Iterable[str]) -> list[Criterion]:
    """A criterion, with each level of an explicit order as a condition: "this level or a higher one"."""
    if not isinstance(criterion, Listed):
        return [criterion]
    parts: list[Formula] = []
    found: list[Criterion] = []
    for level in criterion.levels:
        parts += [And(tuple(Taken(key) if key in taken else Not(Taken(key)) for key in keys)) for taken in level]
        found.append(Meets(Or(tuple(parts))))
    return found


def _sums(criterion: Sums, one: Mapping[str, Formula], two: Mapping[str, Formula]) -> tuple[Formula, Formula]:
    """That one sum of weights is greater than another, and that they are equal; a negative weight counts on the option not taken."""
    terms = [(one.get(key, Taken(key)), two.get(key, Taken(key)), weight) for key, weight in criterion.weights if weight]
    differing = [(a, b, weight) for a, b, weight in terms if a != b]
    mine = _digits([(a if weight > 0 else negation(a), abs(weight)) for a, _, weight in differing])
    theirs = _digits([(b if weight > 0 else negation(b), abs(weight)) for _, b, weight in differing])
    above: Formula = FALSE
    tied: Formula = TRUE
    for place in range(max(len(mine), len(theirs))):
        a, b = (digits[place] if place < len(digits) else FALSE for digits in (mine, theirs))
        same = equal(a, b)
        above = disjunction((conjunction((a, negation(b))), conjunction((same, above))))
        tied = conjunction((same, tied))
    return above, tied


def _digits(terms: Sequence[tuple[Formula, int]]) -> list[Formula]:
    """The binary digits of a sum, lowest first, as conditions that share their parts."""
    digits: list[Formula] = []
    for part, weight in terms:
        carry: Formula = FALSE
        for place in range(max(len(digits), weight.bit_length()) + 1):
            if place == len(digits):
                digits.append(FALSE)
            a, b = digits[place], part if weight >> place & 1 else FALSE
            pairs = (conjunction((a, b)), conjunction((a, carry)), conjunction((b, carry)))
            digits[place] = equal(equal(a, b), carry)
            carry = disjunction(pairs)
    return digits


# -- claims ------------------------------------------------------------------------------------------
def names_of(space: StateSpace) -> list[str]:
    """The names that a claim about a `space` may hold, in the order of their numbers: the options, then the options after a move.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> len(names_of(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))))
    2
    """
    keys = [option.key for option in space.conflict.options]
    return [*keys, *(_AFTER + key for key in keys)]


def left_by(space: StateSpace, invariant: Formula, mover: str, *, improving: bool) -> Formula:
    """That a move leads from where an invariant holds to where it does not; to be met by nothing.

    Parameters
    ----------
    space
        The space.
    invariant
        The condition.
    mover
        Who moves (key).
    improving
        Whether only improvements of theirs count.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("B",)),)))
    >>> left_by(space, TRUE, "B", improving=False)
    Const(value=False)
    """
    own = space.conflict.options_of(mover)
    after = {option.key: _AFTER + option.key for option in own}
    dm = space.conflict.decision_maker(mover)

    def then(formula: Formula) -> Formula:
        return renamed(formula, after)

    def touched(parts: Iterable[Formula]) -> list[Formula]:
        return [then(part) for part in parts if not options_in(part).isdisjoint(after)]

    held = invariant.parts if isinstance(invariant, And) else (invariant,)
    broken = disjunction(negation(part) for part in touched(held))
    if broken == FALSE:
        return FALSE
    rules = [rule for rule in map(required, space.conflict.rules) if rule is not None]
    index = space.conflict.option_index
    one_way = [If(Taken(after[o.key]), Taken(o.key)) for o in own if space.only_on >> index[o.key] & 1]
    one_way += [If(Taken(o.key), Taken(after[o.key])) for o in own if space.only_off >> index[o.key] & 1]
    unseen = [dm.unperceived, then(dm.unperceived)] if dm.unperceived is not None else []
    bans = [And((ban.leaving, then(ban.reaching))) for ban in space.conflict.bans if ban.by == mover]
    gain = _preferred(space, mover, {key: Taken(name) for key, name in after.items()}, {}) if improving else TRUE
    denied = map(negation, (*unseen, *bans))
    return conjunction((*held, *rules, *touched(rules), *one_way, *denied, gain, broken))


def deterring(space: StateSpace, invariant: Formula, dm: str, state: int, escapes: Iterable[int]) -> Formula:
    """That somewhere within an invariant a decision maker is no better off than at a state, and has no way out; to be met by nothing.

    Parameters
    ----------
    space
        The space.
    invariant
        The condition.
    dm
        The decision maker (key).
    state
        The state (combination).
    escapes
        The ways out: each as the bits of own options taken after a move to a state that they prefer to `state`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> deterring(space, Taken("x"), "A", 0, ())
    Taken(option='x')
    """
    rules = [rule for rule in map(required, space.conflict.rules) if rule is not None]
    no_gain = negation(better_than(space, dm, state))
    shut = [negation(_way_out(space, dm, state, rules, setting)) for setting in escapes]
    return conjunction((invariant, *rules, no_gain, *shut))


def _way_out(space: StateSpace, who: str, state: int, rules: Sequence[Formula], setting: int) -> Formula:
    """That the decision maker can set their own options in one way by one move, and prefers the result to the state left."""
    index, dm = space.conflict.option_index, space.conflict.decision_maker(who)
    values = {option.key: bool(setting >> index[option.key] & 1) for option in space.conflict.options_of(who)}
    parts = [pinned(rule, values) for rule in rules]
    parts += [Not(Taken(key)) for key, value in values.items() if not value and space.only_on >> index[key] & 1]
    parts += [Taken(key) for key, value in values.items() if value and space.only_off >> index[key] & 1]
    if dm.unperceived is not None:
        parts += [negation(dm.unperceived), negation(pinned(dm.unperceived, values))]
    bans = (ban for ban in space.conflict.bans if ban.by == who)
    parts += [negation(conjunction((ban.leaving, pinned(ban.reaching, values)))) for ban in bans]
    return conjunction((*parts, better_than(space, who, state, values)))
