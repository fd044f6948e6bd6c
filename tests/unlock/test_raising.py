"""Single orders changed: the program against all weak orders, and, in larger conflicts, against the naive statement of the theorem."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.raising import Raising, RedLines
from detente.concepts.registry import all_concepts
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.changed import Changed
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.inverse import all_orders, by_distance
from tests.definitions.orders import Levels, compared, keys
from tests.definitions.raising import cheapest_drop, cheapest_raise
from tests.unlock.ground import MIDDLE, SMALL, Ground, grounds


def least_of_all_orders(ground: Ground, key: str, i: str, s: int, stable: bool, kept: set[tuple[int, int]]) -> int | None:
    """The least distance of an order after which s is stable (or not), the pairs in `kept` staying as they are."""
    order = ground.order(i)

    def works(other: Levels) -> bool:
        if any(compared(order, a, b) != compared(other, a, b) for a, b in kept):
            return False
        return DEFINITIONS[key](Changed(ground.model, {i: keys(other)}), i, s) == stable

    return next((d for d, other in by_distance(order) if works(other)), None)


def compare(name: str, ground: Ground, random: Random) -> int:
    """One question about a conflict of at most five states; 1 if something had to change."""
    key, i = random.choice(all_concepts()).key, random.choice(ground.parties)
    s, stable = random.choice(ground.model.numbers), random.random() < 0.6
    lines: RedLines = random.choice(("excluded", "counted"))
    found = Raising(ground.space, red_lines=lines).cheapest(i, key, ground.state(s), stable=stable)
    expected = least_of_all_orders(ground, key, i, s, stable, ground.apart(i) if lines == "excluded" else set())
    where = f"model {name}: {i}, {key}, state {s}, stable {stable}, red lines {lines}"
    assert (found.cost if found else None) == expected, where
    assert found is None or refusal(ground.space, found) is None, where
    return int(expected != 0)


@pytest.mark.parametrize("part", range(4))
def test_no_weak_order_is_nearer(part: int) -> None:
    """1,000 problems a run in models of at most five states, every order of the decision maker tried."""
    random, changing = Random(f"{fresh()} {part}"), 0
    for name, ground in grounds(250, f"{fresh()} raising {part}", SMALL):
        if len(ground.model.numbers) <= 5:
            changing += compare(name, ground, random)
    assert changing > 50
    assert len(all_orders(5)) == 541


def test_no_weak_order_is_nearer_in_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(60, FIXED, SMALL) if len(ground.model.numbers) <= 5) > 5


def compare_larger(name: str, ground: Ground, random: Random) -> int:
    """One question about a larger conflict, with the theorem as the second statement has it; 1 if something had to change."""
    key, i = random.choice(all_concepts()).key, random.choice(ground.parties)
    s, stable = random.choice(ground.model.numbers), random.random() < 0.6
    found = Raising(ground.space, red_lines="counted").cheapest(i, key, ground.state(s), stable=stable)
    where = f"model {name}: {i}, {key}, state {s}, stable {stable}"

    def stays(order: Levels) -> bool:
        return DEFINITIONS[key](Changed(ground.model, {i: keys(order)}), i, s)

    order = ground.order(i)
    expected = cheapest_raise(order, s, stays) if stable else cheapest_drop(order, s, lambda new: not stays(new))
    assert (found.cost if found else None) == expected, where
    assert found is None or refusal(ground.space, found) is None, where
    if found is not None and found.shift is not None:
        assert DEFINITIONS[key](ground.after([found.shift]), i, s) is stable, where
    return int(expected != 0)


@pytest.mark.parametrize("part", range(4))
def test_the_theorem_in_larger_models(part: int) -> None:
    """1,000 problems a run."""
    random, changing = Random(f"{fresh()} {part}"), 0
    for name, ground in grounds(250, f"{fresh()} larger {part}", MIDDLE):
        changing += compare_larger(name, ground, random)
    assert changing > 50
