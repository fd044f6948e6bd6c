"""Orders of phases: the program against every ordered partition of what a package changes."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.phases import Phased
from detente.analysis.unlock.phases import phases
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.phases import Steps, closest, phase_orders
from tests.definitions.plain import Combination
from tests.unlock.ground import MIDDLE, Ground, grounds, random_profile


def combination(ground: Ground, bits: int) -> Combination:
    """A combination of the program in the second statement."""
    return {option.key: bool(bits >> k & 1) for k, option in enumerate(ground.conflict.options)}


def compare(name: str, ground: Ground, random: Random) -> int:
    """One start and one package; 1 if there is an order."""
    model, profile = ground.model, random_profile(ground, random)
    s, x = random.sample(model.numbers, 2)
    if random.random() < 0.5:  # where somebody gains
        x = max((t for t in model.numbers if t != s), key=lambda t: sum(model.better(i, t, s) for i in ground.parties))
    found, where = phases(ground.space, ground.state(s), ground.state(x), profile), f"model {name}: {s} to {x} under {profile}"
    start, end = combination(ground, found.steps.origin), combination(ground, found.steps.goal)
    assert (tuple(start.values()), tuple(end.values())) in closest(model, s, x), where
    orders = phase_orders(model, profile, start, end)
    assert found.count == len(orders), where
    assert (found.fewest, found.most) == (min(map(len, orders), default=None), max(map(len, orders), default=None)), where
    keys = [option.key for option in ground.conflict.options]

    def steps(claim: Phased) -> Steps:
        return tuple(frozenset(key for k, key in enumerate(keys) if (p.start ^ p.to) >> k & 1) for p in claim.phases)

    for listed, length in ((found.shortest, found.fewest), (found.finest, found.most)):
        told = [steps(claim) for claim in listed]
        wanted = {order for order in orders if len(order) == length}
        assert len(set(told)) == len(told) == min(5, len(wanted)), where
        assert set(told) <= wanted, where
    for claim in (*found.shortest, *found.finest, *([found.none] if found.none else [])):
        assert refusal(ground.space, claim) is None, where
    return int(bool(orders))


@pytest.mark.parametrize("part", range(4))
def test_orders_of_phases(part: int) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(150, f"{fresh()} phases {part}", MIDDLE)) > 5


def test_orders_of_phases_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(80, FIXED, MIDDLE)) > 8
