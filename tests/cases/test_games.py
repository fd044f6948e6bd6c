"""The generated 2×2 games: that they are the 78, and that every engine says of them what the second statement says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from detente.app.expect import compare
from detente.app.expect_file import parse_expectations
from detente.cases import GAMES, expected
from detente.cases.games import (
    CELLS,
    KNOWN_AS,
    NUMBERED,
    VERDICTS,
    Game,
    classes,
    game,
    number_of,
    read_game,
    relabelled,
    strict_ordinal_2x2,
    write_game,
)
from detente.concepts.registry import all_concepts
from detente.errors import UsageError
from detente.preference.order import Order
from detente.space.states import StateSpace
from tests.cases.engines import engine, engines
from tests.cases.game_verdicts import table
from tests.definitions.concepts import DEFINITIONS, equilibria, stable_states
from tests.definitions.published import outcome, two_by_two

NUMBERS = range(1, 79)


def dominant_choices(of: Game) -> int:
    """How many of the two have a choice that is better for them whatever the other does."""
    cc, cd, dc, dd = of
    return ((cc[0] > dc[0]) == (cd[0] > dd[0])) + ((cc[1] > cd[1]) == (dc[1] > dd[1]))


def nash(of: Game) -> list[str]:
    """The outcomes from which nobody gains alone, by the definition of the normal form."""
    cc, cd, dc, dd = of
    rows = {"CC": cc[0] > dc[0], "CD": cd[0] > dd[0], "DC": dc[0] > cc[0], "DD": dd[0] > cd[0]}
    columns = {"CC": cc[1] > cd[1], "CD": cd[1] > cc[1], "DC": dc[1] > dd[1], "DD": dd[1] > dc[1]}
    return [cell for cell in CELLS if rows[cell] and columns[cell]]


def test_there_are_78_classes_of_576_assignments() -> None:
    sizes = Counter(len(games) for games in classes())
    assert sizes == {8: 66, 4: 12}
    assert sum(len(games) for games in classes()) == 576
    assert len(frozenset().union(*classes())) == 576


def test_every_number_names_its_own_class() -> None:
    assert len(NUMBERED) == len(classes()) == len(strict_ordinal_2x2()) == GAMES == 78
    for number, text in enumerate(NUMBERED, start=1):
        assert read_game(text) in classes()[number - 1]
        assert number_of(read_game(text)) == number
        assert write_game(read_game(text)) == text


def test_relabelling_stays_within_a_class() -> None:
    for games in classes():
        for one in games:
            assert relabelled(one) == games


def test_the_numbers_put_together_what_belongs_together() -> None:
    dominant = {number: {dominant_choices(one) for one in classes()[number - 1]} for number in NUMBERS}
    assert {number for number in NUMBERS if dominant[number] == {2}} == set(range(1, 22))
    assert {number for number in NUMBERS if dominant[number] == {1}} == set(range(22, 58))
    assert {number for number in NUMBERS if dominant[number] == {0}} == set(range(58, 79))
    common = {number for number in NUMBERS if (4, 4) in read_game(NUMBERED[number - 1])}
    assert common == {*range(1, 7), *range(22, 31), *range(58, 64)}


def test_how_many_nash_equilibria_the_games_have() -> None:
    counts = {number: len(nash(read_game(NUMBERED[number - 1]))) for number in NUMBERS}
    assert Counter(counts.values()) == {1: 57, 2: 12, 0: 9}
    assert {number for number in NUMBERS if counts[number] == 2} == set(range(58, 70))
    assert {number for number in NUMBERS if counts[number] == 0} == set(range(70, 79))


@pytest.mark.parametrize(
    ("number", "order"),
    [(12, "33,14,41,22"), (66, "33,24,42,11"), (61, "44,13,31,22"), (9, "22,14,41,33"), (69, "22,43,34,11"), (39, "33,24,41,12")],
)
def test_the_known_names_have_their_numbers(number: int, order: str) -> None:
    assert number_of(read_game(order)) == number
    assert number in KNOWN_AS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_game_becomes_a_conflict_with_the_same_order(number: int) -> None:
    conflict = game(number)
    space = StateSpace(conflict)
    worth = dict(zip(CELLS, read_game(NUMBERED[number - 1]), strict=True))
    for who, key in enumerate(("Row", "Column")):
        order = Order(space, key)
        for named in conflict.named_states:
            assert order.ranks[conflict.combination(named.taken)] == 5 - worth[named.name][who]


@pytest.mark.parametrize("name", list(engines()))
@pytest.mark.parametrize("number", NUMBERS)
def test_every_engine_agrees_with_the_second_statement(number: int, name: str) -> None:
    conflict = game(number)
    space = StateSpace(conflict)
    model = two_by_two(NUMBERED[number - 1])
    assert [space.choice(state) for state in space.states.each()] == ["NN", "YN", "NY", "YY"]
    made = engine(name, space)
    for concept in all_concepts():
        staying = {key: made.stable(concept, key) for key in ("Row", "Column")}
        for key, states in staying.items():
            assert {space.number(s) for s in states.each()} == stable_states(model, concept.key, key), (number, concept.key, key)
        both = staying["Row"] & staying["Column"]
        assert {space.number(s) for s in both.each()} == equilibria(model, concept.key)


def test_the_second_statement_finds_the_nash_equilibria_of_the_normal_form() -> None:
    for text in NUMBERED:
        model = two_by_two(text)
        assert sorted(outcome(model.state(s).combination) for s in equilibria(model, "Nash")) == nash(read_game(text))


def test_every_concept_is_covered() -> None:
    assert {concept.key for concept in all_concepts()} == set(DEFINITIONS)


def test_the_table_of_verdicts_is_that_of_the_second_statement() -> None:
    assert VERDICTS.read_text(encoding="utf-8") == table(), "run: python -m tests.cases.game_verdicts"


@pytest.mark.parametrize("name", list(engines()))
@pytest.mark.parametrize("number", NUMBERS)
def test_the_expected_verdicts_of_a_game_hold(number: int, name: str) -> None:
    wanted = parse_expectations(expected(f"2x2:{number}") or "")
    assert [verdict.concepts for verdict in wanted.verdicts] == [(key,) for key in DEFINITIONS]
    assert compare(StateSpace(game(number)), wanted, name).holds
    changed = replace(wanted.verdicts[1], claims={"equilibria": []})  # every game has an equilibrium under GMR
    assert not compare(StateSpace(game(number)), replace(wanted, verdicts=(changed,)), name).holds


@pytest.mark.parametrize("number", [0, 79, -1])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(UsageError, match="U402"):
        game(number)
