"""What groups can bring about together, against the definition written out on sequences of moves and on all pairs of states."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import chain, combinations

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.joint import joint
from detente.analysis.joint import joint_targets
from detente.analysis.unlock.coalitions import (
    brought_about,
    coalition_lever,
    coalition_levers,
    coalition_moves,
)
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.grouped import CoalitionMoves, limit_claim
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.errors import LimitError, UsageError
from detente.model.ban import Ban, bans_change
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.renaming import with_renamed_decision_maker
from detente.preference.order import Order
from detente.space.states import StateSpace

from .test_overview import conflict_of, literal


def keys_of(space: StateSpace) -> list[str]:
    return [dm.key for dm in space.conflict.decision_makers]


def groups_of(space: StateSpace) -> list[tuple[str, ...]]:
    keys = keys_of(space)
    return list(chain.from_iterable(combinations(keys, n) for n in range(1, len(keys) + 1)))


def limited(seed: int) -> StateSpace:
    """A random space; in two of three an option belongs to everybody, in every other one bans keep parties from moves."""
    draw, before = random.Random(seed), conflict_of(seed)
    keys = [dm.key for dm in before.decision_makers]
    if seed % 3:
        first, *rest = before.options
        before = replace(before, options=(replace(first, owners=tuple(keys)), *rest))
    if seed % 2:
        names = [option.key for option in before.options]
        bans = [Ban(draw.choice(keys), literal(draw, names), literal(draw, names)) for _ in range(3)]
        before = replace(before, bans=tuple(bans))
    return StateSpace(before)


def plain_joint(space: StateSpace, group: tuple[str, ...], start: int, to: int) -> bool:
    """The definition, option by option."""
    if start == to:
        return False
    taken = space.conflict.taken
    for before in space.members(start):
        for after in space.members(to):
            fine = True
            for k, option in enumerate(space.conflict.options):
                if (before ^ after) >> k & 1:
                    up = not before >> k & 1
                    way = option.direction in (Direction.BOTH, Direction.ONLY_ON if up else Direction.ONLY_OFF)
                    seeing = [dm for dm in option.owners if dm in group and space.perceives(dm, before) and space.perceives(dm, after)]
                    kept = {ban.by for ban in space.conflict.bans if bans_change(ban, taken(before), taken(after))}
                    who = set(seeing) - kept
                    fine = fine and way and bool(who)
            if fine:
                return True
    return False


def plain_reached(space: StateSpace, group: tuple[str, ...], start: int) -> set[int]:
    """Legal sequences, followed one move at a time."""
    seen: set[tuple[int, str]] = set()
    waiting = [(start, "")]
    while waiting:
        now, last = waiting.pop()
        for dm in group:
            for to in space.moves(dm, now) if dm != last else ():
                if (to, dm) not in seen:
                    seen.add((to, dm))
                    waiting.append((to, dm))
    return {state for state, _ in seen}


def plain_improvements(space: StateSpace, group: tuple[str, ...], start: int) -> set[int]:
    orders = [Order(space, dm) for dm in group]
    reached = plain_reached(space, group, start)
    found = {state for state in space.states.each() if state in reached or plain_joint(space, group, start, state)}
    return {state for state in found if all(order.prefers(state, start) for order in orders)}


@pytest.mark.parametrize("seed", range(120))
def test_the_same_improvements_as_the_definition_gives(seed: int) -> None:
    space = limited(seed)
    start = random.Random(seed).choice(space.states.first(space.states.count))
    profile = dict.fromkeys(keys_of(space), random.Random(seed).choice(["Nash", "GMR", "SEQ"]))
    found = coalition_moves(space, start, profile)
    engine = SingleEngine(space)
    expected = {group: plain_improvements(space, group, start) for group in groups_of(space)}
    assert {move.members for move in found.moves} == set(expected)
    for move in found.moves:
        mine = expected[move.members]
        assert set(move.improvements.each()) == mine
        assert set(move.jointly.each()) == {state for state in mine if plain_joint(space, move.members, start, state)}
        parts = [group for group in expected if set(group) < set(move.members)]
        assert set(move.minimal.each()) == {state for state in mine if not any(state in expected[part] for part in parts)}
        holding = {s for s in mine if all(isinstance(engine.witness(concept(profile[dm]), dm, s), Stays) for dm in profile)}
        assert set(move.holding.each()) == holding
        assert refusal(space, limit_claim(found, move)) is None
        for state in mine:
            lever = coalition_lever(found, move, state)
            assert refusal(space, lever.claim) is None
            assert lever.claim.holds == (state in holding)


@pytest.mark.parametrize("seed", range(60))
def test_joint_moves_of_sets_and_of_pairs_agree_with_the_definition(seed: int) -> None:
    space = limited(seed)
    states = space.states.first(space.states.count)
    for group in groups_of(space):
        for start in states:
            plain = {to for to in states if plain_joint(space, group, start, to)}
            assert set(space.set_of(*plain).each()) == {to for to in states if joint_targets(space, group, start) >> to & 1}
            assert {to for to in states if joint_targets(space, group, to, backward=True) >> start & 1} == plain
            for to in states:
                change = joint(space, group, start, to)
                assert (change is not None) == (to in plain)
                if change is not None:
                    assert space.state_of(change[0]) == start
                    assert space.state_of(change[0] ^ change[1]) == to
    for dm in keys_of(space):
        for start in states:
            assert space.set_of(*space.moves(dm, start)).bits == joint_targets(space, [dm], start)


def test_everything_that_a_group_brings_about() -> None:
    space = StateSpace(conflict_of(7))
    for group in groups_of(space):
        for start in space.states.each():
            expected = plain_reached(space, group, start) | {s for s in space.states.each() if plain_joint(space, group, start, s)}
            assert set(brought_about(space, start, group).each()) == expected


# -- published ---------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def elmira() -> StateSpace:
    return StateSpace(load("elmira"))


def at(space: StateSpace, number: int, concept_key: str = "SEQ") -> CoalitionMoves:
    return coalition_moves(space, space.state(number), dict.fromkeys(keys_of(space), concept_key))


@pytest.mark.parametrize("key", ["Nash", "GMR", "SMR", "SEQ", "SSEQ"])
def test_elmira_jumps_from_5_to_8_by_the_ministry_and_uniroyal(elmira: StateSpace, key: str) -> None:
    found = at(elmira, 5, key)
    assert [(move.members, [elmira.number(s) for s in states.each()]) for move, states in found.jumps] == [(("MoE", "Uniroyal"), [8])]
    assert found.stuck
    lever = coalition_lever(found, found.jumps[0][0], elmira.state(8))
    assert lever.claim.holds
    assert lever.claim.steps == ()
    assert lever.cost == 2
    assert refusal(elmira, lever.claim) is None


def test_elmira_has_the_coalition_improvements_that_are_known(elmira: StateSpace) -> None:
    """Those of {MoE, Uniroyal}, {MoE, Local}, {Uniroyal, Local} and all; by sequences as well as jointly, so chains count too."""
    for number in range(1, 10):
        found = at(elmira, number)
        for move in found.moves:
            expected = plain_improvements(elmira, move.members, elmira.state(number))
            assert set(move.improvements.each()) == expected
    jumps = {number: [elmira.number(s) for s in at(elmira, number).of(["MoE", "Uniroyal"]).improvements.each()] for number in range(1, 9)}
    assert jumps[5] == [8]
    assert 4 in jumps[2]
    assert 8 in jumps[6]


def test_groups_declared_alone_are_as_minimal_as_among_all(elmira: StateSpace) -> None:
    everybody = ["MoE", "Uniroyal", "Local"]
    space, start = elmira, elmira.state(2)
    profile = dict.fromkeys(everybody, "SEQ")
    alone = coalition_moves(space, start, profile, [everybody]).moves[0]
    assert alone == coalition_moves(space, start, profile).of(everybody)
    assert len(coalition_moves(space, start, profile, [["Local", "MoE"], ["MoE", "Local"]]).moves) == 1


def test_levers_for_a_wanted_state(elmira: StateSpace) -> None:
    profile = dict.fromkeys(keys_of(elmira), "SEQ")
    wanted = Goal(elmira.state(5), profile, "reach", elmira.set_of(elmira.state(8)))
    levers = coalition_levers(elmira, wanted)
    assert [(lever.by, lever.target, lever.cost) for lever in levers.found] == [(("MoE", "Uniroyal"), elmira.state(8), 2)]
    assert levers.proven
    assert levers.complete
    assert levers.least == 2
    none = coalition_levers(elmira, Goal(elmira.state(5), profile, "reach", elmira.set_of(elmira.state(3))))
    assert none.found == ()
    assert none.proven
    assert none.complete
    cut = coalition_levers(elmira, Goal(elmira.state(2), profile, "break"), listed=0)
    assert (len(cut.found), cut.complete, cut.stopped, cut.proven) == (0, False, "many", False)


def test_without_behaviour_nothing_is_said_of_what_holds(elmira: StateSpace) -> None:
    found = coalition_moves(elmira, elmira.state(5), None)
    move = found.of(["MoE", "Uniroyal"])
    assert found.equilibria is None
    assert not found.stuck
    assert found.jumps == ()
    assert not move.holding
    claim = coalition_lever(found, move, elmira.state(8)).claim
    assert claim.ends == ()
    assert not claim.holds
    assert refusal(elmira, claim) is None


def test_names_and_numbers_that_do_not_fit(elmira: StateSpace) -> None:
    with pytest.raises(UsageError, match="Uniroyl"):
        coalition_moves(elmira, elmira.state(5), None, [["Uniroyl"]])
    with pytest.raises(UsageError, match="needs a member"):
        coalition_moves(elmira, elmira.state(5), None, [[]])
    with pytest.raises(KeyError):
        coalition_moves(elmira, elmira.state(5), None, [["MoE"]]).of(["Local"])
    many = tuple(DecisionMaker(f"P{n}", f"P{n}") for n in range(11))
    space = StateSpace(Conflict("many", many, (Option("x", "x", ("P0",)),)))
    with pytest.raises(LimitError, match="2,047 groups"):
        coalition_moves(space, 0, None)
    assert len(coalition_moves(space, 0, None, [["P0"], ["P0", "P10"]]).moves) == 2


@pytest.mark.parametrize("seed", range(20))
def test_renaming_a_party_changes_nothing_but_the_name(seed: int) -> None:
    before = conflict_of(seed)
    after = with_renamed_decision_maker(before, "A", "Zebra")
    one, two = StateSpace(before), StateSpace(after)
    start = one.states.first(1)[0]
    found, again = (
        coalition_moves(one, start, dict.fromkeys(keys_of(one), "SEQ")),
        coalition_moves(two, start, dict.fromkeys(keys_of(two), "SEQ")),
    )
    for move, same in zip(found.moves, again.moves, strict=True):
        assert tuple("Zebra" if dm == "A" else dm for dm in move.members) == same.members
        sets = [(s.bits for s in (m.improvements, m.jointly, m.minimal, m.holding)) for m in (move, same)]
        assert list(sets[0]) == list(sets[1])
