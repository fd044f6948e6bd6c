"""Viewpoints and what stands beside an order of preference, in the report: listed in full, each with what it rests on."""

from __future__ import annotations

from dataclasses import replace

from detente import cases
from detente.model.attitude import Attitude, Stance
from detente.model.conflict import Conflict, RedLine
from detente.model.formula import Taken
from detente.model.viewpoint import Altered
from detente.preference.weighting import OptionWeighting
from detente.report import html
from detente.report.accounts import Account
from tests.report.documents import Documents
from tests.report.page import Node, read


def words(node: Node) -> str:
    """The words of a node, with single spaces."""
    return " ".join(node.words.split())


def model(conflict: Conflict) -> Node:
    """The section of the model in full."""
    return read(html(conflict, **Documents(conflict).arguments())).by_id("model")


def test_every_viewpoint_is_listed_with_whom_it_has_otherwise() -> None:
    conflict = cases.load("misread-neighbours")
    north, south = [words(node) for node in model(conflict).all("details")]
    assert "as North sees it" in north
    assert "who acts on itNorth" in north
    assert "South advances where North has withdrawn" in north
    assert "a made-up case: North's fear" in north
    assert "North advances where South has withdrawn" in south
    assert "Red lines" not in north


def test_all_that_a_viewpoint_may_hold_is_listed() -> None:
    conflict = cases.load("misread-neighbours")
    first, second = conflict.viewpoints
    held = Altered(
        "South",
        OptionWeighting((("N-withdraw", 3),)),
        red_lines=(RedLine(Taken("N-advance")),),
        attitudes=(Attitude("North", Stance.NEGATIVE),),
        description="as North tells of it",
    )
    rich = replace(
        first,
        held_by=(),
        parties=(held,),
        unperceived_options=("S-advance",),
        unperceived=Taken("S-withdraw"),
        believes=(("South", "south"),),
    )
    bare = replace(second, parties=(Altered("North", red_lines=()),))
    one, two = [words(node) for node in model(replace(conflict, viewpoints=(rich, bare))).all("details")]
    parts = """
        who acts on itnobody
        who, those believe, acts on whatSouth: as South sees it
        options not perceivedadvance the southern posts
        states not perceivedS-withdraw
        as North tells of it
        In this order: withdraw the northern posts +3
        never N-advance
        Beside the order
    """
    assert [part for part in map(str.strip, parts.strip().splitlines()) if part not in one] == []
    assert "No red lines." in two


def test_statements_about_pairs_and_degrees_are_listed() -> None:
    assert "it is not known how states with “Resume and Object” compare" in words(model(cases.load("unknown-resolve")))
    assert "not E-more, degree 2" in words(model(cases.load("shared-lake")))


def test_the_brief_leads_from_its_viewpoint_to_the_others() -> None:
    conflict = cases.load("misread-neighbours")
    told = {"paragraphs": [{"sentences": [{"text": "All are the same.", "states": [], "elements": []}], "items": []}]}
    accounts = [Account("viewpoints", "The viewpoints compared", told), Account("hypergame", "As each of them sees it", told)]
    brief = read(html(conflict, **Documents(conflict).arguments(), accounts=accounts)).by_id("brief")
    assert [node.attributes["href"] for node in brief.all("a") if words(node) == "others compared"] == ["#viewpoints"]
    alone = read(html(conflict, **Documents(conflict).arguments())).by_id("brief")
    assert "others compared" not in words(alone)
