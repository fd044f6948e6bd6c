"""Tables as files, and the condensed graph, over a socket."""

from __future__ import annotations

import base64
import csv
import io
import json
from importlib import import_module
from typing import Any

import pytest

import detente
from detente import cases
from detente.app.opening import Opened
from tests.workbench.served import Served

pq: Any = import_module("pyarrow.parquet")
COLUMNS = ["state", "=name", "share", "held", "held", "large"]
ROWS = [
    [1, "the status quo", 0.25, True, None, 1 << 80],
    [9, "-1+1", 1, False, True, 2],
    [2, None, None, None, None, None],
]


def sheet(bench: Served, **asked: Any) -> Any:
    return bench.post("sheet", {"columns": COLUMNS, "rows": ROWS, **asked})


def test_a_table_as_text(bench: Served) -> None:
    told = sheet(bench).data
    assert (told["format"], told["rows"], told["base64"]) == ("csv", 3, None)
    assert list(csv.reader(io.StringIO(told["text"], newline=""))) == [
        ["state", "'=name", "share", "held", "held 2", "large"],
        ["1", "the status quo", "0.25", "1", "", str(1 << 80)],
        ["9", "'-1+1", "1", "0", "1", "2"],
        ["2", "", "", "", "", ""],
    ]


def test_a_table_in_parquet(bench: Served) -> None:
    told = sheet(bench, format="parquet").data
    table = pq.read_table(io.BytesIO(base64.b64decode(told["base64"])))
    assert table.column_names == ["state", "=name", "share", "held", "held 2", "large"]
    assert list(map(str, table.schema.types)) == ["int64", "string", "double", "bool", "bool", "string"]
    assert [list(row.values()) for row in table.to_pylist()] == [
        [1, "the status quo", 0.25, True, None, str(1 << 80)],
        [9, "-1+1", 1.0, False, True, "2"],
        [2, None, None, None, None, None],
    ]
    empty = sheet(bench, rows=[], format="parquet").data
    assert pq.read_table(io.BytesIO(base64.b64decode(empty["base64"]))).num_rows == 0


@pytest.mark.parametrize(
    "wrong",
    [{"columns": []}, {"rows": [[1]]}, {"format": "xlsx"}, {"rows": [[[1], 2, 3, 4, 5, 6]]}, {"columns": ["a"] * 1_001, "rows": []}],
)
def test_what_is_no_table_is_refused(bench: Served, wrong: dict[str, Any]) -> None:
    answer = sheet(bench, **wrong)
    assert answer.status == 400
    assert answer.data["diagnostics"][0]["code"] == "U544"


def test_the_condensed_graph_is_that_of_the_library(bench: Served) -> None:
    text = cases.path("elmira").read_text(encoding="utf-8")
    answer = bench.answered("condensed", {"name": "elmira.yaml", "text": text, "under": "GMR"})
    assert answer.status == 200
    found = detente.condensed(Opened(cases.load("elmira"), "elmira.yaml"), under="GMR")
    assert json.loads(answer.content) == json.loads(found.json_text())
    assert [group.equilibria for group in found.groups] == [1, 1, 1, 1, 1, 0, 0]
    assert sum(group.equilibria or 0 for group in found.groups) == len(detente.analyze("elmira", under="GMR").equilibria["GMR"])
