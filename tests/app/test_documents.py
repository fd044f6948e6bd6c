"""The JSON document: the keys that other programs rely on, its schema, its limits, and the same bytes for the same question."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from detente.app import answers, documents
from detente.app.analyzing import analyze
from detente.app.answering import AnswersDocument
from detente.app.documents import AnalysisDocument, Document
from detente.app.opening import opened
from detente.app.unlock_documents import UnlockDocument
from detente.app.wanted import Wanted
from detente.engines.single import SingleEngine
from detente.preference.order import Order
from detente.space.states import StateSpace
from tests.cli.program import run

CONCEPTS = ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]

# The shape of formats.md, written down a second time: names and types, besides which there may be more.
ID, IDS = {"type": "integer", "minimum": 1}, {"type": "array", "items": {"type": "integer", "minimum": 1}}


def record(**types: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(types), "properties": types}


TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
PROMISED = record(
    schema={"const": "detente.analysis/1"},
    conflict=record(title=TEXT, digest=TEXT, combinations=COUNT, feasible=COUNT, status_quo={"anyOf": [ID, {"type": "null"}]}),
    decision_makers={"type": "array", "items": record(key=TEXT, name=TEXT)},
    options={
        "type": "array",
        "items": record(
            key=TEXT, name=TEXT, owner={"type": ["string", "null"]}, direction={"enum": ["both", "only_on", "only_off"]}
        ),
    },
    states={
        "type": "array",
        "items": record(
            id=ID, choice={"type": "string", "pattern": "^[YN-]+$"}, rank={"type": "object", "additionalProperties": {"type": "integer"}}
        ),
    },
    stability={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": IDS}},
    equilibria={"type": "object", "additionalProperties": IDS},
    counts=record(equilibria={"type": "object", "additionalProperties": COUNT}),
    engine=record(name=TEXT, because=TEXT),
    detente=TEXT,
)  # fmt: skip


def every_document() -> list[type[Document]]:
    return [
        value
        for module in (documents, answers)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Document) and value is not Document
    ]


@pytest.fixture(scope="module")
def elmira() -> AnalysisDocument:
    return analyze("elmira")


def test_the_promised_keys(elmira: AnalysisDocument) -> None:
    data = json.loads(elmira.json_text())
    jsonschema.validate(data, PROMISED)
    assert list(data["stability"]) == list(data["equilibria"]) == list(data["counts"]["equilibria"]) == CONCEPTS
    assert data["equilibria"]["SEQ"] == [5, 8, 9]
    assert data["states"][8]["choice"] == "-NNY-"
    assert data["conflict"]["status_quo"] == 1
    assert data["options"][0]["owner"] == "MoE"


def test_ranks_are_dense_and_one_is_the_most_preferred(elmira: AnalysisDocument) -> None:
    space = StateSpace(opened("elmira").conflict)
    assert elmira.states is not None
    for dm in ("MoE", "Uniroyal", "Local"):
        order = Order(space, dm)
        by_rank = {state.rank[dm]: space.state(state.id) for state in elmira.states}
        assert sorted(by_rank) == list(range(1, len(by_rank) + 1))
        assert all(order.prefers(by_rank[rank], by_rank[rank + 1]) for rank in range(1, len(by_rank)))


def test_tied_states_share_a_rank() -> None:
    document = analyze("2x2:1", under="Nash")
    tied = opened(Path(__file__).parent / "ties.yaml").conflict
    found = analyze(tied, under="Nash")
    assert found.states is not None
    assert [state.rank["A"] for state in found.states] == [2, 1, 2, 1]
    assert document.conflict.feasible == 4


@pytest.mark.parametrize("kind", every_document(), ids=lambda kind: kind.__name__)
def test_every_document_has_a_schema_in_order(kind: type[Document]) -> None:
    schema = kind.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"].startswith("detente.")


COMMANDS = [
    (AnalysisDocument, ["analyze", "elmira"]),
    (answers.CheckDocument, ["check", "elmira"]),
    (answers.ExplanationDocument, ["explain", "elmira", "1", "--by", "Local", "--under", "SEQ"]),
    (answers.ExplanationsDocument, ["explain", "elmira", "1", "--under", "SEQ"]),
    (answers.PathDocument, ["path", "elmira", "8"]),
    (answers.PathsDocument, ["path", "elmira", "1", "5", "8"]),
    (UnlockDocument, ["unlock", "elmira", "--from", "5", "--time", "0"]),
    (AnswersDocument, ["answer", "gaza-hostage-talks", "--time", "0"]),
    (answers.CasesDocument, ["cases"]),
    (answers.ConceptsDocument, ["concepts"]),
    (answers.CodeDocument, ["explain-code", "U402"]),
    (answers.ProblemsDocument, ["analyze", "no-such-case"]),
]


@pytest.mark.parametrize(("kind", "command"), COMMANDS, ids=lambda value: value.__name__ if isinstance(value, type) else "")
def test_what_a_command_prints_meets_its_schema_and_is_the_same_again(kind: type[Document], command: list[str]) -> None:
    first, second = run(*command, "--json"), run(*command, "--json")
    jsonschema.validate(json.loads(first.stdout), kind.json_schema())
    assert first.stdout == second.stdout


def test_above_the_limit_there_are_counts_only(elmira: AnalysisDocument) -> None:
    short = json.loads(analyze("elmira", wanted=Wanted(list_limit=4)).json_text())
    assert "states" not in short
    assert short["equilibria"] == {"Nash": [5, 8, 9], "SEQ": [5, 8, 9], "SSEQ": [5, 8, 9], "SIM": [5, 8, 9]}
    assert short["counts"] == elmira.data()["counts"]
    assert short["stability"]["Nash"] == {}
    exact = analyze("elmira", wanted=Wanted(list_limit=9))
    assert exact.states == elmira.states


def test_a_mixed_profile() -> None:
    document = analyze("elmira", under={"MoE": "Nash", "Uniroyal": "GMR", "Local": "SEQ"})
    assert document.mixed is not None
    space = StateSpace(opened("elmira").conflict)
    engine = SingleEngine(space)
    from detente.concepts.registry import concept

    stable = [engine.stable(concept(key), dm) for dm, key in document.mixed.profile.items()]
    expected = reduce(lambda a, b: a & b, stable)
    assert document.mixed.equilibria == tuple(space.number(state) for state in expected.each())
    assert document.mixed.count == expected.count


def test_no_status_quo_and_one_that_the_rules_exclude(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "ties.yaml").read_text(encoding="utf-8")
    without = opened(Path(__file__).parent / "ties.yaml").conflict
    assert analyze(without).conflict.status_quo is None
    (tmp_path / "excluded.yaml").write_text(text + "rules: [{infeasible: x}]\nstatus quo: [x]\n", encoding="utf-8")
    document = analyze(tmp_path / "excluded.yaml")
    assert (document.conflict.status_quo, document.conflict.status_quo_infeasible, document.status_quo) == (None, True, None)


def test_documents_show_themselves_in_notebooks(elmira: AnalysisDocument) -> None:
    shown = elmira._repr_html_()
    assert "<table>" in shown
    assert "●" in shown
    assert "<script" not in shown


def test_the_schema_that_is_shipped_is_that_of_the_document() -> None:
    shipped = (Path(documents.__file__).parent / "analysis.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == AnalysisDocument.json_schema(), "write it anew: see detente.app.documents"
