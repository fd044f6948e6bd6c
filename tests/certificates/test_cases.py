"""Every verdict of the packaged cases has a certificate that the checker accepts; of the largest a sample, all of it in the long tests."""

from __future__ import annotations

import pytest

from detente import cases
from detente.analysis.certificate import Checker
from detente.cases import WIDE
from detente.concepts.registry import all_concepts, concept
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace

LARGEST = "gaza-hostage-talks"
SAMPLE = 60


def accepted(name: str, keys: list[str], parties: list[str] | None = None, sample: int | None = None) -> int:
    """Check the certificate of every verdict under these concepts; how many there were."""
    space = StateSpace(cases.load(name))
    engine, checker, count = SingleEngine(space), Checker(space), 0
    states = space.states.first(space.states.count) if sample is None else space.states.sample(sample, seed=2)
    for key in keys:
        for dm in parties or engine.decision_makers:
            for state in states:
                witness = engine.witness(concept(key), dm, state)
                assert checker.check(witness, concept(key)) is None, (name, key, dm, space.number(state), witness)
                count += 1
    return count


@pytest.mark.parametrize("name", [*(name for name in cases.names() if name not in (LARGEST, WIDE)), *cases.generated()])
def test_every_verdict(name: str) -> None:
    space = StateSpace(cases.load(name))
    wanted = space.states.count * len(space.conflict.decision_makers) * len(all_concepts())
    assert accepted(name, [c.key for c in all_concepts()]) == wanted


def test_verdicts_of_the_largest_case() -> None:
    assert accepted(LARGEST, ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"], sample=SAMPLE) == SAMPLE * 4 * 6
    assert accepted(LARGEST, ["Nash", "SIM"], sample=2_000) == 2_000 * 4 * 2


@pytest.mark.long
@pytest.mark.parametrize("key", [c.key for c in all_concepts()])
@pytest.mark.parametrize("dm", [dm.key for dm in cases.load(LARGEST).decision_makers])
def test_every_verdict_of_the_largest_case(dm: str, key: str) -> None:
    assert accepted(LARGEST, [key], [dm]) == StateSpace(cases.load(LARGEST)).states.count
