"""Bans: which moves they remove, how they are told, and where their number is too great."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import cases
from detente.analysis.evidence import element_index
from detente.analysis.images import Images
from detente.analysis.lint import findings
from detente.analysis.overview import count_moves
from detente.concepts.registry import concept
from detente.engines.array import ArrayEngine
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.explain.elements import element_words
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Not, Taken
from detente.model.rule import Merged
from detente.space.states import StateSpace
from tests.report.documents import report

WATCHED = Ban("A", Taken("x"), Not(Taken("x")), says="A does not give x up unseen")


def conflict(*bans: Ban, options: str = "xy", merged: bool = False) -> Conflict:
    rules = (Merged(Taken("y")),) if merged else ()
    parties = (DecisionMaker("A", "Ada"), DecisionMaker("B", "Ben"))
    return Conflict("t", parties, tuple(Option(key, key, ("A",)) for key in options), rules, bans=bans)


def test_a_ban_removes_moves_of_one_party_and_no_state() -> None:
    space, free = StateSpace(conflict(WATCHED)), StateSpace(conflict())
    assert space.states.count == free.states.count
    assert (free.moves("A", 1), space.moves("A", 1), space.moves("A", 0)) == ((0, 2, 3), (3,), (1, 2, 3))
    assert (count_moves(free, "A"), count_moves(space, "A")) == (12, 8)
    assert Images(space).image("A", 0b0010) == 0b1000
    assert Images(space).image("A", 0b0001, backward=True) == 0b0100


def test_two_moves_in_a_row_can_lead_where_a_ban_keeps_one_from_leading() -> None:
    space = StateSpace(conflict(Ban("A", Not(Taken("x")), Taken("y"))))
    assert not space.moves_compose
    assert 3 not in space.moves("A", 0)
    assert any(3 in space.moves("A", between) for between in space.moves("A", 0))


def test_a_move_between_merged_states_is_left_if_some_change_is() -> None:
    space = StateSpace(conflict(WATCHED, merged=True))
    assert space.moves("A", 3) == (0, 1), "from the combination without x it can still be had that x is not taken"


def test_engines_agree_on_a_published_case_with_a_ban() -> None:
    elmira = cases.load("elmira")
    space = StateSpace(replace(elmira, bans=(Ban("Uniroyal", Not(Taken("Abandon")), Taken("Abandon")),)))
    for key in ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"):
        for dm in space.masks:
            assert SingleEngine(space).stable(concept(key), dm) == ArrayEngine(space).stable(concept(key), dm)
    stays = SingleEngine(space).stable(concept("SEQ"), "Local")
    assert stays != SingleEngine(StateSpace(elmira)).stable(concept("SEQ"), "Local"), "Local no longer fears that the plant is abandoned"


def test_a_ban_is_told_and_counted_as_an_element() -> None:
    both = conflict(WATCHED, Ban("A", Taken("y"), Not(Taken("y"))))
    assert element_words(both, "bans/1") == "ban 1, “A does not give x up unseen”"
    assert element_words(both, "bans/2") == "ban 2, A makes no move from states with “y” to states with “not y”"
    assert [element.path for element in element_index(both) if element.about == ("A",)][-2:] == ["bans/1", "bans/2"]


def test_bans_that_tell_too_many_groups_of_states_apart_are_refused() -> None:
    keys = "abcdefghijklm"
    many = conflict(*(Ban("A", Taken(key), Not(Taken(other))) for key, other in zip(keys, keys[1:] + keys[:1], strict=True)), options=keys)
    space = StateSpace(many)
    assert space.moves("A", 0), "single states are still answered for"
    with pytest.raises(LimitError) as caught:
        Images(space).image("A", space.feasible)
    assert [found.code for found in caught.value.diagnostics] == ["S307"]


def test_a_ban_without_a_move_is_pointed_out() -> None:
    idle = conflict(Ban("B", Taken("x"), Not(Taken("x"))))
    assert [found.element for found in findings(idle, StateSpace(idle)) if found.code == "M165"] == ["bans/1"]


def test_a_report_lists_the_bans() -> None:
    final = Ban("Uniroyal", Taken("Accept"), Not(Taken("Accept")), says="acceptance is final")
    shown = report(replace(cases.load("elmira"), bans=(final,)))
    assert "acceptance is final" in shown
    assert "Bans: moves that somebody keeps from happening" in shown
    assert "Bans: moves" not in report(cases.load("elmira"))
