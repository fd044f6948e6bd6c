"""What forms show: the data of a file, where in its text they stand, and the language that says what may stand there."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from detente import cases, io
from detente.io.language import CONFLICT
from detente.io.schema import schema
from detente.io.writer import as_json, conflict_data
from detente.workbench.asked import Conflicts
from detente.workbench.described import language
from detente.workbench.forms import Form, formed
from detente.workbench.outline import AskOutline, OutlineDocument, PlacePart, outlined
from tests.workbench.served import CASES, Served, asked

WRITTEN = ("elmira", "gaza-hostage-talks", "half-known-objection", "misread-neighbours", "shared-lake", "euphrates-1975")


def outline(text: str, name: str = "f.yaml") -> OutlineDocument:
    """The outline of a text."""
    return outlined(AskOutline(name=name, text=text), Conflicts())


def stands(text: str, place: PlacePart) -> str:
    """The characters of a place."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    (first, column), (last, end) = place.first, place.last
    return text[starts[first - 1] + column - 1 : starts[last - 1] + end]


def within(data: Any, at: tuple[int | str, ...]) -> Any:
    """The part of data that a path leads to."""
    for step in at:
        data = data[step - 1 if isinstance(step, int) else step]
    return data


def paths(data: Any, at: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """The paths to all parts of data."""
    for key, part in data.items() if isinstance(data, dict) else enumerate(data, 1) if isinstance(data, list) else ():
        yield (*at, key)
        yield from paths(part, (*at, key))


@pytest.mark.parametrize("name", WRITTEN)
def test_every_part_of_a_packaged_case_stands_where_it_is_told(name: str) -> None:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    found = outline(text)
    assert found.whole
    assert found.says == conflict_data(io.loads(text, "f.yaml").conflict)
    told = {place.at: place for place in found.places}
    assert len(told) == len(found.places)
    # what the data say as one line, or as patterns of letters, may be written otherwise in the text
    missing = [at for at in paths(found.says) if at not in told]
    assert len(missing) <= len(told) / 20, missing
    for at, place in told.items():
        said, value = stands(text, place), within(found.says, at)
        if isinstance(at[-1], str):
            assert said.strip("\"'").startswith(at[-1]) or json.dumps(at[-1])[1:-1] in said.split(":")[0], (at, said)
        elif isinstance(value, str) and "ranking" not in at and "\n" not in said and "  " not in said:
            assert value in said.replace("''", "'") or "when:" in said or "left out" in said, (at, said)


def test_places_leave_out_comments_and_blank_lines_that_follow() -> None:
    text = "detente: 1\ntitle: t\ndecision makers:\n  A:\n    options:\n      x:\n    prefers:\n      - x   # wanted\n\n# at the end\n"
    text += "status quo: []\n"
    told = {place.at: (place.first, place.last) for place in outline(text).places}
    assert told["decision makers", "A"] == ((4, 3), (8, 20))
    assert told["decision makers", "A", "prefers", 1] == ((8, 9), (8, 9))
    assert told["decision makers", "A", "options", "x"] == ((6, 7), (6, 8))
    assert told["status quo",] == ((11, 1), (11, 14))


def test_very_many_comments_at_the_end_take_no_longer_than_they_are_long() -> None:
    text = (CASES / "elmira.yaml").read_text(encoding="utf-8")
    began = time.monotonic()
    assert outline(text + "#\n" * 400_000).places == outline(text).places
    assert time.monotonic() - began < 12  # 24 seconds where all that is left is copied for every line, and 1.5 where it is not


def test_what_stands_in_an_order_of_its_own_is_found_there() -> None:
    text = '{detente: 1, title: t, decision makers: {A: {options: {x: , y: }}}, status quo: ["y", x]}'
    found = outline(text)
    assert found.says["status quo"] == ["x", "y"]
    told = {place.at: stands(text, place) for place in found.places}
    assert (told["status quo", 1], told["status quo", 2]) == ("x", '"y"')


def test_json_windows_lines_and_one_that_needs_no_list() -> None:
    conflict = cases.load("elmira")
    assert {place.at for place in outline(as_json(conflict), "f.json").places} == set(paths(conflict_data(conflict)))
    text = (CASES / "elmira.yaml").read_text(encoding="utf-8")
    assert outline(text.replace("\n", "\r\n")).places == outline(text).places
    lone = "{detente: 1, title: t, asserters: {a: {speaks for: A}}, decision makers: {A: {options: {x: }}}, status quo: []}"
    assert ("asserters", "a", "speaks for", 1) in {place.at for place in outline(lone).places}


def test_the_places_that_are_least_deep_come_first_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (CASES / "elmira.yaml").read_text(encoding="utf-8")
    whole = outline(text)
    monkeypatch.setattr("detente.workbench.outline.MOST_PLACES", 30)
    found = outline(text)
    assert not found.whole
    assert found.places == whole.places[:30]
    assert [len(place.at) for place in whole.places] == sorted(len(place.at) for place in whole.places)


def test_the_language_says_what_the_schema_for_editors_says() -> None:
    told = language()
    root = told.records[told.root]
    assert {key.key for key in root.keys} == {field.key for field in CONFLICT.fields} == set(schema()["properties"])
    assert [key.key for key in root.keys if key.required] == schema()["required"]
    numbers = {number for record in told.records for key in record.keys for number in _records(key.shape)}
    assert numbers == set(range(len(told.records))) - {told.root}


def _records(shape: Any) -> set[int]:
    return set(shape.records or ()) | (set() if shape.item is None else _records(shape.item))


def test_every_key_of_a_packaged_case_is_in_the_language() -> None:
    told = language()

    def follow(data: Any, shape: Any, at: tuple[Any, ...]) -> None:
        if shape.kind == "table":
            for key, part in data.items():
                follow(part, shape.item, (*at, key))
        elif shape.kind == "list" and isinstance(data, list):
            for number, part in enumerate(data, 1):
                follow(part, shape.item, (*at, number))
        elif shape.kind == "record" and isinstance(data, dict):
            fitting = [told.records[number] for number in shape.records if set(data) <= {key.key for key in told.records[number].keys}]
            assert fitting, (at, data)
            keys = {key.key: key.shape for record in reversed(fitting) for key in record.keys}
            for key, part in data.items():
                follow(part, keys[key], (*at, key))
        elif shape.kind == "record" and data is not None:
            assert any(told.records[number].short or told.records[number].line for number in shape.records), (at, data)

    for name in WRITTEN:
        data = conflict_data(cases.load(name))
        for key in told.records[told.root].keys:
            if key.key in data:
                follow(data[key.key], key.shape, (name, key.key))


def test_a_form_changes_nothing_where_something_else_stands_by_now(bench: Served) -> None:
    text = (CASES / "elmira.yaml").read_text(encoding="utf-8")
    at = ["decision makers", "Local", "name"]
    right = {"name": "e.yaml", "text": text, "at": at, "do": "set", "value": "The town", "was": "Local Government"}
    assert "The town" in bench.post("form", right).data["text"]
    answer = bench.post("form", {**right, "was": "Another"})
    assert (answer.status, answer.data["diagnostics"][0]["code"]) == (400, "U561")
    new = Form(name="e.yaml", text=text, at=["question"], do="set", value="Why?", was=None)
    with pytest.raises(Exception, match="something else stands there"):
        formed(new, Conflicts())
    gone = Form(name="e.yaml", text=text, at=["rules", 99, "says"], do="set", value="Why?", was="")
    with pytest.raises(Exception, match="something else stands there"):
        formed(gone, Conflicts())


def test_over_the_wire(bench: Served) -> None:
    told = bench.post("outline", asked("elmira")).data
    assert told == json.loads(outline((CASES / "elmira.yaml").read_text(encoding="utf-8"), "elmira.yaml").json_text())
    broken = bench.post("outline", {"name": "f.yaml", "text": "detente: 1\ntitle: [\n"})
    assert (broken.status, broken.data["diagnostics"][0]["code"][0]) == (422, "F")
    assert bench.get("/api/language").data == json.loads(language().json_text())


def test_the_page_of_a_code(bench: Served) -> None:
    told = bench.get("/api/codes/M104").data
    assert (told["code"], told["page"].splitlines()[0]) == ("M104", "# M104: there is no such option")
    refused = bench.get("/api/codes/M999")
    assert (refused.status, refused.data["diagnostics"][0]["code"]) == (400, "U418")
    assert bench.get("/api/codes/..%2fM104").status in (400, 404)
