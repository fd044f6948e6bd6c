"""Preference shifts: the program against every weak order of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.raising import RedLines
from detente.analysis.unlock.shifts import shift_levers
from detente.testing.models import Shape
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.inverse import Verdicts, Works, all_orders, minimal_burdens
from tests.unlock.ground import Ground, grounds, random_profile
from tests.unlock.test_priority import wish

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=5, red_lines=0.15, rules=0.8)
FEW = 6_000
"""Most choices of orders for everybody that are tried: four states and two decision makers, or three and three."""
MANY = 450_000
"""Five states and two decision makers, or four and three."""


def choices(ground: Ground) -> int:
    """How many choices of weak orders everybody has together."""
    count: int = len(all_orders(len(ground.model.numbers))) ** len(ground.parties)
    return count


ANY: tuple[Want, ...] = ("hold", "hold", "break", "reach", "only")


def compare(name: str, ground: Ground, random: Random, wants: tuple[Want, ...] = ANY) -> int:
    """One wish; how many minimal levers there are."""
    numbers = ground.model.numbers
    want = random.choice(wants)
    start, profile = random.choice(numbers), random_profile(ground, random)
    targets = set() if want == "break" else set(random.sample(numbers, random.randint(1, max(1, len(numbers) // 2))))
    lines: RedLines = random.choice(("excluded", "counted"))
    weights: Mapping[str, int] = {i: random.randint(1, 3) for i in ground.parties if random.random() < 0.4}
    goal = Goal(ground.state(start), profile, want, None if want == "break" else ground.states(targets))
    found = shift_levers(ground.space, goal, weights=weights, red_lines=lines, most=1000)
    where = f"model {name}: {want} {targets} from {start} under {profile}, red lines {lines}"
    works: dict[int, Works] = {0: wish("break", start, set())} if want == "break" else {x: wish(want, start, {x}) for x in targets}
    kept = {i: ground.apart(i) for i in ground.parties} if lines == "excluded" else {}
    expected = minimal_burdens(Verdicts(ground.model, profile), works, kept)
    told = [(lever.claim.burdens, 0 if lever.target is None else ground.number(lever.target)) for lever in found.found]
    assert found.complete, where
    assert set(told) == expected, where
    assert len(told) == len(expected), where
    totals = {sum(weights.get(i, 1) * pairs for i, pairs in zip(ground.parties, burden, strict=True)) for burden, _ in expected}
    assert found.least == min(totals, default=None), where
    assert found.proven, where
    for lever in found.found:
        assert refusal(ground.space, lever.claim) is None, (where, refusal(ground.space, lever.claim))
        assert lever.cost == sum(weights.get(i, 1) * pairs for i, pairs in zip(ground.parties, lever.claim.burdens, strict=True)), where
    if found.proof is not None:
        assert refusal(ground.space, found.proof) is None, where
    return len(expected)


def run(count: int, seed: object, most: int, least: int = 1, wants: tuple[Want, ...] = ANY) -> int:
    """So many wishes in conflicts of a size."""
    random, done, levers = Random(str(seed)), 0, 0
    for name, ground in grounds(50 * count, seed, SHAPE):
        if least <= choices(ground) <= most:
            levers += compare(name, ground, random, wants)
            done += 1
        if done == count:
            return levers
    raise AssertionError(f"fewer than {count} random models have the size")


@pytest.mark.parametrize("part", range(6))
def test_no_orders_burden_less(part: int) -> None:
    assert run(40, f"{fresh()} shifts {part}", FEW) > 10


def test_no_orders_burden_less_among_five_states() -> None:
    """Five states and two decision makers, or four and three, in models that stay: every order of everybody."""
    assert run(4, f"{FIXED} larger shifts", MANY, least=FEW, wants=("hold", "break")) > 2


def test_no_orders_burden_less_in_models_that_stay() -> None:
    assert run(40, FIXED, FEW) > 10


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_no_orders_burden_less_in_many_models(part: int) -> None:
    assert run(150, f"{fresh()} long shifts {part}", FEW) > 40
    assert run(10, f"{fresh()} long larger shifts {part}", MANY, least=FEW) > 2
