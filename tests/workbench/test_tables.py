"""The tables of the workbench over a socket: what panels get is what the library gives, and problems are told with their codes."""

from __future__ import annotations

import json
from typing import Any

import pytest

import detente
from detente import cases
from detente.app.document_base import Document
from detente.app.opening import Opened
from detente.app.table_files import states_file
from tests.workbench.served import Served

TEXT = cases.path("elmira").read_text(encoding="utf-8")
ELMIRA: dict[str, Any] = {"name": "elmira.yaml", "text": TEXT}


def same(document: Document) -> Any:
    return json.loads(document.json_text())


def opened(changed: detente.Conflict | None = None) -> Opened:
    return Opened(changed or cases.load("elmira"), "elmira.yaml")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"order": "Local", "offset": 2, "limit": 3, "reverse": True},
        {"order": "concept/SEQ", "under": ["SEQ", "Nash"], "find": "status quo"},
        {"where": "Accept and not Insist", "limit": 0},
        {"find": 7, "limit": 4, "paged": True},
    ],
)
def test_states(bench: Served, asked: dict[str, Any]) -> None:
    answer = bench.post("states", {**ELMIRA, **asked})
    assert answer.status == 200
    assert answer.data == same(detente.states(opened(), **asked))


@pytest.mark.parametrize("asked", [{}, {"where": "Accept", "under": "SEQ"}])
def test_files_of_states(bench: Served, asked: dict[str, Any]) -> None:
    answer = bench.post("table", {**ELMIRA, **asked})
    assert answer.status == 200
    assert answer.data == same(states_file(opened(), **asked))


@pytest.mark.parametrize("asked", [{"state": 5}, {"state": "abandoned", "under": None}, {"state": "status quo", "drawn": "none"}])
def test_moves(bench: Served, asked: dict[str, Any]) -> None:
    answer = bench.post("moves", {**ELMIRA, **asked})
    assert answer.status == 200
    assert answer.data == same(detente.moves(opened(), **asked))


@pytest.mark.parametrize("asked", [{"state": 4}, {"state": "YNYNN", "under": "SEQ,Nash"}])
def test_standing(bench: Served, asked: dict[str, Any]) -> None:
    answer = bench.post("standing", {**ELMIRA, **asked})
    assert answer.status == 200
    assert answer.data == same(detente.standing(opened(), **asked))


def test_what_is_tried_counts_and_is_not_mixed_with_what_was_before(bench: Served) -> None:
    asked = {**ELMIRA, "under": "Nash", "order": "MoE"}
    tried = {**asked, "changes": [{"change": "add red line", "dm": "MoE", "place": 1, "never": "Abandon or not Insist"}]}
    moved = {**asked, "changes": [{"change": "set status quo", "taken": ["Delay", "Insist"]}]}
    before, after, now, again = (bench.post("states", one).data for one in (asked, tried, moved, asked))
    assert before == again
    assert [row["id"] for row in before["rows"]] == [7, 3, 4, 8, 5, 1, 2, 6, 9]
    assert [row["id"] for row in after["rows"]] == [7, 8, 5, 6, 3, 4, 1, 2, 9]
    assert [row["id"] for found in (before, now) for row in found["rows"] if row["status_quo"]] == [1, 5]


@pytest.mark.parametrize(
    ("verb", "asked", "status", "code"),
    [
        ("states", {"order": "Lokal"}, 400, "U560"),
        ("states", {"limit": 1_001}, 400, "U544"),
        ("states", {"offset": -1}, 400, "U544"),
        ("states", {"where": "Aceept"}, 422, "M104"),
        ("states", {"find": "nowhere"}, 400, "U411"),
        ("states", {"under": "SEX"}, 400, "U401"),
        ("moves", {"state": 10}, 400, "U411"),
        ("moves", {"state": 1, "under": "?"}, 400, "U401"),
        ("moves", {"state": 1, "drawn": "all"}, 400, "U544"),
        ("standing", {"state": -1}, 400, "U544"),
        ("standing", {}, 400, "U544"),
    ],
)
def test_problems(bench: Served, verb: str, asked: dict[str, Any], status: int, code: str) -> None:
    answer = bench.post(verb, {**ELMIRA, **asked})
    assert (answer.status, answer.codes[0]) == (status, code)
