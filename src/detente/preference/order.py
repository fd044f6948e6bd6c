"""How one decision maker orders the states of a space: comparison of two states, at any size, without listing the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from functools import cached_property, reduce
from operator import or_
from typing import Any
from weakref import WeakKeyDictionary

from detente.errors import ConflictError, Diagnostic, LimitError
from detente.model.conflict import DecisionMaker
from detente.model.evaluate import evaluator
from detente.model.formula import Formula, Not, any_of
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.space.listing import check_work
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import listing, plural

MAX_GROUPED = 1 << 33
"""Greatest memory, in bits, for the groups of states that statements leave tied and a ranking lists."""


class Comparison(Enum):
    """How one state compares with another, for one decision maker; EQUAL is indifference.

    >>> [comparison.value for comparison in Comparison]
    ['better', 'worse', 'equal']
    """

    BETTER = "better"
    WORSE = "worse"
    EQUAL = "equal"


def criteria_of(dm: DecisionMaker) -> tuple[Criterion, ...]:
    """The criteria of a decision maker (`dm`), most important first: no red line crossed, then what the preference says.

    >>> from detente.model.conflict import RedLine
    >>> from detente.model.formula import Taken
    >>> criteria_of(DecisionMaker("A", "A")), len(criteria_of(DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),))))
    ((), 1)
    """
    red = (Meets(Not(any_of(*(line.never for line in dm.red_lines)))),) if dm.red_lines else ()
    return (*red, *(dm.preference.criteria() if dm.preference else ()))


class Ordering(ABC):
    """An order of the states of a space (`space`) for one decision maker, whatever it comes from: all follows from a key for each state."""

    space: StateSpace

    @abstractmethod
    def key(self, state: int) -> tuple[Any, ...]:
        """The key of a state: greater is preferred, equal is indifferent."""

    def compare(self, state: int, other: int) -> Comparison:
        """How the decision maker compares a state with another (`other`)."""
        a, b = self.key(state), self.key(other)
        return Comparison.EQUAL if a == b else Comparison.BETTER if a > b else Comparison.WORSE

    def prefers(self, state: int, other: int) -> bool:
        """Whether the decision maker strictly prefers a state to another (`other`)."""
        return self.key(state) > self.key(other)

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The rank of every state, 1 for the most preferred, ties sharing a rank and no rank left out."""
        return ranked({state: self.key(state) for state in self.space.states.each()})


def ranked(keys: dict[int, tuple[Any, ...]]) -> dict[int, int]:
    """The rank of each of some states by its key (`keys`): 1 for the greatest, equal keys sharing a rank and no rank left out.

    >>> ranked({0: (1,), 1: (2,), 2: (2,)})
    {0: 2, 1: 1, 2: 1}
    """
    place = {key: rank for rank, key in enumerate(sorted(set(keys.values()), reverse=True), start=1)}
    return {state: place[key] for state, key in keys.items()}


_keys: WeakKeyDictionary[StateSpace, dict[str, dict[int, tuple[int, ...]]]] = WeakKeyDictionary()
_ranks: WeakKeyDictionary[StateSpace, dict[str, dict[int, int]]] = WeakKeyDictionary()
# Keys and ranks that have been worked out, for each space and decision maker: many orders are made of one space.


class Order(Ordering):
    """The order of one decision maker over the states of a space, as a key for each state: greater is preferred, equal is indifferent.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.

    Raises
    ------
    ConflictError
        P201 if a ranking leaves out a state or lists one twice, P202 if it lists a combination that can't occur.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> one = DecisionMaker("A", "A", OptionWeighting((("x", -1),)))
    >>> order = Order(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), "A")
    >>> order.compare(0, 1), order.ranks
    (<Comparison.BETTER: 'better'>, {0: 1, 1: 2})
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.space = space
        self.dm = space.conflict.decision_maker(dm)
        self.criteria = criteria_of(self.dm)
        self._tests = [valued(space, self.dm, criterion) for criterion in self.criteria]
        self._known = _keys.setdefault(space, {}).setdefault(dm, {})

    def key(self, state: int) -> tuple[int, ...]:
        """The key of a state: one number for each criterion; tuples compare as the decision maker does."""
        found = self._known.get(state)
        if found is None:
            found = self._known[state] = tuple(test(state) for test in self._tests)
        return found

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The rank of every state, 1 for the most preferred, ties sharing a rank and no rank left out."""
        known = _ranks.setdefault(self.space, {})
        if self.dm.key not in known:
            known[self.dm.key] = ranked({state: self.key(state) for state in self.space.states.each()})
        return known[self.dm.key]


def valued(space: StateSpace, dm: DecisionMaker, criterion: Criterion) -> Callable[[int], int]:
    """What a criterion gives to each state: of two states the one to which it gives more is preferred, as far as it decides.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        The decision maker whose criterion it is.
    criterion
        The criterion.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> one = DecisionMaker("A", "A", OptionWeighting((("x", -1),)))
    >>> value = valued(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), one, criteria_of(one)[0])
    >>> value(0), value(1)
    (0, -1)
    """
    index = space.conflict.option_index
    match criterion:
        case Meets(formula):
            return evaluator(formula, index)
        case Sums(weights):
            pairs = [(index[key], weight) for key, weight in weights]
            return lambda state: sum(weight for bit, weight in pairs if state >> bit & 1)
        case Listed():
            scores = listed_scores(space, dm, criterion)
            return lambda state: scores.get(state, 0)


def listed_scores(space: StateSpace, dm: DecisionMaker, criterion: Listed) -> dict[int, int]:
    """The score of each state that an explicit order lists: the number of levels for the best, 1 for the last, 0 if not listed.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        The decision maker whose order it is, for messages and for the criteria that stand before it.
    criterion
        The order.

    Raises
    ------
    ConflictError
        P201 if a state is listed twice, or a ranking that stands alone leaves one out; P202 if a combination can't occur.
    LimitError
        S306 if finding out would take too long.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.preference.ranking import StateRanking
    >>> ranking = StateRanking(((frozenset({"x"}),), (frozenset(),)))
    >>> one = DecisionMaker("A", "A", ranking)
    >>> listed_scores(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), one, ranking.criteria()[0])
    {1: 2, 0: 1}
    """
    scores: dict[int, int] = {}
    top = len(criterion.levels)
    conflict = space.conflict
    for place, level in enumerate(criterion.levels):
        for taken in level:
            state = space.state_of(conflict.combination(taken))
            shown = "{" + ", ".join(sorted(taken)) + "}"
            if state is None:
                raise _ranking_error("P202", f"the ranking of {dm.key} lists {shown}, which can't occur", shown)
            if state in scores:
                raise _ranking_error("P201", f"the ranking of {dm.key} lists {shown} twice", shown)
            scores[state] = top - place
    _check_complete(space, dm, scores)
    return scores


def _check_complete(space: StateSpace, dm: DecisionMaker, scores: dict[int, int]) -> None:
    """A ranking lists each group of states that the criteria before it leave tied whole, or (after statements) not at all."""
    before = [c.formula for c in (dm.preference.criteria() if dm.preference else ()) if isinstance(c, Meets)]
    left = space.states - space.set_of(*scores) if not before else _left_of_groups(space, dm, before, scores)
    if left:
        shown = listing([space.choice(s) for s in left.first(5)])
        message = f"the ranking of {dm.key} leaves out {plural(left.count, 'state')}" + (
            " tied with states that it lists" if before else ""
        )
        raise _ranking_error("P201", f"{message}: {shown}" + (" and others" if left.count > 5 else ""), shown)


def _left_of_groups(space: StateSpace, dm: DecisionMaker, before: list[Formula], scores: dict[int, int]) -> StateSet:
    """The states that conditions leave tied with listed ones, and that are not listed themselves."""
    check_work(space.conflict, before, f"the statements of {dm.key}")
    index = space.conflict.option_index
    tests = [evaluator(formula, index) for formula in before]
    groups = {tuple(test(state) for test in tests): state for state in scores}
    what = f"the ranking of {dm.key} and the statements before it"
    check_work(space.conflict, before, what, 4 * len(groups) * len(before) * space.conflict.combinations)
    if len(groups) * space.conflict.combinations > MAX_GROUPED:
        raise LimitError.of("S306", f"{what} tell more groups of states apart than can be held", help="list fewer states")
    found = dict.fromkeys(groups, space.states.bits)
    for place, formula in enumerate(before):
        true = space.where_bits(formula)
        tables = (space.everything ^ true, true)
        for values in groups:
            found[values] &= tables[values[place]]
    return reduce(or_, (StateSet(space, bits) for bits in found.values()), space.set_of()) - space.set_of(*scores)


def _ranking_error(code: str, message: str, value: str) -> ConflictError:
    return ConflictError([Diagnostic(code, message, value=value, help="list every feasible state exactly once; tied states share a list")])
