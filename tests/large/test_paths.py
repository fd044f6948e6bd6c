"""Shortest sequences without a list of states are as short as those of the listed space, and are told only where they are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from detente.analysis.certificate import Kind
from detente.analysis.large import path as unrolling
from detente.analysis.large.path import shortest_large
from detente.analysis.path import shortest
from detente.app.large_pathing import large_path_between
from detente.app.parts import Described
from detente.explain.large_routes import large_path
from detente.explain.routes import path
from detente.explain.words import Words
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.space.states import StateSpace
from tests.conformance.seeds import fresh
from tests.large.seen import Twice, twice

KINDS: tuple[Kind, ...] = ("any", "improving", "no loss")
MOST = 8


@pytest.mark.parametrize("listed", [unrolling.MOST_LISTED, 0])
def test_as_short_as_in_the_listed_space(listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is reached listed where it is little, and by unrolling alone."""
    monkeypatch.setattr(unrolling, "MOST_LISTED", listed)
    random, found = Random(fresh()), 0
    for two in twice(70, f"paths {listed}"):
        start, goal = random.sample(two.states, 2)
        for kind in KINDS:
            known, large = shortest(two.listed, start, goal, kind), shortest_large(two.unlisted, start, goal, kind, most=MOST)
            where = f"{two.name}: from {start} to {goal}, {kind}"
            if known.steps is None:
                assert large.way is None, where
                assert large.none or large.looked == MOST, where
            else:
                assert large.steps == known.steps, where
                assert large.shortest, where
                found += 1
        document = large_path_between(Described(two.unlisted), start, goal, None)
        assert (document.moves is None) == (shortest(two.listed, start, goal).steps is None), two.name
    assert found > 100


def test_a_way_of_a_narrower_kind_is_one_of_the_wider_kinds() -> None:
    """Where the time is over for moves of any kind, while improvements are known to lead there, it is not said that nothing is known."""
    two = next(two for two in twice(70, "narrower") if any(shortest(two.listed, *ends, "improving").steps == 2 for ends in pairs(two)))
    start, goal = next(ends for ends in pairs(two) if shortest(two.listed, *ends, "improving").steps == 2)
    improving = shortest_large(two.unlisted, start, goal, "improving")
    unsettled = [replace(shortest_large(two.unlisted, start, goal, kind, most=0), none=False, lengths=()) for kind in ("any", "no loss")]
    unsettled = [replace(one, way=None, why_none="", looked=0) for one in unsettled]
    told = large_path(two.unlisted, unsettled[0], improving, unsettled[1], "in a second")
    words = Words(two.unlisted)
    where = f"from {words.state(start)} to {words.state(goal)}"
    assert told.verdict.text == f"In this model 2 moves lead {where}; whether fewer do was not settled in a second."
    assert told.parts[-1].lead[0].text == (
        "By moves that leave no mover worse off it can be reached in 2 moves, by these improvements; whether fewer do was not settled in a "
        "second."
    )
    looked = [replace(one, looked=1) for one in unsettled]
    told = large_path(two.unlisted, looked[0], improving, looked[1], "in a second")
    assert told.verdict.text == f"In this model 2 moves lead {where}, and no fewer do (worked out, not certified)."


def test_why_improvements_do_not_lead_there_is_the_last_that_is_told() -> None:
    """The page shows the last paragraph where it says that improvements are stuck."""
    stuck = 0
    for two in twice(10, "stuck"):
        for start, goal in list(pairs(two))[:4]:
            document = large_path_between(Described(two.unlisted), start, goal, None)
            if document.moves is not None and document.improvements is None:
                assert document.paragraphs[-1].sentences[0].text.startswith("By improvements it cannot be reached")
                stuck += 1
    assert stuck


@pytest.mark.parametrize("list_up_to", [20, 0])
def test_where_somebody_would_have_to_move_twice_in_a_row_that_is_said(list_up_to: int) -> None:
    """Ann may take both options, only not at once: one after the other are two moves in a row."""
    both = Ban("Ann", parse_formula("not x & not y"), parse_formula("x & y"))
    options = (Option("x", "x", ("Ann",)), Option("y", "y", ("Ann",)))
    space = StateSpace(Conflict("one by one", (DecisionMaker("Ann", "Ann"),), options, bans=(both,)), list_up_to)
    if list_up_to:
        told = path(shortest(space, 0, 3), shortest(space, 0, 3, "improving"))
    else:
        moves, improving, no_loss = (shortest_large(space, 0, 3, kind) for kind in KINDS)
        told = large_path(space, moves, improving, no_loss, "in a second")
    assert told.verdict.text == "In this model no sequence of moves leads from state 1 to state 4, nobody moving twice in a row."


def pairs(two: Twice) -> Iterator[tuple[int, int]]:
    return permutations(two.states, 2)


def test_nothing_to_do_is_no_move() -> None:
    two = next(twice(2, "same"))
    document = large_path_between(Described(two.unlisted), two.states[0], two.states[0], None)
    assert document.moves is not None
    assert document.moves.length == 0
    assert "nothing needs to move" in document.paragraphs[0].sentences[0].text
