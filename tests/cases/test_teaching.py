"""The teaching cases: verdicts that were worked out by hand, and the second statement of the definitions, agree with the program."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from detente.analysis.completions.table import completions
from detente.analysis.evolution.found import evolve
from detente.analysis.hypergame.views import Hypergame, holders
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.hanging import hanging
from detente.analysis.sweep.information import information
from detente.analysis.sweep.matter import idle
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept
from detente.cases import load
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from tests.cases.teaching import NORTH_FEARED, SOUTH_FEARED, markets, neighbours, quarry, resolve
from tests.definitions import evolving
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


# -- half-known objection ----------------------------------------------------------------------------------------------
OBJECTS, MINDS, WITHDRAWN = "whether the village would object", "what the quarry minds", "whether an objection can be withdrawn"
OPEN, AGAINST = "the face is open", "open against an objection"
BY_HAND = [
    ("Nash", None, 0),
    ("GMR", None, 8),
    ("SMR", None, 8),
    ("SEQ", None, 4),
    ("SSEQ", None, 4),
    ("SEQ", OPEN, 6),
    ("SEQ", AGAINST, 6),
]
"""A concept, a named state (None: the status quo), and in how many of the 12 completions it holds, counted by hand."""


def swept(subject: Subject) -> Swept:
    """A conclusion over all completions of the quarry and the village."""
    return sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [subject])


@pytest.mark.parametrize(("key", "state", "by_hand"), BY_HAND)
def test_in_how_many_completions_a_state_holds_beside_the_quarry(key: str, state: str | None, by_hand: int) -> None:
    (tally,) = swept(Subject("holds", concept=key, state=state)).tallies
    assert tally.counts == {value: count for value, count in ((True, by_hand), (False, 12 - by_hand)) if count}
    assert tally.is_exact
    assert tally.covered == 12
    number = {None: 1, OPEN: 2, AGAINST: 4}[state]
    minds = (("not", "Object"), ("not", ("and", "Object", "Open")), None)
    models = [quarry(what, objects=objects, for_good=stays) for objects, what, stays in product((True, False), minds, (False, True))]
    assert sum(number in equilibria(model, key) for model in models) == by_hand


def test_on_what_it_hangs_that_the_quarry_holds_still() -> None:
    everything = swept(Subject("holds", concept="SEQ"))
    (tally,) = everything.tallies
    found = hanging(everything, tally)
    assert found.value is True
    assert set(found.breaking) == {(OBJECTS,), (MINDS,)}
    assert [set(guesses) for guesses in found.sufficient] == [{OBJECTS, MINDS}]
    assert idle(tally).keys == (WITHDRAWN,)


def test_what_is_worth_finding_out_beside_the_quarry() -> None:
    """Unasked, "it does not hold" is right in 8 of 12; asked whether the village would object, in 10; asked both, in all."""
    found = information(swept(Subject("holds", concept="SEQ")))
    assert [worth.before for worth in found.together] == pytest.approx([2 / 3] * 3)
    after = {worth.guesses: worth.after for worth in found.together}
    assert after == pytest.approx({(OBJECTS,): 5 / 6, (MINDS,): 2 / 3, (WITHDRAWN,): 2 / 3})
    assert found.best is not None
    assert found.best.guesses == (OBJECTS,)
    assert found.best_two is not None
    assert set(found.best_two.guesses) == {OBJECTS, MINDS}
    assert found.best_two.after == pytest.approx(1)


def test_an_objection_that_can_not_be_withdrawn_helps_the_open_face_to_hold() -> None:
    (tally,) = swept(Subject("holds", concept="SEQ", state=AGAINST)).tallies
    assert [tally.spread.shares({WITHDRAWN: way})[True] for way in (0, 1)] == [Fraction(1, 3), Fraction(2, 3)]
    assert [tally.spread.shares({MINDS: way}).get(True, 0) for way in range(3)] == [Fraction(3, 4), 0, Fraction(3, 4)]


# -- market days -------------------------------------------------------------------------------------------------------
STATED = {5: Fraction(1, 3), 7: Fraction(1, 3), 6: Fraction(1, 6), 8: Fraction(1, 6)}
"""With which probability each state is the end, with the weights of the file; worked out by hand."""
EVEN = {5: Fraction(8, 15), 7: Fraction(4, 15), 8: Fraction(2, 15), 6: Fraction(1, 15)}
"""The same with equal weights."""


def test_where_the_days_are_settled() -> None:
    space = StateSpace(load("market-days"))
    movers, start = space.conflict.movers, space.status_quo
    assert movers is not None
    assert start is not None
    found = evolve(space, start, dict(movers.weights), "stated")
    stated, even, best = ({space.number(*end.states): end.probability for end in reading.passage.ends} for reading in found.readings)
    assert (stated, even, best) == (STATED, EVEN, STATED)
    assert [reading.passage.moves for reading in found.readings] == [Fraction(7, 2), 2, Fraction(7, 2)]
    visits = {space.number(state): count for state, count in found.readings[0].passage.visits.items()}
    assert visits == {1: Fraction(4, 3), 3: 1, 4: Fraction(2, 3), 2: Fraction(1, 2)}
    likeliest = {space.number(*one.states): [space.number(step.to) for step in one.way.steps] for one in found.scenarios if one.way}
    assert likeliest == {5: [5], 7: [3, 7], 8: [3, 4, 8], 6: [3, 4, 2, 6]}


@pytest.mark.parametrize(("weights", "ends", "moves"), [((2, 3, 1), STATED, Fraction(7, 2)), ((1, 1, 1), EVEN, Fraction(2))])
def test_the_second_statement_settles_the_days_alike(weights: tuple[int, int, int], ends: dict[int, Fraction], moves: Fraction) -> None:
    rows = evolving.chain(markets(), dict(zip(("Hill", "Valley", "County"), map(Fraction, weights), strict=True)))
    assert evolving.recurrent(rows) == {frozenset({state}) for state in ends}
    assert {state: evolving.hitting(rows, frozenset({state}))[1] for state in ends} == ends
    assert evolving.expected_moves(rows, frozenset(ends))[1] == moves
