"""`fronts` as a document and in words: what is compared, what a front that is left out means, what is refused, and the wide flagship."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

import detente
from detente import cases, io
from detente.analysis.fronts.compare import compare_fronts
from detente.analysis.fronts.found import Asked
from detente.app.fronting import FrontsDocument, fronts
from detente.app.reporting import report_text
from detente.errors import UsageError
from detente.model.conflict import Conflict
from detente.model.formula import Taken
from detente.model.narrowed import leave_out
from tests.app.permuted import BACK, renamed_conflict

DAM = """\
detente: 1
title: The dam and two other quarrels
decision makers:
  Upstream:
    options: {Release: {name: release water}}
    prefers: [Pay, not Release]
  City:
    options: {Pay: {name: pay for water}}
    prefers: [Release, Strike if not Pay]
    red lines: [Pay and Strike]
  Union:
    options: {Strike: {name: strike at the works}}
    prefers: [not Release, Strike]
  Press:
    options: {Report: {name: report on it}}
    prefers: [Report]
status quo: [Strike, Report]
fronts:
  Works: {name: the quarrel at the works, decision makers: Union, basis: {assumed: for the example}}
  Papers: {name: the papers, decision makers: Press}
questions:
  - ends only if: Does it end only if the city pays?
    needs: Pay
"""


def dam() -> Conflict:
    return io.loads(DAM, "dam.yaml").conflict


@pytest.fixture(scope="module")
def document() -> FrontsDocument:
    return fronts(dam(), where=["Release"], beside=leave_out(dam(), ["Works", "Papers"]).conflict, seconds=None)


def text(document: FrontsDocument) -> str:
    return "\n".join(s.text for p in document.paragraphs for s in (*p.sentences, *p.items))


def test_what_is_held_and_who_is_gone(document: FrontsDocument) -> None:
    works, papers = document.fronts
    assert (works.key, [(held.option, held.taken) for held in works.held], works.decision_makers) == (
        "Works",
        [("Strike", True)],
        ("Union",),
    )
    assert papers.held[0].option == "Report"
    assert [(one.fronts, one.options, one.decision_makers) for one in document.sets] == [
        ((), 2, 2),
        (("Works",), 3, 3),
        (("Papers",), 3, 3),
        (("Works", "Papers"), 4, 4),
    ]
    assert "held as they stand in the status quo" in text(document)
    assert "its decision makers make no move and are not asked what they prefer" in text(document)


def test_the_values_fit_the_questions(document: FrontsDocument) -> None:
    kinds = [(one.kind, one.under, one.where) for one in document.asked]
    assert kinds[:7] == [*(("holds", key, None) for key in ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")), ("type", None, None)]
    assert [where for kind, _, where in kinds if kind == "gain"] == [None, "Release", "not Pay"]
    for one in document.asked:
        assert one.same + one.other + one.unsettled == len(document.sets)
    assert {len(found.answers) for found in document.sets} == {len(document.asked)}
    assert document.sets[-1].same is True
    assert document.beside is not None
    assert document.beside.answers == document.sets[0].answers


def test_it_says_in_this_model_and_counts_what_changes(document: FrontsDocument) -> None:
    verdict = document.paragraphs[0].sentences[0].text
    assert verdict.startswith("In this model ")
    differing = [one for one, other in zip(document.sets[0].answers, document.sets[-1].answers, strict=True) if one != other]
    assert bool(differing) == (document.sets[0].same is False)
    assert [part.element for part in document.evidence if part.element.startswith("fronts/")] == ["fronts/Works", "fronts/Papers"]


def test_the_document_as_json(document: FrontsDocument) -> None:
    data = json.loads(document.json_text())
    assert data["schema"] == "detente.fronts/1"
    jsonschema.validate(data, FrontsDocument.json_schema())
    assert FrontsDocument.model_validate(data) == document


def test_other_names_change_nothing_but_the_names(document: FrontsDocument) -> None:
    other = fronts(renamed_conflict(dam()), where=[renamed_formula("Release")], seconds=None)
    same = fronts(dam(), where=["Release"], seconds=None)
    assert [one.same for one in other.sets] == [one.same for one in same.sets]
    assert [(one.kind, one.same, one.other, one.enough) for one in other.asked] == [(o.kind, o.same, o.other, o.enough) for o in same.asked]
    assert text(other).translate(BACK).count("the status quo") == text(same).count("the status quo")


def renamed_formula(key: str) -> str:
    old, new = dam(), renamed_conflict(dam())
    return new.options[old.option_index[key]].key


def test_what_is_refused() -> None:
    for source, where, code in (("elmira", (), "U460"), (dam(), ("Strike",), "U461"), (replace(dam(), status_quo=None), (), "U413")):
        with pytest.raises(UsageError, match=code):
            fronts(source, where=where)


def test_what_is_not_settled_in_time_is_said() -> None:
    found = fronts(dam(), seconds=0.0)
    assert [one.same for one in found.sets] == [None] * 4
    assert found.enough == ()
    assert "it was not settled what is concluded with all fronts" in found.paragraphs[0].sentences[0].text
    assert "--time allows more" in text(found) or "could not be looked at (time)" in text(found)


def test_the_wide_flagship_stands_still_as_the_narrow_one_does() -> None:
    """Under every concept, for the same first reason, and with the same two red lines: with each of three fronts, with all, and without."""
    wide = leave_out(cases.load("gaza-all-fronts"), ["Abroad", "Home", "RedCross"]).conflict
    profile = {dm.key: "SEQ" for dm in wide.decision_makers}
    found = compare_fronts(wide, profile, wheres=(Taken("ReleaseAll"),))
    assert len(found.sets) == 8
    assert all(found.same(one) for one in found.sets)
    answers = found.whole.answers
    assert [value for asked, value in answers.items() if asked.kind == "holds"] == [True] * 6
    assert answers[Asked("type")] == "D4"
    assert (answers[Asked("gain")], answers[Asked("kept gain")]) == (True, True)
    assert answers[Asked("gain", where=Taken("ReleaseAll"))] is False
    assert answers[Asked("red lines", where=Taken("ReleaseAll"))] == frozenset({(("Hamas", 1), ("Israel", 1))})
    narrow = cases.load("gaza-hostage-talks")
    alone = compare_fronts(
        replace(narrow, fronts=wide.fronts[:0]), {dm.key: "SEQ" for dm in narrow.decision_makers}, wheres=(Taken("ReleaseAll"),)
    )
    assert alone.whole.answers == answers


def test_a_report_has_a_section_where_there_are_fronts() -> None:
    page = report_text(dam())
    section = page[page.index('<section id="fronts"') : page.index('<section id="states"')]
    assert section.count("<tr>") == 1 + 4
    assert "held as they stand in the status quo" in section
    assert '<a href="#fronts">' in page
    assert 'id="fronts"' not in report_text(replace(dam(), fronts=()))


def test_it_is_a_verb_of_the_library() -> None:
    assert detente.fronts is fronts
