"""Every page has its JSON at the same address: the documents of what the page shows there, and the jobs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from detente.workbench import server
from detente.workbench.openapi import description
from detente.workbench.twin import ROWS
from tests.workbench.served import CASES, Answer, Served, asked, served

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench with a page, and with a file that can't be read."""
    folder: Path = tmp_path_factory.mktemp("open")
    static: Path = tmp_path_factory.mktemp("static")
    (static / "index.html").write_text("<!doctype html><title>page</title>")
    (folder / "elmira.yaml").write_bytes((CASES / "elmira.yaml").read_bytes())
    (folder / "broken.yaml").write_text("detente: 1\ntitle: 3\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "STATIC", static)
        with served(folder) as found:
            yield found


def page(bench: Served, **said: str) -> Answer:
    """What the page shows at an address, as JSON, when all jobs are over."""
    return bench.get(f"/?{urlencode({**said, 'as': 'json', 'wait': '20'})}")


def test_who_asks_for_json_has_it_and_a_browser_the_page(bench: Served) -> None:
    for accepts, kind in ((BROWSER, "text/html"), ("*/*", "text/html"), (None, "text/html"), ("application/json", "application/json")):
        answer = bench.get("/?file=elmira.yaml&wait=20", Accept=accepts)
        assert answer.status == 200
        assert (answer.header("content-type") or "").startswith(kind)
    assert bench.get("/?file=elmira.yaml&as=json", Accept=BROWSER).data["schema"] == "detente.page/1"
    assert bench.get("/?as=json", Cookie=None).status == 403
    found = page(bench).data
    assert found["documents"] == {"files": bench.get("/api/files").data}
    assert found["jobs"] == {}


def test_documents_are_those_of_the_verbs(bench: Served) -> None:
    answer = page(bench, file="elmira.yaml", state="4", under="Nash", tried=json.dumps([UP]))
    assert answer.status == 200
    found = answer.data
    schema = {**description()["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]}
    jsonschema.Draft202012Validator({**schema, "components": description()["components"]}).validate(found)
    plain = {"name": "elmira.yaml", "text": (CASES / "elmira.yaml").read_text(encoding="utf-8")}
    conflict = {**plain, "changes": [UP]}
    selected = {
        "file": "elmira.yaml",
        "case": None,
        "viewpoint": None,
        "state": 4,
        "by": "Local",
        "under": "Nash",
        "view": "moves",
        "to": None,
        "where": None,
        "order": "number",
        "reverse": False,
    }
    assert found["selection"] == {**selected, "tried": [UP], "asked": {}}
    expected = {
        "check": bench.post("check", plain),
        "viewpoints": bench.post("viewpoints", plain),
        "states": bench.post("states", {**conflict, "limit": ROWS, "find": 4, "paged": True}),
        "standing": bench.post("standing", {**conflict, "state": 4}),
        "why": bench.post("why", {**conflict, "state": 4, "by": "Local", "under": "Nash"}),
        "moves": bench.post("moves", {**conflict, "state": 4, "under": "Nash", "drawn": "whole"}),
    }
    assert found["documents"] == {name: one.data for name, one in expected.items()}
    assert list(found["jobs"]) == ["analysis"]
    assert found["jobs"]["analysis"] == bench.post("analysis", conflict).data  # the same job
    assert found["jobs"]["analysis"]["state"] == "done"


def test_what_is_not_selected_is_what_the_page_takes(bench: Served) -> None:
    selection = page(bench, case="elmira", more="1").data["selection"]
    assert {key: selection[key] for key in ("case", "state", "by", "under", "view")} == {
        "case": "elmira",
        "state": 1,
        "by": "Local",  # who would leave the status quo
        "under": "SEQ",
        "view": "moves",
    }
    assert page(bench, case="elmira", by="nobody", under="none").data["selection"] == selection
    assert page(bench, file="", case="elmira").data["selection"] == selection
    assert list(page(bench, case="").data["documents"]) == ["files"]


@pytest.mark.parametrize(
    ("said", "documents", "jobs"),
    [
        ({"view": "diagnosis"}, [], {"diagnosis": {"under": "SEQ"}}),
        ({"view": "diagnosis", "of": "state", "state": "5"}, [], {"diagnosis": {"under": "SEQ", "start": 5}}),
        ({"view": "moves", "drawn": "condensed"}, ["moves"], {"condensed": {"under": "SEQ"}}),
        ({"view": "what-if"}, ["changing"], {}),
        ({"view": "path", "to": "8"}, [], {"path": {"states": [1, 8]}}),
        ({"view": "path", "from": "5", "state": "9"}, [], {"path": {"states": [5, 9]}}),
        (
            {"view": "path", "to": "8", "may": '[["Local"], ["MoE", "Uniroyal"]]'},
            [],
            {"path": {"states": [1, 8], "by": [["Local"], ["MoE", "Uniroyal"]]}},
        ),
        ({"view": "path"}, [], {}),
        ({"view": "compare"}, [], {}),
        ({"view": "compare", "second": "case:chicken"}, ["difference"], {}),
        ({"view": "sure"}, ["guesses"], {}),
        ({"view": "unlock"}, [], {}),
        ({"view": "none such"}, [], {}),
    ],
)
def test_views(bench: Served, said: dict[str, str], documents: list[str], jobs: dict[str, Any]) -> None:
    found = page(bench, case="elmira", **said).data
    assert list(found["documents"]) == ["check", "viewpoints", "states", "standing", "why", *documents]
    assert {name: job["number"] for name, job in found["jobs"].items()} == {
        name: bench.post(name, asked("elmira", **more)).data["number"] for name, more in ({"analysis": {}} | jobs).items()
    }


def test_what_is_tried_is_left_out_where_the_address_says_so(bench: Served) -> None:
    with_, without = (page(bench, case="elmira", view="what-if", tried=json.dumps([UP]), **more).data for more in ({}, {"bare": "yes"}))
    plain = page(bench, case="elmira", view="what-if").data
    assert without["documents"]["changing"] == with_["documents"]["changing"] != plain["documents"]["changing"]
    assert without["jobs"] == plain["jobs"]
    assert {key: without["documents"][key] for key in ("states", "standing", "why")} == {
        key: plain["documents"][key] for key in ("states", "standing", "why")
    }


def test_a_job_that_goes_on_is_told(bench: Served) -> None:
    answer = bench.get("/?file=elmira.yaml&viewpoint=&as=json")
    assert (answer.status, answer.codes) == (400, ["U470"])
    once = json.dumps([UP, UP])
    first = bench.get(f"/?{urlencode({'case': 'elmira', 'as': 'json', 'tried': once})}")
    assert first.status == (202 if first.data["jobs"]["analysis"]["state"] in ("waiting", "running") else 200)
    assert page(bench, case="elmira", tried=once).data["jobs"]["analysis"]["number"] == first.data["jobs"]["analysis"]["number"]


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"file": "nothing.yaml"}, 400, "U404"),
        ({"file": "../elmira.yaml"}, 400, "U541"),
        ({"case": "nothing"}, 400, "U402"),
        ({"file": "broken.yaml"}, 422, "M115"),
        ({"case": "elmira", "tried": "["}, 400, "U544"),
        ({"case": "elmira", "tried": '[{"change": "nothing"}]'}, 400, "U544"),
        ({"case": "elmira", "tried": "[" * 5_000}, 400, "U544"),
        ({"case": "elmira", "drawn": "nothing"}, 400, "U544"),
        ({"case": "elmira", "view": "path", "to": "8", "may": json.dumps([["MoE"]] * 1_001)}, 400, "U544"),  # more than `path` takes
        ({"case": "elmira", "view": "path", "to": "8", "may": json.dumps([["MoE"] * 1_001])}, 400, "U544"),
        ({"case": "elmira", "tried": json.dumps([{**UP, "dm": "Nobody"}])}, 400, "M130"),
    ],
)
def test_problems(bench: Served, said: dict[str, str], status: int, code: str) -> None:
    answer = page(bench, **said)
    assert (answer.status, answer.codes[0]) == (status, code)


def test_what_one_panel_can_not_show_is_told_in_its_place(bench: Served) -> None:
    found = page(bench, case="elmira", state="77").data
    assert found["documents"]["standing"] == bench.post("standing", asked("elmira", state=77)).data
    assert found["documents"]["standing"]["schema"] == "detente.problems/1"
    assert "why" not in found["documents"]
    assert found["documents"]["states"] == bench.post("states", asked("elmira", limit=ROWS)).data


def test_the_rows_are_those_that_the_page_shows_first(bench: Served) -> None:
    found = page(bench, case="gaza-hostage-talks").data
    table = found["documents"]["states"]
    assert table["offset"] == table["place"] // ROWS * ROWS > 0
    assert table["rows"][table["place"] - table["offset"]]["id"] == found["selection"]["state"]


def test_the_rows_are_those_of_the_condition_in_the_order(bench: Served) -> None:
    query: dict[str, Any] = {"where": "Delay", "order": "party/MoE", "reverse": True}
    found = page(bench, case="elmira", where="Delay", order="party/MoE", reverse="yes").data
    assert found["documents"]["states"] == bench.post("states", asked("elmira", **query, limit=ROWS, find="status quo", paged=True)).data
    assert found["documents"]["states"]["total"] == 4
    assert {part: found["selection"][part] for part in query} == query
    plain = page(bench, case="elmira").data
    assert page(bench, case="elmira", where="", order="number", reverse="no").data == plain
    for said in ({"where": "Delay and none"}, {"order": "party/Nobody"}):
        wrong = page(bench, case="elmira", **said).data
        assert wrong["documents"]["states"] == bench.post("states", asked("elmira", **said)).data
        assert wrong["documents"]["states"]["schema"] == "detente.problems/1"
        assert {**wrong["documents"], "states": None} == {**plain["documents"], "states": None}
        assert {**wrong["selection"], **said} == {**plain["selection"], **said} == wrong["selection"]
        assert wrong["jobs"] == plain["jobs"]
