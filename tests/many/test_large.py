"""What is said of equilibria in a space that is not listed equals what is said of them in the same space listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from detente.analysis.many.answer import Answer, answer
from detente.analysis.many.looking import Look
from detente.analysis.stability import analyse
from detente.cases import load
from detente.concepts.registry import concept
from detente.engines.blocks import BlocksEngine
from detente.engines.single import SingleEngine
from detente.engines.symbolic import SymbolicEngine
from detente.model.conflict import Conflict
from detente.space.members import Members
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

SHAPE = Shape(most_options=8, most_states=256, merged=0, bans=0, shared=0, unperceived=0, kinds=("prefers",))
KEYS = ("Nash", "GMR", "SEQ")


@contextmanager
def blocks(space: StateSpace) -> Iterator[tuple[Any, Any]]:
    """All states, and the equilibria under a concept, in blocks of bits."""
    with BlocksEngine(space) as engine:

        def equilibria(key: str) -> Members:
            found: Any = engine.states()
            for dm in space.conflict.decision_makers:
                found = found & engine.members(concept(key), dm.key)
            members: Members = found
            return members

        yield engine.states(), equilibria


@contextmanager
def diagrams(space: StateSpace) -> Iterator[tuple[Any, Any]]:
    """The same as decision diagrams."""
    with SymbolicEngine(space) as engine:
        yield engine.feasible(), lambda key: engine.equilibria(concept(key))


def said(found: Answer) -> Any:
    """All that an answer says, but for the states drawn and the sets themselves."""
    best = {dm: (one.count, set(one.states)) for dm, one in found.best.items()}
    near = found.near and (found.near.distance, found.near.count, found.near.states, found.near.by_distance)
    return found.lines, found.is_member, near, best, found.best_for_all, set(found.undominated), found.first, found.silent


def compare(conflict: Conflict, held: Any) -> int:
    """Hold every description of equilibria against the listed one; returns how many sets there were."""
    listed, compared = StateSpace(conflict), 0
    table = analyse(listed, [concept(key) for key in KEYS], SingleEngine(listed))
    with held(StateSpace(conflict, list_up_to=0)) as (states, equilibria):
        for key in KEYS:
            if table.equilibria(key):
                here = answer(Look(listed.states), table.equilibria(key), listed.status_quo)
                there = answer(Look(states), equilibria(key), listed.status_quo)
                assert said(there) == said(here), key
                compared += 1
    return compared


@pytest.mark.parametrize("held", [blocks, diagrams])
def test_random_conflicts(held: Any) -> None:
    compared = 0
    for number in range(12):
        compared += compare(random_conflict(Random(f"large answers {number}"), SHAPE), held)
    assert compared > 12


@pytest.mark.parametrize("held", [blocks, diagrams])
def test_a_packaged_case(held: Any) -> None:
    assert compare(load("euphrates-1975"), held)


def test_a_conflict_of_34_options() -> None:
    """Nash equilibria of the wide conflict: exact counts, conditions checked on every feasible state."""
    space = StateSpace(load("gaza-all-fronts"), list_up_to=0)
    with diagrams(space) as (states, equilibria):
        members = equilibria("Nash")
        found = answer(Look(states), members, space.status_quo)
        assert found.lines is not None
        assert found.lines.count == members.count
        assert found.lines.left == 0
        for line in found.lines.lines:
            meeting = Look(states).meeting(states, (*found.lines.shared.conditions, *line.conditions))
            assert not meeting - members
            assert meeting.count == line.count
        assert found.near is not None
        assert sum(found.near.by_distance.values()) == members.count - found.is_member
        assert all(members.contains(state) for state in found.named)
