"""Edits of statements: the program against every change of at most two edits, each tried."""

from __future__ import annotations

from itertools import product
from math import prod
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority import priority_levers
from detente.model.preference import Statement
from detente.testing.models import Shape, random_formula
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.edits import Listed, Way, had_by_edits
from tests.definitions.inverse import (
    Orders,
    Verdicts,
    Works,
    one_alone_is_reached,
    one_holds,
    one_is_reached,
    start_breaks,
)
from tests.unlock.ground import Ground, grounds, random_profile
from tests.unlock.statements import names, order_with

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.2, kinds=("prefers", "prefers", "prefers", "ranking"))
MIXED = Shape(most_decision_makers=2, most_options=4, most_states=10, kinds=("prefers, then ranking", "prefers"))
MOST = 5
"""Most statements of anybody, so that every change can be tried."""
MOST_CHANGES = 40_000
"""Most choices of lists for everybody that are gone through."""

Change = tuple[Listed, ...]
What = frozenset[tuple[str, str, str]]
"""(decision maker, statement, what is done)."""


def wish(want: Want, start: int, targets: set[int]) -> Works:
    """What is asked for, in the second statement."""
    match want:
        case "hold":
            return one_holds(targets)
        case "break":
            return start_breaks(start)
        case "reach":
            return one_is_reached(start, targets)
        case "only":
            return one_alone_is_reached(start, targets)


def random_goal(ground: Ground, random: Random) -> tuple[Goal, Works, set[int]]:
    """A wish from one state, under a profile."""
    numbers = ground.model.numbers
    want: Want = random.choice(("hold", "break", "reach", "only"))
    start = random.choice(numbers)
    targets = set() if want == "break" else set(random.sample(numbers, random.randint(1, max(1, len(numbers) // 3))))
    goal = Goal(ground.state(start), random_profile(ground, random), want, None if want == "break" else ground.states(targets))
    return goal, wish(want, start, targets), targets


def whats(ways: tuple[Way, ...], parties: tuple[str, ...]) -> set[What]:
    """All that the fewest edits of everybody can do to which statements."""
    choices = product(*(way.whats for way in ways))
    return {frozenset((i, *done) for i, what in zip(parties, choice, strict=True) for done in what) for choice in choices}


def done_by(ground: Ground, lever: Lever[PriorityShift], added: dict[str, dict[str, Statement]]) -> tuple[Change, What]:
    """The lists that a lever's edits give one after the other, and what they do to which statements."""
    lists = {i: list(names(ground, i)) for i in ground.parties}
    what = set()
    for edit in lever.claim.edits:
        listed, at = lists[edit.dm], edit.place - 1
        match edit.action:
            case "move":
                token = listed.pop(at)
                listed.insert(edit.to - 1, token)
                what.add((edit.dm, token[0], "up" if edit.to < edit.place else "down"))
            case "drop":
                what.add((edit.dm, listed.pop(at)[0], "drop"))
            case "reverse":
                name, turned = listed[at]
                listed[at] = (name, not turned)
                what.add((edit.dm, name, "reverse"))
            case "add":
                name = next(name for name, statement in added[edit.dm].items() if statement.says == edit.says)
                listed.insert(at, (name, False))
                what.add((edit.dm, name, "add"))
    return tuple(tuple(lists[i]) for i in ground.parties), frozenset(what)


def compare(name: str, ground: Ground, random: Random, most: int = 2) -> int:
    """One wish; how many levers there are."""
    parties = ground.parties
    if any(len(names(ground, i)) > MOST for i in parties):
        return 0
    goal, works, _ = random_goal(ground, random)
    options = [option.key for option in ground.conflict.options]
    added = {i: {f"new {i}": Statement(random_formula(random, options), says=f"new {i}")} if random.random() < 0.3 else {} for i in parties}
    given = [(i, statement) for i in parties if names(ground, i) for statement in added[i].values()]
    found, where = priority_levers(ground.space, goal, added=given, most=most), f"model {name}: {goal}"
    assert found.complete, where
    assert not found.stopped, where
    nothing: dict[Listed, Way] = {(): Way(0, 0, {frozenset()})}
    lists = {i: had_by_edits(names(ground, i), most, list(added[i])) if names(ground, i) else nothing for i in parties}
    if prod(map(len, lists.values())) > MOST_CHANGES:
        return 0
    orders = {i: {listed: order_with(ground, i, listed, added[i]) for listed in lists[i]} for i in parties}
    verdicts, known = Verdicts(ground.model, goal.profile), dict[Orders, bool]()
    levers = [(done_by(ground, lever, added), lever.cost, lever.claim.size) for lever in found.found]
    assert len({what for (_, what), _, _ in levers}) == len(levers), where
    working: list[tuple[int, int, Change, set[What]]] = []
    for change in product(*(lists[i] for i in parties)):
        ways = tuple(lists[i][listed] for i, listed in zip(parties, change, strict=True))
        edits = sum(way.edits for way in ways)
        made = tuple(orders[i][listed] for i, listed in zip(parties, change, strict=True))
        if edits > most or None in made:
            continue
        then: Orders = tuple(order for order in made if order is not None)
        if then not in known:
            known[then] = works(verdicts, then)
        if known[then]:
            working.append((edits, sum(way.size for way in ways), change, whats(ways, parties)))
    working.sort(key=lambda one: one[:2])
    if working and working[0][0] == 0:
        assert [(cost, size) for _, cost, size in levers] == [(0, 0)], where
        return 1
    check(levers, working, where)
    assert found.least == (working[0][0] if working else most + 1), where
    for lever in found.found:
        assert refusal(ground.space, lever.claim) is None, (where, refusal(ground.space, lever.claim))
    return len(levers)


def check(levers: list[tuple[tuple[Change, What], int, int]], working: list[tuple[int, int, Change, set[What]]], where: str) -> None:
    """Each lever works and is minimal; each change that works, and holds no smaller lever, does what some lever does."""
    changes = {change: (edits, size, ways) for edits, size, change, ways in working}
    for (change, what), cost, size in levers:
        assert change in changes, (where, "does not work", change)
        edits, least, ways = changes[change]
        assert (cost, size) == (edits, least), (where, change)
        assert what in ways, (where, change, what)
        smaller = [other for (_, other), less, _ in levers if less < cost and any(other <= way for way in ways)]
        assert not smaller, (where, "not minimal", change, smaller)
    for edits, size, change, ways in working:
        if any(other <= way for (_, other), less, _ in levers if less < edits for way in ways):
            continue
        alike = [place for place, ((_, what), cost, least) in enumerate(levers) if cost == edits and what in ways and least <= size]
        assert alike, (where, "left out", change)


@pytest.mark.parametrize("shape", [SHAPE, MIXED], ids=["statements", "then rankings"])
@pytest.mark.parametrize("part", range(3))
def test_edits(part: int, shape: Shape) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(60, f"{fresh()} priority {part}", shape)) > 8


def test_edits_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for shape in (SHAPE, MIXED) for name, ground in grounds(30, FIXED, shape)) > 8
