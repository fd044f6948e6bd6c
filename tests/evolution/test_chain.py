"""Chains of moves: what the program works out equals the second statement, a long simulation, and what must hold of any chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from detente.analysis.evolution import passage as passages
from detente.analysis.evolution.balance import unbalanced
from detente.analysis.evolution.classes import components
from detente.analysis.evolution.found import evolve
from detente.analysis.evolution.graph import Choice, Graph, Moves, Weights, equal
from detente.analysis.evolution.passage import Column, End, Passage, passage
from detente.analysis.evolution.rounds import rounds, ways
from detente.analysis.evolution.swept import fineness, swept, weightings
from detente.analysis.stability import analyse
from detente.cases import load
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.explain.evolution import evolution_account
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from detente.testing.transform import shuffled
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import evolving
from tests.definitions.adapter import plain_model

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, shared=0.0)
MODELS = 60
SHARES = (0, 1, 1, 2, 5)


def drawn(random: Random, count: int, shape: Shape = SHAPE) -> Iterator[tuple[Conflict, StateSpace, int, Weights]]:
    """Random conflicts with a state to begin at and weights, of which one or more may be 0."""
    for _ in range(count):
        conflict = random_conflict(random, shape)
        space = StateSpace(conflict)
        weights = {dm.key: Fraction(random.choice(SHARES)) for dm in conflict.decision_makers}
        weights[conflict.decision_makers[0].key] += 1
        states, graph = list(space.states.each()), Graph(space)
        lively = [state for state in states if len(graph.targets(state)) > 1]
        yield conflict, space, random.choice(lively or states), weights


def numbered(space: StateSpace, found: Passage) -> dict[frozenset[int], Fraction]:
    """The ends by the numbers of their states."""
    return {frozenset(map(space.number, end.states)): Fraction(end.probability) for end in found.ends}


@pytest.mark.parametrize("seed", [FIXED, None])
@pytest.mark.parametrize(("choice", "moves"), [("any", "improving"), ("best", "improving"), ("any", "any")])
def test_ends_moves_and_rounds_are_those_of_the_second_statement(choice: Choice, moves: Moves, seed: int | None) -> None:
    random = Random(f"{seed or fresh()} {choice} {moves}")
    several = 0
    for conflict, space, start, weights in drawn(random, MODELS // 2):
        graph = Graph(space, choice, moves)
        found = passage(graph, start, weights)
        rows = evolving.chain(plain_model(conflict), weights, choice, moves)
        likeliest = evolving.chain(plain_model(conflict), weights, choice, moves, of_one=True)
        begin = space.number(start)
        classes = evolving.recurrent(rows)
        expected = {states: evolving.hitting(rows, states)[begin] for states in classes}
        assert numbered(space, found) == {states: value for states, value in expected.items() if value}
        assert found.moves == evolving.expected_moves(rows, frozenset[int]().union(*classes))[begin]
        assert unbalanced(space, found, weights, choice, moves) is None
        several += len(found.ends) > 1
        for one in rounds(graph, start, weights, 3):
            stands = evolving.after(rows, begin, one.moves)
            assert {space.number(state): share for state, share in one.states} == {s: share for s, share in stands.items() if share}
        found_ways = ways(graph, start, weights, [frozenset(end.states) for end in found.ends])
        for end, way in zip(found.ends, found_ways, strict=True):
            assert way is not None
            goal = frozenset(map(space.number, end.states))
            assert way.probability == evolving.most_probable(likeliest, begin, goal)
            assert (way.steps[-1].to if way.steps else start) in end.states
    assert seed is None or moves == "any" or several >= 2


def test_a_long_simulation_arrives_where_the_probabilities_say() -> None:
    random = Random(FIXED)
    looked = 0
    while looked < 3:
        for conflict, space, start, weights in drawn(random, 1):
            found = passage(Graph(space), start, weights)
            if len(found.ends) < 2 or len(found.visits) < 2:
                continue
            looked += 1
            rows = evolving.drawable(evolving.chain(plain_model(conflict), weights))
            runs = 2_000
            stands = Counter(evolving.simulated(rows, space.number(start), random, 200) for _ in range(runs))
            for states, probability in numbered(space, found).items():
                counted = sum(stands[state] for state in states)
                spread = (runs * float(probability) * (1 - float(probability))) ** 0.5
                assert abs(counted - runs * probability) <= 5 * spread + 1
    assert looked == 3


def test_floating_point_gives_what_fractions_give() -> None:
    random, cycles = Random(FIXED), 0
    for _, space, start, weights in drawn(random, MODELS):
        graph = Graph(space, "any", random.choice(["improving", "any"]))
        exact, solved = passage(graph, start, weights), passage(graph, start, weights, exact=False)
        assert exact.residual is None
        assert solved.residual is not None
        assert solved.residual < 1e-12
        assert {end.states for end in exact.ends} == {end.states for end in solved.ends}
        assert all(abs(float(end.probability) - float(solved.at(end.states))) < 1e-9 for end in exact.ends)
        assert abs(float(exact.moves) - float(solved.moves)) < 1e-7
        assert unbalanced(space, solved, weights, "any", graph.moves) is None
        cycles += any(len(members) > 1 and members[0] in exact.visits for members in _components(graph, exact))
    assert cycles >= 5


def _components(graph: Graph, found: Passage) -> list[tuple[int, ...]]:
    states = [*found.visits, *(state for end in found.ends for state in end.states)]
    return components({state: sorted({to for each in graph.targets(state).values() for to in each} & set(states)) for state in states})


def test_the_absorbing_states_of_improvements_are_the_nash_equilibria() -> None:
    random = Random(fresh())
    for _, space, _, _ in drawn(random, MODELS):
        graph = Graph(space)
        nash = analyse(space, [concept("Nash")], SingleEngine(space)).equilibria("Nash")
        left = {state for state in space.states.each() if not graph.targets(state)}
        assert left == set(nash.each())


def test_other_names_and_another_order_change_nothing() -> None:
    random = Random(fresh())
    for conflict, space, start, weights in drawn(random, MODELS // 2, SHAPE.composing):
        way = shuffled(conflict, random)
        there = StateSpace(way.conflict)
        moved = way.states(space, there)
        same = {way.decision_makers[dm]: weight for dm, weight in weights.items()}
        before, after = passage(Graph(space), start, weights), passage(Graph(there), moved[start], same)
        assert {frozenset(moved[state] for state in end.states): end.probability for end in before.ends} == {
            frozenset(end.states): end.probability for end in after.ends
        }
        assert before.moves == after.moves


def test_probabilities_are_one_together_and_only_proportions_of_weights_count() -> None:
    random = Random(fresh())
    for _, space, start, weights in drawn(random, MODELS):
        graph = Graph(space)
        found = passage(graph, start, weights)
        assert sum(end.probability for end in found.ends) == 1
        assert passage(graph, start, {dm: 7 * weight for dm, weight in weights.items()}) == found
        for one in rounds(graph, start, weights, 4):
            assert sum(share for _, share in one.states) == 1
        settled = [one.settled for one in rounds(graph, start, weights, 4)]
        assert settled == sorted(settled)


def test_a_sweep_holds_every_weighting_of_its_grid_and_only_those() -> None:
    random, several = Random(FIXED), 0
    for _, space, start, _ in drawn(random, MODELS):
        graph = Graph(space)
        even = passage(graph, start, equal(graph.movers))
        found = swept(graph, [start], parts=5)
        if found is None:
            assert len({dm for state in even.visits for dm in graph.targets(state)}) < 2
            continue
        (over,) = found
        each = [passage(graph, start, weights) for weights in weightings(over.movers, over.parts)]
        assert over.count == len(each)
        for end in even.ends:
            values = [float(one.at(end.states)) for one in each]
            assert over.least[end.states] == pytest.approx(min(values))
            assert over.greatest[end.states] == pytest.approx(max(values))
        several += over.least != over.greatest
    assert several >= 3


@pytest.mark.parametrize("most", [330, 60, 7, 1])
def test_a_grid_gives_everybody_a_part_and_is_not_too_long(most: int) -> None:
    for movers in range(2, 13):
        parts, lot = fineness(movers, most)
        every = list(weightings([str(i) for i in range(movers)], parts, lot))
        assert len(every) <= max(most, movers)
        assert len({tuple(one.values()) for one in every}) == len(every) > 1
        assert all(sum(one.values()) == parts and all((weight - 1) % lot == 0 for weight in one.values()) for one in every)
        assert max(max(one.values()) for one in every) == parts - movers + 1


@pytest.mark.parametrize("side", [4_000_000, 1])
def test_a_sweep_from_several_states_is_that_from_each(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the weightings are worked out in parts; and with fewer of them where they take long."""
    monkeypatch.setattr("detente.analysis.evolution.swept.MAX_SIDE", side)
    graph = Graph(StateSpace(load("north-korea-2017")))
    starts = list(graph.space.states.each())
    together = swept(graph, starts)
    assert together is not None
    for start, found in zip(starts, together, strict=True):
        each = [passage(graph, start, weights) for weights in weightings(found.movers, found.parts)]
        assert found.count == len(each) == 11
        assert set(found.least) == {end.states for one in each for end in one.ends}
        for states, least in found.least.items():
            values = [float(one.at(states)) for one in each]
            assert [least, found.greatest[states]] == pytest.approx([min(values), max(values)])
        moves = sorted(float(one.moves) for one in each)
        assert list(found.moves) == pytest.approx([moves[0], moves[-1]])
    monkeypatch.setattr("detente.analysis.evolution.swept.MAX_WORK", 1)
    coarse = swept(graph, starts)
    assert coarse is not None
    assert {(one.parts, one.lot, one.count) for one in coarse} == {(12, 10, 2)}


def test_the_first_passage_of_states_is_the_chain_stopped_there() -> None:
    random, certain = Random(FIXED), 0
    for conflict, space, start, weights in drawn(random, MODELS // 2):
        goal = space.set_of(*random.sample(list(space.states.each()), 2)) if space.states.count > 1 else space.states
        (asked,) = evolve(space, start, weights, "given", goals=[list(goal.each())], most=3).passages
        rows = evolving.chain(plain_model(conflict), weights)
        begin, numbers = space.number(start), frozenset(map(space.number, goal.each()))
        assert asked.probability == evolving.hitting(rows, numbers)[begin]
        stopped = {s: {t: Fraction(int(s == t)) for t in rows} if s in numbers else row for s, row in rows.items()}
        for moves, share in enumerate(asked.within, start=1):
            assert share == sum(evolving.after(stopped, begin, moves)[s] for s in numbers)
        if asked.probability == 1:
            certain += 1
            until = frozenset(s for s in rows if evolving.hitting(rows, numbers)[s] < 1) | numbers
            assert asked.moves == evolving.expected_moves(rows, until)[begin]
    assert certain >= 3


def test_who_begins_where_nobody_gains_stays_and_concessions_say_what_if() -> None:
    space = StateSpace(load("north-korea-2017"))
    now = space.state(1)
    found = evolve(space, now)
    assert found.stays
    assert found.concessions is not None
    assert {(one.by, space.number(one.to)) for one in found.concessions} == {("US", 2), ("US", 3), ("NK", 4), ("NK", 7), ("NK", 10)}
    alone = {(one.by, space.number(one.to)): one.passage.at((now,)) for one in found.concessions}
    assert (alone["US", 2], alone["NK", 4], alone["NK", 7]) == (0, Fraction(1, 2), Fraction(3, 4))
    for one in found.concessions:
        assert one.passage == passage(Graph(space), one.to, equal(Graph(space).movers))


def damaged(found: Passage, random: Random) -> Iterator[tuple[str, Passage]]:
    """What is said of a chain, each time with something changed."""
    first, *rest = found.ends
    yield "an end less likely", replace(found, ends=(End(first.states, first.probability / 2), *rest))
    yield "no such end", replace(found, ends=tuple(rest))
    yield "a start of its own", replace(found, ends=(End((first.states[0] ^ 1,), first.probability), *rest))
    if found.visits:
        state = random.choice(list(found.visits))
        yield "more visits", replace(found, visits={**found.visits, state: found.visits[state] + 1})
        yield "fewer visits", replace(found, visits={**found.visits, state: -found.visits[state]})
        yield "no visit", replace(found, visits={other: count for other, count in found.visits.items() if other != state})
        yield "a state that is left as an end", replace(found, ends=(*found.ends, End((state,), Fraction(0))))
        kept = {other: count for other, count in found.visits.items() if other != state}
        yield "it ends on the way", replace(found, visits=kept, ends=(*found.ends, End((state,), found.visits[state])))
    states = {first.states[0], *found.visits}
    other = next((end for end in rest if end.states[0] not in states), None)
    if other is not None:
        yield "two ends in one", replace(found, ends=(End((*first.states, *other.states), first.probability), *rest))


@pytest.mark.parametrize("exact", [True, False])
def test_what_does_not_balance_is_refused(exact: bool) -> None:
    random, refused = Random(FIXED), Counter[str]()
    for _, space, start, weights in drawn(random, MODELS):
        found = passage(Graph(space), start, weights, exact=exact)
        for what, wrong in damaged(found, random):
            assert unbalanced(space, wrong, weights) is not None, (what, found, wrong)
            refused[what] += 1
    assert len(refused) == 9, refused
    assert min(refused.values()) >= 2, refused


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("cuban-missile-crisis-irreversible"))
    graph = Graph(space, moves="any")
    assert space.status_quo is not None
    monkeypatch.setattr(passages, "MAX_CYCLE", 1)
    with pytest.raises(LimitError, match="S360"):
        passage(
            Graph(StateSpace(load("north-korea-2017")), moves="any"), StateSpace(load("north-korea-2017")).state(1), equal(["US", "NK"])
        )
    lively = Graph(StateSpace(load("north-korea-2017")), moves="any")
    lively.allow(5)
    with pytest.raises(LimitError, match="too many moves"):
        lively.reached([lively.space.state(1)], frozenset(lively.movers))
    monkeypatch.setattr("detente.analysis.evolution.graph.MAX_STATES", 3)
    with pytest.raises(LimitError, match="S360"):
        passage(graph, space.status_quo, equal(graph.movers))


def test_a_round_trip_of_improvements_is_an_end_of_several_states() -> None:
    space = StateSpace(load("cuban-missile-crisis"))
    assert space.status_quo is not None
    (end,) = passage(Graph(space), space.status_quo, equal(Graph(space).movers)).ends
    assert len(end.states) == 8
    assert end.probability == 1


def test_columns_side_by_side_are_those_alone() -> None:
    space = StateSpace(load("cuban-missile-crisis-irreversible"))
    graph = Graph(space)
    columns = [
        Column(state, {"USA": Fraction(a), "USSR": Fraction(b)}) for state in space.states.each() for a, b in ((1, 1), (1, 0), (2, 3))
    ]
    columns = [Column(one.start, dict(zip(graph.movers, one.weights.values(), strict=True))) for one in columns]
    together = passages.passages(graph, columns, exact=False)
    for column, found in zip(columns, together, strict=True):
        alone = passage(graph, column.start, column.weights)
        assert {end.states for end in alone.ends} == {end.states for end in found.ends}
        assert np.allclose([float(alone.at(end.states)) for end in found.ends], [float(end.probability) for end in found.ends])


def test_fewer_weights_are_tried_where_many_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("chicken"))
    monkeypatch.setattr("detente.analysis.evolution.swept.MAX_WORK", 600)
    found = evolve(space, space.state(1))
    assert found.swept is not None
    assert (found.swept.count, found.swept.lot) == (6, 2)
    assert "in 12 equal parts, one for each and the others in lots of 2; other weights were not tried" in " ".join(
        evolution_account(found).text().split()
    )


def test_a_space_that_is_not_listed_goes_on_as_one_that_is() -> None:
    """Numbers of states differ, combinations do not; with stated weights, of which one may be 0."""
    random, several = Random(FIXED), 0
    for conflict, space, start, weights in drawn(random, MODELS // 2, replace(SHAPE, merged=0, kinds=("prefers", "weights"))):
        bare = StateSpace(conflict, list_up_to=0)
        found, again = evolve(space, start, weights, "given"), evolve(bare, start, weights, "given")
        assert [reading.passage for reading in found.readings] == [reading.passage for reading in again.readings]
        assert found.scenarios == again.scenarios
        assert found.swept == again.swept
        assert found.concessions == again.concessions
        assert evolution_account(again).verdict.states == evolution_account(found).verdict.states
        several += len(found.scenarios) > 1
    assert several >= 3


def test_of_many_first_moves_those_of_the_fewest_options_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("north-korea-2017"))
    monkeypatch.setattr("detente.analysis.evolution.found.MAX_CONCESSIONS", 4)
    found = evolve(space, space.state(1))
    assert found.concessions is not None
    assert sorted(space.number(one.to) for one in found.concessions) == [2, 3, 4, 7]
    assert found.first_moves == 5
    text = " ".join(evolution_account(found).text().split())
    assert "Of the 5 first moves those that change the fewest options were followed, 4 in all." in text
    monkeypatch.setattr("detente.analysis.evolution.found.MAX_CONCESSIONS", 1)
    assert evolve(space, space.state(1)).concessions is None
    monkeypatch.setattr("detente.analysis.evolution.found.MAX_CONCESSIONS", 4)
    monkeypatch.setattr("detente.analysis.evolution.found.MAX_FIRST_LOOKED", 0)
    assert "is too much to follow" in evolution_account(evolve(space, space.state(1))).text().replace("\n", " ")
