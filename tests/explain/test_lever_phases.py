"""The words for orders of phases: an exchange in parts, a package that breaks down, and claims that are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.phases import phase_levers, phases
from detente.analysis.unlock.unravel import least_broken, repaired
from detente.cases import load
from detente.errors import UsageError
from detente.explain.levers.phases import account, told
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace


def exchange() -> StateSpace:
    """Each side holds two captives of the other's, and frees one for one rather than none; none freed is taken back."""
    a = DecisionMaker("A", "A", OptionWeighting((("a1", -1), ("a2", -1), ("b1", 2), ("b2", 2))))
    b = DecisionMaker("B", "B", OptionWeighting((("a1", 2), ("a2", 2), ("b1", -1), ("b2", -1))))
    names = {"a1": "free captive 1", "a2": "free captive 2", "b1": "free prisoner 1", "b2": "free prisoner 2"}
    options = tuple(Option(key, name, (key[0].upper(),), Direction.ONLY_ON) for key, name in names.items())
    return StateSpace(Conflict("exchange", (a, b), options, status_quo=frozenset()))


BOTH = {"A": "SEQ", "B": "SEQ"}


def test_an_exchange_can_be_made_at_once_or_one_for_one() -> None:
    space = exchange()
    found = phases(space, 0, 15, BOTH)
    assert (found.count, found.fewest, found.most) == (5, 1, 2)
    text = account(space, found).text(limit=None)
    assert "can be carried out from the status quo (state 1) in 5 orders of 1 to 2 steps" in text
    assert "The finest orders:" in text
    assert [refusal(space, claim) for claim in (*found.shortest, *found.finest)] == [None] * 5


def test_whose_leverage_is_spent_with_a_step_that_cannot_be_taken_back() -> None:
    space = exchange()
    levers = phase_levers(space, Goal(0, BOTH, "reach", space.set_of(15)), listed=5)
    assert [lever.cost for lever in levers.found] == [1, 2, 2, 2, 2]
    assert levers.proven
    two = levers.found[1]
    text = told(space, two).text(limit=None, width=1000)
    assert (
        "with step 1 A gives up what it held over B: once “free captive 1” is done, B would gain nothing by its own part, “free prisoner 2”"
        in text
    )
    assert "with step 1 B gives up what it held over A" in text
    assert "so nobody would rather stop there" in text
    assert "order matters" not in told(space, levers.found[0]).text()


def test_a_package_that_breaks_down_is_told_with_what_would_mend_it() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    profile = {dm.key: "SEQ" for dm in space.conflict.decision_makers}
    assert space.status_quo is not None
    found = phases(space, space.status_quo, space.state(7374), profile)
    broken = least_broken(found.steps)
    assert broken is not None
    text = account(space, found, broken, repaired(space, broken, profile)).text(limit=None, width=1000)
    assert "a loss for Israel (253rd to 1,751st choice), without whom it can't be taken" in text
    assert "if Israel were kept from leaving state 7,374 (“all three demands for all hostages”) for state 7,379" in text
    assert "which crosses the red line “a full withdrawal with a permanent ceasefire that leaves Hamas armed” of Israel" in text
    assert "Changing just the comparisons" in account(space, found, broken).text(limit=None, width=1000)


def test_too_many_options() -> None:
    space = exchange()
    assert "orders of steps are looked at for at most 12" in account(space, phases(space, 0, 15, BOTH, most=3)).verdict.text
    levers = phase_levers(space, Goal(0, BOTH, "reach", space.set_of(15)), most=3)
    assert (levers.found, levers.stopped, levers.proven) == ((), "size", False)
    assert phase_levers(space, Goal(0, BOTH, "break")).stopped == "not asked"
    assert phase_levers(space, Goal(0, BOTH, "reach", space.states), most_targets=1).stopped == "many"


def test_false_claims_are_refused_before_a_word_is_written() -> None:
    space = exchange()
    lever = phase_levers(space, Goal(0, BOTH, "reach", space.set_of(15))).found[0]
    with pytest.raises(UsageError, match="U423"):
        told(space, replace(lever, claim=replace(lever.claim, package=7)))
    found = phases(space, 0, 1, BOTH)
    assert found.none is not None
    with pytest.raises(UsageError, match="U423"):
        account(space, replace(found, none=replace(found.none, reached=(0, 1))))
