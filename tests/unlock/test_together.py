"""Groups: what they bring about, gain, and jump to, by the program and by the naive statement."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.coalitions import brought_about, coalition_lever, coalition_levers, coalition_moves
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.grouped import limit_claim
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import together
from tests.definitions.behaviour import holds
from tests.unlock.ground import MIDDLE, Ground, grounds, random_profile


def compare(name: str, ground: Ground, random: Random) -> int:
    """All groups from one start; how many improvements were compared."""
    model, space, profile = ground.model, ground.space, random_profile(ground, random)
    s = random.choice(model.numbers)
    found = coalition_moves(space, ground.state(s), profile)
    assert {move.members for move in found.moves} == set(together.groups(model)), name
    improvements = {group: together.coalition_improvements(model, group, s) for group in together.groups(model)}
    compared = 0
    for move in found.moves:
        where = f"model {name}: {move.members} from {s}"
        wanted = improvements[move.members]
        smaller = set().union(*(improvements[part] for part in improvements if set(part) < set(move.members)))
        assert ground.numbers(brought_about(space, ground.state(s), move.members)) - {s} == together.brought_about(
            model, move.members, s
        ), where
        assert ground.numbers(move.improvements) == wanted, where
        assert ground.numbers(move.jointly) == wanted & together.joint_moves(model, move.members, s), where
        assert ground.numbers(move.minimal) == wanted - smaller, where
        assert ground.numbers(move.holding) == {x for x in wanted if holds(model, profile, x)}, where
        assert refusal(space, limit_claim(found, move)) is None, where
        for x in wanted:
            assert refusal(space, coalition_lever(found, move, ground.state(x)).claim) is None, (where, x)
        compared += len(wanted)
    jumps = {(g, t) for g, a, t in together.equilibrium_jumps(model, profile) if a == s} if holds(model, profile, s) else set()
    told = {(move.members, t) for move, states in found.jumps for t in ground.numbers(states)}
    assert told == {(g, t) for g, t in jumps if not any(set(part) < set(g) and t in improvements[part] for part in improvements)}, name
    return compared


def compare_levers(name: str, ground: Ground, random: Random) -> int:
    """Levers for a wish: the groups of two or more without idle members, for each state that would do."""
    model, profile = ground.model, random_profile(ground, random)
    s = random.choice(model.numbers)
    targets = set(random.sample(model.numbers, random.randint(1, len(model.numbers))))
    want: Want = random.choice(("break", "reach"))
    goal = Goal(ground.state(s), profile, want, ground.states(targets) if want == "reach" else None)
    found = coalition_levers(ground.space, goal)
    gains = {group: together.coalition_improvements(model, group, s) for group in together.groups(model)}
    expected = {
        (group, x)
        for group, states in gains.items()
        for x in states
        if len(group) > 1 and not any(set(part) < set(group) and x in gains[part] for part in gains)
        if want == "break" or (x in targets and holds(model, profile, x))
    }
    assert {(lever.by, ground.number(lever.claim.to)) for lever in found.found} == expected, f"model {name} from {s}, {want} {targets}"
    assert found.complete
    assert found.least == min((len(group) for group, _ in expected), default=None)
    return len(expected)


@pytest.mark.parametrize("part", range(4))
def test_groups(part: int) -> None:
    random, compared = Random(f"{fresh()} {part}"), 0
    for name, ground in grounds(150, f"{fresh()} groups {part}", MIDDLE):
        compared += compare(name, ground, random) + compare_levers(name, ground, random)
    assert compared > 100


def test_groups_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) + compare_levers(name, ground, random) for name, ground in grounds(60, FIXED, MIDDLE)) > 30
