"""Other names, and another order of decision makers and options, change nothing but these in claims, levers and diagnoses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.dilemmas import dilemmas
from detente.analysis.unlock.coalitions import coalition_levers, coalition_moves
from detente.analysis.unlock.fear import sanction_cores
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.guarantee import guarantee_levers
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.phases import phases
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority import priority_levers
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.analysis.unlock.shifts import shift_levers
from detente.cases import load
from detente.concepts.registry import all_concepts
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from detente.testing.transform import rename, shuffled
from tests.conformance.seeds import fresh
from tests.unlock.ground import with_positions

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=10, red_lines=0.3)
CASES = ("elmira", "euphrates-1975", "north-korea-2017", "prisoners-dilemma")


class Asked:
    """What is asked about a conflict: a start, wanted states and a profile, so that it can be asked again under other names."""

    def __init__(self, conflict: Conflict, random: Random) -> None:
        states = list(StateSpace(conflict).states.each())
        self.start = random.choice(states)
        self.targets = random.sample(states, min(2, len(states)))
        self.profile = {dm.key: random.choice(all_concepts()).key for dm in conflict.decision_makers}
        self.want: Want = random.choice(("hold", "break", "reach", "only"))

    def goal(self, space: StateSpace, names: Mapping[str, str], states: Callable[[int], int], want: Want | None = None) -> Goal:
        """The goal under other names; `states` gives the place of each state there."""
        wanted = want or self.want
        profile = {names[dm]: key for dm, key in self.profile.items()}
        targets = None if wanted == "break" else space.set_of(*map(states, self.targets))
        return Goal(states(self.start), profile, wanted, targets)


def everything(conflict: Conflict, asked: Asked, names: Mapping[str, str]) -> list[Any]:
    """All levers and diagnoses of a conflict whose states are where they were."""
    space = StateSpace(conflict)
    goal, reach = asked.goal(space, names, int), asked.goal(space, names, int, "reach")
    start, profile = goal.start, goal.profile
    diagnosis = diagnose(space, start, profile)
    package = next(state for state in space.states.each() if state != start)
    found: list[Any] = [(one.key, one.claims, one.by, list(one.states.each())) for one in diagnosis.found]
    found += [diagnosis.primary, diagnosis.witnesses, diagnosis.gains, dilemmas(space)]
    found += [(move.members, list(move.improvements.each())) for move in coalition_moves(space, start, profile).moves]
    laid = phases(space, start, package, profile)
    found += [laid.count, laid.shortest, laid.finest, laid.none]
    for dm, key in profile.items():
        found.append(sanction_cores(space, start, dm, key).cores)
    lines = red_line_conflicts(space, start, rules=True)
    means = gathered(space, reach)[:3]
    found += [lines.emptying, lines.restoring, lines.every, coalition_levers(space, goal)]
    found += [shift_levers(space, goal), priority_levers(space, goal, most=1), pressures(space, start, profile)]
    found += [guarantee_levers(space, reach), plans(space, reach, means, Terms(most_states=100))]
    return found


def drawn(name: str, shape: Shape = SHAPE) -> Conflict:
    """A random conflict of at least two states, with positions; or a packaged case."""
    if name in CASES:
        return load(name)
    for _, conflict in random_conflicts(100, name, shape):
        if StateSpace(conflict).states.count > 1:
            return with_positions(conflict, Random(name))
    raise AssertionError(name)


def as_text(found: list[Any]) -> str:
    """All of it, written out; digests of conflicts are of their names too."""
    return re.sub(r"<Conflict .*?>|<detente\.\S+ object at 0x[0-9a-f]+>", "-", repr(found))


@pytest.mark.parametrize("name", [*CASES, *(f"{number}" for number in range(40))])
def test_other_names_change_nothing_but_names(name: str) -> None:
    """Keys whose alphabetical order is turned round."""
    seed = name if name in CASES else f"{fresh()} names {name}"
    conflict = drawn(seed)
    people, things = [dm.key for dm in conflict.decision_makers], [option.key for option in conflict.options]
    plain = rename(
        conflict,
        {key: f"party{n:02}x" for n, key in enumerate(people)},
        {key: f"option{n:02}x" for n, key in enumerate(things)},
    ).conflict
    plain = replace(plain, decision_makers=tuple(replace(dm, name=dm.key) for dm in plain.decision_makers))
    back = {f"side{99 - n:02}x": f"party{n:02}x" for n in range(len(people))} | {
        f"choice{99 - n:02}x": f"option{n:02}x" for n in range(len(things))
    }
    other = rename(plain, {old: new for new, old in back.items()}, {old: new for new, old in back.items()}).conflict
    asked = Asked(plain, Random(seed))
    before = as_text(everything(plain, asked, {dm.key: dm.key for dm in plain.decision_makers}))
    after = as_text(everything(other, asked, {old: new for new, old in back.items()}))
    assert re.sub("|".join(back), lambda match: back[match[0]], after) == before


@pytest.mark.parametrize("number", range(40))
def test_another_order_changes_no_answer(number: int) -> None:
    """Which types apply, what is gained together, what levers cost and whom they burden."""
    # Which member stands for a merged state depends on the order, and preferences judge that one: so none is merged here.
    conflict, random = drawn(f"{fresh()} order {number}", replace(SHAPE, merged=0.0)), Random(number)
    changed = shuffled(conflict, random)
    space, there = StateSpace(conflict), StateSpace(changed.conflict)
    places, names, asked = changed.states(space, there), changed.decision_makers, Asked(conflict, random)
    goal, other = asked.goal(space, {dm: dm for dm in names}, int), asked.goal(there, names, places.__getitem__)
    one, two = diagnose(space, goal.start, goal.profile), diagnose(there, other.start, other.profile)
    assert [found.key for found in one.found] == [found.key for found in two.found]
    assert {places[s] for s in one.bargain.better_for_all.each()} == set(two.bargain.better_for_all.each())
    assert [{places[s] for s in found.states.each()} for found in one.found if found.key in ("D3", "D4", "D5")] == [
        set(found.states.each()) for found in two.found if found.key in ("D3", "D4", "D5")
    ]
    assert {
        (frozenset(names[dm] for dm in m.members), places[s])
        for m in coalition_moves(space, goal.start, None).moves
        for s in m.improvements.each()
    } == {(frozenset(m.members), s) for m in coalition_moves(there, other.start, None).moves for s in m.improvements.each()}
    shifts, theirs = shift_levers(space, goal), shift_levers(there, other)
    keys = [dm.key for dm in conflict.decision_makers], [dm.key for dm in changed.conflict.decision_makers]

    def burdens(levers: Any, parties: list[str], name: Mapping[str, str], place: Callable[[int], int]) -> set[Any]:
        return {
            (
                frozenset((name[dm], pairs) for dm, pairs in zip(parties, lever.claim.burdens, strict=True)),
                None if lever.target is None else place(lever.target),
            )
            for lever in levers.found
        }

    assert (shifts.least, shifts.complete) == (theirs.least, theirs.complete)
    if shifts.complete:
        assert burdens(shifts, keys[0], names, places.__getitem__) == burdens(theirs, keys[1], {dm: dm for dm in keys[1]}, int)
    edits, their_edits = priority_levers(space, goal, most=1), priority_levers(there, other, most=1)
    assert sorted((lever.cost, lever.claim.size) for lever in edits.found) == sorted(
        (lever.cost, lever.claim.size) for lever in their_edits.found
    )
    lines, their_lines = red_line_conflicts(space, goal.start), red_line_conflicts(there, other.start)
    for mine, yours in ((lines.emptying, their_lines.emptying), (lines.restoring, their_lines.restoring)):
        assert sorted(lever.cost for lever in mine.found) == sorted(lever.cost for lever in yours.found)
