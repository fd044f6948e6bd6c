"""The drawings of shares: lengths are shares, nothing is said by colour alone, and all is said in words as well."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from itertools import pairwise

import pytest
from markupsafe import Markup

from detente.report.robustness import BAR, Portion, Robustness, robustness
from detente.report.shading import SHADES, bar, in_lines, patterns, whisker
from detente.report.share_strip import CELL, FIGURE, StateShare, share_strip
from detente.report.tornado import Outcome, Swing, moving, tornado, tornado_left
from tests.report.page import Node, read

SEEDS = range(60)


def drawing(svg: Markup | None) -> Node:
    assert svg is not None
    (found,) = read(str(svg)).all("svg")
    return found


def bars(node: Node) -> list[Node]:
    """The bars of a row, and not the swatches of its legend."""
    return [part for part in node.by_class("bar") if float(part.attributes["width"]) != 9 or float(part.attributes["height"]) != 9]


def about(node: Node) -> str:
    return node.all("desc")[0].words


def random_row(chance: random.Random) -> Robustness:
    amounts = [chance.randint(1, 40) for _ in range(chance.randint(1, 9))]
    portions = tuple(Portion(f"value {place}", Fraction(amount, sum(amounts))) for place, amount in enumerate(amounts))
    return Robustness(f"conclusion {chance.random()}", portions, chance.choice([None, *range(len(portions))]))


@pytest.mark.parametrize("seed", SEEDS)
def test_bars_are_as_long_as_the_shares_and_fill_the_row(seed: int) -> None:
    row = random_row(random.Random(seed))
    drawn = drawing(robustness([row], "t", "a", "r"))
    parts = bars(drawn)
    lengths = [float(part.attributes["width"]) for part in parts]
    assert sum(lengths) == pytest.approx(BAR, abs=0.5)
    for one, other in pairwise(parts):
        assert float(one.attributes["x"]) + float(one.attributes["width"]) == pytest.approx(float(other.attributes["x"]), abs=0.2)
    if row.written is not None:
        assert "solid" in parts[0].attributes["class"]
        assert lengths[0] == pytest.approx(float(row.portions[row.written].share) * BAR, abs=0.1)
    else:
        assert not [part for part in parts if "solid" in part.attributes["class"]]
    if len(row.portions) < len(SHADES):
        assert len(parts) == len(row.portions)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_bars_of_a_row_have_the_same_shade(seed: int) -> None:
    parts = bars(drawing(robustness([random_row(random.Random(seed))], "t", "a", "r")))
    shades = [(part.attributes["class"], part.attributes.get("fill")) for part in parts]
    assert len(set(shades)) == len(shades)


def test_each_shade_is_its_own_and_patterns_have_names_of_their_own() -> None:
    shades = {
        (part.attributes["class"], part.attributes.get("fill")) for n in range(len(SHADES)) for part in read(bar("p", n, 0, 0, 1, 1)).all()
    }
    assert len(shades) == len(SHADES)
    assert bar("p", len(SHADES) + 3, 0, 0, 1, 1) == bar("p", len(SHADES) - 1, 0, 0, 1, 1)
    used = {fill[5:-1] for _, fill in shades if fill}
    defined = {node.attributes["id"] for node in read(patterns("p")).all("pattern")}
    assert used == defined


def test_values_beyond_what_can_be_told_apart_are_told_as_one_with_their_sum() -> None:
    portions = tuple(Portion(f"v{n}", Fraction(1, 9)) for n in range(9))
    said = about(drawing(robustness([Robustness("c", portions, 0)], "t", "Shares.", "r")))
    assert said == "Shares. c: v0 11.1% (as written), v1 11.1%, v2 11.1%, v3 11.1%, v4 11.1%, 4 other values 44.4%."


def test_the_value_as_written_is_told_even_if_no_completion_drawn_has_it() -> None:
    row = Robustness("c", (Portion("yes", 1.0, 0.99, 1.0), Portion("no", 0.0, 0.0, 0.01)), 1)
    drawn = drawing(robustness([row], "t", "Shares.", "r"))
    assert about(drawn) == "Shares. c: no 0% (0% to 1%) (as written), yes 100% (99% to 100%)."
    assert len(drawn.by_class("whisker")) == 6


def test_intervals_are_drawn_only_where_there_are_some() -> None:
    row = Robustness("c", (Portion("yes", Fraction(1)),), 0)
    assert drawing(robustness([row], "t", "a", "r")).by_class("whisker") == []
    assert whisker(1, 5, 10, 3).count("under") == 3


def test_nothing_to_draw_is_no_drawing() -> None:
    assert robustness([], "t", "a", "r") is None
    assert tornado([], 0.5, "t", "a", "r") is None
    assert tornado([Swing("idle", (Outcome("as written", 0.5), Outcome("left out", 0.5)))], 0.5, "t", "a", "r") is None
    assert share_strip([], ["c"], "t", "a", "r") is None


@pytest.mark.parametrize("seed", SEEDS)
def test_a_swing_reaches_from_the_lowest_share_to_the_highest_on_one_scale(seed: int) -> None:
    chance = random.Random(seed)
    swings = [
        Swing(f"guess {n}", tuple(Outcome(f"way {k}", Fraction(chance.randint(0, 200), 200)) for k in range(chance.randint(2, 8))))
        for n in range(chance.randint(1, 5))
    ]
    shown = moving(swings)
    drawn = tornado(swings, Fraction(1, 2), "t", "a", "r")
    if drawn is None:
        assert not shown
        return
    node = drawing(drawn)
    parts = node.by_class("faint")
    assert len(parts) == len(shown)
    placed = {}
    for swing, part in zip(shown, parts, strict=True):
        left = float(part.attributes["x"])
        placed[min(swing.known)] = left
        placed[max(swing.known)] = left + float(part.attributes["width"])
    (line,) = node.by_class("base")
    placed[Fraction(1, 2)] = float(re.findall(r"[\d.]+", line.attributes["d"])[0])
    (low, x_low), *_, (high, x_high) = sorted(placed.items())
    for share, x in placed.items():
        expected = x_low + float((share - low) / (high - low)) * (x_high - x_low)
        assert x == pytest.approx(expected, abs=0.4)


def test_only_guesses_that_move_the_share_are_drawn_and_the_widest_alone_if_there_are_too_many() -> None:
    def swing(n: int) -> Swing:
        return Swing(f"guess {n}", (Outcome("as written", Fraction(1, 2)), Outcome("left out", Fraction(n, 40))))

    swings = [swing(n) for n in range(20)] + [swing(20)]
    said = about(drawing(tornado(swings, Fraction(1, 2), "t", "Shares.", "r", most=12)))
    assert "guess 11: as written 50%, left out 27.5%" in said
    assert "guess 12" not in said
    assert tornado_left(swings, 12) == 8


def test_of_an_order_with_many_ways_the_one_as_written_and_the_ends_are_named() -> None:
    outcomes = tuple(Outcome(f"order {n}", share) for n, share in enumerate([0.5, 0.25, 0.75, 0.6, None, 0.3]))
    node = drawing(tornado([Swing("g", outcomes)], 0.5, "t", "Shares.", "r"))
    assert about(node) == "Shares. g: order 0 50%, order 1 25%, order 2 75%."
    assert "6 ways in all" in node.words


def test_an_outcome_that_was_not_drawn_is_said_to_be_so() -> None:
    said = about(drawing(tornado([Swing("g", (Outcome("a", None), Outcome("b", 0.2), Outcome("c", 0.4)))], 0.3, "t", "Shares.", "r")))
    assert said == "Shares. g: a none drawn, b 20%, c 40%."


def test_a_long_outcome_is_cut_and_keeps_its_figure() -> None:
    node = drawing(tornado([Swing("g", (Outcome("as written", 0.2), Outcome("very long " * 20, 0.4)))], 0.3, "t", "Shares.", "r"))
    assert [part.words for part in node.all("text") if part.words.endswith("… 40%")]


def test_an_axis_that_does_not_reach_from_0_to_100_says_where_it_begins() -> None:
    close = Swing("g", (Outcome("as written", Fraction(981, 1000)), Outcome("left out", Fraction(997, 1000))))
    marks = [part.words for part in drawing(tornado([close], Fraction(99, 100), "t", "a", "r")).by_class("small")]
    assert marks[:3] == ["98%", "99%", "100%"]


def test_a_strip_is_as_long_as_its_share_and_what_was_not_worked_out_has_none() -> None:
    rows = [StateShare("a", (Fraction(1, 4), None), True), StateShare("b", (0.0, 1.0), False)]
    node = drawing(share_strip(rows, ["edits", "completions"], "t", "Shares.", "s"))
    solid = [float(part.attributes["width"]) for part in node.by_class("solid")]
    assert solid == pytest.approx([(CELL - FIGURE) / 4, CELL - FIGURE], abs=0.1)
    assert about(node) == (
        "Shares. a: holds as written; edits 25%, completions not worked out; b: does not hold as written; edits 0%, completions 100%."
    )
    assert [part.words for part in node.by_class("words")][2:] == ["● a", "○ b"]


def test_shares_that_are_nearly_none_or_nearly_all_are_not_said_to_be_so() -> None:
    near = Fraction(1, 10**7)
    node = drawing(share_strip([StateShare("a", (near, 1 - near))], ["x", "y"], "t", "a", "s"))
    assert [part.words for part in node.by_class("small")] == ["< 0.1%", "> 99.9%"]


def test_every_drawing_has_its_title_its_description_and_rows_that_say_what_they_show() -> None:
    drawn = [
        robustness([Robustness("c <i>", (Portion("yes", 1.0),), 0)], "The <title>", "a", "r"),
        tornado([Swing("g", (Outcome("x", 0.0), Outcome("y", 1.0)))], 0.5, "The <title>", "a", "r"),
        share_strip([StateShare("s", (0.5,))], ["c"], "The <title>", "a", "r"),
    ]
    for svg in drawn:
        node = drawing(svg)
        assert node.attributes["role"] == "img"
        assert node.by_id(node.attributes["aria-labelledby"]).words == "The <title>"
        assert node.by_id(node.attributes["aria-describedby"]).words.startswith("a ")
        assert all(group.all("title") for group in node.all("g"))


def test_things_side_by_side_do_not_overlap_nor_leave_their_room() -> None:
    chance = random.Random(5)
    for _ in range(200):
        widths = [chance.uniform(5, 90) for _ in range(chance.randint(1, 12))]
        placed = list(in_lines(widths, 200))
        for (line, left), wide in zip(placed, widths, strict=True):
            assert left + wide <= 200
            assert line >= 0
        for ((line, left), wide), (after, start) in zip(zip(placed, widths, strict=True), placed[1:], strict=False):
            assert (after == line and start == pytest.approx(left + wide)) or (after == line + 1 and start == 0)
