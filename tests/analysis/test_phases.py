"""Orders of phases, against every ordered partition of what a package changes, on random conflicts and published ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.phases import phases
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.model.ban import bans_change
from detente.model.conflict import Direction
from detente.preference.order import Order
from detente.space.states import StateSpace

from .test_coalitions import keys_of, limited


def partitions(items: tuple[int, ...]) -> Iterator[list[set[int]]]:
    """Every ordered partition of a set into non-empty parts."""
    if not items:
        yield []
    for mask in range(1, 1 << len(items)):
        first = {item for k, item in enumerate(items) if mask >> k & 1}
        for rest in partitions(tuple(item for item in items if item not in first)):
            yield [first, *rest]


def plain_orders(space: StateSpace, start: int, package: int, profile: dict[str, str]) -> list[list[int]]:
    """Every order that meets the definition, as the combinations that it leads over; written from the definition alone."""
    orders = {dm: Order(space, dm) for dm in profile}
    engine = SingleEngine(space)
    pairs = [(a, b) for a in space.members(start) for b in space.members(package)]
    origin, goal = min(pairs, key=lambda pair: (bin(pair[0] ^ pair[1]).count("1"), pair[0], pair[0] ^ pair[1]))
    differing = tuple(k for k in range(len(space.conflict.options)) if (origin ^ goal) >> k & 1)

    def may(dm: str, k: int, a: int, b: int) -> bool:
        option, taken = space.conflict.options[k], space.conflict.taken
        one_way = Direction.ONLY_ON if not a >> k & 1 else Direction.ONLY_OFF
        kept = any(ban.by == dm and bans_change(ban, taken(a), taken(b)) for ban in space.conflict.bans)
        sees = space.perceives(dm, a) and space.perceives(dm, b)
        return dm in option.owners and option.direction in (Direction.BOTH, one_way) and sees and not kept

    def step(a: int, b: int) -> bool:
        before, after = space.state_of(a), space.state_of(b)
        if before is None or after is None:
            return False
        changed = [k for k in differing if (a ^ b) >> k & 1]
        return all(any(may(dm, k, a, b) and orders[dm].prefers(after, before) for dm in profile) for k in changed)

    def fine(combination: int) -> bool:
        state = space.state_of(combination)
        assert state is not None
        if not all(isinstance(engine.witness(concept(profile[dm]), dm, state), Stays) for dm in profile):
            return False
        return combination == goal or not any(orders[dm].prefers(state, package) for dm in profile)

    found = []
    for parts in partitions(differing):
        way = [origin]
        for part in parts:
            way.append(way[-1] ^ sum(1 << k for k in part))
        if all(step(a, b) for a, b in itertools.pairwise(way)) and all(fine(c) for c in way[1:]):
            found.append(way)
    return found


@pytest.mark.parametrize("seed", range(150))
def test_all_orders_as_the_definition_gives_them(seed: int) -> None:
    space, draw = limited(seed), random.Random(seed)
    states = space.states.first(space.states.count)
    profile = {dm: draw.choice(["Nash", "GMR", "SMR", "SEQ"]) for dm in keys_of(space)}
    holding = Holding(space, profile)
    for _ in range(12):
        start, package = draw.choice(states), draw.choice(states)
        if start == package:
            continue
        found = phases(space, start, package, profile, listed=10_000, holding=holding)
        expected = plain_orders(space, start, package, profile)
        assert found.count == len(expected)
        lengths = [len(way) - 1 for way in expected]
        assert (found.fewest, found.most) == (min(lengths, default=None), max(lengths, default=None))
        for given, length in ((found.shortest, found.fewest), (found.finest, found.most)):
            ways = [[claim.phases[0].start, *(phase.to for phase in claim.phases)] for claim in given]
            assert ways == sorted(way for way in expected if len(way) - 1 == length)
            assert [refusal(space, claim) for claim in given] == [None] * len(given)
        assert (found.none is None) == bool(expected)
        if found.none is not None:
            assert refusal(space, found.none) is None


def elmira() -> StateSpace:
    return StateSpace(load("elmira"))


def test_elmira_must_be_signed_at_once() -> None:
    """From 5 the ministry and Uniroyal have to move together: after either alone somebody would rather leave, or gains nothing."""
    space = elmira()
    found = phases(space, space.state(5), space.state(8), dict.fromkeys(keys_of(space), "SEQ"))
    assert (found.count, found.fewest, found.most) == (1, 1, 1)
    assert found.shortest[0].phases[0].movers == ("MoE", "Uniroyal")


def test_a_package_that_its_owner_loses_by_has_no_order() -> None:
    space = elmira()
    found = phases(space, space.state(5), space.state(7), dict.fromkeys(keys_of(space), "SEQ"))
    assert found.count == 0
    assert found.none is not None
    assert found.none.reached == (space.state(5),)
    assert refusal(space, found.none) is None


def test_a_package_of_too_many_options_is_not_looked_at() -> None:
    space = elmira()
    found = phases(space, space.state(5), space.state(8), dict.fromkeys(keys_of(space), "SEQ"), most=1)
    assert (found.count, found.stopped, found.shortest, found.none) == (None, "size", (), None)
    with pytest.raises(ValueError, match="the package is the start"):
        phases(space, space.state(5), space.state(5), dict.fromkeys(keys_of(space), "SEQ"))
