"""The 78 strict ordinal 2×2 games under limited moves and non-myopic stability, held to what is printed of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from detente.cases.games import CELLS, KNOWN_AS, NUMBERED, game, read_game
from detente.concepts.further.limited_move import play_of
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from tests.further import brams_wittman

NUMBERS = range(1, len(NUMBERED) + 1)
KNOWN = {name: number for number, name in KNOWN_AS.items()}


@cache
def engine(number: int) -> SingleEngine:
    """The engine for a game."""
    return SingleEngine(StateSpace(game(number)))


@cache
def equilibria(number: int, key: str) -> frozenset[str]:
    """The equilibria of a game, by the names of its outcomes."""
    found = engine(number)
    names = {found.space.state_of(found.space.conflict.combination(named.taken)): named.name for named in found.space.conflict.named_states}
    both = [set(found.stable(concept(key), dm).each()) for dm in found.decision_makers]
    return frozenset(names[state] for state in both[0] & both[1])


def repetition(number: int) -> tuple[int, int]:
    """Two horizons at which all comes out alike."""
    found = play_of(engine(number), "Row", "two", "NM").horizons
    assert found is not None
    return found.repetition()


def worth(number: int, cells: frozenset[str]) -> set[tuple[int, int]]:
    """What outcomes are worth to Row and Column."""
    outcomes = read_game(NUMBERED[number - 1])
    return {outcomes[CELLS.index(cell)] for cell in cells}


def test_the_prisoners_dilemma() -> None:
    """Both the Nash equilibrium (2,2) and the compromise (3,3) are non-myopic equilibria (Brams and Wittman 1981)."""
    number = KNOWN["Prisoner's dilemma"]
    assert worth(number, equilibria(number, "NM")) == {(2, 2), (3, 3)}
    assert worth(number, equilibria(number, "L1")) == {(2, 2)}


def test_chicken() -> None:
    """The compromise (3,3) is the one non-myopic equilibrium, and no Nash equilibrium (Brams and Wittman 1981)."""
    number = KNOWN["Chicken"]
    assert worth(number, equilibria(number, "NM")) == {(3, 3)}
    assert worth(number, equilibria(number, "L1")) == {(4, 2), (2, 4)}


def test_thirty_seven_games_have_equilibria_of_brams_and_wittman() -> None:
    """Of the 78 games 37 have nonmyopic equilibria; but for two games these are Nash equilibria (Brams and Wittman 1981)."""
    found = {number: brams_wittman.equilibria(read_game(NUMBERED[number - 1])) for number in NUMBERS}
    assert sum(bool(outcomes) for outcomes in found.values()) == 37
    names = {number: frozenset(CELLS[outcome] for outcome in outcomes) for number, outcomes in found.items()}
    others = {number for number, outcomes in names.items() if not outcomes <= equilibria(number, "L1")}
    assert others == {KNOWN["Prisoner's dilemma"], KNOWN["Chicken"]}
    assert all(outcomes <= equilibria(number, "NM") for number, outcomes in names.items())


@pytest.mark.parametrize("number", NUMBERS)
def test_the_first_horizon_is_nash_and_two_readings_agree(number: int) -> None:
    assert equilibria(number, "L1") == equilibria(number, "Nash")
    assert equilibria(number, "NM") == equilibria(number, "NM.apart") == equilibria(number, "NM.together")


@pytest.mark.parametrize("number", NUMBERS)
def test_stackelberg_is_the_second_horizon_of_one_and_the_first_of_the_other(number: int) -> None:
    found = engine(number)
    for leader, other in (("Row", "Column"), ("Column", "Row")):
        led = concept(f"Stackelberg@{leader}")
        assert found.stable(led, leader) == found.stable(concept("L2"), leader)
        assert found.stable(led, other) == found.stable(concept("Nash"), other)


@pytest.mark.parametrize("number", NUMBERS)
def test_far_horizons_are_those_of_the_part_that_repeats(number: int) -> None:
    first, again = repetition(number)
    late = [equilibria(number, f"L{h}") for h in range(first + 1, again + 1)]
    assert [equilibria(number, f"L{h}") for h in range(again + 1, 2 * again - first + 1)] == late
    for dm in ("Row", "Column"):
        for h in range(first + 1, again + 1):
            assert engine(number).stable(concept("NM"), dm).count <= engine(number).stable(concept(f"L{h}"), dm).count


def test_how_many_games_have_non_myopic_equilibria() -> None:
    """Computed, not printed: 55 games have one, of these one game has two; in 61 games nothing changes from some horizon on."""
    assert Counter(len(equilibria(number, "NM")) for number in NUMBERS) == {0: 23, 1: 54, 2: 1}
    assert Counter(again - first for first, again in map(repetition, NUMBERS)) == {1: 61, 2: 6, 4: 11}
