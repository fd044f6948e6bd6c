"""The teaching cases: verdicts that were worked out by hand, and the second statement of the definitions, agree with the program."""

from __future__ import annotations

import pytest

from detente.analysis.completions.table import completions
from detente.analysis.hypergame.views import Hypergame, holders
from detente.cases import load
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from tests.cases.teaching import NORTH_FEARED, SOUTH_FEARED, neighbours, resolve
from tests.definitions.concepts import equilibria
from tests.definitions.hypergames import holds


def stable(name: str, key: str) -> dict[str, list[int]]:
    """For each decision maker the numbers of the states where they stay."""
    space = StateSpace(load(name))
    engine = SingleEngine(space)
    return {dm.key: [space.number(state) for state in engine.stable(concept(key), dm.key).each()] for dm in space.conflict.decision_makers}


def held(name: str, key: str) -> list[int]:
    """The numbers of the states that are stable for everybody."""
    return sorted(set.intersection(*(set(states) for states in stable(name, key).values())))


# -- misread neighbours ------------------------------------------------------------------------------------------------
def hypergame(key: str, acting: dict[str, str | None] | None = None) -> list[str]:
    """The names of the equilibria of the hypergame, everybody under one concept."""
    space = StateSpace(load("misread-neighbours"))
    found = Hypergame(space, dict.fromkeys(("North", "South"), key), holders(space.conflict, acting)).holds
    names = {space.conflict.combination(named.taken): named.name for named in space.conflict.named_states}
    return [names[state] for state in found.each()]


@pytest.mark.parametrize(
    ("key", "by_hand"),
    [("Nash", ["WW"]), ("SEQ", ["HH", "WH", "HW", "WW"]), ("GMR", ["HH", "WH", "HW", "WW", "AW", "WA"])],
)
def test_what_holds_where_each_misreads_the_other(key: str, by_hand: list[str]) -> None:
    assert hypergame(key) == by_hand
    views = {"North": neighbours(south=SOUTH_FEARED), "South": neighbours(north=NORTH_FEARED)}
    numbers = holds(views, {"North": key, "South": key})
    space = StateSpace(load("misread-neighbours"))
    named = {space.number(space.conflict.combination(one.taken)): one.name for one in space.conflict.named_states}
    assert [named[number] for number in sorted(numbers)] == by_hand


@pytest.mark.parametrize(
    ("acting", "by_hand"),
    [({"North": None}, ["WH", "WW"]), ({"South": None}, ["HW", "WW"]), ({"North": None, "South": None}, ["WW"])],
)
def test_one_who_comes_to_see_it_as_the_file_writes_it_withdraws(acting: dict[str, str | None], by_hand: list[str]) -> None:
    assert hypergame("SEQ", acting) == by_hand


# -- unknown resolve ---------------------------------------------------------------------------------------------------
COMPLETIONS: tuple[list[int | list[int]], ...] = ([1, 2, 4, 3], [1, 4, 2, 3], [1, [2, 4], 3])
"""The rankings of the district that keep what is known."""


@pytest.mark.parametrize(
    ("concepts", "by_hand"),
    [
        (("Nash:a", "Nash:c"), []),
        (("Nash:b", "Nash:d", "Nash:possible"), [2]),
        (("Nash:necessary",), []),
        (("SMR:a", "SMR:c", "SMR:necessary"), [1]),
        (("SMR:b", "SMR:d", "SMR:possible"), [1, 2]),
        (tuple(f"{key}:{index}" for key in ("GMR", "SEQ") for index in "abcd"), [1, 2]),
        (("GMR:necessary", "GMR:possible"), [1, 2]),
    ],
)
def test_what_holds_where_the_district_s_resolve_is_not_known(concepts: tuple[str, ...], by_hand: list[int]) -> None:
    for key in concepts:
        assert held("unknown-resolve", key) == by_hand, key


@pytest.mark.parametrize(
    ("key", "possible", "necessary"), [("Nash", {2}, set()), ("GMR", {1, 2}, {1, 2}), ("SMR", {1, 2}, {1}), ("SEQ", {1, 2}, {2})]
)
def test_possible_and_necessary_equilibria(key: str, possible: set[int], necessary: set[int]) -> None:
    second = [equilibria(resolve(district), key) for district in COMPLETIONS]
    assert set.union(*second) == possible
    assert set.intersection(*second) == necessary
    space = StateSpace(load("unknown-resolve"))
    found = completions(space, [key])
    assert {space.number(state) for state in found.equilibria_sometimes[key].each()} == possible
    assert {space.number(state) for state in found.equilibria_always[key].each()} == necessary


# -- shared lake -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["GMR", "SMR", "SEQ"])
def test_the_town_stays_strongly_and_the_estate_weakly(key: str) -> None:
    assert stable("shared-lake", key) == stable("shared-lake", f"{key}:general") == {"Town": [1, 2, 4], "Estate": [1, 3, 4]}
    assert stable("shared-lake", f"{key}:strong") == {"Town": [1, 2, 4], "Estate": [3, 4]}
    assert held("shared-lake", f"{key}:strong") == [4]
