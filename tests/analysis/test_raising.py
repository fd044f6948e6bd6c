"""The smallest change of one order: by levels, and by trying every weak order there is."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.overview import crossed
from detente.analysis.unlock.raising import Raising, RedLines
from detente.cases import load
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.preference.order import Order, Ordering
from detente.preference.shifted import Shift
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict


class Given(Ordering):
    """An order given by a number for each state, greater is preferred."""

    def __init__(self, space: StateSpace, numbers: dict[int, int]) -> None:
        self.space, self.numbers = space, numbers

    def key(self, state: int) -> tuple[int, ...]:
        """The number."""
        return (self.numbers[state],)


@cache
def weak_orders(count: int) -> tuple[tuple[int, ...], ...]:
    """Every weak order of so many things, as the level of each."""

    def grown(levels: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for level in range(max(levels, default=-1) + 2):
            if level <= max(levels, default=-1):
                yield (*levels, level)
            yield (*(x + (x >= level) for x in levels), level)

    found: set[tuple[int, ...]] = {()}
    for _ in range(count):
        found = {longer for levels in found for longer in grown(levels)}
    return tuple(sorted(found))


def sign(a: int, b: int) -> int:
    """How two numbers compare."""
    return (a > b) - (a < b)


def test_number_of_weak_orders() -> None:
    assert [len(weak_orders(m)) for m in range(6)] == [1, 1, 3, 13, 75, 541]


@pytest.mark.parametrize("red_lines", ["counted", "excluded"])
@pytest.mark.parametrize("seed", range(150))
def test_least_change_of_one_order(seed: int, red_lines: RedLines) -> None:
    """Theorem 1, ties included: no weak order that does it is nearer than the raise or the descent by levels."""
    random = Random(seed)
    space = StateSpace(random_conflict(random, Shape(most_decision_makers=3, most_options=3, most_states=5, merged=0.3, red_lines=0.5)))
    states = tuple(space.states.each())
    raising = Raising(space, red_lines=red_lines)
    for dm in (party.key for party in space.conflict.decision_makers):
        base = Order(space, dm)
        before = [-base.ranks[s] for s in states]
        crossing = [dm in crossed(space, s) for s in states]
        engine = SingleEngine(space)
        for concept in all_concepts():
            for state in states:
                least: dict[bool, int] = {}
                for levels in weak_orders(len(states)):
                    if red_lines == "excluded" and any(
                        crossing[a] and not crossing[b] and levels[a] >= levels[b] for a in range(len(states)) for b in range(len(states))
                    ):
                        continue
                    engine.orders[dm] = Given(space, dict(zip(states, levels, strict=True)))
                    distance = sum(sign(before[a], before[b]) != sign(levels[a], levels[b]) for a in range(len(states)) for b in range(a))
                    stays = isinstance(engine.witness(concept, dm, state), Stays)
                    least[stays] = min(distance, least.get(stays, distance))
                for stable in (True, False):
                    found = raising.cheapest(dm, concept.key, state, stable=stable)
                    assert (None if found is None else found.cost) == least.get(stable), (concept.key, dm, state, stable)
                    if found is not None:
                        assert refusal(space, found) is None


def test_euphrates() -> None:
    """The values of the inverse problem that are published with the case."""
    space = StateSpace(load("euphrates-1975"))
    raising, release = Raising(space), space.state(2)

    def costs(dm: str) -> list[int | None]:
        found = (raising.cheapest(dm, key, release) for key in ("GMR", "SMR", "SEQ", "Nash"))
        return [None if raised is None else raised.cost for raised in found]

    assert costs("Syria") == [1, 1, 1, 3]
    assert costs("Iraq") == [0, 0, 0, 0]


def test_wrong_claims_are_refused() -> None:
    space = StateSpace(load("euphrates-1975"))
    claim = Raising(space).cheapest("Syria", "Nash", space.state(2))
    assert claim is not None
    assert claim.shift is not None
    shift = claim.shift
    assert refusal(space, claim) is None
    wrong = [
        replace(claim, cost=claim.cost - 1),
        replace(claim, before=None),
        replace(claim, before=claim.after),
        replace(claim, after=claim.before or claim.after),
        replace(claim, less=None),
        replace(claim, shift=None),
        replace(claim, shift=replace(shift, up=False)),
        replace(claim, concept="GMR"),
        *(replace(claim, shift=replace(shift, past=s)) for s in space.states.each() if s not in (shift.past, shift.state)),
        *(replace(claim, less=s) for s in space.states.each() if s != claim.less),
        replace(claim, others=(Shift("Syria", 0, 1),)),
    ]
    assert all(refusal(space, mutant) is not None for mutant in wrong)
