"""Levers without a list of states: those of the listed space where they have a meaning, and why the others are not looked for."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import detente
from detente.analysis.claims.base import Claim, refusal
from detente.analysis.large.joint_moves import joint_moves
from detente.analysis.large.priorities import pressed, priority_shifts
from detente.analysis.large.trial import LargeGoal
from detente.analysis.unlock.coalitions import coalition_levers
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority import priority_levers
from detente.app.levers.base import Sought
from detente.testing.models import Shape
from tests.conformance.seeds import fresh
from tests.large.seen import twice

ORDERED = Shape(
    most_decision_makers=3, most_options=4, most_states=16, one_way=0.15, rules=0.1, red_lines=0.1, merged=0.0, kinds=("prefers",)
)
WANTS: tuple[Want, ...] = ("break", "hold", "reach")


def shifts(levers: Iterable[Lever[Claim]]) -> set[object]:
    """What is done to which statement, and how far it goes."""
    found: set[object] = set()
    for lever in levers:
        edits = getattr(lever.claim, "edits", ())
        found.add(
            (lever.by, *((edit.action, edit.place, edit.to > edit.place if edit.action == "move" else None, edit.size) for edit in edits))
        )
    return found


def test_single_edits_are_those_of_the_listed_space() -> None:
    random, count = Random(fresh()), 0
    for two in twice(50, "priority", ORDERED):
        start, target = random.sample(two.states, 2)
        profile = two.profile(random)
        for want in WANTS:
            targets = None if want == "break" else two.listed.set_of(target)
            known = priority_levers(two.listed, Goal(start, profile, want, targets), most=1)
            large = priority_shifts(two.unlisted, LargeGoal(start, profile, want, None if want == "break" else target))
            assert shifts(large.found) == shifts(known.found), (two.name, start, target, want, profile)
            for lever in large.found:
                assert refusal(two.unlisted, lever.claim) is None, (two.name, refusal(two.unlisted, lever.claim))
            count += len(large.found)
    assert count > 20


def test_pressure_is_that_of_the_listed_space() -> None:
    random = Random(fresh())
    for two in twice(30, "pressure", ORDERED):
        start, profile = random.choice(two.states), two.profile(random)
        known, large = pressures(two.listed, start, profile), pressed(two.unlisted, start, profile)
        said = [{(lever.by, lever.claim.place, lever.cost) for lever in found} for found in (known.found, large.found)]
        assert said[0] == said[1], two.name
        for lever in large.found:
            assert refusal(two.unlisted, lever.claim) is None, two.name


def test_joint_moves_are_those_of_the_listed_space() -> None:
    random, count = Random(fresh()), 0
    for two in twice(120, "joint"):
        start, target = random.sample(two.states, 2)
        profile = two.profile(random)
        known = coalition_levers(two.listed, Goal(start, profile, "reach", two.listed.set_of(target)))
        large = joint_moves(two.unlisted, LargeGoal(start, profile, "reach", target))
        assert {lever.by for lever in large.found} == {lever.by for lever in known.found}, (two.name, start, target)
        known = coalition_levers(two.listed, Goal(start, profile, "break"))
        large = joint_moves(two.unlisted, LargeGoal(start, profile, "break"))
        assert {(lever.by, lever.target) for lever in large.found} <= {(lever.by, lever.target) for lever in known.found}, two.name
        assert bool(large.found) == bool(known.found), (two.name, start)
        for lever in large.found:
            assert refusal(two.unlisted, lever.claim) is None, two.name
        count += len(large.found)
    assert count > 5


def test_every_kind_is_looked_for_or_says_why_not() -> None:
    document = detente.unlock("gaza-all-fronts", target="a further partial exchange", want="reach", sought=Sought(seconds=5.0))
    assert document.stuck
    parts = {part.kind: part for goal in document.goals for part in goal.searches}
    assert parts["coalitions"].levers[0].by == ("Israel", "Hamas")
    for kind in ("preference", "guarantee", "phases", "plan"):
        assert parts[kind].stopped == "unlisted"
        assert "comparing all states" in parts[kind].says.text
    assert document.red_line_sets[0].now is None


def test_a_condition_says_what_is_not_looked_for() -> None:
    document = detente.unlock("gaza-all-fronts", target="Ceasefire", want="hold", kinds="priority", sought=Sought(seconds=2.0))
    assert document.goals[0].states is None
    assert document.goals[0].searches[0].stopped == "condition"
