"""Measures tried: what each kind changes, where statements come to stand, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from detente import cases, io
from detente.errors import ConflictError, EditError
from detente.io.gmcr_write import gmcr_text
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine
from detente.model.edit_options import AddOption, RemoveOption, SetOwners
from detente.model.formula import And, Formula, Not, Taken, written
from detente.model.measure import Measure, NewBan, NewOption, NewOwner, NewStatement, WithoutRedLine, WithoutRule
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Merged
from detente.model.trying import tried
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace

X, Y, Z = (Taken(key) for key in "xyz")


def party(key: str, *wants: Formula, lines: tuple[Formula, ...] = ()) -> DecisionMaker:
    return DecisionMaker(key, key, OptionPrioritization(tuple(map(Statement, wants))), tuple(map(RedLine, lines)))


TWO = Conflict(
    "two",
    (party("A", X, Y, lines=(X, Y, And((X, Y)))), party("B", Y, Not(X))),
    (Option("x", "x", ("A",)), Option("y", "y", ("B",))),
    rules=(Infeasible(And((X, Y))), Infeasible(And((Not(X), Not(Y))))),
    status_quo=frozenset({"x"}),
)


def wants(conflict: Conflict, key: str) -> list[str]:
    preference = conflict.decision_maker(key).preference
    assert preference is not None
    return [written(statement.when) for statement in preference.statements()]


def test_statements_stand_before_the_one_whose_number_they_name() -> None:
    """Wherever other measures put theirs: places count in the conflict as it is."""
    measures = [
        Measure("late", (NewStatement(Not(Y), "A", 2),)),
        Measure("early", (NewStatement(Not(X), "A", 1), NewStatement(And((X, Y)), "A", 1))),
        Measure("last", (NewStatement(X, "A", 3),)),
    ]
    assert wants(tried(TWO, measures), "A") == ["not x", "x and y", "x", "not y", "y", "x"]
    assert wants(tried(TWO, measures), "B") == wants(TWO, "B")


def test_red_lines_and_rules_are_dropped_by_their_numbers_whatever_else_goes() -> None:
    measures = [
        Measure("first", (WithoutRedLine(1, "A"), WithoutRule(1))),
        Measure("third", (WithoutRedLine(3, "A"), WithoutRedLine(1, "A"), WithoutRule(2))),
    ]
    changed = tried(TWO, measures)
    assert [line.never for line in changed.decision_makers[0].red_lines] == [Y]
    assert changed.rules == ()


def test_a_new_option_is_not_taken_and_is_valued_where_it_is_said() -> None:
    new = NewOption("z", ("B", "A"), "a way out", Direction.ONLY_ON, (NewStatement(Z, "B", 2),))
    changed = tried(TWO, [Measure("a way out", (new,))])
    assert [(o.key, o.owners, o.direction.value) for o in changed.options] == [
        ("x", ("A",), "both"),
        ("z", ("A", "B"), "only_on"),
        ("y", ("B",), "both"),
    ]
    assert changed.status_quo == TWO.status_quo
    assert wants(changed, "B") == ["y", "z", "not x"]
    assert not changed.measures


def test_a_new_owner_joins_those_of_before() -> None:
    changed = tried(TWO, [Measure("both", (NewOwner("A", "y"),)), Measure("again", (NewOwner("A", "y"), NewOwner("B", "y")))])
    assert changed.option("y").owners == ("A", "B")
    assert StateSpace(changed).masks == {"A": 0b11, "B": 0b10}


def test_a_ban_comes_after_those_that_there_are() -> None:
    before = replace(TWO, bans=(Ban("B", Y),))
    changed = tried(before, [Measure("watched", (NewBan("A", X, Not(X)),), says="A is watched")])
    assert changed.bans == (Ban("B", Y), Ban("A", X, Not(X), says="A is watched"))


def test_a_ranking_holds_a_new_option_tied() -> None:
    conflict = cases.load("chicken")
    changed = AddOption(Option("z", "z", (conflict.decision_makers[0].key,))).apply(conflict)
    space = StateSpace(changed)
    bit = 1 << changed.option_index["z"]
    for dm in changed.decision_makers:
        order = Order(space, dm.key)
        assert all(order.key(state) == order.key(state ^ bit) for state in space.states.each())
    assert RemoveOption("z").apply(changed) == conflict


def test_what_is_not_clear_is_refused() -> None:
    ranking = StateRanking(((frozenset(),), (frozenset({"x"}),), (frozenset({"y"}),), (frozenset({"x", "y"}),)))
    ranked = Conflict("t", (DecisionMaker("A", "A", ranking), party("B", Y)), TWO.options, rules=(Merged(And((X, Y))),))
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: AddOption(Option("z", "z", ("A",))).apply(ranked), "M134"),
        (lambda: RemoveOption("x").apply(ranked), "M134"),
        (lambda: RemoveOption("x").apply(TWO), "M104"),
        (lambda: RemoveOption("q").apply(TWO), "M130"),
        (lambda: SetOwners("x", ("C",)).apply(TWO), "M105"),
        (lambda: tried(TWO, [Measure("m", (WithoutRule(3),))]), "M130"),
        (lambda: tried(ranked, [Measure("m", (NewStatement(X, "A", 1),))]), "M131"),
        (lambda: tried(TWO, [Measure("m", (NewOption("z", ("A",)),)), Measure("n", (NewOption("z", ("B",)),))]), "M102"),
    ]
    for work, code in refused:
        with pytest.raises(EditError) as caught:
            work()
        assert code in {found.code for found in caught.value.diagnostics}


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (Measure("m", ()), "M107"),
        (Measure("m", (NewBan("A"),), cost=0), "M119"),
        (Measure("m", (NewBan("C"),)), "M105"),
        (Measure("m", (NewBan("A", Z),)), "M104"),
        (Measure("m", (NewOwner("A", "z"),)), "M104"),
        (Measure("m", (NewOption("x", ("A",)),)), "M102"),
        (Measure("m", (NewOption("z", ()),)), "M107"),
        (Measure("m", (NewOption(" ", ("A",)),)), "M103"),
        (Measure("m", (NewOption("z", ("A",), valued=(NewStatement(Z, "C", 1),)),)), "M105"),
    ],
)
def test_measures_that_can_not_be(measure: Measure, code: str) -> None:
    with pytest.raises(ConflictError) as caught:
        replace(TWO, measures=(measure,))
    assert code in {found.code for found in caught.value.diagnostics}


def test_two_measures_of_one_name_are_refused() -> None:
    with pytest.raises(ConflictError, match="two measures"):
        replace(TWO, measures=(Measure("m", (NewBan("A"),)), Measure("m", (NewBan("B"),))))


def test_a_condition_of_a_measure_may_speak_of_its_new_option_and_no_other_may() -> None:
    text = """
detente: 1
title: t
decision makers: {A: {options: {x: }, prefers: [x]}}
measures:
  - {name: m, changes: {new option: z, owner: A, valued: [{when: z and x, party: A, place: 1}]}}
"""
    assert io.loads(text).conflict.measures[0].options == ("z",)
    with pytest.raises(ConflictError) as caught:
        io.loads(text.replace("prefers: [x]", "prefers: [z]"))
    assert {found.code for found in caught.value.diagnostics} == {"M104"}


def test_bans_and_measures_are_lost_in_another_format() -> None:
    full = replace(TWO, bans=(Ban("A"),), measures=(Measure("m", (NewBan("A"),)),), status_quo=None)
    with pytest.raises(ConflictError) as caught:
        gmcr_text(full)
    told = " ".join(found.message for found in caught.value.diagnostics)
    assert "bans on moves" in told
    assert "measures" in told
