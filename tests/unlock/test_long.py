"""The comparisons of this folder, many times over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from detente.testing.models import Shape
from tests.conformance.seeds import fresh
from tests.unlock import (
    test_bargain,
    test_deadlock,
    test_phases,
    test_plans,
    test_pressure,
    test_priority,
    test_raising,
    test_red_lines,
    test_together,
)
from tests.unlock.ground import MIDDLE, Ground, grounds

Compare = Callable[[str, Ground, Random], int]


def deadlocks(name: str, ground: Ground, random: Random) -> int:
    """How many types apply."""
    counted = Counter[str]()
    test_deadlock.compare(name, ground, random, counted)
    return counted.total()


COMPARISONS: dict[str, tuple[Compare, Shape]] = {
    "bargains": (test_bargain.compare, MIDDLE),
    "deadlocks": (deadlocks, MIDDLE),
    "deadlocks among statements": (deadlocks, test_deadlock.STATEMENTS),
    "groups": (test_together.compare, MIDDLE),
    "phases": (test_phases.compare, MIDDLE),
    "plans": (test_plans.compare, test_plans.SHAPE),
    "pressure": (test_pressure.compare, test_pressure.SHAPE),
    "priorities": (test_priority.compare, test_priority.SHAPE),
    "raises": (test_raising.compare_larger, MIDDLE),
    "red lines": (test_red_lines.compare, test_red_lines.SHAPE),
}


@pytest.mark.long
@pytest.mark.parametrize("what", COMPARISONS)
def test_many_times(what: str) -> None:
    compare, shape = COMPARISONS[what]
    random, compared = Random(f"{fresh()} {what}"), 0
    for name, ground in grounds(1_000, f"{fresh()} long {what}", shape):
        compared += compare(name, ground, random)
    assert compared > 100
