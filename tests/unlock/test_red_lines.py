"""Which red lines and rules leave nothing that everybody prefers: all minimal sets, against trying every set."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from detente import cases
from detente.analysis.claims.base import refusal
from detente.analysis.unlock.red_lines import RedLineConflicts, red_line_conflicts
from detente.model.conflict import Conflict
from detente.model.formula import TRUE
from detente.model.parse import parse_formula
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape, random_formula
from tests.definitions.adapter import plain_model
from tests.definitions.bargain import better_for_all
from tests.definitions.minimal import minimal_sets
from tests.definitions.red_lines import Line, emptying, restoring
from tests.unlock.ground import Ground, without_red_lines

LINED = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.8)
RULED = replace(LINED, merged=0.0, most_states=16, rules=0.9, kinds=("prefers", "weights"))


def sets_of(found: RedLineConflicts) -> tuple[set[frozenset[object]], set[frozenset[object]]]:
    return {frozenset(lever.claim.kept) for lever in found.emptying.found}, {
        frozenset(lever.claim.dropped) for lever in found.restoring.found
    }


def accepted(space: StateSpace, found: RedLineConflicts) -> None:
    for claim in (*(lever.claim for lever in (*found.emptying.found, *found.restoring.found)), found.every):
        assert claim is not None
        assert refusal(space, claim) is None


def test_all_minimal_sets_of_red_lines_are_found() -> None:
    crossing = 0
    for name, conflict in random_conflicts(2500, "red lines", LINED):
        ground, random = Ground(conflict), Random(name)
        start = random.choice(ground.model.numbers)
        where = random_formula(random, [o.key for o in conflict.options]) if random.random() < 0.3 else TRUE
        found = red_line_conflicts(ground.space, ground.state(start), where=where)
        lines: list[Line] = [
            (dm.key, frozenset(ground.numbers(ground.space.where(line.never)))) for dm in conflict.decision_makers for line in dm.red_lines
        ]
        base = plain_model(without_red_lines(conflict))
        among = ground.numbers(ground.space.where(where))
        named = dict(enumerate(found.elements))
        expected = tuple(
            {frozenset(named[place] for place in chosen) for chosen in sets(base, base.keys, lines, start, among)}
            for sets in (emptying, restoring)
        )
        assert sets_of(found) == expected, name
        accepted(ground.space, found)
        crossing += any(start in crossed for _, crossed in lines)
    assert crossing > 300, "starts that cross a red line, where keeping more can help"


def _changed(conflict: Conflict, kept: frozenset[object]) -> Conflict:
    parties = tuple(
        replace(dm, red_lines=tuple(line for n, line in enumerate(dm.red_lines, start=1) if (dm.key, n) in kept))
        for dm in conflict.decision_makers
    )
    rules = tuple(rule for n, rule in enumerate(conflict.rules, start=1) if (None, n) in kept)
    return replace(conflict, decision_makers=parties, rules=rules)


def _by_trying(conflict: Conflict, start: int, every: frozenset[object]) -> tuple[set[frozenset[object]], set[frozenset[object]]]:
    def empty(kept: frozenset[object]) -> bool:
        ground = Ground(_changed(conflict, kept))
        return not better_for_all(ground.model, ground.number(start))

    return minimal_sets(every, empty), minimal_sets(every, lambda dropped: not empty(every - dropped))


def test_all_minimal_sets_of_red_lines_and_rules_are_found() -> None:
    ruled = 0
    for name, conflict in random_conflicts(600, "rules", RULED):
        if len(conflict.rules) + sum(len(dm.red_lines) for dm in conflict.decision_makers) > 6:
            continue
        space = StateSpace(conflict)
        start = Random(name).choice(space.states.first(space.states.count))
        found = red_line_conflicts(space, start, rules=True)
        assert found.rules, name
        every = frozenset(found.elements)

        assert sets_of(found) == _by_trying(conflict, start, every), name
        accepted(space, found)
        ruled += any(dm is None for lever in found.restoring.found for dm, _ in lever.claim.dropped)
    assert ruled > 20, "cases in which a rule must go"


def test_rules_stay_where_a_ranking_says_nothing_of_what_they_exclude() -> None:
    space = StateSpace(cases.load("elmira"))
    assert not red_line_conflicts(space, space.state(5), rules=True).rules


def test_the_two_red_lines_of_the_hostage_talks() -> None:
    space = StateSpace(cases.load("gaza-hostage-talks"))
    assert space.status_quo is not None
    found = red_line_conflicts(space, space.status_quo, where=parse_formula("ReleaseAll"))
    both = (("Israel", 1), ("Hamas", 1))
    assert [lever.claim.kept for lever in found.emptying.found] == [both]
    assert [lever.claim.dropped for lever in found.restoring.found] == [both[:1], both[1:]]
    assert found.now == 0
    accepted(space, found)
    assert red_line_conflicts(space, space.status_quo).now != 0, "something is better for all, but not with all hostages freed"
