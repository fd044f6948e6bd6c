"""The engine for single states says what the reference says, of listed spaces and of unlisted ones, and its certificates are accepted."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Stays, is_staying
from detente.engines.sat import SatEngine
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

SHAPE = Shape(most_states=24, merged=0.0)
PLAYS = [concept for concept in all_concepts() if concept.is_classical]
BLOCKS, EACH = 8, 130


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
    assert min(kinds[kind] for kind in ("Covers", "Leaves", "Closed")) > 1_000
