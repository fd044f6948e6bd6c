"""The states better for all, those worse for none, and the ways to them, by the program and by the naive statement."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.bargain import bargain
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import together
from tests.definitions.bargain import alone, better_for_all, by_improvements, within_reach, worse_for_none
from tests.unlock.ground import MIDDLE, Ground, grounds


def compare(name: str, ground: Ground, random: Random) -> int:
    """One start; how many states besides it were looked at."""
    model, s = ground.model, random.choice(ground.model.numbers)
    found, where = bargain(ground.space, ground.state(s)), f"model {name} from {s}"
    assert ground.numbers(found.better_for_all) == better_for_all(model, s), where
    assert ground.numbers(found.worse_for_none) == worse_for_none(model, s), where
    rest = set(model.numbers) - {s}
    ways = found.ways(ground.states(rest))
    single = {x for x in rest if alone(model, s, x)}
    improved = {x for x in rest if by_improvements(model, s, x)} - single
    possible = {x for x in rest if within_reach(model, s, x)}
    assert ground.numbers(ways.alone) == single, where
    assert all(
        (i in ways.alone_by and ground.state(x) in ways.alone_by[i]) == (i in alone(model, s, x)) for x in rest for i in ground.parties
    )
    assert ground.numbers(ways.by_improvements) == improved, where
    assert ground.numbers(ways.together) == possible - single - improved, where
    assert ground.numbers(ways.out_of_reach) == rest - possible, where
    assert ways.smallest
    had = {group: together.brought_about(model, group, s) for group in together.groups(model)}
    smallest = {
        (group, x)
        for group, states in had.items()
        for x in states & ground.numbers(ways.together)
        if not any(x in had[part] for part in had if set(part) < set(group))
    }
    assert {(one.members, x) for one in ways.groups for x in ground.numbers(one.states)} == smallest, where
    return len(rest)


@pytest.mark.parametrize("part", range(2))
def test_better_states_and_ways(part: int) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(250, f"{fresh()} bargain {part}", MIDDLE)) > 1_000


def test_better_states_and_ways_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(60, FIXED, MIDDLE)) > 200
