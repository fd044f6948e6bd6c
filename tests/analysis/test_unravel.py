"""Orders that break down: the fewest conditions that fail, against every ordered partition; and the changes that mend them."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import RefusedError, refusal
from detente.analysis.claims.changed import changed
from detente.analysis.claims.phase_steps import gaining
from detente.analysis.claims.unravels import Unravels, without
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.phases import phases
from detente.analysis.unlock.unravel import judged, least_broken, repaired
from detente.cases import load
from detente.space.states import StateSpace

from .test_coalitions import keys_of, limited
from .test_phases import partitions


def fewest(space: StateSpace, origin: int, goal: int, package: int, holding: Holding) -> tuple[int, int] | None:
    """The fewest conditions that fail, and the fewest steps with so many, over every ordered partition; None if nothing can be done."""
    checker, costs = Checker(space), []
    for parts in partitions(tuple(k for k in range(len(space.conflict.options)) if (origin ^ goal) >> k & 1)):
        way = [origin]
        for part in parts:
            way.append(way[-1] ^ sum(1 << k for k in part))
        if not all(space.is_feasible(c) for c in way):
            continue
        try:
            cost = 0
            for a, b in pairwise(way):
                gain, state = gaining(checker, a, b), space.state_of(b)
                assert state is not None
                cost += len([dm for dm in without(checker, a, b, gain) if dm not in gain]) + len(holding.leavers(state))
                cost += sum(checker.prefers(dm, state, package) for dm in checker.decision_makers) if b != goal else 0
            costs.append((cost, len(way) - 1))
        except RefusedError:
            continue
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(120))
def test_the_fewest_conditions_fail(seed: int) -> None:
    space, draw = limited(seed), random.Random(seed)
    states = space.states.first(space.states.count)
    profile = {dm: draw.choice(["Nash", "GMR", "SMR", "SEQ"]) for dm in keys_of(space)}
    holding = Holding(space, profile)
    for _ in range(8):
        start, package = draw.choice(states), draw.choice(states)
        if start == package:
            continue
        steps = phases(space, start, package, profile, holding=holding).steps
        found = least_broken(steps)
        expected = fewest(space, steps.origin, steps.goal, package, holding)
        if found is None:
            assert expected is None or expected[0] == 0
            continue
        assert expected == (len(found.broken), len(found.phases))
        assert refusal(space, found) is None
        mended = repaired(space, found, profile)
        if mended is not None:
            assert refusal(space, mended) is None
            assert [(p.start, p.to) for p in mended.order.phases] == [(p.start, p.to) for p in found.phases]
            after, orders = changed(space, mended.edits, mended.shifts)
            assert judged(after, [found.phases[0].start, *(p.to for p in found.phases)], Holding(after, profile, orders=orders)) is None


def elmira() -> tuple[StateSpace, dict[str, str]]:
    space = StateSpace(load("elmira"))
    return space, dict.fromkeys(keys_of(space), "SEQ")


def test_elmira_from_the_status_quo_unravels_because_local_government_would_stop_at_5() -> None:
    space, profile = elmira()
    found = least_broken(phases(space, space.state(1), space.state(8), profile).steps)
    assert found is not None
    assert [(phase.movers, space.number(phase.to)) for phase in found.phases] == [(("Local",), 5), (("MoE", "Uniroyal"), 8)]
    assert [(broken.phase, broken.condition, broken.by) for broken in found.broken] == [(0, "stop", "Local")]
    mended = repaired(space, found, profile)
    assert mended is not None
    assert [(shift.dm, space.number(shift.state), space.number(shift.past)) for shift in mended.shifts] == [("Local", 8, 5)]


def test_a_party_that_leaves_the_package_is_kept_from_it_by_a_ban() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    profile = dict.fromkeys(keys_of(space), "SEQ")
    assert space.status_quo is not None
    found = least_broken(phases(space, space.status_quo, space.state(7374), profile).steps)
    assert found is not None
    assert [(broken.condition, broken.by) for broken in found.broken] == [("gain", "Israel"), ("holds", "Israel")]
    mended = repaired(space, found, profile)
    assert mended is not None
    assert len(mended.edits) == len(mended.shifts) == 1
    assert refusal(space, mended) is None


def test_what_is_listed_must_be_what_fails() -> None:
    space, profile = elmira()
    found = least_broken(phases(space, space.state(1), space.state(8), profile).steps)
    assert found is not None
    other = Unravels(found.start, found.package, found.phases, (), found.holds)
    assert refusal(space, other) is not None
