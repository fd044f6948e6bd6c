"""A conflict from nothing, by five questions: what comes of the answers is what they say, and reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import io
from detente.errors import UsageError
from detente.model.rule import AtMostOne, OnlyIf
from detente.workbench.beginning import Begin, Limit, Meant, Party, begun
from tests.workbench.served import Served

ANSWERS: dict[str, Any] = {
    "title": "The river",
    "question": "Will it be cleaned?",
    "parties": [
        {
            "name": "The town",
            "options": ["sue", "wait for the mill"],
            "wants": [{"party": 2, "option": 1}, {"party": 1, "option": 1, "taken": False}],
        },
        {"name": "Mill", "options": ["clean up", "sue"], "wants": [{"party": 1, "option": 1, "taken": False}]},
    ],
    "limits": [
        {"kind": "at most one", "options": [{"party": 1, "option": 1}, {"party": 1, "option": 2}]},
        {"kind": "only if", "options": [{"party": 2, "option": 2}, {"party": 1, "option": 1}]},
    ],
    "taken": [{"party": 1, "option": 2}],
}


def test_what_is_answered_is_what_the_file_says() -> None:
    found = begun(Begin.model_validate(ANSWERS), ["other.yaml"])
    conflict = io.loads(found.text, found.name).conflict
    assert (found.name, conflict.title, conflict.question) == ("the-river.yaml", "The river", "Will it be cleaned?")
    assert [(party.key, party.name) for party in conflict.decision_makers] == [("Town", "The town"), ("Mill", "Mill")]
    named = [(option.key, option.name, option.owners) for option in conflict.options]
    assert named == [
        ("Sue", "sue", ("Town",)),
        ("WaitMill", "wait for the mill", ("Town",)),
        ("CleanUp", "clean up", ("Mill",)),
        ("MillSue", "sue", ("Mill",)),
    ]
    assert "prefers: [CleanUp, not Sue]" in found.text
    assert "prefers: [not Sue]" in found.text
    assert [type(rule) for rule in conflict.rules] == [AtMostOne, OnlyIf]
    assert conflict.status_quo == frozenset({"WaitMill"})


def test_names_that_are_alike_get_keys_that_are_not() -> None:
    parties = [
        Party(name="Ann", options=["go", "go", "Go!", "!"]),
        Party(name="Ann", options=["go", "and"]),
        Party(name="?", options=["not"]),
    ]
    wants = [Meant(party=3, option=1, taken=False)]
    found = begun(Begin(title="?", parties=[*parties[:2], parties[2].model_copy(update={"wants": wants})]))
    conflict = io.loads(found.text, found.name).conflict
    assert found.name == "conflict.yaml"
    assert [party.key for party in conflict.decision_makers] == ["Ann", "Ann2", "Unnamed"]
    assert [option.key for option in conflict.options] == ["Go", "AnnGo", "AnnGo2", "Unnamed", "Ann2Go", "And", "Not"]
    assert [option.name for option in conflict.options] == ["go", "go", "Go!", "!", "go", "and", "not"]
    assert 'prefers: [not "Not"]' in found.text


def test_a_name_that_no_file_has() -> None:
    answers = Begin(title="Übereinkunft der Anrainer", parties=[Party(name="A", options=["x"])])
    there = ["übereinkunft-der-anrainer.yaml", "übereinkunft-der-anrainer-2.yaml"]
    assert begun(answers).name == there[0]
    assert begun(answers, there).name == "übereinkunft-der-anrainer-3.yaml"


@pytest.mark.parametrize(("party", "option"), [(3, 1), (1, 3)])
def test_an_option_that_nobody_has_is_refused(party: int, option: int) -> None:
    parties = [Party(name="A", options=["x", "y"]), Party(name="B", options=["z"])]
    meant = Meant(party=party, option=option)
    for answers in (
        {"taken": [meant]},
        {"limits": [Limit(kind="at most one", options=[meant, Meant(party=1, option=1)])]},
        {"limits": [Limit(kind="only if", options=[meant, Meant(party=1, option=1)])]},
    ):
        with pytest.raises(UsageError, match="is not among what each can do") as found:
            begun(Begin(title="t", parties=parties, **answers))
        assert found.value.diagnostics[0].code == "U562"


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"parties": []}, ["M100", "M101"]),
        ({"parties": [{"name": "A", "options": []}]}, ["M101"]),
        ({"title": "t" * 1_000, "parties": [{"name": "A", "options": []}, {"name": "B", "options": []}]}, ["M101"]),
    ],
)
def test_what_is_wrong_with_it_is_told_with_codes(bench: Served, answers: dict[str, Any], codes: list[str]) -> None:
    refused = bench.post("new", {**ANSWERS, "limits": [], "taken": [], **answers})
    assert refused.status == 422
    assert [one["code"] for one in refused.data["diagnostics"]] == codes


def test_over_the_wire_and_saved(bench: Served, folder: Path) -> None:
    told = bench.post("new", ANSWERS).data
    assert told == begun(Begin.model_validate(ANSWERS)).data()
    assert bench.put(told["name"], told["text"], None).status == 200
    again = bench.post("new", ANSWERS).data
    assert (again["name"], again["text"]) == ("the-river-2.yaml", told["text"])
    assert (folder / told["name"]).read_text(encoding="utf-8") == told["text"]
    assert bench.post("new", {**ANSWERS, "title": ""}).status == 400


words = st.text(min_size=1, max_size=12)


@settings(max_examples=60)
@given(st.lists(st.tuples(words, st.lists(words, min_size=1, max_size=3)), min_size=1, max_size=3), words, st.data())
def test_whatever_the_names_the_answers_come_back(named: list[tuple[str, list[str]]], title: str, data: st.DataObject) -> None:
    each = [Meant(party=p, option=o) for p, (_, options) in enumerate(named, 1) for o in range(1, len(options) + 1)]
    wants = data.draw(st.lists(st.sampled_from(each), unique=True))
    parties = [Party(name=name, options=options, wants=wants) for name, options in named]
    taken = data.draw(st.lists(st.sampled_from(each), unique=True))
    found = begun(Begin(title=title, parties=parties, taken=taken))
    conflict = io.loads(found.text, found.name).conflict
    parties_said = [party.name for party in conflict.decision_makers]
    assert [said for said, (name, _) in zip(parties_said, named, strict=True) if name.strip() and said != name.strip()] == []
    options_said = [option.name for option in conflict.options]
    wanted = [name.strip() for _, names in named for name in names]
    assert [said for said, name in zip(options_said, wanted, strict=True) if name and said != name] == []
    places = {(p, o): option.key for (p, o), option in zip(((m.party, m.option) for m in each), conflict.options, strict=True)}
    assert conflict.status_quo == frozenset(places[m.party, m.option] for m in taken)
