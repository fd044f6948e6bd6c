"""Every verdict of every conflict has a certificate that the checker accepts, and it is the verdict of the naive definition."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from tests.certificates.conflicts import elmira, plain_model, random_conflict
from tests.definitions.concepts import DEFINITIONS


def every_verdict_is_proven(conflict: Conflict) -> int:
    """Check the certificate of every decision maker, state and concept; how many there were."""
    space, plain = StateSpace(conflict), plain_model(conflict)
    engine, checker, count = SingleEngine(space), Checker(space), 0
    for concept in all_concepts():
        for dm in engine.decision_makers:
            for state in space.states.each():
                witness = engine.witness(concept, dm, state)
                assert checker.check(witness, concept) is None, (concept.key, dm, state, witness)
                stable = DEFINITIONS[concept.key](plain, dm, space.number(state))
                assert isinstance(witness, Stays) == stable, (concept.key, dm, state, witness)
                count += 1
    return count


@pytest.mark.parametrize("block", range(4))
def test_random_conflicts(block: int) -> None:
    assert sum(every_verdict_is_proven(random_conflict(Random(seed))) for seed in range(block * 50, block * 50 + 50)) > 5_000


def test_elmira() -> None:
    assert every_verdict_is_proven(elmira()) == 9 * 3 * 6
