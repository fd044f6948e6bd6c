"""The JSON Schema that is shipped: made from the language, and of one mind with the reader about the structure of files."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from tests.dressed import dressed_conflict
from tests.fuzz.damage import restructured

from detente import cases
from detente.errors import ConflictError
from detente.io import loads
from detente.io.schema import packaged, schema, schema_text
from detente.io.writer import conflict_data
from detente.preference.registry import all_kinds, kind_written_with, required_keys
from detente.testing.models import Shape

VALIDATOR = Draft7Validator(json.loads(packaged()))
STRUCTURE = {"M106", "M107", "M113", "M114", "M115", "M116", "M117", "M118", "M119", "P209"}
"""Codes of the reader for what the schema knows too."""
REFERENCES = {
    "M104",
    "M105",
    "M120",
    "M121",
    "M122",
    "P201",
    "P202",
    "P203",
    "P204",
    "P205",
    "P206",
    "P207",
    "P208",
    "M140",
    "M141",
    "M143",
    *(f"M18{n}" for n in range(8)),
}
"""Codes of the reader for what only it can know."""


def test_the_shipped_schema_is_the_one_that_the_language_gives() -> None:
    assert packaged() == schema_text(), "run scripts/schema"


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(schema())


@pytest.mark.parametrize("name", cases.names())
def test_packaged_cases_satisfy_it(name: str) -> None:
    data = YAML(typ="safe", pure=True).load(cases.path(name).read_text(encoding="utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@given(st.integers(0, 2**32))
def test_what_is_written_satisfies_it(seed: int) -> None:
    data = conflict_data(dressed_conflict(Random(seed)))
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(data)))] == []


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_reader_and_schema_agree_on_structure(seed: int) -> None:
    """The reader refuses what the schema refuses; what the reader refuses for its structure, the schema refuses too."""
    rng = Random(seed)
    data = restructured(rng, conflict_data(dressed_conflict(rng, Shape(most_options=3, most_states=8, merged=0.0, red_lines=0.0))))
    refused = not VALIDATOR.is_valid(json.loads(json.dumps(data)))
    try:
        loads(json.dumps(data), "f.json")
        codes = set()
    except ConflictError as problem:
        codes = {d.code for d in problem.diagnostics if d.severity == "error"}
    if refused:
        assert codes, data
    if codes & STRUCTURE:
        assert refused, (codes, data)
    if not refused:
        assert codes <= REFERENCES | {"M100", "M101", "M102", "M103", "M110", "M111", "M126", "M127", "M142", "M169"}, (codes, data)


def test_each_kind_of_preference_is_told_by_its_keys() -> None:
    """Adding a kind takes one module: what it is written with must differ from every other kind's."""
    for kind in all_kinds():
        assert kind_written_with(required_keys(kind)) is kind
        attributes = {f.name for f in kind.fields}
        assert attributes <= set(kind.__dataclass_fields__), kind  # type: ignore[attr-defined]  # every kind is a dataclass
