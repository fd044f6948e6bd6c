"""Groups, phases and plans under other names and another order of the parties: nothing changes but names, and who is told first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.unlock.coalitions import coalition_moves
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.phases import phases
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.unravel import least_broken
from detente.cases import load
from detente.explain.levers.coalitions import account
from detente.model.conflict import Conflict
from detente.model.renaming import with_renamed_decision_maker
from detente.space.states import StateSpace

from .test_coalitions import keys_of, limited

NAMES = {"A": "Zebra", "B": "Yak", "C": "Xerus"}


def renamed(conflict: Conflict) -> Conflict:
    for old, new in NAMES.items():
        if old in {dm.key for dm in conflict.decision_makers}:
            conflict = with_renamed_decision_maker(conflict, old, new)
    return conflict


@pytest.mark.parametrize("seed", range(40))
def test_names_change_nothing(seed: int) -> None:
    one = limited(seed)
    two = StateSpace(renamed(one.conflict))
    states = one.states.first(one.states.count)
    start, package = states[0], states[-1]
    mine, theirs = dict.fromkeys(keys_of(one), "SEQ"), dict.fromkeys(keys_of(two), "SEQ")
    if start == package:
        return
    here, there = phases(one, start, package, mine), phases(two, start, package, theirs)
    assert (here.count, here.fewest, here.most) == (there.count, there.fewest, there.most)
    assert list(here.steps.reached) == list(there.steps.reached)
    broken, same = least_broken(here.steps), least_broken(there.steps)
    assert (broken is None) == (same is None)
    if broken is not None and same is not None:
        assert [(b.phase, b.condition, NAMES[b.by]) for b in broken.broken] == [(b.phase, b.condition, b.by) for b in same.broken]
    asked, again = Goal(start, mine, "reach", one.set_of(package)), Goal(start, theirs, "reach", two.set_of(package))
    found = plans(one, asked, gathered(one, asked), Terms(listed=100))
    other = plans(two, again, gathered(two, again), Terms(listed=100))
    assert [(p.cost, tuple(NAMES[dm] for dm in p.by), p.joint, p.target) for p in found.found] == [
        (p.cost, p.by, p.joint, p.target) for p in other.found
    ]
    assert (found.least, found.tried) == (other.least, other.tried)


def test_the_order_of_the_parties_changes_no_count() -> None:
    """Elmira with its parties the other way round: states get other numbers, and what groups can do stays."""
    conflict = load("elmira")
    makers = conflict.decision_makers[::-1]
    options = sorted(conflict.options, key=lambda option: [dm.key for dm in makers].index(option.owners[0]))
    turned = replace(conflict, decision_makers=makers, options=tuple(options))
    one, two = StateSpace(conflict), StateSpace(turned)
    start = two.state_of(turned.combination(conflict.taken(one.state(5))))
    assert start is not None
    here = coalition_moves(one, one.state(5), dict.fromkeys(keys_of(one), "SEQ"))
    there = coalition_moves(two, start, dict.fromkeys(keys_of(two), "SEQ"))
    counts = {frozenset(move.members): (move.improvements.count, move.minimal.count, move.holding.count) for move in here.moves}
    assert counts == {frozenset(move.members): (move.improvements.count, move.minimal.count, move.holding.count) for move in there.moves}
    assert "Uniroyal and MoE" in account(two, there).text()
