"""The drawing of the condensed graph: every group is there, no box lies on another, arrows lead to the right, and names are texts."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest

from detente.analysis.basins import Lead, condensed
from detente.cases import load
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.report.condensed import caption_of, drawn, reduced, said
from detente.report.figures import Figures
from detente.report.palette import parties_of
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.definitions import basins as naive
from tests.definitions.adapter import plain_model

SVG = "{http://www.w3.org/2000/svg}"
SHAPE = Shape(most_decision_makers=4, most_options=7, most_states=128)


def picture(conflict: Conflict, *, selectable: bool = False) -> ET.Element:
    space = StateSpace(conflict)
    return ET.fromstring(str(drawn(space, parties_of(conflict), condensed(space), selectable=selectable)))


def boxes(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    """The outermost outline of each group: left, top, right, bottom."""
    found = []
    for group in svg.findall(f"{SVG}g"):
        outline = group.find(f"{SVG}rect[@class='box']")
        if outline is not None:
            x, y, wide, high = (float(outline.get(key, "")) for key in ("x", "y", "width", "height"))
            found.append((x, y, x + wide, y + high))
    return found


def conflicts() -> list[Conflict]:
    random = Random(7)
    return [load("gaza-hostage-talks"), load("elmira"), *(random_conflict(random, SHAPE) for _ in range(25))]


@pytest.mark.parametrize("conflict", conflicts())
def test_what_is_drawn_can_be_read(conflict: Conflict) -> None:
    space, svg = StateSpace(conflict), picture(conflict, selectable=True)
    found = condensed(space)
    _, _, wide, high = map(float, svg.get("viewBox", "").split())
    places = boxes(svg)
    assert len(places) == len(found.groups)
    for a, b in combinations(places, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
    assert all(0 < left < right < wide and 0 < top < bottom < high for left, top, right, bottom in places)
    lines = [path.get("d", "") for path in svg.iter(f"{SVG}path") if "move" in path.get("class", "")]
    assert len(lines) == len(reduced(found.leads))
    for line in lines:
        along = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", line)]
        assert along == sorted(along), "arrows lead to the right"
    groups = [one for one in svg.iter(f"{SVG}g") if one.get("data-state")]
    assert [int(one.get("data-state", "")) for one in groups] == [space.number(group.first) for group in found.groups]
    assert [one.findtext(f"{SVG}title") for one in groups] == [said(space, found, place) for place in range(len(groups))]


def test_arrows_that_others_make_superfluous_are_left_out() -> None:
    """What can be reached is the same; and no arrow can be left out besides."""
    random = Random(3)
    for _ in range(50):
        pairs = [pair for pair in combinations(range(7), 2) if random.random() < 0.5]
        leads = [Lead(end, start, {"A": 1}) for start, end in pairs]
        kept = [(lead.start, lead.end) for lead in reduced(leads)]
        assert reach(kept) == reach([(lead.start, lead.end) for lead in leads])
        assert all(reach([one for one in kept if one != left]) != reach(kept) for left in kept)


def reach(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """All pairs that arrows join, one after the other."""
    found = set(pairs)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return found


def test_names_are_texts_and_equal_conflicts_are_drawn_alike() -> None:
    chicken = load("chicken")
    states = tuple(NamedState(f"<script>alert({place})</script>", frozenset([one.key])) for place, one in enumerate(chicken.options))
    conflict = replace(chicken, named_states=states)
    svg = picture(conflict)
    assert svg.find(f".//{SVG}script") is None
    assert any(text.text and text.text.startswith("<script>alert(") for text in svg.iter(f"{SVG}text"))
    assert ET.tostring(svg) == ET.tostring(picture(conflict))


def test_only_a_drawing_that_is_not_selectable_has_a_style() -> None:
    styled, plain = picture(load("elmira")), picture(load("elmira"), selectable=True)
    assert styled.get("style") == f"min-width:{plain.get('data-least')}px"
    assert plain.get("style") is None
    assert not [one for one in styled.iter() if one.get("data-state")]


def test_of_ends_that_are_not_told_apart_it_says_no_more_than_that_one_is_reached() -> None:
    """Of sixteen ends four are not told apart, and from each of four states one of these can be reached: a caption says how to read it."""
    keys = [f"o{k}" for k in range(4)]
    options = (*(Option(key, key, ("A",)) for key in keys), Option("last", "last", ("B",)))
    wanting = OptionPrioritization((Statement(parse_formula("last")),))
    space = StateSpace(Conflict("many ends", (DecisionMaker("A", "A"), DecisionMaker("B", "B", wanting)), options))
    found = condensed(space)
    *_, last = (said(space, found, place) for place in range(len(found.groups)))
    assert last == "from each of 4 states improvements can lead to at least one of 4 other ends and to none that is told apart"
    reached = naive.reached(plain_model(space.conflict))
    assert all(len(reached[space.number(state)]) == 2 for state in found.members[-1].each()), "itself, and just one end"
    assert caption_of(found).endswith("a box leads to at least one of them.")


def test_a_cycle_is_told_where_nothing_leads_to_it() -> None:
    """Matching pennies: all four states are one cycle, and that is not called a conflict without improvements."""
    wants = [OptionPrioritization((Statement(parse_formula(text)),)) for text in ("x iff y", "not (x iff y)")]
    parties = tuple(DecisionMaker(key, key, wanted) for key, wanted in zip("AB", wants, strict=True))
    space = StateSpace(Conflict("pennies", parties, (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    described = picture(space.conflict).findtext(f"{SVG}desc")
    assert described == "improvements go round among 4 states, the cycle with 1, and lead to no other."
    assert "In a cycle improvements go round" in caption_of(condensed(space))
    still = Conflict("still", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    assert picture(still).findtext(f"{SVG}desc") == "no improvements."


def test_all_but_one_state_are_not_all() -> None:
    """Of 1,024 states 1,023 are less than 100%."""
    options = tuple(Option(f"o{k}", f"o{k}", ("A",)) for k in range(10))
    best = OptionPrioritization((Statement(parse_formula(" & ".join(option.key for option in options))),))
    svg = picture(Conflict("nearly", (DecisionMaker("A", "A", best),), options))
    assert "over 99% of all" in [text.text for text in svg.iter(f"{SVG}text")]


def test_a_report_has_it_where_not_all_states_are_drawn() -> None:
    """With a row for each arrow and mover: from how many states."""
    talks = load("gaza-hostage-talks")
    nothing: dict[str, Any] = {"equilibria": {}, "concepts": []}
    space = StateSpace(talks)
    figure = Figures(space, parties_of(talks), nothing, {}).leading()
    assert figure is not None
    found = condensed(space)
    assert len(figure.moves) == sum(len(lead.by) for lead in reduced(found.leads))
    assert ("3 states with 21", "Iran", "7,231", "an improvement, from 1 state") in figure.moves
    assert Figures(StateSpace(load("elmira")), parties_of(load("elmira")), nothing, {}).leading() is None, "all states are drawn"
