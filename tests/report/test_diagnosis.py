"""The section on the deadlock: it begins with the verdict, its states are links, its tables add up, and it leaves nothing out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente import cases
from detente.app.diagnosing import diagnose
from detente.app.reporting import report_text
from detente.report.diagnosis_view import diagnosis_view
from detente.report.gathering import Notes
from detente.space.states import StateSpace
from tests.flagship import WORKER, flagship_report
from tests.report.conflicts import elmira, prisoners
from tests.report.documents import report
from tests.report.page import Node, read

pytestmark = pytest.mark.xdist_group(WORKER)


@pytest.fixture(scope="module")
def flagship() -> Node:
    return read(flagship_report())


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(diagnose("gaza-hostage-talks").json_text())


def test_the_brief_begins_with_the_verdict(flagship: Node, document: Any) -> None:
    verdict = document["paragraphs"][0]["sentences"][0]["text"]
    assert verdict.startswith("It is stuck: ")
    assert flagship.by_class("answer")[0].all("p")[0].words.startswith(verdict)
    assert flagship.by_id("diagnosis").all("p")[0].words == verdict
    assert flagship.by_id("diagnosis-title").words == "What kind of stuck"
    assert read(report(elmira())).by_id("diagnosis-title").words == "Is it stuck?"


def test_every_sentence_of_the_document_is_in_it(flagship: Node, document: Any) -> None:
    section = flagship.by_id("diagnosis")
    said = [" ".join(node.words.split()) for node in section.all("bdi")]
    for paragraph in (*document["paragraphs"], *document["dilemmas"]["paragraphs"]):
        for sentence in (*paragraph["sentences"], *paragraph["items"]):
            assert " ".join(sentence["text"].split()) in said, sentence["text"]


def test_states_lead_to_where_they_are_shown(flagship: Node) -> None:
    section = flagship.by_id("diagnosis")
    links = {link.attributes["href"]: link.words for link in section.all("a") if not link.attributes["href"].startswith("#e")}
    assert links["#s7231"] == "7,231"
    for place, words in links.items():
        target = flagship.by_id(place[1:])
        assert words in target.words
        assert target.name == ("tr" if place.startswith("#s7") and len(place) == 6 else target.name)
    assert any(place.startswith("#spelt-") for place in links)


def test_the_tables_of_gains_are_those_of_the_document(flagship: Node, document: Any) -> None:
    section = flagship.by_id("diagnosis")
    tables = section.by_class("gains")
    found = [document[key] for key in ("better_for_all", "worse_for_none")]
    assert len(tables) == len(found)
    for table, gains in zip(tables, found, strict=True):
        rows = [[cell.words for cell in row.all("td")] for row in table.all("tbody")[0].all("tr")]
        last = rows[-1]
        ways = gains["ways"]
        counts = [gains["count"], gains["hold"], ways["alone"], ways["by_improvements"], ways["together"], ways["out_of_reach"]]
        assert last == [str(count) for count in counts]
        if len(rows) > 1:
            assert [str(sum(int(row[i]) for row in rows[:-1])) for i in range(len(last))] == last


def test_dilemmas_are_told_where_something_is_demanded() -> None:
    section = read(report(prisoners())).by_id("diagnosis")
    assert "dilemmas of drama theory arise" in section.words
    assert section.words.count("trust: ") == 2
    assert "No position is stated" in read(report(elmira())).by_id("diagnosis").words


def test_without_a_diagnosis_there_is_no_section() -> None:
    space = StateSpace(cases.load("chicken"))
    assert diagnosis_view(None, Notes({}), space, ()) is None
    page = read(report_text("chicken"))
    assert [node for node in page.all("section") if node.attributes.get("id") == "diagnosis"] == []
    assert all(link.attributes["href"] != "#diagnosis" for link in page.all("a"))
