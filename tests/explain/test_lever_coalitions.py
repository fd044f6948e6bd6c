"""The words for what groups can bring about: true to the claim, refused with a false one, and the same for every party."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.claims.together import Together
from detente.analysis.unlock.coalitions import coalition_lever, coalition_moves
from detente.analysis.unlock.grouped import CoalitionMoves
from detente.cases import load
from detente.errors import UsageError
from detente.explain.levers.coalitions import account, told
from detente.space.states import StateSpace


def found(name: str, number: int | None = None) -> CoalitionMoves:
    space = StateSpace(load(name))
    start = space.state(number) if number else space.status_quo
    assert start is not None
    return coalition_moves(space, start, {dm.key: "SEQ" for dm in space.conflict.decision_makers})


def test_elmira_from_5_to_8() -> None:
    moves = found("elmira", 5)
    lever = coalition_lever(moves, moves.jumps[0][0], moves.space.state(8))
    text = told(moves.space, lever).text()
    assert "In this model MoE and Uniroyal could go together from state 5 to state 8, which both prefer; nobody" in text
    assert "Uniroyal: taking up “accept the order” and giving up “delay the appeal”" in text
    assert "Local: a loss (3rd to 5th choice)" in text
    assert "None of them can be left out" in text
    assert "one group of the 7" in account(moves.space, moves).text()


def test_nothing_to_bring_about() -> None:
    moves = found("elmira", 8)
    assert account(moves.space, moves).verdict.text == (
        "In this model none of the 7 could bring about a state that each of its members prefers to state 8."
    )


def test_a_state_that_somebody_leaves_names_who_and_to_where() -> None:
    moves = found("gaza-hostage-talks")
    move = moves.of(["Israel", "Hamas"])
    state = (move.improvements - move.holding).first(1)[0]
    text = told(moves.space, coalition_lever(moves, move, state)).verdict.text
    assert "it would not hold under SEQ, because Israel would leave it for state 7,303, taking up “let aid in”" in text
    summary = account(moves.space, moves)
    assert "4 of the 15 groups" in summary.verdict.text
    assert "for 22 of them a part of the group suffices" in summary.text()


def test_a_false_claim_is_refused_before_a_word_is_written() -> None:
    moves = found("elmira", 5)
    lever = coalition_lever(moves, moves.jumps[0][0], moves.space.state(8))
    false = Together(lever.claim.coalition, lever.claim.start, moves.space.state(7), (), ())
    with pytest.raises(UsageError, match="U423"):
        told(moves.space, replace(lever, claim=false))


def test_more_than_is_said_can_be_brought_about() -> None:
    moves = found("elmira", 5)
    short = tuple(replace(move, improvements=moves.space.set_of()) for move in moves.moves)
    with pytest.raises(UsageError, match="U423"):
        account(moves.space, replace(moves, moves=short))


def test_moves_one_after_the_other_are_told_move_by_move() -> None:
    moves = found("elmira", 5)
    space, move = moves.space, moves.of(["MoE", "Uniroyal"])
    one_by_one = replace(move, jointly=space.set_of())
    lever = coalition_lever(replace(moves, moves=(one_by_one,)), one_by_one, space.state(8))
    text = told(space, lever).text()
    assert "They would move one after the other, 2 moves:" in text
    assert lever.claim.steps
