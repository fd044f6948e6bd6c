"""Preference shifts: published answers, larger conflicts, weights, limits of time, and claims that are of something else.

That no choice of orders does better is tried in tests/unlock/test_shifts.py.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from time import monotonic
from typing import get_args

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.smallest import Smallest
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.raising import Raising, total
from detente.analysis.unlock.shifts import shift_levers
from detente.cases import load
from detente.concepts.registry import all_concepts
from detente.errors import UsageError
from detente.explain.levers.shifts import account, told
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.space.states import StateSpace
from detente.testing.models import Shape
from tests.definitions.orders import compared
from tests.unlock.ground import SMALL, grounds
from tests.unlock.trying import by_trying, choices, works_of

MOST_ORDERS = 6_000
"""Choices of orders for everybody that are tried for one problem."""
MIDDLE = Shape(most_decision_makers=4, most_options=6, most_states=40)


def test_raising_the_target_alone_is_not_always_the_cheapest_under_seq() -> None:
    """What others' orders make credible can be had for less than what the target's rank costs, and it is then found."""
    cheaper = 0
    for name, ground in grounds(400, "raising alone", SMALL):
        if len(ground.parties) < 2 or choices(ground.model) > MOST_ORDERS:
            continue
        target = Random(name).choice(list(ground.space.states.each()))
        goal = Goal(target, dict.fromkeys(ground.parties, "SEQ"), "hold", ground.space.set_of(target))
        raised = Raising(ground.space, red_lines="counted").for_all(goal.profile, target)
        levers = shift_levers(ground.space, goal, red_lines="counted")
        if raised is not None and levers.found and levers.found[0].cost < total(raised.values()):
            cheaper += 1
            expected = by_trying(ground, dict(goal.profile), works_of(ground, "hold", target, {target}), "counted")
            assert {lever.claim.burdens for lever in levers.found} == expected, name
            assert refusal(ground.space, levers.found[0].claim) is None, name
    assert cheaper > 0, "in none of the models is it cheaper to change something else"


@pytest.mark.parametrize("concept", [concept.key for concept in all_concepts()])
def test_in_larger_conflicts_claims_are_accepted_and_no_dearer_than_raising(concept: str) -> None:
    for name, ground in grounds(12, f"larger shifts {concept}", MIDDLE, least=8):
        target = Random(name).choice(list(ground.space.states.each()))
        goal = Goal(target, dict.fromkeys(ground.parties, concept), "hold", ground.space.set_of(target))
        levers = shift_levers(ground.space, goal, red_lines="counted", seconds=3, most=1)
        assert levers.proof is not None
        assert refusal(ground.space, levers.proof) is None, name
        for lever in levers.found:
            assert refusal(ground.space, lever.claim) is None, name
        raised = Raising(ground.space, red_lines="counted").for_all(goal.profile, target)
        assert raised is not None
        if concept in ("Nash", "GMR", "SMR"):
            assert levers.found[0].cost == total(raised.values()), name
        assert levers.least is not None
        assert not levers.found or levers.least <= levers.found[0].cost


def euphrates(concept: str, want: Want = "hold") -> tuple[StateSpace, Goal]:
    """Euphrates 1975: that Syria releases water and Iraq does not attack."""
    space = StateSpace(load("euphrates-1975"))
    return space, Goal(space.state(1), dict.fromkeys(("Syria", "Iraq"), concept), want, space.set_of(space.state(2)))


@pytest.mark.parametrize(("concept", "cost"), [("Nash", 3), ("GMR", 1), ("SMR", 1), ("SEQ", 1)])
def test_syria_needs_one_reversal_and_three_under_nash(concept: str, cost: int) -> None:
    space, goal = euphrates(concept)
    levers = shift_levers(space, goal)
    assert [(lever.by, lever.cost) for lever in levers.found] == [(("Syria",), cost)]
    assert levers.proven
    assert refusal(space, levers.found[0].claim) is None


def test_weights_price_what_a_party_is_asked() -> None:
    space = StateSpace(load("elmira"))
    goal = Goal(space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"), "break")
    as_it_is = shift_levers(space, goal)
    assert [(lever.by, lever.cost) for lever in as_it_is.found] == [(("Uniroyal",), 1), (("Local",), 1), (("MoE",), 4)]
    dearer = shift_levers(space, goal, weights={"Uniroyal": 9, "Local": 5})
    assert [(lever.by, lever.cost) for lever in dearer.found] == [(("MoE",), 4), (("Local",), 5), (("Uniroyal",), 9)]
    assert dearer.proven
    with pytest.raises(UsageError, match="1 or more"):
        shift_levers(space, goal, weights={"MoE": 0})


def test_a_search_that_is_out_of_time_gives_a_bound() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    start = space.status_quo
    assert start is not None
    profile = {dm.key: "SEQ" for dm in space.conflict.decision_makers}
    goal = Goal(start, profile, "only", space.set_of(*space.states.sample(1, 3)))
    begun = monotonic()
    levers = shift_levers(space, goal, seconds=0.2)
    assert monotonic() - begun < 60
    assert levers.stopped == "time"
    assert not levers.complete
    assert levers.least is not None
    assert levers.proof is not None
    assert refusal(space, levers.proof) is None
    text = account(space, goal, levers)
    assert text is not None
    assert "not settled" in text.text()


def test_what_holds_already_needs_no_change() -> None:
    space, goal = euphrates("GMR")
    held = shift_levers(space, Goal(goal.start, goal.profile, "hold", space.set_of(goal.start)))
    assert (held.found[0].cost, held.found[0].claim.shifts, held.least) == (0, (), 0)
    assert "no preference would have to change" in told(space, held.found[0]).text()
    assert account(space, goal, held) is None


def test_what_no_preferences_give_is_shown_to_be_so() -> None:
    """A state that nobody can leave is not left, whatever anybody prefers."""
    options = (Option("x", "x", ("A",), Direction.ONLY_ON), Option("y", "y", ("B",), Direction.ONLY_ON))
    space = StateSpace(Conflict("done", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options))
    for concept in ("Nash", "SEQ", "SIM"):
        goal = Goal(3, {"A": concept, "B": concept}, "break")
        levers = shift_levers(space, goal)
        assert (levers.found, levers.least, levers.complete) == ((), None, True)
        assert levers.proof is not None
        assert refusal(space, levers.proof) is None
        text = account(space, goal, levers)
        assert text is not None
        assert text.text() == "No change of preferences gives that; this is proven."


def test_a_claim_of_something_else_is_refused() -> None:
    space, goal = euphrates("SEQ")
    claim = shift_levers(space, goal).found[0].claim
    assert isinstance(claim.proof, Smallest)
    assert refusal(space, replace(claim, burdens=(0, 0))) is not None
    assert refusal(space, replace(claim, shifts=())) is not None
    assert refusal(space, replace(claim, proof=replace(claim.proof, burdens=((0, 2),)))) is not None
    assert refusal(StateSpace(load("elmira")), claim) is not None
    with pytest.raises(UsageError, match="proves nothing here"):
        told(StateSpace(load("elmira")), shift_levers(space, goal).found[0])


def test_a_red_line_keeps_what_crosses_it_below() -> None:
    """Under each reading the answer is that of trying every order; in some model the red line makes it dearer, or shuts it out."""
    dearer = 0
    for name, ground in grounds(300, "red lines", replace(SMALL, red_lines=0.9)):
        if len(ground.parties) < 2 or choices(ground.model) > MOST_ORDERS:
            continue
        target = Random(name).choice(list(ground.space.states.each()))
        goal = Goal(target, dict.fromkeys(ground.parties, "SEQ"), "hold", ground.space.set_of(target))
        excluded, counted = (shift_levers(ground.space, goal, red_lines=lines) for lines in get_args(RedLines))
        dearer += excluded.least != counted.least
        for lever in excluded.found:
            after = ground.shifted(lever.claim.shifts)
            for i in ground.parties:
                apart = ground.apart(i)
                assert all(compared(after[i], s, t) == compared(ground.order(i), s, t) for s, t in apart), name
    assert dearer > 0
