"""The drawings: where states stand, which way moves lead, what is marked, and what is counted when not all can be drawn."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import all_of
from detente.model.parse import parse_formula
from detente.model.rule import Infeasible, Merged
from detente.report.drawing import move_title, shape_of, whole
from detente.report.layout import RADIUS, layout
from detente.report.links import links, orders_of
from detente.report.neighbourhood import around, branches
from detente.report.ordering import Ordered, ordering
from detente.report.palette import parties_of
from detente.report.strip import Leg, Stop, strip
from detente.space.sets import bits_of
from detente.space.states import StateSpace
from tests.report.conflicts import elmira, four_parties, prisoners, wants
from tests.report.page import Node, read

SEEDS = range(40)


def random_conflict(seed: int) -> Conflict:
    """One to three decision makers with one to three options each, in all directions, under a few rules."""
    chance = random.Random(seed)
    most = chance.choice([(3,), (3, 2), (2, 2), (2, 1, 1), (1, 2, 1), (1, 1, 2)])
    keys = "ABC"[: len(most)]
    options = tuple(
        Option(f"{key}{n}", f"{key}{n}", (key,), chance.choice(list(Direction)))
        for key, count in zip(keys, most, strict=True)
        for n in range(chance.randint(1, count))
    )
    names = [option.key for option in options]

    def literal() -> str:
        return chance.choice(("", "not ")) + chance.choice(names)

    rules = tuple(
        Infeasible(all_of(parse_formula(literal()), parse_formula(literal()), parse_formula(literal())))
        for _ in range(chance.randint(0, 2))
    )
    return Conflict("c", tuple(DecisionMaker(key, key, wants(literal(), literal())) for key in keys), options, rules)


def drawn(conflict: Conflict, *equilibria: int) -> Node:
    space = StateSpace(conflict)
    found = whole(space, orders_of(space), parties_of(conflict), space.set_of(*map(space.state, equilibria)), "SEQ")
    assert found is not None
    return read(str(found.svg)).all("svg")[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_move_runs_along_its_movers_axis(seed: int) -> None:
    space = StateSpace(random_conflict(seed))
    found = layout(space)
    assert found is not None
    steps = {line.owner: line.step for line in found.lines}
    for state, dm in product(space.states.each(), steps):
        assert dm is not None
        for target in space.moves(dm, state):
            (x, y), (u, v), (dx, dy) = found.places[state], found.places[target], steps[dm]
            assert abs((u - x) * dy - (v - y) * dx) < 1e-6
            assert ((u - x) * dx + (v - y) * dy > 0) == (target > state), "options taken up lead forward"


@pytest.mark.parametrize("seed", SEEDS)
def test_states_do_not_lie_on_one_another(seed: int) -> None:
    found = layout(StateSpace(random_conflict(seed)))
    assert found is not None
    for (x, y), (u, v) in combinations(found.places.values(), 2):
        assert ((x - u) ** 2 + (y - v) ** 2) ** 0.5 > 2.5 * RADIUS
    for x, y in found.places.values():
        assert RADIUS < x < found.width - RADIUS
        assert RADIUS < y < found.height - RADIUS


@pytest.mark.parametrize("seed", SEEDS)
def test_links_hold_every_move_once(seed: int) -> None:
    space = StateSpace(random_conflict(seed))
    orders = orders_of(space)
    found = links(space, orders, space.states.each(), 10_000)
    assert found is not None
    told = [(link.mover, link.start, link.end, link.gain) for link in found if link.forth]
    told += [(link.mover, link.end, link.start, -link.gain) for link in found if link.back]
    moves = [(dm, s, t) for dm in orders for s in space.states.each() for t in space.moves(dm, s)]
    assert sorted(entry[:3] for entry in told) == sorted(moves)
    for dm, start, end, gain in told:
        assert (gain > 0, gain < 0) == (orders[dm].prefers(end, start), orders[dm].prefers(start, end))


def test_elmira_whole() -> None:
    picture = drawn(elmira(), 5, 8, 9)
    numbers = [node.words for node in picture.by_class("number")]
    assert sorted(numbers) == [str(n) for n in range(1, 10)]
    titles = [node.words for node in picture.all("title")]
    assert "State 1; taken: delay the appeal; status quo" in titles
    assert "State 8, the deal; taken: modify the order, accept the order, insist on the order; equilibrium" in titles
    assert "State 9, abandoned; taken: abandon the site; either way: modify the order, insist on the order; equilibrium" in titles
    assert "Local Government, 1 to 5: improvement; 5 to 1: a loss" in titles
    groups = {node.all("title")[0].words.split(";")[0]: node for node in picture.all("g")}
    rings = {name: len(node.by_class("edge")) for name, node in groups.items() if name.startswith("State")}
    assert {name for name, count in rings.items() if count == 2} == {"State 5", "State 8, the deal", "State 9, abandoned"}
    assert len(picture.by_class("ink")) == 1, "one triangle: the status quo"


def test_improvements_are_strong_and_carry_a_letter() -> None:
    for move in [node for node in drawn(elmira()).all("g") if " to " in node.all("title")[0].words]:
        improves = "improvement" in move.all("title")[0].words
        lines = [node.attributes["class"] for node in move.by_class("move")]
        assert [("strong" in line.split()) for line in lines] == [improves]
        assert len(move.by_class("letter")) == improves


def test_a_merged_state_is_drawn_around_all_that_it_stands_for() -> None:
    space = StateSpace(elmira())
    found = layout(space)
    assert found is not None
    shape = shape_of(found, space.state(9))
    assert len(shape) == len(space.members(space.state(9))) == 4
    assert all(len(shape_of(found, space.state(n))) == 1 for n in range(1, 9))


def test_move_titles_name_both_ways() -> None:
    conflict = prisoners()
    space = StateSpace(conflict)
    found = links(space, orders_of(space), space.states.each(), 100)
    assert found is not None
    first = next(link for link in found if link.mover == "Row")
    assert move_title(space, first, parties_of(conflict)[0]) == "Row, 1 to 2: improvement; 2 to 1: a loss"


def test_too_many_axes_or_moves_are_not_drawn_whole() -> None:
    space = StateSpace(four_parties())
    assert layout(space) is None
    assert whole(space, orders_of(space), parties_of(space.conflict), space.set_of(), "SEQ") is None
    options = tuple(Option(f"{key}{n}", f"{key}{n}", (key,)) for key in "AB" for n in range(5))
    large = StateSpace(Conflict("large", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options))
    assert whole(large, orders_of(large), parties_of(large.conflict), large.set_of(), "SEQ") is None


def test_many_moves_are_cut_down_to_improvements() -> None:
    options = tuple(Option(f"{key}{n}", f"{key}{n}", (key,)) for key, count in (("A", 3), ("B", 2)) for n in range(count))
    wanted = (DecisionMaker("A", "A", wants("A0 and A1 and A2")), DecisionMaker("B", "B"))
    space = StateSpace(Conflict("wide", wanted, options))
    found = whole(space, orders_of(space), parties_of(space.conflict), space.set_of(), "SEQ")
    assert found is not None
    assert found.improvements_only == (len(found.moves) > 150)
    assert len(found.moves) == 4 * 28 + 8 * 6


def test_neighbourhood_counts_every_move() -> None:
    space = StateSpace(four_parties())
    orders, parties = orders_of(space), parties_of(space.conflict)
    for state in space.states.sample(20, seed=1):
        found = branches(space, orders, parties, state, space.set_of())
        assert found is not None
        for branch in found:
            key = branch.party.key
            moves = space.moves(key, state)
            assert len(branch.better) + branch.equal + branch.worse == len(moves) == 3
            assert set(branch.better) == {t for t in moves if orders[key].prefers(t, state)}
            ranks = [orders[key].ranks[t] for t in branch.better]
            assert ranks == sorted(ranks)
            assert set(branch.better[:3]) <= set(branch.shown) <= set(moves)


def test_neighbourhood_shows_named_states_and_equilibria() -> None:
    space = StateSpace(four_parties())
    wanted = space.state_of(space.conflict.combination(frozenset({"Ann1", "Ann2"})))
    assert wanted is not None
    picture = around(space, orders_of(space), parties_of(space.conflict), 0, space.set_of(wanted), "SEQ")
    tree = read(str(picture)).all("svg")[0]
    titles = [node.words for node in tree.all("title")]
    assert any(f"State {space.number(wanted)}, one does" in title and title.endswith("equilibrium") for title in titles)
    said = [node.words for node in tree.by_class("small")]
    assert len([words for words in said if words.startswith("3 moves; for the mover:")]) == 4


def test_ordering_is_each_ones_order() -> None:
    space = StateSpace(elmira())
    orders = orders_of(space)
    states = [
        Ordered(space.number(s), s == space.status_quo, False, {key: orders[key].ranks[s] for key in orders}) for s in space.states.each()
    ]
    tree = read(str(ordering(states, parties_of(space.conflict), "o"))).all("svg")[0]
    rows = {row.by_class("words")[0].words: [node.words for node in row.by_class("middle")] for row in tree.all("g")}
    assert rows["Uniroyal Chemical Ltd."] == list("148593726")
    assert rows["Local Government"] == list("735186429")
    assert "Uniroyal Chemical Ltd.: state 1 (the status quo), then state 4" in tree.all("desc")[0].words


def test_ties_are_joined() -> None:
    a = parties_of(prisoners())[:1]
    states = [Ordered(n, n == 2, False, {"Row": rank}) for n, rank in ((1, 1), (2, 2), (3, 2), (4, 3))]
    tree = read(str(ordering(states, a, "o"))).all("svg")[0]
    assert [node.words for node in tree.by_class("number")] == ["="]
    assert "state 1, then state 2 (the status quo) and state 3, then state 4" in tree.all("desc")[0].words


def test_strip_shows_mover_ranks_and_losses() -> None:
    parties = parties_of(prisoners())
    stops = [
        Stop(1, None, False, {"Row": 2, "Column": 2}),
        Stop(2, "deal", True, {"Row": 3, "Column": 1}),
        Stop(3, None, False, {"Row": 1, "Column": 1}),
    ]
    tree = read(str(strip(stops, [Leg("Row", -1), Leg("Column", 0)], parties, "p", in_a_row=2))).all("svg")[0]
    titles = [node.words for node in tree.all("title")]
    assert titles == [
        "Path from state 1 to state 3",
        "State 1",
        "Row: worse for them",
        "State 2, deal",
        "Column: as good for them",
        "State 3",
    ]
    assert [node.words for node in tree.by_class("small")] == ["a loss", "deal", "▼", "▲", "no gain", "▲"] or {
        "a loss",
        "no gain",
        "deal",
    } <= {node.words for node in tree.by_class("small")}
    assert tree.all("desc")[0].words == "Row moves to state 2; Column moves to state 3."


def test_bits_of_the_layout_are_feasible_only() -> None:
    space = StateSpace(elmira())
    found = layout(space)
    assert found is not None
    assert sorted(found.places) == list(bits_of(space.feasible))


def test_a_state_merged_from_two_is_a_capsule() -> None:
    conflict = prisoners()
    merged = Conflict(conflict.title, conflict.decision_makers, conflict.options, (Merged(parse_formula('"Row defects"')),))
    shape = [node.attributes["d"] for node in drawn(merged).by_class("wide")]
    assert len(shape) == 2, "its outline and what it encloses"
    assert all("Q" not in d and d.count("L") == 1 for d in shape)


def test_a_merged_state_with_others_between_stands_where_its_number_says() -> None:
    conflict = prisoners()
    merged = Conflict(
        conflict.title, conflict.decision_makers, conflict.options, (Merged(parse_formula('"Row defects" iff "Column defects"')),)
    )
    space = StateSpace(merged)
    found = layout(space)
    assert found is not None
    assert len(shape_of(found, 3)) == 2, "nothing lies between two opposite corners"
    options = tuple(Option(f"A{n}", f"A{n}", ("A",)) for n in range(2))
    row = StateSpace(Conflict("row", (DecisionMaker("A", "A"),), options, (Merged(parse_formula("A0 iff A1")),)))
    line = layout(row)
    assert line is not None
    assert shape_of(line, 3) == [line.places[3]]
