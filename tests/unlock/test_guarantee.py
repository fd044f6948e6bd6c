"""Guarantees: all minimal sets of bans, new owners and measures, against trying every set by the definitions."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente import cases
from detente.analysis.claims.base import refusal
from detente.analysis.claims.changed import exactly
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.guarantee import guarantee_levers, new_owners
from detente.concepts.registry import all_concepts
from detente.model.conflict import Conflict
from detente.model.formula import And, Taken
from detente.model.measure import Measure, NewBan, NewOption, NewStatement, WithoutRedLine
from detente.model.trying import tried
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape, random_formula
from tests.definitions.behaviour import holds
from tests.definitions.minimal import subsets
from tests.definitions.sequences import reachable
from tests.definitions.together import coalition_improvements, groups
from tests.unlock.ground import Ground

TINY = Shape(most_decision_makers=3, most_options=3, most_states=8, merged=0.15, bans=0.1, red_lines=0.2)
CONCEPTS = [concept.key for concept in all_concepts()]


def with_measures(conflict: Conflict, random: Random) -> Conflict:
    """The conflict with a measure of each kind that fits it, some left out."""
    options = [option.key for option in conflict.options]
    stated = [dm.key for dm in conflict.decision_makers if dm.preference is not None and dm.preference.statements()]
    found = []
    if stated:
        found.append(Measure("a statement", (NewStatement(random_formula(random, options), random.choice(stated), 1),), cost=2))
        if len(options) < 3 and not any("Merged" in type(rule).__name__ for rule in conflict.rules):
            owner = random.choice(conflict.decision_makers).key
            wanted = NewStatement(And((Taken("new"), random_formula(random, options))), random.choice(stated), 1)
            found.append(Measure("an option", (NewOption("new", (owner,), valued=(wanted,)),), by=owner))
    lined = [dm.key for dm in conflict.decision_makers if dm.red_lines]
    if lined:
        found.append(Measure("no red line", (WithoutRedLine(1, random.choice(lined)),), by="mediators"))
    return replace(conflict, measures=tuple(found))


def is_enough(conflict: Conflict, means: frozenset[Measure], target: int, start: int, profile: dict[str, str], want: Want) -> bool:
    """Whether the target holds, and is reached, in the conflict with the means taken, by the definitions."""
    changed = tried(conflict, sorted(means, key=lambda measure: measure.name))
    ground = Ground(changed)
    there = [ground.space.state_of(changed.combination(conflict.taken(state))) for state in (target, start)]
    assert None not in there
    x, s = (ground.number(state) for state in there if state is not None)
    if not holds(ground.model, profile, x):
        return False
    if want == "hold":
        return True
    by_gains = not holds(ground.model, profile, s) and x in reachable(ground.model, ground.model.decision_makers, s, improving=True)
    return by_gains or any(x in coalition_improvements(ground.model, group, s) for group in groups(ground.model, 2))


@pytest.mark.parametrize("want", ["hold", "reach"])
def test_all_minimal_sets_of_means_are_found(want: Want) -> None:
    together, several, measured = 0, 0, 0
    for seed, (name, drawn) in enumerate(random_conflicts(300, 41 if want == "hold" else 42, TINY)):
        random = Random(name)
        conflict = with_measures(drawn, random)
        space = StateSpace(conflict)
        states = space.states.first(space.states.count)
        start, target = random.choice(states), random.choice(states)
        if want == "reach" and start == target:
            continue
        profile = {dm.key: CONCEPTS[seed % len(CONCEPTS)] for dm in conflict.decision_makers}
        bans = [Measure(f"ban on {dm.key}", (NewBan(dm.key, exactly(space, target)),)) for dm in conflict.decision_makers]
        bans = [ban for ban, dm in zip(bans, conflict.decision_makers, strict=True) if space.moves(dm.key, target)]
        general = [*conflict.measures, *random.sample(new_owners(conflict), min(2, len(new_owners(conflict))))]
        found = guarantee_levers(space, Goal(start, profile, want, space.set_of(target)), measures=general, owners=False, most=1)
        tries = [chosen for chosen in subsets([*bans, *general]) if len(chosen & frozenset(general)) <= 1]
        enough = [chosen for chosen in tries if is_enough(conflict, chosen, target, start, profile, want)]
        expected = {frozenset(m.changes for m in chosen) for chosen in enough if not any(other < chosen for other in enough)}
        assert found.complete, name
        assert {frozenset(m.changes for m in lever.claim.measures) for lever in found.found} == expected, name
        for lever in found.found:
            assert refusal(space, lever.claim) is None, name
            assert lever.cost == sum(m.cost for m in lever.claim.measures) + bool(lever.claim.outcome.together), name
            together += bool(lever.claim.outcome.together)
            measured += any(m in general for m in lever.claim.measures)
        several += len(found.found) > 1
    assert several > 2, several
    assert measured > 2, measured
    assert want == "hold" or together > 2, together


def test_a_dilemma_needs_a_ban_on_both() -> None:
    space = StateSpace(cases.load("prisoners-dilemma"))
    keys = tuple(space.masks)
    profile = dict.fromkeys(keys, "Nash")
    found = guarantee_levers(space, Goal(3, profile, "reach", space.set_of(0)), owners=False)
    assert [(lever.cost, lever.by, lever.claim.outcome.together) for lever in found.found] == [(3, keys, keys)]
    assert refusal(space, found.found[0].claim) is None


def test_time_that_has_run_out_is_told() -> None:
    space = StateSpace(cases.load("prisoners-dilemma"))
    goal = Goal(3, dict.fromkeys(space.masks, "Nash"), "hold", space.set_of(0))
    cut = guarantee_levers(space, goal, seconds=-1.0)
    assert (cut.found, cut.least, cut.complete, cut.stopped) == ((), 0, False, "time")
    assert guarantee_levers(space, Goal(3, goal.profile, "break")).stopped == "not asked"


def test_measures_that_do_not_go_together_are_not_taken_together() -> None:
    conflict = cases.load("chicken")
    one, other = (dm.key for dm in conflict.decision_makers)
    brings = Measure("an option", (NewOption("new", (one,)),))
    again = Measure("the same option", (NewOption("new", (other,)),))
    space = StateSpace(conflict)
    goal = Goal(0, dict.fromkeys(space.masks, "Nash"), "hold", space.set_of(0, 1, 2, 3))
    assert guarantee_levers(space, goal, measures=(brings, again), most=2).complete
