"""Stability tables and equilibria, under one concept and under mixed profiles."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from detente.analysis.stability import StabilityTable, analyse
from detente.concepts.registry import all_concepts
from detente.engines.single import SingleEngine
from detente.errors import UsageError
from detente.space.states import StateSpace
from tests.certificates.conflicts import elmira, plain_model, random_conflict
from tests.definitions.concepts import DEFINITIONS, equilibria, stable_states


@pytest.fixture
def table() -> StabilityTable:
    """Elmira under all concepts."""
    space = StateSpace(elmira())
    return analyse(space, all_concepts(), SingleEngine(space), "9 states")


def test_published_equilibria_of_elmira(table: StabilityTable) -> None:
    found = {key: [table.space.number(s) for s in table.equilibria(key).each()] for key in table.stable}
    assert found["Nash"] == found["SEQ"] == found["SSEQ"] == [5, 8, 9]
    assert found["GMR"] == found["SMR"] == [1, 4, 5, 8, 9]
    assert (table.engine, table.because) == ("single", "9 states")


def test_who_would_leave(table: StabilityTable) -> None:
    assert table.leaving("SEQ", table.space.state(1)) == ("Local",)
    assert table.leaving("Nash", table.space.state(2)) == ("Uniroyal", "Local")
    assert table.leaving("GMR", table.space.state(1)) == ()


@pytest.mark.parametrize("seed", range(30))
def test_tables_are_those_of_the_definitions(seed: int) -> None:
    conflict = random_conflict(Random(seed))
    space, plain = StateSpace(conflict), plain_model(conflict)
    table = analyse(space, all_concepts(), SingleEngine(space))
    for key in DEFINITIONS:
        assert {space.number(s) for s in table.equilibria(key).each()} == equilibria(plain, key)
        for dm in plain.decision_makers:
            assert {space.number(s) for s in table.stable[key][dm].each()} == stable_states(plain, key, dm)
    for profile in list(product(DEFINITIONS, repeat=len(plain.decision_makers)))[seed % 7 :: 29]:
        chosen = dict(zip(plain.decision_makers, profile, strict=True))
        wanted = set.intersection(*(stable_states(plain, key, dm) for dm, key in chosen.items()))
        assert {space.number(s) for s in table.mixed(chosen).each()} == wanted


@pytest.mark.parametrize(
    ("profile", "complaint"),
    [
        ({"MoE": "SEQ", "Uniroyal": "Nash"}, "no concept for Local"),
        ({"MoE": "SEQ", "Uniroyal": "Nash", "Locl": "SEQ"}, 'no decision maker is called "Locl"'),
        ({"MoE": "SEQ", "Uniroyal": "Nash", "Local": "L9"}, "L9, the concept given for Local, was not analysed"),
    ],
)
def test_a_profile_must_fit(table: StabilityTable, profile: dict[str, str], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as refused:
        table.mixed(profile)
    assert refused.value.diagnostics[0].code == "U422"


def test_a_misspelt_party_gets_a_suggestion(table: StabilityTable) -> None:
    with pytest.raises(UsageError) as refused:
        table.mixed({"MoE": "SEQ", "Uniroyal": "Nash", "Locl": "SEQ"})
    assert refused.value.diagnostics[0].help == 'did you mean "Local"?'
