"""The claim that in so many completions of guesses somebody stays at a state, and in so many not, with all cases listed.

A case is a set of completions: one choice of what concerns the conflict as a whole, and for each decision maker a set of ways to settle
the guesses about them.  What shows a verdict has to hold in the whole case: wherever two states are compared, all the orders that occur in
it must compare them alike.  So a count of millions of completions is checked by a few witnesses for each case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any, ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, RefusedError, need
from detente.analysis.claims.completions import Behaviour
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Witness
from detente.model.completed import completed, party_completed, still_open
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.guess import AsWritten
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace

MAX_WAYS = 4096
"""Most ways to settle the guesses about one decision maker that are gone through."""
MAX_CASES = 2000
"""Most cases that are gone through."""


@dataclass(frozen=True, slots=True)
class Case:
    """Completions in which everybody behaves alike, with what shows it.

    Parameters
    ----------
    whole
        For each guess about the conflict as a whole, in the order of the conflict, the number of its alternative, from 0.
    ways
        For each decision maker, in the order of the conflict, some ways to settle the guesses about them, as an integer with a bit for
        each; ways are counted as `itertools.product` counts them, the alternatives of the last guess changing fastest.
    witnesses
        That each of those who are asked about stays, or that one of them leaves; empty where the state can't occur.

    Examples
    --------
    >>> Case((), (0b11, 0b1), ()).size
    2
    """

    whole: tuple[int, ...]
    ways: tuple[int, ...]
    witnesses: tuple[Witness, ...]

    @property
    def size(self) -> int:
        """How many completions there are in it."""
        return prod(some.bit_count() for some in self.ways)


@dataclass(frozen=True)
class CountedCompletions(Claim):
    """In so many completions of the guesses everybody who is asked about stays at a state, and in so many somebody of them leaves it.

    Parameters
    ----------
    state
        The name of a named state; None for the status quo.
    behaviour
        Who is asked about, and under which concept each.
    staying, leaving, nowhere
        In how many completions all of them stay, in how many one of them leaves, and in how many the state can't occur.
    cases
        All completions, each in one of the cases.

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset()))
    >>> CountedCompletions(None, (("A", "Nash"),), 1, 0, 0, (Case((), (1,), (Stays("Nash", "A", 0, ()),)),)).check(one)
    """

    kind: ClassVar[str] = "counted completions"
    state: str | None
    behaviour: Behaviour
    staying: int
    leaving: int
    nowhere: int
    cases: tuple[Case, ...]

    def check(self, space: StateSpace) -> None:
        """Go through all choices of what concerns the whole, and all cases of each."""
        conflict = space.conflict
        behaviour = dict(self.behaviour)
        need(0 < len(behaviour) == len(self.behaviour), "behaviour: of nobody, or of somebody twice")
        need(behaviour.keys() <= {dm.key for dm in conflict.decision_makers}, "behaviour: of somebody unknown")
        need(all(_reads_orders(key) for key in behaviour.values()), "behaviour: under a concept that reads more than orders")
        need(all(guess.kind != "relation" for guess in conflict.guesses), "guesses: of comparisons that are not known")
        need(0 < len(self.cases) <= MAX_CASES, f"cases: {len(self.cases)}")
        counted = {"staying": 0, "leaving": 0, "nowhere": 0}
        whole = [guess for guess in conflict.guesses if guess.party is None]
        choices = list(product(*(range(len(guess.alternatives)) for guess in whole)))
        need({case.whole for case in self.cases} <= set(choices), "cases: of no such choice about the whole")
        for choice in choices:
            own = [case for case in self.cases if case.whole == choice]
            chosen = {guess.key: number for guess, number in zip(whole, choice, strict=True)}
            frame = _Frame(space, conflict, chosen)
            frame.parted(own)
            for case in own:
                counted[frame.verdict(case, self.state, behaviour)] += case.size
        need(counted == {"staying": self.staying, "leaving": self.leaving, "nowhere": self.nowhere}, f"counts: {counted}")


def _reads_orders(key: str) -> bool:
    """Whether the concept with a key is one of improvements, answers and orders."""
    found = concept(key)
    return found.key == key and found.reading is None and (found.is_simple or key == "SIM")


class _Frame:
    """The completions with one choice (`chosen`) of what concerns the whole."""

    def __init__(self, space: StateSpace, conflict: Conflict, chosen: Mapping[str, int]) -> None:
        self.written, self.chosen = conflict, chosen
        self.conflict = completed(conflict, chosen)
        self.space = space.of(self.conflict)
        self.keys = tuple(dm.key for dm in conflict.decision_makers)
        self.own = {dm: [guess for guess in conflict.guesses if guess.party == dm] for dm in self.keys}
        self.many = {dm: prod(len(guess.alternatives) for guess in own) for dm, own in self.own.items()}
        need(max(self.many.values()) <= MAX_WAYS, f"ways: more than {MAX_WAYS}")
        self._above: dict[tuple[str, int, int], int] = {}

    def parted(self, cases: list[Case]) -> None:
        """Refuse cases that leave out a completion, or have one twice."""
        for case in cases:
            need(len(case.ways) == len(self.keys), "ways: not those of every decision maker")
            for dm, ways in zip(self.keys, case.ways, strict=True):
                need(0 < ways < 1 << self.many[dm], f"ways: {dm} has not these")
        for one, other in combinations(cases, 2):
            need(any(not a & b for a, b in zip(one.ways, other.ways, strict=True)), "cases: a completion is in two")
        need(sum(case.size for case in cases) == prod(self.many.values()), "cases: a completion is in none")

    @cached_property
    def orders(self) -> dict[str, list[tuple[Order, int]]]:
        """For each decision maker the orders that they may have, each with the ways that give it."""
        return {dm: list(self._orders(dm)) for dm in self.keys}

    def _orders(self, dm: str) -> Iterator[tuple[Order, int]]:
        party, open_ = self.conflict.decision_maker(dm), {guess.key for guess in still_open(self.written, self.chosen)}
        found: dict[DecisionMaker, int] = {}
        for way, row in enumerate(product(*(range(len(guess.alternatives)) for guess in self.own[dm]))):
            made = {guess.key: guess.alternatives[number].what for guess, number in zip(self.own[dm], row, strict=True)}
            live = [guess for guess in self.own[dm] if guess.key in open_ and not isinstance(made[guess.key], AsWritten)]
            one = party_completed(party, made, live)
            found[one] = found.get(one, 0) | 1 << way
        for one, ways in found.items():
            others = tuple(one if other.key == dm else other for other in self.conflict.decision_makers)
            yield Order(self.space.of(replace(self.conflict, decision_makers=others)), dm), ways

    def above(self, dm: str, state: int, other: int) -> int:
        """The ways with which a decision maker prefers a state to another."""
        key = (dm, state, other)
        if key not in self._above:
            self._above[key] = sum(ways for order, ways in self.orders[dm] if order.prefers(state, other))
        return self._above[key]

    def verdict(self, case: Case, state: str | None, behaviour: Mapping[str, str]) -> str:
        """What a case shows of a state, for all its completions: that all stay, that somebody leaves, or that it can't occur."""
        where = self.space.status_quo if state is None else self._named(state)
        if where is None:
            need(not case.witnesses, "witnesses: the state can't occur")
            return "nowhere"
        orders = {dm: _Alike(self, dm, ways) for dm, ways in zip(self.keys, case.ways, strict=True)}
        checker = Checker(self.space, orders)
        for witness in case.witnesses:
            need(isinstance(witness, Stays | Leaves), "witness: of another kind")
            need(witness.state == where and behaviour.get(witness.dm) == witness.concept, f"witness: of {witness.dm} at {witness.state}")
            refused = checker.check(witness)
            need(refused is None, f"witness: {refused}")
        staying = [witness.dm for witness in case.witnesses if isinstance(witness, Stays)]
        if len(case.witnesses) == 1 and not staying:
            return "leaving"
        need(sorted(staying) == sorted(behaviour) and len(staying) == len(case.witnesses), f"case: {staying} stay")
        return "staying"

    def _named(self, name: str) -> int | None:
        named = next((one for one in self.conflict.named_states if one.name == name), None)
        if named is None:
            raise RefusedError(f"state: none is named {name}")
        return self.space.state_of(self.conflict.combination(named.taken))


class _Alike(Ordering):
    """What all orders in a case (some `ways` of a decision maker) say alike; refuses a comparison on which they differ."""

    def __init__(self, frame: _Frame, dm: str, ways: int) -> None:
        self.space, self.frame, self.dm, self.ways = frame.space, frame, dm, ways

    def key(self, state: int) -> tuple[Any, ...]:
        """There is none for several orders."""
        raise RefusedError(f"orders: those of {self.dm} have no key")

    def prefers(self, state: int, other: int) -> bool:
        """Whether all of them prefer a state to another (`other`), or none does."""
        found = self.frame.above(self.dm, state, other) & self.ways
        need(found in (0, self.ways), f"orders: {self.dm} may prefer {state} to {other} or not")
        return found != 0
