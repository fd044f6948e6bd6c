"""Falsified certificates for large spaces are refused, every one of thousands, of every kind; and clausal proofs of what is not so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.analysis.propagation import proves
from detente.concepts.registry import concept
from detente.concepts.witness import Closed, Covers
from detente.engines.sat import SatEngine
from detente.engines.sat.refuting import refutation
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import fresh
from tests.sat.mutations import FOR_CLOSED, FOR_COVERS, Facts

SHAPE = Shape(merged=0.0, bans=0.0, most_states=24)
RARE = (65, 69, 80, 99)
"""Conflicts with improvements that a group answers in part, and with escapes that can't be left out."""
WIDE = Shape(merged=0.0, bans=0.0, most_states=64, most_decision_makers=3, one_way=0.5)  # so that improvements need several answers


def falsify(seed: int, counted: Counter[str]) -> None:
    """Falsify some certificates of a random conflict in every way there is, and see each refused."""
    space, random = StateSpace(random_conflict(Random(f"refused:{seed}"), WIDE if seed % 2 else SHAPE)), Random(seed)
    facts, engine, checker = Facts(space, random), SatEngine(space), Checker(space)
    asked = [(key, dm, s) for key in ("Nash", "GMR", "SMR", "SEQ", "SSEQ") for dm in space.masks for s in space.states.each()]
    random.shuffle(asked)
    asked.sort(key=lambda one: not facts.engine.improvements(one[1], one[2]))  # first where there is something to answer
    for key, dm, state in asked[:40]:
        play = concept(key)
        witness = engine.witness(play, dm, state)
        assert checker.check(witness, play) is None
        wrong: list[tuple[str, Covers | Closed]] = []
        if isinstance(witness, Covers):
            wrong = [(kind, bad) for kind, falsifier in FOR_COVERS.items() for bad in falsifier(facts, play, witness)]
        elif isinstance(witness, Closed):
            wrong = [(kind, bad) for kind, falsifier in FOR_CLOSED.items() for bad in falsifier(facts, play, witness)]
        for kind, bad in wrong:
            assert checker.check(bad, play) is not None, (seed, kind, witness, bad)
            counted[kind] += 1


@pytest.mark.parametrize(("models", "least"), [(36, 4_000), pytest.param(1_000, 120_000, marks=pytest.mark.long)])
def test_thousands_of_falsifications(models: int, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of conflicts that no run had before, and of those in which what is rare is found."""
    monkeypatch.setattr("detente.engines.sat.leaving.MAX_LISTED", 0)
    counted: Counter[str] = Counter()
    begun, kinds = fresh(), (*FOR_COVERS, *FOR_CLOSED)
    for number, seed in enumerate((*RARE, *range(begun, begun + 5 * models))):  # some conflicts give little to falsify
        if number >= models + len(RARE) and sum(counted.values()) >= least and all(counted[kind] >= 5 for kind in kinds):
            break
        falsify(seed, counted)
    assert sum(counted.values()) >= least
    assert {kind: counted[kind] for kind in kinds if counted[kind] < 5} == {}


def test_a_certificate_under_another_concept_than_it_names() -> None:
    space = StateSpace(random_conflict(Random(3), SHAPE), list_up_to=0)
    dm, state = space.conflict.decision_makers[0].key, space.status_quo
    assert state is not None
    witness = SatEngine(space).witness(concept("GMR"), dm, state)
    assert Checker(space).check(witness, concept("SEQ")) is not None
    assert Checker(space).check(replace(witness, concept="SIM"), concept("SIM")) is not None


def test_clausal_proofs() -> None:
    random, proven, refused = Random(5), 0, 0
    for _ in range(600):
        variables = random.randint(2, 7)

        def literals(most: int, variables: int = variables) -> tuple[int, ...]:
            return tuple(random.choice((1, -1)) * random.randint(1, variables) for _ in range(random.randint(1, most)))

        clauses = [literals(3) for _ in range(random.randint(3, 40))]
        met = any(
            all(any((x > 0) == values[abs(x) - 1] for x in clause) for clause in clauses)
            for values in product((False, True), repeat=variables)
        )
        proof = refutation(clauses)
        assert (proof is None) == met
        if proof is not None:
            assert proves(clauses, proof)
            proven += 1
        else:
            for _ in range(4):
                assert not proves(clauses, [literals(3, variables + 2) for _ in range(random.randint(0, 6))])
                refused += 1
    assert min(proven, refused) > 100
