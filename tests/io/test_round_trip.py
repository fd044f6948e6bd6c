"""What is written reads back as the same conflict, and as the same data for every reader of YAML."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.dressed import TEXTS, dressed_conflict, refused_codes

from detente import cases, io
from detente.errors import ConflictError, Severity
from detente.io.emit import emitted
from detente.io.passages import written_passage
from detente.io.writer import as_json, as_yaml, conflict_data
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option
from detente.model.evidence import Citation
from detente.model.formula import And, Or, Taken
from detente.model.preference import Statement
from detente.model.rule import Merged
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.testing.models import Shape

seeds = st.integers(0, 2**32)
UNMERGED = Shape(most_options=5, most_states=32, merged=0.0)


def assert_same(conflict: Conflict, text: str) -> None:
    """The text reads as the conflict, or is refused for what the model can hold and a file can't."""
    refused = refused_codes(conflict)
    if refused:
        with pytest.raises(ConflictError) as caught:
            io.loads(text)
        assert {d.code for d in caught.value.diagnostics if d.severity is Severity.ERROR} == refused
        return
    read = io.loads(text).conflict
    assert read == conflict
    assert read.digest == conflict.digest


@settings(max_examples=150)
@given(seeds)
def test_yaml_reads_back(seed: int) -> None:
    conflict = dressed_conflict(Random(seed))
    assert_same(conflict, as_yaml(conflict))


@given(seeds)
def test_json_reads_back(seed: int) -> None:
    conflict = dressed_conflict(Random(seed), UNMERGED)
    text = as_json(conflict)
    assert_same(conflict, text)
    assert json.loads(text) == conflict_data(conflict)


@given(seeds)
def test_writing_twice_gives_the_same_text(seed: int) -> None:
    conflict = dressed_conflict(Random(seed), UNMERGED)
    if not refused_codes(conflict):
        text = as_yaml(conflict)
        assert as_yaml(io.loads(text).conflict) == text


def plain(text: str, version: tuple[int, int]) -> Any:
    """What a reader of YAML in general makes of a text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = version
    return yaml.load(text)


@pytest.mark.parametrize("version", [(1, 1), (1, 2)])
def test_other_readers_of_yaml_agree(version: tuple[int, int]) -> None:
    for seed in range(60):
        conflict = dressed_conflict(Random(seed))
        assert plain(as_yaml(conflict), version) == conflict_data(conflict), f"seed {seed}"


@given(
    st.recursive(
        st.none() | st.integers(-(10**12), 10**12) | st.text() | st.sampled_from(TEXTS),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    )
)
def test_any_data_is_laid_out_so_that_it_reads_back(value: Any) -> None:
    text = "\n".join(emitted({"key": value})) + "\n"
    assert plain(text, (1, 2)) == {"key": value}


@pytest.mark.parametrize("name", cases.names())
def test_packaged_cases_come_back(name: str) -> None:
    conflict = io.read(cases.path(name)).conflict
    assert io.loads(io.dumps(conflict)).conflict == conflict
    assert io.loads(as_json(conflict), "case.json").conflict.digest == conflict.digest


def test_every_file_can_be_written_in_each_language(tmp_path: Any) -> None:
    conflict = cases.load("elmira")
    for suffix in (".yaml", ".yml", ".json"):
        assert io.write(conflict, tmp_path / f"copy{suffix}") == ()
        assert io.read(tmp_path / f"copy{suffix}").conflict == conflict


def small(**more: Any) -> Conflict:
    """A conflict of two options."""
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    return Conflict("small", more.pop("parties", (DecisionMaker("A", "A"),)), options, **more)


def test_a_half_surrogate_is_refused() -> None:
    with pytest.raises(ConflictError) as caught:
        io.dumps(small(question="\ud800"))
    assert caught.value.diagnostics[0].code == "F609"


def test_conditions_of_one_part_or_none_keep_their_digest() -> None:
    statements = tuple(Statement(f) for f in (And((Taken("x"),)), Or((Taken("y"),)), And(()), Or(()), And((Or((And(()),)), Taken("x")))))
    conflict = small(parties=(DecisionMaker("A", "A", OptionPrioritization(statements)),))
    assert io.loads(io.dumps(conflict)).conflict.digest == conflict.digest


def test_states_are_written_as_a_person_would() -> None:
    named, other = frozenset({"x", "y"}), frozenset({"y"})
    ranking = StateRanking(((named,), (other,), (frozenset(),)))
    conflict = small(
        parties=(DecisionMaker("A", "A", ranking),),
        rules=(Merged(Taken("x")),),
        status_quo=other,
        named_states=(NamedState("deal", named), NamedState("YY", frozenset())),
    )
    data: Any = conflict_data(conflict)
    assert data["decision makers"]["A"]["ranking"] == ["deal", "NY", "NN"]
    assert data["status quo"] == ["y"]
    unnamed: Any = conflict_data(small(parties=conflict.decision_makers, rules=conflict.rules))
    assert unnamed["decision makers"]["A"]["ranking"] == ["Y-", "NY", "NN"]
    assert io.loads(io.dumps(conflict)).conflict == conflict


@given(st.text(), st.text(), st.none() | st.text())
def test_citations_on_one_line_read_back_or_are_not_written_so(source: str, at: str, by: str | None) -> None:
    from detente.io.passages import read_passage

    citation = Citation(source, at, by)
    sources, asserters = {source, "article"}, {"officials", *([by] if by is not None else [])}
    line = written_passage(citation, sources, asserters)
    if line is not None:
        assert Citation(**read_passage(line, sources, asserters)) == citation
