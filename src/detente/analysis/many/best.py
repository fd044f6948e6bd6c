"""The members of a set that a decision maker likes best, and those that all of them like best, without listing the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from detente.analysis.many.clock import Clock
from detente.analysis.many.digits import Costs, lowest
from detente.analysis.many.tally import distance_from, least, parts_of
from detente.errors import LimitError
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import Order, criteria_of, listed_scores
from detente.space.members import Members
from detente.space.sets import StateSet


@dataclass(frozen=True, slots=True)
class Best:
    """What of a set a decision maker likes best.

    Parameters
    ----------
    count
        How many members are equally good, and better than all others of the set.
    states
        Some of them: those that the fewest changes lead to from where the conflict stands, or else the first by number.
    members
        All of them as a set, where they could be held; None where only the count and some of them could be found.
    """

    count: int
    states: tuple[int, ...]
    members: Members | None


def best_for(members: Members, dm: str, most: int, origin: int | None = None, clock: Clock | None = None) -> Best:
    """The members of a set that a decision maker likes best: criterion by criterion, the most important first.

    Parameters
    ----------
    members
        The set; not empty.
    dm
        Key of the decision maker.
    most
        How many of them are given.
    origin
        The state to which those that are given are nearest, or None.
    clock
        A limit of time, or None.

    Raises
    ------
    LimitError
        S340 and S343, as for `detente.analysis.many.tally.totals`; S341 if a criterion can't be taken on a set that is held in this way.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 3),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> best_for(space.states, "A", most=1).states, best_for(space.states, "A", most=1).count
    ((1,), 2)
    """
    space = members.space
    left = members
    criteria = criteria_of(space.conflict.decision_maker(dm))
    for place, criterion in enumerate(criteria):
        if clock is not None:
            clock.check()
        narrowed = _narrowed(left, dm, criterion)
        if narrowed is None:
            return _last(left, criterion, most, criteria[place + 1 :], dm, clock)
        left = narrowed
    return Best(left.count, some_of(left, most, origin, clock), left)


def some_of(members: Members, most: int, origin: int | None, clock: Clock | None = None) -> tuple[int, ...]:
    """Some members of a set: the nearest to a state (`origin`), at most so many (`most`), or else the first by number.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> some_of(space.states, 2, space.status_quo) == (space.status_quo,)
    True
    """
    if origin is not None and members.count > most:
        try:
            found = least(members, distance_from(origin, len(members.space.conflict.options)), most, merged=True, clock=clock)
        except LimitError:
            found = None
        if found is not None:
            return found.first
    return members.first(most)


def _narrowed(members: Members, dm: str, criterion: Criterion) -> Members | None:
    """The members that do best on one criterion; None where they can't be held as a set."""
    match criterion:
        case Meets(formula):
            return members.where(formula) or members
        case Listed() if isinstance(members, StateSet):
            scores = listed_scores(members.space, members.space.conflict.decision_maker(dm), criterion)
            held = {state: score for state, score in scores.items() if members.contains(state)}
            if not held:
                return members
            top = max(held.values())
            return members.space.set_of(*(state for state, score in held.items() if score == top))
        case Sums(weights) if isinstance(members, StateSet):
            (part,) = parts_of(members, _costs(members, dict(weights)))
            return StateSet(members.space, lowest(part)[1])
        case _:
            return None


def _costs(members: Members, weights: dict[str, int]) -> Costs:
    """Costs whose least sum is the greatest sum of weights."""
    return [(0, -weights.get(option.key, 0)) for option in members.space.conflict.options]


def _last(members: Members, criterion: Criterion, most: int, more: Sequence[Criterion], dm: str, clock: Clock | None) -> Best:
    """The members that do best on a last criterion, counted and not held."""
    if more or not isinstance(criterion, Sums):
        message = f"what is best for {dm} among {members.count:,} states can't be found: they are held in a way that knows conditions only"
        raise LimitError.of("S341", message, help="give the preference as ordered statements")
    found = least(members, _costs(members, dict(criterion.weights)), most, clock=clock)
    assert found is not None
    return Best(found.count, found.first, None)


def best_for_all(found: Sequence[Best]) -> Members | None:
    """The members of a set that every decision maker likes best; None if not all that each likes best could be held as sets.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> best_for_all([best_for(space.states, dm.key, 1) for dm in space.conflict.decision_makers]).count
    0
    """
    sets = [best.members for best in found]
    if any(one is None for one in sets):
        return None
    return reduce(lambda a, b: a & b, (one for one in sets if one is not None))


def undominated(states: Sequence[int], orders: Sequence[Order]) -> tuple[int, ...]:
    """Of some states those beside which no other of them is better for somebody and worse for nobody.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> orders = [Order(space, dm.key) for dm in space.conflict.decision_makers]
    >>> len(undominated(space.states.first(4), orders))
    3
    """
    keys = {state: [order.key(state) for order in orders] for state in states}

    def beaten(state: int, other: int) -> bool:
        pairs = list(zip(keys[state], keys[other], strict=True))
        return all(mine <= theirs for mine, theirs in pairs) and any(mine < theirs for mine, theirs in pairs)

    return tuple(state for state in states if not any(beaten(state, other) for other in states))
