"""Two conflicts compared over the socket: files, viewpoints and what is tried, on either side."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from detente import cases
from detente.app.differing import difference
from detente.app.opening import opened, opened_as
from detente.model.edit_rankings import MoveRanked
from tests.workbench.served import Served

UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}


def held(case: str, **more: Any) -> dict[str, Any]:
    return {"name": f"{case}.yaml", "text": cases.path(case).read_text(encoding="utf-8"), **more}


def test_what_is_tried_against_the_file(bench: Served) -> None:
    found = bench.post("difference", {"first": held("elmira"), "second": held("elmira", changes=[UP]), "under": "SEQ"}).data
    elmira = cases.load("elmira")
    tried = MoveRanked("Local", frozenset({"Delay"}), up=True).apply(elmira)
    expected = json.loads(difference(elmira, tried, under="SEQ", changes=((), found["second"]["changes"])).json_text())
    for side in ("first", "second"):
        assert found[side]["conflict"].pop("file") == "elmira.yaml"
        del expected[side]["conflict"]["file"]
    assert found == expected
    assert "Local" in found["second"]["changes"][0]


def test_two_viewpoints_and_another_file(bench: Served) -> None:
    talks = opened("misread-neighbours")
    one, other = (viewpoint.key for viewpoint in talks.conflict.viewpoints[:2])
    found = bench.post(
        "difference", {"first": held("misread-neighbours", viewpoint=one), "second": held("misread-neighbours", viewpoint=other)}
    ).data
    expected = difference(opened_as(talks, one), opened_as(talks, other))
    assert (found["equilibria"]["SEQ"]["before"], found["same"]) == (expected.equilibria["SEQ"].before, expected.same)
    assert [part["what"] for part in found["otherwise"]] == [part.what for part in expected.otherwise]
    apart = bench.post("difference", {"first": held("misread-neighbours"), "second": held("elmira"), "under": "Nash"}).data
    assert (apart["comparable"], apart["equilibria"]["Nash"]["after"]) == (False, 3)


def test_what_can_not_be_compared(bench: Served) -> None:
    broken = bench.post("difference", {"first": held("elmira"), "second": {"name": "b.yaml", "text": "detente: 1"}})
    assert (broken.status, broken.data["diagnostics"][0]["file"]) == (422, "b.yaml")
    nobody = bench.post("difference", {"first": held("elmira"), "second": held("elmira", viewpoint="nobody")})
    assert (nobody.status, nobody.codes) == (400, ["U470"])
    lacking = bench.post("difference", {"first": held("elmira")})
    assert (lacking.status, lacking.codes) == (400, ["U544"])


def test_a_path_asked_of_some(bench: Served) -> None:
    found = bench.answered("path", held("elmira", states=[1, 8], by=["Local", ["MoE", "Uniroyal"]])).data
    assert found == bench.answered("path", held("elmira", states=[1, 8], by="Local,MoE+Uniroyal")).data
    assert [(step["by"], step["to"]) for step in found["improvements"]["steps"]] == [("Local", 5), ("MoE+Uniroyal", 8)]
    assert found["by"] == [["Local"], ["MoE", "Uniroyal"]]


def test_of_many_states_one_concept_is_asked(bench: Served) -> None:
    options: dict[str, Any] = {f"o{place}": {} for place in range(17)}
    text = json.dumps({"detente": 1, "title": "Many", "decision makers": {"A": {"options": options, "prefers": ["o1"]}}, "status quo": []})
    asked = {"name": "many.json", "text": text}
    moved = {**asked, "changes": [{"change": "set status quo", "taken": ["o1"]}]}
    found = bench.post("difference", {"first": asked, "second": moved}).data
    assert (found["concepts"], found["status_quo_moved"]) == (["SEQ"], True)
    assert bench.post("difference", {"first": asked, "second": asked, "under": "Nash"}).data["concepts"] == ["Nash"]


def test_what_everybody_makes_of_given_steps(bench: Served) -> None:
    steps = [{"by": ["Local"], "to": 5}, {"by": ["MoE", "Uniroyal"], "to": "YNYNY"}]
    found = bench.post("route", held("elmira", steps=steps)).data["route"]
    assert [(state["id"], state["rank"]["Local"]) for state in found["states"]] == [(1, 4), (5, 3), (8, 5)]
    assert [(step["by"], step["regrets"], step["regrets_end"]) for step in found["steps"]] == [
        ("Local", False, True),
        ("MoE+Uniroyal", False, False),
    ]
    changed = bench.post("route", held("elmira", changes=[UP], start=5, steps=steps[1:])).data["route"]
    assert changed["states"][0]["rank"]["Local"] == 4
    assert bench.post("route", held("elmira", steps=[])).data["route"]["states"][0]["id"] == 1
    wrong = bench.post("route", held("elmira", steps=[{"by": ["Local"], "to": 9}]))
    assert (wrong.status, wrong.codes) == (400, ["U423"])


def test_the_page_compares_what_its_address_says(bench: Served) -> None:
    base = {"case": "misread-neighbours", "view": "compare", "as": "json"}
    two = [viewpoint.key for viewpoint in opened("misread-neighbours").conflict.viewpoints[:2]]
    moved = json.dumps([{"change": "set status quo", "taken": []}])
    sides: list[tuple[dict[str, str], dict[str, Any], dict[str, Any]]] = [
        ({}, {}, {"viewpoint": two[0]}),
        ({"second": f"view:{two[1]}"}, {}, {"viewpoint": two[1]}),
        ({"first": f"view:{two[1]}", "second": "file"}, {"viewpoint": two[1]}, {}),
        ({"viewpoint": two[1], "tried": moved}, {"viewpoint": two[1]}, {"viewpoint": two[1], "changes": json.loads(moved)}),
    ]
    for said, first, second in sides:
        shown = bench.get(f"/?{urlencode(base | said)}").data["documents"]["difference"]
        wanted = {"first": held("misread-neighbours", **first), "second": held("misread-neighbours", **second)}
        assert shown == bench.post("difference", wanted).data
    nowhere = bench.get(f"/?{urlencode(base | {'second': 'file:nowhere.yaml'})}").data["documents"]["difference"]
    assert nowhere["diagnostics"][0]["code"] == "U404"
