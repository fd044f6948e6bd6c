"""Large sets of equilibria in the report: word for word what the analysis says of them, under a heading of their own."""

from __future__ import annotations

from detente import cases
from detente.app.described import described_parts
from detente.app.parts import Described
from detente.model.parse import parse_formula
from detente.report import html
from detente.space.states import StateSpace
from tests.report.documents import Documents
from tests.report.page import read


def test_sets_that_are_described_stand_under_stability() -> None:
    conflict = cases.load("elmira")
    talks = StateSpace(cases.load("gaza-hostage-talks"))
    (part,) = described_parts(Described(talks), {"Nash": talks.where(parse_formula("Ceasefire and Aid or Disarm and Table"))}, talks.states)
    arguments = Documents(conflict).arguments()
    page = read(html(conflict, **{**arguments, "analysis": {**arguments["analysis"], "described": [part.data()]}}))
    section = page.by_id("stability")
    assert f"The {part.count:,} equilibria under Nash" in [node.words for node in section.all("h3")]
    words = " ".join(section.words.split())
    for paragraph in part.said[1:]:
        for sentence in (*paragraph.sentences, *paragraph.items):
            assert " ".join(sentence.text.split())[:40] in words


def test_without_large_sets_there_is_no_such_heading() -> None:
    conflict = cases.load("elmira")
    page = read(html(conflict, **Documents(conflict).arguments()))
    assert not [node for node in page.by_id("stability").all("h3") if "equilibria under" in node.words]
