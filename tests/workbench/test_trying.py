"""What-if over the socket: what changes make of the conclusions, against the same text without them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente import cases
from detente.app import changing as app
from detente.app.changing import changing
from detente.app.kept import Kept
from detente.model.edit import MoveStatement
from detente.model.edit_rankings import MoveRanked
from detente.space import states
from detente.space.listing import Listing
from detente.workbench import trying
from tests.workbench.served import Served

ELMIRA = {"name": "elmira.yaml", "text": cases.path("elmira").read_text(encoding="utf-8")}
UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}


def test_changes_are_compared_with_none(bench: Served) -> None:
    found = bench.post("changing", {**ELMIRA, "changes": [UP], "under": "SEQ,Nash"}).data
    elmira = cases.load("elmira")
    expected = changing(elmira, MoveRanked("Local", frozenset({"Delay"}), up=True).apply(elmira), under="SEQ,Nash", says=found["changes"])
    document = json.loads(expected.json_text())
    for side in ("before", "after"):
        assert found[side].pop("file") == "elmira.yaml"
        del document[side]["file"]
    assert found == document
    assert (found["same"], found["equilibria"]["SEQ"]["gained"]) == (False, 1)
    assert len(found["changes"]) == 1
    assert "Local" in found["changes"][0]


def test_no_change_changes_nothing(bench: Served) -> None:
    found = bench.post("changing", ELMIRA).data
    assert (found["same"], found["changes"], found["concepts"]) == (True, [], ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"])


def test_a_viewpoint_is_compared_with_itself(bench: Served) -> None:
    text = cases.path("gaza-hostage-talks").read_text(encoding="utf-8")
    conflict = cases.load("gaza-hostage-talks")
    seen = conflict.viewpoints[0].key
    asked = {"name": "talks.yaml", "text": text, "viewpoint": seen, "under": "Nash"}
    assert bench.post("changing", asked).data["same"]
    moved = {"change": "move statement", "dm": "Hamas", "place": 9, "to": 1}
    found = bench.post("changing", {**asked, "changes": [moved]}).data
    assert (found["before"]["seen_from"], found["same"]) == (seen, False)
    plain = bench.post("changing", {**asked, "viewpoint": None, "changes": [moved]}).data
    after = MoveStatement("Hamas", 9, 1).apply(conflict)
    assert plain["better_for_all"]["after"] == changing(conflict, after, under="Nash").better_for_all.after


def test_what_can_not_be_tried(bench: Served) -> None:
    nowhere = bench.post("changing", {**ELMIRA, "changes": [{**UP, "dm": "Nobody"}]})
    assert (nowhere.status, nowhere.codes) == (400, ["M130"])
    nothing = bench.post("changing", {**ELMIRA, "under": "Nosh"})
    assert (nothing.status, nothing.codes) == (400, ["U401"])
    assert bench.post("changing", {**ELMIRA, "changes": [{"change": "wishes"}]}).status == 400


def test_what_changes_are_compared_with_is_asked_once(bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def looked(*given: Any, **more: Any) -> Any:
        asked.append("before")
        return app.looked(*given, **more)

    monkeypatch.setattr(trying, "looked", looked)
    monkeypatch.setattr(trying, "_KEPT", Kept(2))
    once = {**ELMIRA, "text": ELMIRA["text"] + "# once\n"}
    first = bench.post("changing", {**once, "changes": [UP]}).content
    assert bench.post("changing", {**once, "changes": [UP, UP]}).content != first
    assert bench.post("changing", {**once, "changes": [UP]}).content == first
    assert asked == ["before"]
    bench.post("changing", {**once, "changes": [UP], "under": "SEQ"})
    bench.post("changing", {**once, "text": ELMIRA["text"] + "# twice\n", "changes": [UP]})
    assert len(asked) == 3


def test_what_can_be_changed_lists_no_states_that_are_listed_already(bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = {**ELMIRA, "changes": [UP]}
    assert bench.post("states", tried).status == 200
    made: list[object] = []

    def listing(*given: Any) -> Listing:
        made.append(given)
        return Listing(*given)

    monkeypatch.setattr(states, "Listing", listing)
    assert bench.post("changeable", tried).data["decision_makers"][2]["levels"]
    assert made == [], "for a ranking among 2^24 combinations that takes seconds"


def test_what_takes_long_among_very_many_states_is_asked_where_it_is_named(bench: Served) -> None:
    keys = [f"o{number}" for number in range(18)]
    parties = {"A": keys[:9], "B": keys[9:]}
    makers = {party: {"options": {key: {} for key in own}, "prefers": own} for party, own in parties.items()}
    asked = {"name": "m.json", "text": json.dumps({"detente": 1, "title": "Many", "decision makers": makers, "status quo": []})}
    turned = {"change": "reverse statement", "dm": "A", "place": 1}
    found = bench.post("changing", {**asked, "changes": [turned]}).data
    assert (found["concepts"], found["listed"]) == (["Nash", "GMR", "SMR", "SEQ", "SSEQ"], True)
    assert (found["equilibria"]["Nash"]["gained"], found["equilibria"]["Nash"]["lost"]) == (1, 1)
    assert [state["choice"] for state in found["equilibria"]["Nash"]["gained_states"]] == ["N" + "Y" * 17]
    assert bench.post("changing", {**ELMIRA, "changes": [UP]}).data["concepts"][-1] == "SIM"
