"""What is noted where concepts leave aside what a conflict says, and where a reading has nothing to read."""

from __future__ import annotations

import re
from random import Random

import pytest

from detente.analysis.lint_readings import reading_findings
from detente.app.analyzing import analyze
from detente.app.checking import check
from detente.app.diagnosing import diagnose
from detente.app.explaining import explain
from detente.concepts.registry import concept
from detente.io import loads
from detente.model.conflict import Conflict
from detente.testing.models import random_conflict
from tests.readings.asked import SHAPE, Asked
from tests.readings.test_words import FILE, READ

PLAIN = FILE[: FILE.index("    pairs:")] + FILE[FILE.index("  B:") :]
"""The same conflict without anything beside the order of preference."""


def noted(conflict: Conflict, under: str) -> list[str]:
    """The codes of the notes on what is asked."""
    return [found.code for found in reading_findings(conflict, [concept(key) for key in under.split(",")])]


def test_a_plain_concept_leaves_aside_what_is_said_of_pairs() -> None:
    document = analyze(loads(FILE).conflict, under="SEQ,SEQ:a")
    told = [found.message for found in document.warnings if found.code == "U483"]
    assert told == [
        "A has 4 statements about pairs of states and an attitude toward B; SEQ takes the order of preference alone, and so do ranks"
    ]


LEFT_ASIDE = "A has 4 statements about pairs of states and an attitude toward B; SEQ takes the order of preference alone"


def test_an_explanation_and_a_diagnosis_say_it_too() -> None:
    for conflict, expected in ((loads(FILE).conflict, True), (loads(PLAIN).conflict, False)):
        explained, diagnosed = explain(conflict, 1, by="B", under="SEQ"), diagnose(conflict, under="SEQ")
        for document in (explained, diagnosed):
            told = [sentence.text for part in document.paragraphs for sentence in part.sentences]
            assert any(text.startswith(LEFT_ASIDE) for text in told) == expected
    assert "decision makers/A/pairs/1" in [found.element for found in explain(loads(FILE).conflict, 1, by="B", under="SEQ").evidence]


def test_nothing_is_noted_where_nothing_is_left_aside() -> None:
    assert noted(loads(FILE).conflict, "SEQ:a,SEQ:fuzzy,GMR:attitudes") == ["U483"], "ranks take the order alone"
    assert noted(loads(PLAIN).conflict, "SEQ,GMR") == []
    assert not [found for found in check("elmira").diagnostics if found.code == "U483"]


def test_a_check_of_the_file_says_it_too() -> None:
    (found,) = [found for found in check(loads(FILE).conflict).diagnostics if found.code == "U483"]
    assert found.severity == "note"
    assert "SEQ:a, SEQ:b, SEQ:c or SEQ:d for what is not known" in (found.help or "")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("SEQ:fuzzy", "no statement about pairs of states gives a certainty, so it says the same as SEQ"),
        ("GMR:a", "no comparison is said to be unknown, so it says the same as GMR"),
        ("SEQ:level@4", "no preference has a degree of 4 or more, so no sanction counts, and it says the same as Nash:level@4"),
        ("SEQ:attitudes", "nobody has an attitude other than the usual ones"),
    ],
)
def test_a_reading_of_what_is_not_said(key: str, says: str) -> None:
    (found,) = reading_findings(loads(PLAIN).conflict, [concept(key)])
    assert found.code == "U486"
    assert says in found.message


SAME = [key for key in READ if not re.search(r"attitudes|probable|-general", key)]


@pytest.mark.parametrize("key", SAME)
def test_what_is_said_to_be_the_same_is_the_same(key: str) -> None:
    compared = 0
    for number in range(6):
        asked = Asked(random_conflict(Random(f"same {number}"), SHAPE))
        for found in reading_findings(asked.conflict, [concept(key)]):
            other = found.message.rpartition(" ")[2]
            if "the same as" in found.message:
                assert asked.stable(key) == asked.stable(other), (number, found.message)
                compared += 1
    assert compared > 0 or key.startswith("Nash:")
