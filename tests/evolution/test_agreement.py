"""Where a chain ends, worked out in five ways that know nothing of one another, for one to five decision makers.

The program's passage, in fractions and in floating point; the equations of the second statement; a linear solve of the fundamental matrix;
the chain followed for very many moves; and runs that are drawn.  A few models of each size here, many with `-m long`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from detente.analysis.evolution.graph import Choice, Graph, Moves, Weights
from detente.analysis.evolution.passage import Passage, passage
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import evolving
from tests.definitions.adapter import plain_model

SHAPE = Shape(most_options=5, most_states=14)
SHARES = (0, 1, 1, 2, 3, 7)
KINDS: tuple[tuple[Choice, Moves], ...] = (("any", "improving"), ("best", "improving"), ("any", "any"))
DOUBLINGS = 40
"""How often the matrix of a chain is squared to follow it for very many moves."""


@dataclass(frozen=True)
class Model:
    """A random conflict with a state to begin at, weights, and what the program and the second statement say of it."""

    name: str
    start: int
    weights: Weights
    found: Passage
    floating: Passage
    rows: dict[int, evolving.Row]
    ends: dict[frozenset[int], Fraction]


def models(movers: int, count: int, seed: int | str) -> Iterator[Model]:
    """So many random models with exactly so many decision makers."""
    drawn = 0
    for number in range(1_000 * count):
        name = f"{seed} {movers} {number}"
        random = Random(name)
        conflict = random_conflict(random, replace(SHAPE, most_decision_makers=movers))
        if len(conflict.decision_makers) != movers or not any(conflict.options_of(dm.key) for dm in conflict.decision_makers):
            continue
        space = StateSpace(conflict)
        choice, moves = KINDS[drawn % 3]
        graph = Graph(space, choice, moves)
        weights = {dm.key: Fraction(random.choice(SHARES)) for dm in conflict.decision_makers}
        weights[graph.movers[0]] += 1
        every = [passage(graph, state, weights) for state in space.states.each()]
        several = [found for found in every if len(found.ends) > 1]
        found = random.choice(several or every)
        start = found.start
        ends = {frozenset(map(space.number, end.states)): Fraction(end.probability) for end in found.ends}
        rows = evolving.chain(plain_model(conflict), weights, choice, moves)
        yield Model(name, space.number(start), weights, found, passage(graph, start, weights, exact=False), rows, ends)
        drawn += 1
        if drawn == count:
            return
    raise AssertionError("too few models have so many decision makers")


def matrix(model: Model) -> np.ndarray:
    """The chain as a matrix; state n is row n - 1."""
    return np.array([[float(model.rows[s][t]) for t in model.rows] for s in model.rows])


def by_fundamental_matrix(model: Model) -> tuple[dict[frozenset[int], float], float]:
    """The probabilities of ends and the expected moves, by N = (I - Q)^-1 and N R over the states that are left again."""
    classes = sorted(evolving.recurrent(model.rows), key=min)
    closed = set().union(*classes)
    if model.start in closed:
        return {states: float(model.start in states) for states in classes}, 0.0
    left = [s for s in model.rows if s not in closed]
    whole, index = matrix(model), [s - 1 for s in left]
    fundamental = np.linalg.inv(np.eye(len(left)) - whole[np.ix_(index, index)])
    visits = fundamental[left.index(model.start)]
    ends = {states: float(visits @ whole[np.ix_(index, [s - 1 for s in sorted(states)])].sum(axis=1)) for states in classes}
    return ends, float(visits.sum())


def by_very_many_moves(model: Model) -> dict[frozenset[int], float]:
    """With which probability the chain is in each recurrent class after 2 to the power of `DOUBLINGS` moves."""
    power = matrix(model)
    for _ in range(DOUBLINGS):
        power = power @ power
        power /= power.sum(axis=1, keepdims=True)
    stands = power[model.start - 1]
    return {states: float(sum(stands[s - 1] for s in states)) for states in evolving.recurrent(model.rows)}


def agree(model: Model) -> None:
    """Fail unless all ways but the drawn runs give the same."""
    classes = evolving.recurrent(model.rows)
    second = {states: evolving.hitting(model.rows, states)[model.start] for states in classes}
    assert model.ends == {states: value for states, value in second.items() if value}, model.name
    assert model.found.moves == evolving.expected_moves(model.rows, frozenset().union(*classes))[model.start], model.name
    fundamental, moves = by_fundamental_matrix(model)
    many = by_very_many_moves(model)
    floating = {end.states: float(end.probability) for end in model.floating.ends}
    assert moves == pytest.approx(float(model.found.moves), rel=1e-8), model.name
    assert float(model.floating.moves) == pytest.approx(float(model.found.moves), rel=1e-8), model.name
    assert floating == pytest.approx({end.states: float(end.probability) for end in model.found.ends}, abs=1e-9), model.name
    for states in classes:
        exact = float(model.ends.get(states, 0))
        assert fundamental[states] == pytest.approx(exact, abs=1e-9), model.name
        assert many[states] == pytest.approx(exact, abs=1e-7), model.name


def drawn_runs(model: Model, runs: int) -> None:
    """Fail if runs that are drawn end elsewhere than the probabilities say, by more than six standard deviations."""
    random, rows = Random(model.name), evolving.drawable(model.rows)
    stands = Counter(evolving.simulated(rows, model.start, random, 400) for _ in range(runs))
    for states, probability in model.ends.items():
        counted, share = sum(stands[state] for state in states), float(probability)
        assert abs(counted - runs * share) <= 6 * (runs * share * (1 - share)) ** 0.5 + 1, model.name


@pytest.mark.parametrize("movers", range(1, 6))
def test_five_ways_to_find_where_a_chain_ends_agree(movers: int) -> None:
    for model in models(movers, 6, f"{fresh()} few"):
        agree(model)


def test_what_is_said_of_other_weights_does_not_agree() -> None:
    """The comparison can fail: what holds of one weighting does not hold of another where the ends hang on it."""
    refused = 0
    for model in models(3, 30, FIXED):
        if len(model.ends) < 2:
            continue
        first, second, *_ = model.ends
        moved = min(model.ends[first], Fraction(1, 50))
        wrong = replace(model, ends={**model.ends, first: model.ends[first] - moved, second: model.ends[second] + moved})
        with pytest.raises(AssertionError):
            agree(wrong)
        refused += 1
        if model.ends[first] > Fraction(1, 5):
            with pytest.raises(AssertionError):
                drawn_runs(replace(model, ends={**model.ends, first: model.ends[first] / 2}), 1_000)
    assert refused >= 2


@pytest.mark.long
@pytest.mark.parametrize("movers", range(1, 6))
def test_five_ways_agree_on_many_models(movers: int) -> None:
    several = 0
    for model in models(movers, 240, f"{fresh()} many"):
        agree(model)
        if len(model.ends) > 1:
            several += 1
            if float(model.found.moves) < 50:
                drawn_runs(model, 3_000)
    assert several >= 5
