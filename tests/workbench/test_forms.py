"""Texts that forms and what-ifs change: what is said is changed, everything else stays, and what can't be is refused."""

from __future__ import annotations

from typing import Any

import pytest

from detente import io
from detente.cases import path
from detente.errors import ConflictError, DetenteError, UsageError
from detente.io.gmcr_write import gmcr_text
from detente.io.writer import conflict_data
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.changes import changed
from detente.workbench.forms import Form, formed, with_changes
from detente.workbench.renamed import with_renamed
from tests.io.test_patching import changed_lines
from tests.workbench.served import Served

ELMIRA = path("elmira").read_text(encoding="utf-8")
SMALL = """\
detente: 1
title: t   # its title
decision makers:
  A:
    options: {x: , y: }
    prefers:
      - x  # first
      - {when: y, says: yes}
  B: {options: {z: }}
options without owner:
  rain:
rules:
  - infeasible: x and z
coalitions: [[A, B]]
fallback: [x]
"""


def after(at: list[int | str], do: Any, value: Any = None, to: int | str | None = None, text: str = SMALL) -> str:
    """The text after one change of a form."""
    return formed(Form(name="f.yaml", text=text, at=at, do=do, value=value, to=to), Conflicts()).text


A = ["decision makers", "A"]


@pytest.mark.parametrize(
    ("at", "do", "value", "to", "lines"),
    [
        (["title"], "set", "another", None, ["-title: t   # its title", "+title: another   # its title"]),
        (["question"], "set", "why?", None, ["+question: why?"]),
        (["title"], "set", 'no "x"', None, ["-title: t   # its title", "+title: no \"x\"   # its title"]),
        ([*A, "prefers", 1], "set", "not x", None, ["-      - x  # first", "+      - not x  # first"]),
        ([*A, "prefers", 1, "says"], "set", "so", None, ["-      - x  # first", "+      - when: x  # first", "+        says: so"]),
        ([*A, "prefers", 2, "says"], "remove", None, None, ["-      - {when: y, says: yes}", "+      - {when: y}"]),
        ([*A, "prefers", 3], "insert", {"when": "z", "says": "a, b"}, None, ["+      - when: z", "+        says: a, b"]),
        ([*A, "prefers", 1], "remove", None, None, ["-      - x  # first"]),
        ([*A, "prefers", 1], "move", None, 2, ["+      - {when: y, says: yes}", "-      - {when: y, says: yes}"]),
        ([*A, "options", "w"], "insert", {"name": "u"}, None, ["-    options: {x: , y: }", "+    options: {x: , y: , w: {name: u} }"]),
        ([*A, "options", "y"], "move", None, 1, ["-    options: {x: , y: }", "+    options: {y: , x: }"]),
        ([*A, "red lines", 1], "insert", "not x", None, ["+    red lines: [not x]"]),
        (["decision makers", "C"], "insert", {"options": {"c": None}}, None, ["+  C:", "+    options:", "+      c:"]),
        (["decision makers", "B"], "move", None, 1, ["+  B: {options: {z: }}", "-  B: {options: {z: }}"]),
        (["rules", 1], "remove", None, None, ["-rules:", "-  - infeasible: x and z"]),
        (["options without owner", "rain"], "remove", None, None, ["-options without owner:", "-  rain:"]),
        (["status quo"], "set", ["z"], None, ["+status quo: [z]"]),
        (["states", "a deal"], "set", ["x"], None, ["+states:", "+  a deal: [x]"]),
        (["coalitions", 1, "name"], "set", "both", None, ["-coalitions: [[A, B]]", "+coalitions: [{members: [A, B], name: both}]"]),
        (["fallback", "says"], "set", "so be it", None, ["-fallback: [x]", "+fallback:", "+  state: [x]", "+  says: so be it"]),
    ],
)  # fmt: skip
def test_a_form_changes_what_it_is_about(at: list[int | str], do: str, value: object, to: Any, lines: list[str]) -> None:
    assert changed_lines(SMALL, after(at, do, value, to)) == lines


def test_new_keys_of_options_and_decision_makers_go_everywhere() -> None:
    said = after([*A, "options", "x"], "rename", to="deal")
    conflict = io.loads(said).conflict
    assert [option.key for option in conflict.options] == ["rain", "deal", "y", "z"]
    assert "deal  # first" in said
    assert "infeasible: deal and z" in said
    assert io.loads(after(["options without owner", "rain"], "rename", to="sun")).conflict.options[0].key == "sun"
    assert "coalitions: [[A, C]]" in after(["decision makers", "B"], "rename", to="C")
    stated = SMALL + "states: {one: [x], two: [z]}\n"
    assert after(["states", "one"], "rename", to="three", text=stated) == stated.replace("one:", "three:")


@pytest.mark.parametrize(
    ("at", "do", "value", "to", "code"),
    [
        ([*A, "prefers", 3], "set", "z", None, "U561"),
        ([*A, "prefers", 4], "insert", "z", None, "U561"),
        ([*A, "prefers", "first"], "set", "z", None, "U561"),
        ([*A, "prefers", 1], "move", None, 3, "U561"),
        ([*A, "prefers", 1], "move", None, None, "U561"),
        ([*A, "prefers", 1], "rename", None, "z", "U561"),
        ([*A, "prefers", 1], "set", True, None, "U561"),
        ([*A, "prefers", 1], "set", 1.5, None, "U561"),
        ([*A, "prefers", 1, "when", "deep"], "set", "z", None, "U561"),
        ([*A, 1], "set", "z", None, "U561"),
        ([*A, "options", "x"], "insert", None, None, "U561"),
        ([*A, "options", "w"], "remove", None, None, "U561"),
        ([*A, "options", "w"], "insert", None, 9, "U561"),
        (["states", "one"], "rename", None, "two", "U561"),
        (["decision makers", "A"], "rename", None, 2, "U561"),
        ([*A, "options", "x"], "rename", None, "y", "M132"),
        ([*A, "options", "w"], "rename", None, "v", "M130"),
        (["decision makers", "C"], "rename", None, "D", "M130"),
        ([*A, "prefers", 1], "set", "elsewhere", None, "M104"),
        ([*A, "prefers", 1], "set", ["x"], None, "M114"),
        ([*A, "options", "x"], "remove", None, None, "M104"),
        (["title"], "remove", None, None, "M115"),
        (["unheard of"], "set", "x", None, "M113"),
    ],
)
def test_what_can_not_be_is_refused_with_its_code(at: list[int | str], do: str, value: object, to: Any, code: str) -> None:
    with pytest.raises(DetenteError) as caught:
        after(at, do, value, to)
    assert caught.value.diagnostics[0].code == code


def test_a_value_nested_too_deep_is_refused() -> None:
    value: Any = "x"
    for _ in range(40):
        value = [value]
    with pytest.raises(DetenteError) as caught:
        after(["title"], "set", value)
    assert caught.value.diagnostics[0].code == "U561"


def test_a_file_of_gmcr_has_other_places() -> None:
    text = gmcr_text(io.loads("{detente: 1, title: t, decision makers: {A: {options: {x: }}}}").conflict, allow_loss=True)[0]
    with pytest.raises(DetenteError) as caught:
        formed(Form(name="a.gmcr", text=text, at=["title"], do="set", value="u"), Conflicts())
    assert caught.value.diagnostics[0].code == "U561"


def test_a_text_that_could_not_be_read_after_a_change_is_told_of_at_its_place() -> None:
    with pytest.raises(ConflictError) as caught:
        after([*A, "prefers", 2, "when"], "set", "y and nothing")
    where = caught.value.diagnostics[0].where
    assert where is not None
    assert (where.line, where.column) == (8, SMALL.splitlines()[7].index("y") + len("y and ") + 1)


def test_every_place_of_a_file_can_be_set_to_what_it_says() -> None:
    """Nothing changes where what is set is there already, spelled in whatever way."""
    data = conflict_data(io.loads(SMALL).conflict)

    def places(value: Any, at: list[int | str]) -> list[tuple[list[int | str], Any]]:
        inside = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
        return [(at, value), *(found for key, part in inside for found in places(part, [*at, key]))]

    found = places(data, [])[1:]
    assert len(found) > 20
    for at, value in found:
        assert after(at, "set", value) == SMALL, at


# -- what-ifs ----------------------------------------------------------------------------------------------------------
def test_the_changes_of_a_what_if_are_made_in_the_text() -> None:
    tried = [
        {"change": "set direction", "option": "Modify", "direction": "both"},
        {"change": "add ban", "place": 1, "by": "Local", "leaving": "Insist", "reaching": "!Insist", "says": "no: never"},
    ]
    asked = Asked.model_validate({"name": "elmira.yaml", "text": ELMIRA, "changes": tried})
    made = with_changes(asked, Conflicts())
    assert changed_lines(ELMIRA, made.text) == [
        "-        direction: only on",
        "+bans:",
        "+  - by: Local",
        "+    leaving: Insist",
        "+    reaching: not Insist",
        '+    says: "no: never"',
        "+",
    ]
    expected, words = changed(io.loads(ELMIRA).conflict, asked.changes)
    assert io.loads(made.text).conflict == expected
    assert made.changes == words


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_mark_at_the_beginning_and_line_ends_stay(mark: str) -> None:
    text = mark + SMALL.replace("\n", "\r\n")
    made = with_changes(
        Asked.model_validate({"name": "f.yaml", "text": text, "changes": [{"change": "remove rule", "place": 1}]}), Conflicts()
    )
    assert made.text == text.replace("rules:\r\n  - infeasible: x and z\r\n", "")


def test_a_text_seen_from_a_viewpoint_is_that_of_the_conflict_as_it_has_it() -> None:
    text = SMALL + "viewpoints:\n  other: {name: another account, decision makers: {A: {prefers: [not x]}}}\n"
    made = with_changes(Asked(name="f.yaml", text=text, viewpoint="other"), Conflicts())
    seen = Conflicts().seen(Asked(name="f.yaml", text=text, viewpoint="other")).opened.conflict
    assert io.loads(made.text).conflict == seen
    assert "      - not x" in made.text


def test_the_server_answers_with_texts_and_with_problems(bench: Served) -> None:
    made = bench.post("text", {"name": "f.yaml", "text": SMALL, "changes": [{"change": "remove statement", "dm": "A", "place": 1}]})
    assert made.status == 200
    assert made.data["schema"] == "detente.text/1"
    assert made.data["text"] == SMALL.replace("      - x  # first\n", "")
    assert len(made.data["changes"]) == 1
    form = {"name": "f.yaml", "text": SMALL, "at": ["title"], "do": "set", "value": "u"}
    assert bench.post("form", form).data["text"] == SMALL.replace("title: t", "title: u")
    assert bench.post("form", {**form, "at": ["title", 1]}).codes == ["U561"]
    assert bench.post("form", {**form, "at": []}).codes == ["U544"]
    assert bench.post("form", {**form, "text": "x"}).status == 422
    refused = bench.post("form", {**form, "at": ["rules", 1, "infeasible"], "value": "nowhere"})
    assert (refused.status, refused.codes, refused.data["diagnostics"][0]["line"]) == (422, ["M104"], 13)


@pytest.mark.parametrize(
    ("case", "table", "old"),
    [
        ("elmira", "sources", "xu-2007"),
        ("elmira", "asserters", "modellers"),
        ("misread-neighbours", "viewpoints", "south"),
    ],
)
def test_what_refers_to_a_source_an_asserter_or_a_viewpoint_follows_its_key(case: str, table: str, old: str) -> None:
    text = path(case).read_text(encoding="utf-8")
    to = "another key"
    renamed = formed(Form(name="f.yaml", text=text, at=[table, old], do="rename", to=to), Conflicts()).text
    before, now = (io.loads(one, "f.yaml").conflict for one in (text, renamed))
    there = conflict_data(now)[table]
    assert isinstance(there, dict)
    assert to in there
    assert old not in there
    assert now == with_renamed(before, table, old, to)
    assert with_renamed(now, table, to, old) == before
    assert renamed.count("#") == text.count("#")
    said = [line for line in text.splitlines() if line not in renamed.splitlines()]
    assert all(old in line for line in said), "no other line is changed"


@pytest.mark.parametrize(("old", "to"), [("nobody", "somebody"), ("xu-2007", None), ("xu-2007", "hipel-1993"), ("xu-2007", 3)])
def test_a_key_that_is_missing_or_taken_is_refused(old: str, to: str | int | None) -> None:
    with pytest.raises(UsageError) as refused:
        formed(Form(name="f.yaml", text=ELMIRA, at=["sources", old], do="rename", to=to), Conflicts())
    assert refused.value.diagnostics[0].code == "U561"
