"""Packaged cases unlocked: what is published of their deadlocks and of the ways out, by the program and by the second statement."""

from __future__ import annotations

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.unlock.coalitions import coalition_moves
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.plan import plans
from detente.analysis.unlock.shifts import shift_levers
from detente.cases import load
from detente.space.states import StateSpace
from tests.definitions.bargain import better_for_all, within_reach
from tests.definitions.behaviour import everybody
from tests.definitions.deadlock import types
from tests.definitions.inverse import Verdicts, cheapest, one_holds
from tests.definitions.published import elmira, euphrates, north_korea


def space_of(case: str) -> StateSpace:
    return StateSpace(load(case))


def profile(space: StateSpace, key: str) -> dict[str, str]:
    return dict.fromkeys(space.masks, key)


@pytest.mark.parametrize(("key", "cost"), [("Nash", 3), ("GMR", 1), ("SMR", 1), ("SEQ", 1), ("SSEQ", 1)])
def test_euphrates_syria_releases_and_iraq_does_not_attack(key: str, cost: int) -> None:
    """One pair of Syria's ranking turned round under GMR, SMR and SEQ, three under Nash; Iraq stays as it is."""
    space = space_of("euphrates-1975")
    goal = Goal(space.state(6), profile(space, key), "hold", space.set_of(space.state(2)))
    levers = shift_levers(space, goal)
    assert levers.proven
    assert (levers.found[0].by, levers.found[0].cost) == (("Syria",), cost)
    assert refusal(space, levers.found[0].claim) is None
    naive = cheapest(Verdicts(euphrates(), everybody(euphrates(), key)), one_holds({2}))
    assert naive is not None
    assert naive[0] == cost


def test_euphrates_the_war_ends_if_syria_drops_it_below_two_states() -> None:
    """Syria past 2 and 4 (two pairs), or Iraq past 1, 5 and 3 (three pairs)."""
    space = space_of("euphrates-1975")
    levers = shift_levers(space, Goal(space.state(6), profile(space, "SEQ"), "break"))
    assert levers.complete
    assert {(lever.by, lever.cost) for lever in levers.found} == {(("Syria",), 2), (("Iraq",), 3)}


def test_elmira_5_is_a_deadlock_of_coordination() -> None:
    """Kilgour, Hipel, Fang and Peng 2001: MoE and Uniroyal go from 5 to 8 together."""
    space = space_of("elmira")
    found = diagnose(space, space.state(5), profile(space, "SEQ"))
    assert found.stuck
    assert found.primary == "D4"
    assert [finding.key for finding in found.found] == types(elmira(), everybody(elmira(), "SEQ"), 5, bargain_if_dropped=False)
    (coordination,) = [finding for finding in found.found if finding.key == "D4"]
    assert coordination.by == ("MoE", "Uniroyal")
    assert [space.number(state) for state in coordination.states.each()] == [8]
    assert [refusal(space, claim) for claim in coordination.claims] == [None] * len(coordination.claims)


def test_elmira_the_plan_from_5_to_8() -> None:
    space = space_of("elmira")
    goal = Goal(space.state(5), profile(space, "SEQ"), "reach", space.set_of(space.state(8)))
    plan = plans(space, goal).found[0]
    assert plan.by == ("MoE", "Uniroyal")
    assert (plan.cost, plan.joint, len(plan.means)) == (1, 1, 0)
    assert plan.target is not None
    assert space.number(plan.target) == 8
    assert refusal(space, plan.claim) is None


def test_elmira_the_coalition_improvements() -> None:
    """Computed from the published rankings besides 5 to 8; the same as in the second statement's own tests."""
    space, found = space_of("elmira"), set()
    for state in space.states.each():
        for move in coalition_moves(space, state, None).moves:
            if len(move.members) > 1:
                found |= {(move.members, space.number(state), space.number(to)) for to in move.improvements.each()}
    two, three = ("MoE", "Uniroyal"), ("Uniroyal", "Local")
    assert found == {
        *((two, s, t) for s, t in ((2, 4), (5, 8), (6, 8))),
        *((("MoE", "Local"), s, t) for s, t in ((1, 5), (3, 7))),
        *((group, s, t) for group in (three, ("MoE", "Uniroyal", "Local")) for s, t in ((2, 4), (2, 8), (6, 8))),
    }


def test_north_korea_nothing_is_better_for_both_than_the_status_quo() -> None:
    space = space_of("north-korea-2017")
    quo = space.status_quo
    assert quo is not None
    found = diagnose(space, quo, profile(space, "SEQ"))
    assert found.stuck
    assert not found.bargain.better_for_all
    assert found.primary == "D1"


def test_north_korea_nuclear_war_is_a_trap() -> None:
    """State 5 of the publication, the sixth: the deal and two more would be better for both, and a strike is not taken back."""
    space, war = space_of("north-korea-2017"), 5
    found = diagnose(space, war, profile(space, "SEQ"))
    assert found.stuck
    assert set(found.bargain.better_for_all.each()) == {0, 10, 12}
    assert found.primary == "D3"
    model = north_korea("base", "both")
    number = space.number(war)
    better = better_for_all(model, number)
    assert {space.state(x) for x in better} == {0, 10, 12}
    assert not any(within_reach(model, number, x) for x in better)


@pytest.mark.parametrize(("key", "price"), [("GMR", 3), ("SMR", 3), ("SEQ", 6), ("Nash", 6)])
def test_north_korea_what_disarming_would_take(key: str, price: int) -> None:
    """NK would have to put it above 5, 1 and 13 under GMR and SMR, six places up under SEQ and Nash."""
    space = space_of("north-korea-2017")
    levers = shift_levers(space, Goal(0, profile(space, key), "hold", space.set_of(8)))
    assert levers.proven
    alone = [lever for lever in levers.found if lever.by == ("NK",)]
    assert [lever.cost for lever in alone] == [price]


def test_north_korea_what_breaks_the_status_quo() -> None:
    """NK must drop it below 4 and 12."""
    space = space_of("north-korea-2017")
    levers = shift_levers(space, Goal(0, profile(space, "SEQ"), "break"))
    assert levers.proven
    assert (2, ("NK",)) in [(lever.cost, lever.by) for lever in levers.found]
