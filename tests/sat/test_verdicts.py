"""The engine for single states says what the reference says, of listed spaces and of unlisted ones, and its certificates are accepted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Stays, is_staying
from detente.engines.sat import SatEngine
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

SHAPE = Shape(most_states=14, merged=0.0)
PLAYS = [concept for concept in all_concepts() if concept.is_classical]
BLOCKS, EACH = 6, 100
BANS, FREE = replace(SHAPE, bans=1.0), replace(SHAPE, bans=0.0)


def compare(name: str, shape: Shape) -> Counter[str]:
    """Every verdict on a random conflict, by the reference and by the engine on both views of its space; the kinds of certificates."""
    space = StateSpace(random_conflict(Random(name), shape))
    reference, kinds = SingleEngine(space), Counter[str]()
    views = [space]
    if not any("anking" in type(dm.preference).__name__ for dm in space.conflict.decision_makers):
        views.append(StateSpace(space.conflict, list_up_to=0))
    asked = [(SatEngine(view), Checker(view)) for view in views]
    for concept in PLAYS:
        for dm in space.masks:
            for state in space.states.each():
                staying = isinstance(reference.witness(concept, dm, state), Stays)
                for engine, checker in asked:
                    found = engine.witness(concept, dm, state)
                    where = (name, concept.key, dm, state, found)
                    assert is_staying(found) == staying, where
                    assert checker.check(found, concept) is None, (where, checker.check(found, concept))
                    kinds[type(found).__name__] += 1
    return kinds


@pytest.mark.parametrize("block", range(BLOCKS))
def test_random_conflicts(block: int) -> None:
    kinds = sum((compare(f"sat:{block}:{number}", SHAPE) for number in range(EACH)), Counter[str]())
    assert min(kinds["Covers"], kinds["Leaves"]) > 1_000, kinds


@pytest.mark.parametrize("block", range(2))
def test_conditions_that_no_move_leads_out_of(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.engines.sat.leaving.MAX_LISTED", 0)  # so that nothing is listed
    kinds = sum((compare(f"closed:{block}:{number}", FREE) for number in range(50)), Counter[str]())
    assert kinds["Closed"] > 100, kinds


def test_conflicts_with_bans() -> None:
    kinds = sum((compare(f"bans:{number}", BANS) for number in range(80)), Counter[str]())
    assert min(kinds["Covers"], kinds["Leaves"]) > 500, kinds
