"""Verdicts under readings in words: from checked certificates, by what the reading says, and never that somebody prefers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.certificate import check
from detente.app.explaining import explain
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Reading, all_readings
from detente.concepts.registry import compared_with, concept
from detente.concepts.witness import Answer, Leaves, Stays, Step, is_staying
from detente.errors import Cannot, UsageError
from detente.explain.equilibrium import equilibrium
from detente.explain.readings import manner
from detente.explain.verdict import verdict
from detente.io import loads
from detente.model.conflict import Conflict
from detente.testing.beliefs import with_attitudes
from tests.conformance.seeds import fresh
from tests.readings.asked import Asked, drawn

NUMBERS = {
    "level": ("2",) * 5,
    "probable": ("0.5", "0.5/0.5", "0.5/0.5", "0.5/0.5/0.5", "0.5/0.5/0.5"),
    "fuzzy": ("0.4",) * 5,
    "grey": ("0.4",) * 5,
}
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
READ = [
    f"{key}:{r.key}" + (f"@{NUMBERS[r.key][n]}" if r.parameters else "")
    for r in all_readings()
    for n, key in enumerate(KEYS)
    if key in r.concepts
]

FILE = """
detente: 1
title: Two who differ
decision makers:
  A:
    options: {x: {name: block the road}}
    prefers:
      - {when: not y, degree: 2}
      - x
    pairs:
      - {unknown: x and not y, over: not x and not y, says: whether a blockade is worth it}
      - {certainty: 0.7, of: x, over: not x}
      - {grey: [[0.2, 0.4], 0.9], of: x, over: not x}
      - {probability: 0.7, of: x, over: not x}
    thresholds: {certainty: 0.3, grey: 0.2}
    attitudes: {B: negative}
  B:
    options: {y: {name: strike}}
    prefers: [y if x, not y]
status quo: []
"""


def conflict() -> Conflict:
    """The conflict of the file above."""
    return loads(FILE).conflict


def told(under: str, state: int = 1) -> str:
    """The explanation of what A does at a state, on one line."""
    document = explain(conflict(), state, by="A", under=under)
    return " ".join(sentence.text for part in document.paragraphs for sentence in (*part.sentences, *part.items))


def witnesses(asked: Asked, under: SolutionConcept) -> Iterator[Stays | Leaves]:
    """Every witness of a conflict under a concept."""
    for dm in asked.engine.decision_makers:
        for state in asked.space.states.each():
            yield asked.engine.witness(under, dm, state)


@pytest.mark.parametrize("reading", all_readings(), ids=lambda reading: reading.key)
def test_every_reading_has_words(reading: Reading) -> None:
    for key in READ:
        if concept(key).reading is reading:
            means = manner(concept(key))
            assert all(len(clause) > 10 for clause in (means.gains, means.deters, means.steps))


@pytest.mark.parametrize("key", READ)
def test_every_verdict_is_told_from_a_checked_witness_and_says_of_nobody_that_they_prefer(key: str) -> None:
    seen = set()
    for name, drawn_one in drawn(3, f"{fresh()} words {key}"):
        rng_conflict = with_attitudes(Random(name), drawn_one.conflict)
        asked = Asked(rng_conflict)
        under = concept(key)
        for witness in witnesses(asked, under):
            assert check(asked.space, witness) is None, name
            others = [asked.engine.verdict(other, witness.dm, witness.state) for other in compared_with(under)]
            text = verdict(asked.space, witness, others).text()
            assert not re.search(r"\bprefer(s|red)?\b|improvement", text.replace("the order of preference alone", "")), (name, text)
            seen.add(is_staying(witness))
    assert seen


@pytest.mark.parametrize("key", ["SEQ:strong", "SMR:a", "SEQ:fuzzy@0.4", "SEQ:probable@0.5/0.5/0.5", "GMR:attitudes"])
def test_a_false_witness_is_refused(key: str) -> None:
    refused = 0
    for _, asked in drawn(6, f"{fresh()} false {key}"):
        for witness in witnesses(asked, concept(key)):
            if isinstance(witness, Leaves):
                assert check(asked.space, Stays(witness.concept, witness.dm, witness.state, ())) is not None
                assert check(asked.space, replace(witness, concept="GMR:none")) is not None
            elif witness.answers:
                first = witness.answers[0]
                assert isinstance(first, Answer)
                back = replace(first, steps=(*first.steps, Step(witness.dm, witness.state)))
                assert check(asked.space, replace(witness, answers=(back, *witness.answers[1:]))) is not None
                assert check(asked.space, replace(witness, answers=witness.answers[1:])) is not None
            else:
                continue
            refused += 1
    assert refused > 0


def test_what_is_not_known_is_told_as_such() -> None:
    assert "it is not known whether better or worse for A, by statement 1 about pairs of states, “whether a blockade is worth it”" in told(
        "SEQ:a"
    )


def test_a_degree_is_told() -> None:
    assert "better for A by degree 1, by statement 2, “x”" in told("SEQ:strong")
    assert "worse for A by degree 2, by statement 1, “not y”, which deters" in told("SEQ:strong")


def test_a_certainty_is_told_with_the_threshold() -> None:
    assert "certainty that it is better for A: 0.7, by statement 2" in told("SEQ:fuzzy")
    assert "the relative certainty, 0.4, reaches the threshold 0.3" in told("SEQ:fuzzy")
    assert "certainty that it is better for A: from 0.2 to 0.4 or 0.9" in told("SEQ:grey")


def test_a_probability_is_told() -> None:
    assert "better for A with probability 0.7, by statement 4 about pairs of states" in told("SEQ:probable@0.9/0.9/0.5")


def test_attitudes_are_told() -> None:
    assert "no worse for A itself and worse for B, toward whom A is negative" in told("SEQ:attitudes")


def test_weak_stability_is_told_beside_strong() -> None:
    assert "That makes state 1 strongly stable for A." in told("SEQ:strong")
    mild = loads(FILE.replace("when: not y, degree: 2", "when: not y")).conflict
    document = explain(mild, 1, by="A", under="SEQ:strong")
    assert not document.stays
    text = " ".join(sentence.text for part in document.paragraphs for sentence in part.sentences)
    assert "That makes state 1 weakly stable for A (generally, and not strongly)." in text


def test_an_equilibrium_is_told_in_the_words_of_the_reading() -> None:
    asked = Asked(conflict())
    found = [asked.engine.witness(concept("SEQ:strong"), dm, 0) for dm in ("A", "B")]
    assert "A: 1 move worth leaving for from here, answered" in equilibrium(asked.space, found).text()


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("SEQ:level", "U485"),
        ("SEQ:probable@0.9", "U485"),
        ("Nash:probable@0.9/0.1", "U485"),
        ("SEQ:fuzzy@0", "U485"),
        ("SEQ:fuzzy@1.01", "U485"),
        ("SEQ:fuzzy@", "U485"),
        ("SEQ:fuzzy@-0.1", "U485"),
        ("SEQ:fuzzy@1e999999999", "U485"),
        ("SEQ:level@1.5", "U485"),
        ("SEQ:strong@2", "U485"),
        ("SEQ:stron", "U401"),
        ("SIM:strong", "U401"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(key: str, code: str) -> None:
    with pytest.raises(UsageError) as found:
        concept(key)
    assert [diagnostic.code for diagnostic in found.value.diagnostics] == [code]
    assert found.value.diagnostics[0].help


@pytest.mark.parametrize("key", ["SEQ:fuzzy", "Nash:grey"])
def test_a_missing_threshold_is_asked_for(key: str) -> None:
    without = loads(FILE.replace("thresholds: {certainty: 0.3, grey: 0.2}", "")).conflict
    with pytest.raises(Cannot) as found:
        explain(without, 1, by="A", under=key)
    assert [diagnostic.code for diagnostic in found.value.diagnostics] == ["U484"]
    assert explain(without, 1, by="A", under=f"{key}@0.3").under == f"{key}@0.3"
    assert explain(without, 1, by="B", under="Nash:fuzzy").stays, "B has no such statement and needs no threshold"
