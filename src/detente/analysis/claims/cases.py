"""Cases of many orders at once: for every decision maker a set of ways in which they may order states, and what all of these say alike.

What shows a verdict has to hold in the whole case: wherever two states are compared, all the orders that occur in it must compare them
alike.  So a count of millions of conflicts is checked by a few witnesses for each case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from math import prod
from operator import or_
from typing import Any

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import RefusedError, need, tick
from detente.concepts.witness import Witness
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula
from detente.model.preference import Criterion, Listed
from detente.preference.compared import compared, compared_by
from detente.preference.order import Ordering, criteria_of, valued
from detente.space.states import StateSpace

MAX_WAYS = 1 << 14
"""Most ways in which one decision maker may order states that are gone through."""
MAX_CASES = 2000
"""Most cases that are gone through."""


@dataclass(frozen=True, slots=True)
class Case:
    """Conflicts of which the same is concluded, with what shows it.

    Parameters
    ----------
    whole
        What they have in common besides the orders: numbers, from 0, of which the claim says what they stand for.
    ways
        For each decision maker, in the order of the conflict, some of the ways in which they may order states, as an integer with a bit
        for each.
    witnesses
        That somebody stays at a state, or leaves it.
    better
        A state that everybody prefers.
    against
        For each decision maker states that they do not prefer, as an integer.

    Examples
    --------
    >>> Case((), (0b11, 0b1), ()).size
    2
    """

    whole: tuple[int, ...]
    ways: tuple[int, ...]
    witnesses: tuple[Witness, ...]
    better: int | None = None
    against: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many conflicts there are in it."""
        return prod(some.bit_count() for some in self.ways)


class Among:
    """A space in which every decision maker may order the states in any of several ways.

    Parameters
    ----------
    space
        The space.
    many
        For each decision maker (key) how many ways there are.
    parties
        Gives a decision maker in each of these ways, in their order.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> among = Among(space, dict.fromkeys(space.masks, 1), lambda dm: [space.conflict.decision_maker(dm)])
    >>> [bin(among.above(dm, 1, 0)) for dm in among.keys]
    ['0b1', '0b0']
    """

    def __init__(self, space: StateSpace, many: Mapping[str, int], parties: Callable[[str], Iterable[DecisionMaker]]) -> None:
        self.space, self.many, self._parties = space, many, parties
        self.keys = tuple(dm.key for dm in space.conflict.decision_makers)
        """The decision makers (keys), in the order of the conflict."""
        need(max(many.values()) <= MAX_WAYS, f"ways: more than {MAX_WAYS}")
        self._orders: dict[str, _Orders] = {}
        self._above: dict[tuple[str, int, int], int] = {}
        self._some: dict[tuple[str, int, int], int] = {}

    def parted(self, cases: list[Case]) -> None:
        """Refuse `cases` that leave out a choice of one way for each, or have one twice."""
        for case in cases:
            need(len(case.ways) == len(self.keys), "ways: not those of every decision maker")
            for dm, ways in zip(self.keys, case.ways, strict=True):
                need(0 < ways < 1 << self.many[dm], f"ways: {dm} has not these")
        for one, other in combinations(cases, 2):
            need(any(not a & b for a, b in zip(one.ways, other.ways, strict=True)), "cases: a choice is in two")
        need(sum(case.size for case in cases) == prod(self.many[dm] for dm in self.keys), "cases: a choice is in none")

    def _of(self, dm: str) -> _Orders:
        if dm not in self._orders:
            self._orders[dm] = _Orders(self.space, self._parties(dm))
        return self._orders[dm]

    def above(self, dm: str, state: int, other: int) -> int:
        """The ways in which a decision maker (`dm`) prefers a state to another (`other`)."""
        key = (dm, state, other)
        if key not in self._above:
            self._above[key] = self._of(dm).above(state, other)
        return self._above[key]

    def better_in_some(self, dm: str, ways: int, state: int) -> int:
        """The states that a decision maker (`dm`) prefers to a state in some of certain ways, as an integer."""
        key = (dm, ways, state)
        if key not in self._some:
            tick()
            self._some[key] = reduce(or_, (better for better, those in self._of(dm).better(state).items() if those & ways), 0)
        return self._some[key]

    def checker(self, case: Case) -> Checker:
        """A checker of witnesses by what all the orders of a case say alike."""
        return Checker(self.space, {dm: _Alike(self, dm, ways) for dm, ways in zip(self.keys, case.ways, strict=True)})


class _Orders:
    """The orders that one decision maker may have (`parties`: in each of their ways), each once, by the criteria that make it."""

    def __init__(self, space: StateSpace, parties: Iterable[DecisionMaker]) -> None:
        self.space = space
        self.parties: dict[tuple[int, ...], DecisionMaker] = {}
        self.ways: dict[tuple[int, ...], int] = {}
        self._numbers: dict[tuple[Criterion, tuple[int, ...]], int] = {}
        self._values: list[Callable[[int], int]] = []
        self._better: dict[int, dict[int, int]] = {}
        self._where: dict[Formula, int] = {}
        for way, party in enumerate(parties):
            numbers: tuple[int, ...] = ()
            for criterion in criteria_of(party):
                numbers = (*numbers, self._number(criterion, numbers if isinstance(criterion, Listed) else (), party))
            self.parties.setdefault(numbers, party)
            self.ways[numbers] = self.ways.get(numbers, 0) | 1 << way
            tick()

    def _number(self, criterion: Criterion, before: tuple[int, ...], party: DecisionMaker) -> int:
        """The number of a criterion; a ranking is told by what stands before it as well, which says whether it may leave states out."""
        key = (criterion, before)
        if key not in self._numbers:
            self._numbers[key] = len(self._values)
            self._values.append(valued(self.space, party, criterion))
        return self._numbers[key]

    def above(self, state: int, other: int) -> int:
        """The ways in which a state is preferred to another: by the first criterion that tells them apart."""
        tick()
        signs = [(mine > theirs) - (mine < theirs) for value in self._values for mine, theirs in ((value(state), value(other)),)]
        found = 0
        for numbers, ways in self.ways.items():
            if next((sign for number in numbers if (sign := signs[number])), 0) > 0:
                found |= ways
        return found

    def better(self, state: int) -> dict[int, int]:
        """For each set of states that are preferred to a state, as an integer, the ways in which it is these."""
        if state not in self._better:
            found: dict[int, int] = {}
            for numbers, ways in self.ways.items():
                tick()
                better = self._better_by(self.parties[numbers], state)
                found[better] = found.get(better, 0) | ways
            self._better[state] = found
        return self._better[state]

    def _better_by(self, party: DecisionMaker, state: int) -> int:
        conflict = self.space.conflict
        if any(isinstance(criterion, Listed) for criterion in criteria_of(party)):
            others = tuple(party if other.key == party.key else other for other in conflict.decision_makers)
            return compared(self.space.of(replace(conflict, decision_makers=others)), party.key, state)[0]
        return compared_by(self.space, party.key, state, criteria_of(party), self._meeting)[0]

    def _meeting(self, formula: Formula) -> int:
        """The combinations that meet a condition, worked out once."""
        if formula not in self._where:
            self._where[formula] = self.space.where_bits(formula)
        return self._where[formula]


class _Alike(Ordering):
    """What all orders in a case (some `ways` of a decision maker) say alike; refuses a comparison on which they differ."""

    def __init__(self, among: Among, dm: str, ways: int) -> None:
        self.space, self.among, self.dm, self.ways = among.space, among, dm, ways

    def key(self, state: int) -> tuple[Any, ...]:
        """There is none for several orders."""
        raise RefusedError(f"orders: those of {self.dm} have no key")

    def prefers(self, state: int, other: int) -> bool:
        """Whether all of them prefer a state to another (`other`), or none does."""
        found = self.among.above(self.dm, state, other) & self.ways
        need(found in (0, self.ways), f"orders: {self.dm} may prefer {state} to {other} or not")
        return found != 0
