"""What would change it, the questions and the comparison, as a report shows them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from detente import cases
from detente.app.answering import answer
from detente.app.levers.base import Sought
from detente.app.unlocking import unlock
from detente.model.conflict import Conflict
from detente.report import html
from detente.space.states import StateSpace
from tests.app.test_unlock import with_questions
from tests.report.documents import Documents
from tests.report.page import Node, read
from tests.report.test_page import HOSTILE


def standing_still() -> Conflict:
    """Elmira where it stands still, with questions and conclusions."""
    conflict = cases.load("elmira")
    return with_questions(replace(conflict, status_quo=conflict.taken(StateSpace(conflict).state(5))))


def page_of(conflict: Conflict) -> Node:
    levers = unlock(conflict, kinds="coalitions,preference,phases", sought=Sought(seconds=None)).data()
    found = answer(conflict, seconds=None).data()
    return read(html(conflict, **Documents(conflict).arguments(), unlock=levers, answers=found))


@cache
def plain_page() -> Node:
    return page_of(standing_still())


def test_levers_stand_by_goal_and_kind() -> None:
    section = plain_page().by_id("levers")
    assert section.all("h2")[0].words == "What would change it"
    assert [node.words for node in section.all("h3")] == ["To leave the status quo (state 5)"]
    assert [node.words for node in section.all("h4")] == ["Joint moves", "Preference shifts"]
    first = section.by_class("lever")[0]
    assert "2 parties, smallest." in first.words
    assert "MoE and Uniroyal could go together" in first.words
    assert [node.words for node in first.by_class("chip")] == ["M", "U"]
    assert first.all("details")


def test_questions_and_the_comparison_stand_after_them() -> None:
    page = plain_page()
    questions = page.by_id("questions")
    assert [node.words for node in questions.all("h3")] == [question.asks for question in standing_still().questions]
    table = page.by_id("comparison").all("table")[0]
    rows = [[cell.words for cell in row.all("th", "td")] for row in table.all("tbody")[0].all("tr")]
    assert rows[0][1] == "the model agrees"
    assert rows[-1][1] == "not in this model"
    assert all(row[2] for row in rows)
    order = [node.attributes["id"] for node in page.all("section") if "id" in node.attributes]
    assert order.index("levers") < order.index("questions") < order.index("comparison") < order.index("states")


def test_links_and_identifiers_of_the_new_sections() -> None:
    page = plain_page()
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in page.all("a"):
        assert node.attributes["href"][1:] in ids
    for section in ("levers", "questions", "comparison"):
        assert any(a.attributes["href"] == f"#{section}" for a in page.all("a"))


def test_without_documents_there_are_no_such_sections() -> None:
    page = read(html(standing_still(), **Documents(standing_still()).arguments()))
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert not {"levers", "questions", "comparison"} & set(ids)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    conflict = standing_still()
    questions = tuple(replace(question, asks=text) for question in conflict.questions)
    conclusions = tuple(replace(conclusion, says=text) for conclusion in conflict.conclusions)
    page = page_of(replace(conflict, questions=questions, conclusions=conclusions))
    assert not page.by_id("questions").all("script", "img")
    assert len(page.by_id("questions").all("h3")) == len(questions)
    assert len(page.by_id("comparison").all("tbody")[0].all("tr")) == len(conclusions)
