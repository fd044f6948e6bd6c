"""Ways on which groups may also act at once: as the plain definition has them, and as they are told."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from detente.analysis.joint_path import JointSteps, is_way, shortest_together
from detente.analysis.path import shortest
from detente.app.joint_pathing import joint_path_between
from detente.app.parts import Described
from detente.app.pathing import path
from detente.cases import load
from detente.errors import LimitError, UsageError
from detente.explain import joint_routes
from detente.explain.joint_routes import joint_path
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.space.states import StateSpace
from detente.testing.models import Shape
from detente.testing.models import random_conflict as random_model
from tests.certificates.conflicts import plain_model, random_conflict
from tests.conformance.seeds import FIXED
from tests.definitions import joint_paths
from tests.definitions.adapter import plain_model as all_in_all


@pytest.mark.parametrize("block", range(4))
def test_shortest_ways_are_those_of_the_definition(block: int) -> None:
    found_some = found_none = 0
    for seed in range(block * 15, block * 15 + 15):
        random, conflict = Random(seed), random_conflict(Random(seed))
        space, plain = StateSpace(conflict), plain_model(conflict)
        keys = tuple(dm.key for dm in conflict.decision_makers)
        everyone = [group for n in range(1, len(keys) + 1) for group in combinations(keys, n)]
        groups = random.sample(everyone, random.randint(1, min(3, len(everyone))))
        start, goal = (random.choice(list(space.states.each())) for _ in range(2))
        for kind in ("any", "improving"):
            found = shortest_together(space, start, goal, groups, kind)
            wanted = joint_paths.shortest(plain, groups, space.number(start), space.number(goal), kind == "improving")
            assert found.complete
            assert (None if found.legs is None else len(found.legs)) == wanted
            assert found.legs is None or is_way(found)
            for state in space.states.first(5):
                here = [(part, space.number(to)) for part, to in JointSteps(space, groups, kind).of(state)]
                assert len(here) == len(set(here))
                assert set(here) == joint_paths.steps(plain, groups, space.number(state), kind == "improving")
            found_some, found_none = found_some + bool(wanted), found_none + (wanted is None)
    assert found_some
    assert found_none


def test_that_the_same_do_not_act_twice_in_a_row_is_said_where_it_makes_a_difference() -> None:
    """With merged states or bans two steps of the same need not be one."""
    random, farther = Random(FIXED), 0
    while farther < 3:
        conflict = random_model(random, Shape(most_decision_makers=3, most_options=4, most_states=16, merged=0.5))
        space, plain = StateSpace(conflict), all_in_all(conflict)
        keys = tuple(dm.key for dm in conflict.decision_makers)
        groups = random.sample([group for n in range(1, len(keys) + 1) for group in combinations(keys, n)], min(2, len(keys)))
        start, goal = (random.choice(list(space.states.each())) for _ in range(2))
        way, gaining = (shortest_together(space, start, goal, groups, kind) for kind in ("any", "improving"))
        ends = plain, groups, space.number(start), space.number(goal), False
        if joint_paths.shortest(*ends) != joint_paths.shortest(*ends, again=True):
            assert ", the same never acting twice in a row" in joint_path(way, gaining, "at all").verdict.text
            farther += 1
        elif space.moves_compose:
            assert "twice" not in joint_path(way, gaining, "at all").text()


def test_of_single_parties_it_is_the_usual_path() -> None:
    space = StateSpace(load("elmira"))
    alone = [("MoE",), ("Uniroyal",), ("Local",)]
    for start in space.states.each():
        for goal in space.states.each():
            for kind in ("any", "improving"):
                found = shortest_together(space, start, goal, alone, kind)
                assert (None if found.legs is None else len(found.legs)) == shortest(space, start, goal, kind).steps


def test_a_way_that_is_none_is_not_told() -> None:
    space = StateSpace(load("elmira"))
    way, gaining = (
        shortest_together(space, space.state(1), space.state(8), [("MoE", "Uniroyal", "Local")], kind) for kind in ("any", "improving")
    )
    assert way.legs is not None
    alone = replace(way, legs=(replace(way.legs[0], movers=("MoE",)),))
    assert not is_way(alone)
    assert not is_way(replace(way, legs=way.legs * 2))
    assert not is_way(replace(way, kind="improving"))
    assert not is_way(replace(way, groups=(("MoE", "Uniroyal"),)))
    for wrong in (alone, replace(way, goal=way.start)):
        with pytest.raises(UsageError, match="U423"):
            joint_path(wrong, gaining, "at all")


def test_that_no_way_is_shorter_is_checked_before_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    space, groups = StateSpace(load("elmira")), [("Local",), ("MoE", "Uniroyal")]
    way, gaining = (shortest_together(space, space.state(1), space.state(8), groups, kind) for kind in ("any", "improving"))
    shorter = replace(way, layers=(*way.layers[:1], (*way.layers[1], (space.state(8), ("MoE",))), *way.layers[2:]))
    missing = replace(way, layers=(way.layers[0], way.layers[1][1:], *way.layers[2:]))
    for wrong in (shorter, missing):
        with pytest.raises(UsageError, match="U423"):
            joint_path(wrong, gaining, "at all")
    assert "checked" not in joint_path(way, gaining, "at all").text()
    monkeypatch.setattr(joint_routes, "CHANGES", 10)
    assert joint_path(way, gaining, "at all").verdict.text.endswith("this was not checked again one by one.)")


def test_where_it_stops_is_told() -> None:
    document = path("elmira", 1, 8, by="MoE+Uniroyal")
    assert (document.moves, document.improvements, document.not_settled) == (None, None, None)
    assert document.by == (("MoE", "Uniroyal"),)
    said = [sentence.text for paragraph in document.paragraphs for sentence in paragraph.sentences]
    assert "There are no such steps from state 1." in said
    stuck = path("elmira", 8).paragraphs[-1].sentences
    assert "Improvements lead from state 1 to state 5 and to no other; from state 5 there are none." in [one.text for one in stuck]


def test_what_time_does_not_settle_is_said() -> None:
    space = StateSpace(load("elmira"))
    document = joint_path_between(Described(space), space.state(1), space.state(8), None, [("Local",), ("MoE", "Uniroyal")], 1e-9)
    assert document.not_settled == ("moves", "improvements")
    assert "was not settled" in document.paragraphs[0].sentences[0].text


def test_what_one_search_settles_is_not_open_for_the_other() -> None:
    """Steps that everybody gains by are steps; and where no steps lead, none of these do."""
    space, groups = StateSpace(load("elmira")), [("Local",), ("MoE", "Uniroyal")]
    way, gaining = (shortest_together(space, space.state(1), space.state(8), groups, kind) for kind in ("any", "improving"))
    late = replace(way, legs=None, layers=(), complete=False)
    assert joint_path(late, gaining, "in a second").verdict.text == (
        "In this model 2 steps lead from state 1 to state 8, where Local may act alone, and MoE and Uniroyal alone or at once; whether "
        "fewer do was not settled in a second."
    )
    none, gaining = (shortest_together(space, space.state(9), space.state(8), groups, kind) for kind in ("any", "improving"))
    told = joint_path(none, replace(gaining, layers=(), complete=False), "in a second")
    assert told.verdict.text.startswith("In this model no sequence of steps leads from state 9 to state 8")
    assert told.parts[-1].lead[0].text == "So by steps that everybody who takes them gains by it cannot be reached either."


def test_everybodys_rank_at_each_step() -> None:
    document = path("elmira", 8, by="Local,MoE+Uniroyal")
    found = document.improvements
    assert found is not None
    assert [(step.by, step.together, step.rank_before, step.rank_after) for step in found.steps] == [
        ("Local", None, 4, 3),
        ("MoE+Uniroyal", ("MoE", "Uniroyal"), None, None),
    ]
    assert [state.rank["MoE"] for state in found.states] == [6, 5, 4]


def test_only_some_may_act_in_a_conflict_that_is_not_listed() -> None:
    options = tuple(Option(f"o{k}", f"option {k}", ("AB"[k // 14],)) for k in range(28))
    conflict = Conflict("large", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options, status_quo=frozenset())
    alone = path(conflict, "o0", by="A")
    assert alone.by == (("A",),)
    assert alone.paragraphs[0].sentences[0].text.startswith("In this model 1 move by A alone leads")
    none = path(conflict, "o20", by="A")
    assert (none.moves, none.not_settled) == (None, None)
    assert "not all that would have to change is theirs to change" in none.paragraphs[0].sentences[0].text
    with pytest.raises(LimitError, match="S301"):
        path(conflict, "o20", by="A+B")


def test_too_large_groups_are_refused() -> None:
    parties = tuple(DecisionMaker(f"P{k}", f"P{k}") for k in range(11))
    conflict = Conflict("many", parties, (Option("x", "x", ("P0",)),), status_quo=frozenset())
    with pytest.raises(LimitError, match="S308"):
        path(conflict, 2, by="+".join(dm.key for dm in parties))
