"""Preference shifts against every choice of orders: the least burdens, one by one, and the claims that show them.

The second statement (tests/definitions/inverse.py) tries all weak orders of everybody.  What it finds is compared with the program's
minimal levers: the burdens that no other undercuts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import get_args

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.shifts import shift_levers
from detente.preference.shifted import Shift
from tests.definitions.inverse import Verdicts, Works, one_alone_is_reached, one_holds, one_is_reached, open_to, start_breaks
from tests.definitions.orders import distance
from tests.unlock.ground import SMALL, Ground, grounds, random_profile

MOST_ORDERS = 12_000
"""Choices of orders for everybody that are tried for one problem."""

Burden = tuple[int, ...]


def minimal(burdens: set[Burden]) -> set[Burden]:
    """The burdens that no other undercuts for somebody without exceeding it for anybody."""
    return {one for one in burdens if not any(other != one and all(b <= a for a, b in zip(one, other, strict=True)) for other in burdens)}


def by_trying(ground: Ground, profile: dict[str, str], works: Works, red_lines: RedLines) -> set[Burden]:
    """The minimal burdens, by trying every order of everybody."""
    kept = {i: ground.apart(i) for i in ground.parties} if red_lines == "excluded" else {}
    choices = [open_to(ground.model, i, kept) for i in ground.parties]
    verdicts = Verdicts(ground.model, profile)
    found: set[Burden] = set()
    for choice in sorted(product(*choices), key=lambda chosen: sum(d for d, _ in chosen)):
        burden = tuple(d for d, _ in choice)
        undercut = any(all(b <= a for a, b in zip(burden, known, strict=True)) for known in found)
        if not undercut and works(verdicts, tuple(order for _, order in choice)):
            found.add(burden)
    return minimal(found)


def works_of(ground: Ground, want: Want, start: int, targets: set[int]) -> Works:
    """What is asked for, in the second statement."""
    s, t = ground.number(start), ground.numbers(targets)
    match want:
        case "hold":
            return one_holds(t)
        case "break":
            return start_breaks(s)
        case "reach":
            return one_is_reached(s, t)
        case "only":
            return one_alone_is_reached(s, t)


def problems(count: int, seed: object) -> Iterator[tuple[str, Ground, Random]]:
    """Conflicts small enough for all orders of everybody, each with its own chance."""
    made = 0
    for name, ground in grounds(40 * count, seed, SMALL):
        states, parties = len(ground.model.numbers), len(ground.parties)
        if parties > 1 and {2: 3, 3: 13, 4: 75, 5: 541}[states] ** parties <= MOST_ORDERS:
            made += 1
            yield name, ground, Random(name)
            if made == count:
                return
    raise AssertionError("too few conflicts are small enough")


@pytest.mark.parametrize("want", get_args(Want))
@pytest.mark.parametrize("red_lines", get_args(RedLines))
def test_the_minimal_levers_are_those_that_trying_all_orders_finds(want: Want, red_lines: RedLines) -> None:
    several = none = 0
    for name, ground, random in problems(25, f"shifts {want} {red_lines}"):
        profile = random_profile(ground, random)
        states = list(ground.space.states.each())
        start, targets = random.choice(states), set(random.sample(states, 1 if want == "only" else random.randint(1, 2)))
        goal = Goal(start, profile, want, None if want == "break" else ground.space.set_of(*targets))
        levers = shift_levers(ground.space, goal, red_lines=red_lines, most=10**6)
        assert levers.complete, name
        assert levers.proven, name
        assert {lever.claim.burdens for lever in levers.found} == by_trying(
            ground, profile, works_of(ground, want, start, targets), red_lines
        ), (name, profile, goal)
        for lever in levers.found:
            assert refusal(ground.space, lever.claim) is None, (name, profile, goal)
            assert lever.claim.smallest, name
            assert ground_burdens(ground, lever.claim.shifts) == lever.claim.burdens, name
        several += len(levers.found) > 1
        none += not levers.found
    assert several + none > 0, "none of the problems had several levers, or none"


def ground_burdens(ground: Ground, shifts: tuple[Shift, ...]) -> Burden:
    """What shifts cost each decision maker, in the second statement."""
    after = ground.shifted(shifts)
    return tuple(distance(ground.order(i), after[i]) for i in ground.parties)
