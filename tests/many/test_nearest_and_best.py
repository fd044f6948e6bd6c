"""The nearest members and the best ones equal what looking at each member gives, however sets are held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from detente.analysis.many import tally
from detente.analysis.many.answer import answer
from detente.analysis.many.best import best_for, best_for_all, some_of, undominated
from detente.analysis.many.clock import Clock
from detente.analysis.many.looking import Look
from detente.analysis.many.near import near
from detente.analysis.many.tally import least, total, totals
from detente.cases import load
from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.members import Members
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh
from tests.many.held import WAYS, InFours, OneByOne

LISTED = Shape(most_options=9, most_states=300)
SEVERAL = Shape(most_options=7, most_states=100, merged=0, kinds=("prefers", "weights"))


def sets(seed: object, number: int, shape: Shape) -> Iterator[tuple[Random, StateSpace, frozenset[int]]]:
    """Random spaces with a set of some of their states that is not empty."""
    for at in range(number):
        random = Random(f"{seed} near {at}")
        space = StateSpace(random_conflict(random, shape))
        every = list(space.states.each())
        yield random, space, frozenset(random.sample(every, random.randint(1, len(every))))


def held(space: StateSpace, states: frozenset[int]) -> Iterator[Members]:
    """The set as bits and, where the space can be seen without a list, in all other ways."""
    yield space.set_of(*states)
    if not space.classes:
        yield from (way(space, states) for way in WAYS)


def distance(space: StateSpace, state: int, other: int) -> int:
    """In how many options two states differ, by their nearest combinations."""
    return min((one ^ two).bit_count() for one in space.members(state) for two in space.members(other))


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_nearest(seed: int) -> None:
    for random, space, states in sets(seed, 60, LISTED):
        start = random.choice(space.states.first(400))
        distances = Counter(distance(space, start, state) for state in states)
        nearest = sorted(state for state in states if distance(space, start, state) == min(distances))
        for members in held(space, states):
            found = near(members, start, most=3)
            assert found is not None
            assert found.by_distance == dict(sorted(distances.items()))
            assert (found.distance, found.count, found.states) == (min(distances), len(nearest), tuple(nearest[:3]))


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_best(seed: int) -> None:
    for _, space, states in sets(seed, 60, LISTED):
        keys = [dm.key for dm in space.conflict.decision_makers]
        expected = {}
        for dm in keys:
            order = Order(space, dm)
            top = max(order.key(state) for state in states)
            expected[dm] = {state for state in states if order.key(state) == top}
        found = {dm: best_for(space.set_of(*states), dm, most=400) for dm in keys}
        for dm in keys:
            assert found[dm].count == len(expected[dm])
            assert set(found[dm].states) == expected[dm]
        together = best_for_all(list(found.values()))
        assert together is not None
        assert set(together.each()) == set.intersection(*expected.values())


@pytest.mark.parametrize("way", WAYS)
def test_best_in_sets_held_in_other_ways(way: type) -> None:
    for _, space, states in sets("ways", 40, SEVERAL):
        members: Members = way(StateSpace(space.conflict, list_up_to=0), states)
        for dm in space.conflict.decision_makers:
            here, there = best_for(space.set_of(*states), dm.key, 200), best_for(members, dm.key, 200)
            assert (here.count, set(here.states)) == (there.count, set(there.states))


def test_sums_of_large_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    for random, space, states in sets("sums", 30, SEVERAL):
        costs = [(random.randint(-(10**12), 10**12), random.randint(-3, 3)) for _ in space.conflict.options]
        amounts = Counter(total(costs, state) for state in states)
        for members in held(space, states):
            assert totals(members, costs) == dict(sorted(amounts.items()))
            found = least(members, costs, 2)
            assert found is not None
            lowest = sorted(state for state in states if total(costs, state) == min(amounts))
            assert (found.total, found.count, found.first) == (min(amounts), len(lowest), tuple(lowest[:2]))
    monkeypatch.setattr(tally, "MAX_EACH", 1)
    with pytest.raises(LimitError, match="S340"):
        totals(OneByOne(space, frozenset({0, 1})), costs)


def test_of_the_empty_set_nothing_is_near() -> None:
    space = StateSpace(load("elmira"))
    assert near(space.set_of(), 0, 1) is None
    for way in WAYS:
        assert least(way(space, frozenset()), [(0, 1)] * 5, 1) is None


def test_some_are_the_nearest() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    now = space.status_quo
    assert now is not None
    assert some_of(space.states, 1, now) == (now,)
    assert some_of(space.states, 2, None) == space.states.first(2)
    few = space.set_of(0, 1)
    assert some_of(few, 2, now) == few.first(2)


def test_undominated_by_definition() -> None:
    for random, space, states in sets("pareto", 30, LISTED):
        orders = [Order(space, dm.key) for dm in space.conflict.decision_makers]
        some = random.sample(sorted(states), min(8, len(states)))
        found = undominated(some, orders)
        for state in some:
            beaten = any(
                all(not order.prefers(state, other) for order in orders) and any(order.prefers(other, state) for order in orders)
                for other in some
            )
            assert (state in found) == (not beaten)


def test_when_the_time_is_up_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "FEW", 0)
    conflict = load("euphrates-1975")
    listed, space = StateSpace(conflict), StateSpace(conflict, list_up_to=0)
    members: Members = InFours(space, frozenset(listed.states.each()))
    found = answer(Look(members, Clock(0)), members, listed.status_quo, Clock(0))
    assert found.near is None
    assert not found.best
    assert found.best_for_all is None
    assert {problem.code for problem in found.silent.values()} == {"S343"}
    assert set(found.silent) == {"near", *(dm.key for dm in conflict.decision_makers)}
    assert not answer(Look(members), members, listed.status_quo).silent
