"""Counts and common traits of sets of states, against plain loops over random conflicts."""

from __future__ import annotations

import random

import pytest

from detente.analysis.overview import count_moves, crossed, in_common, preferred, worse
from detente.analysis.ranks import FEW, Ranks
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine
from detente.model.formula import Formula, Not, Taken, all_of, any_of
from detente.model.preference import Preference, Statement
from detente.model.rule import AtMostOne, Infeasible, Merged, Rule
from detente.preference.mixture import StatementsThenRanking
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace


def literal(draw: random.Random, keys: list[str]) -> Formula:
    taken = Taken(draw.choice(keys))
    return taken if draw.random() < 0.5 else Not(taken)


def conflict_of(seed: int) -> Conflict:
    """A conflict with two to three decision makers, one-way options, rules, merged states, perception and each kind of preference."""
    draw = random.Random(seed)
    parties, keys = ["A", "B", "C"][: draw.randint(2, 3)], ["o1", "o2", "o3", "o4", "o5"]
    options = tuple(Option(key, key, (parties[i * len(parties) // 5],), draw.choice(list(Direction))) for i, key in enumerate(keys))
    rules: list[Rule] = [Infeasible(all_of(literal(draw, keys), literal(draw, keys)))]
    if draw.random() < 0.3:
        rules.append(AtMostOne(tuple(draw.sample(keys, 2))))
    if draw.random() < 0.6:
        rules.append(Merged(all_of(literal(draw, keys), literal(draw, keys))))
    bare = Conflict("bare", tuple(DecisionMaker(key, key) for key in parties), options, tuple(rules))
    space = StateSpace(bare)

    def preference() -> Preference:
        statements = tuple(Statement(any_of(literal(draw, keys), literal(draw, keys))) for _ in range(3))
        states = [bare.taken(state) for state in space.states.each()]
        draw.shuffle(states)
        levels = tuple(tuple(states[i : i + 2]) for i in range(0, len(states), 2))
        kinds: list[Preference] = [
            OptionPrioritization(statements),
            OptionWeighting(tuple((key, draw.randint(-4, 4)) for key in keys)),
            StateRanking(levels),
            StatementsThenRanking(statements, levels),
        ]
        return draw.choice(kinds)

    makers = tuple(
        DecisionMaker(
            key,
            key,
            preference(),
            (RedLine(all_of(literal(draw, keys), literal(draw, keys))),) if draw.random() < 0.4 else (),
            unperceived=literal(draw, keys) if draw.random() < 0.2 else None,
        )
        for key in parties
    )
    return Conflict("random", makers, options, tuple(rules))


@pytest.mark.parametrize("seed", range(60))
def test_against_plain_loops(seed: int) -> None:
    space = StateSpace(conflict_of(seed))
    states = list(space.states.each())
    for dm in space.conflict.decision_makers:
        assert count_moves(space, dm.key) == sum(len(space.moves(dm.key, state)) for state in states)
        order = Order(space, dm.key)
        for state in states[:4]:
            assert list(preferred(space, dm.key, state).each()) == [other for other in states if order.prefers(other, state)]
            assert list(worse(space, dm.key, state).each()) == [other for other in states if order.prefers(state, other)]
    draw = random.Random(seed)
    some = draw.sample(states, min(3, len(states)))
    found = in_common(space.set_of(*some))
    members = [combination for state in some for combination in space.members(state)]
    everywhere = [combination for state in states for combination in space.members(state)]
    for k, option in enumerate(space.conflict.options):
        values, all_values = {c >> k & 1 for c in members}, {c >> k & 1 for c in everywhere}
        assert (option.key in found.taken) == (values == {1} and len(all_values) == 2)
        assert (option.key in found.not_taken) == (values == {0} and len(all_values) == 2)


def test_of_no_states_nothing_is_said() -> None:
    space = StateSpace(conflict_of(1))
    assert in_common(space.set_of()).taken == ()


def test_crossed_names_whose_red_line_it_is() -> None:
    makers = (DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)), DecisionMaker("B", "B"))
    space = StateSpace(Conflict("one", makers, (Option("x", "x", ("A",)),)))
    assert (crossed(space, 0), crossed(space, 1)) == ((), ("A",))


@pytest.mark.parametrize("options", [5, FEW.bit_length()])
def test_ranks_in_small_and_large_spaces(options: int) -> None:
    draw = random.Random(options)
    keys = [f"o{i}" for i in range(options)]
    wants = OptionPrioritization(tuple(Statement(any_of(literal(draw, keys), literal(draw, keys))) for _ in range(6)))
    space = StateSpace(Conflict("many", (DecisionMaker("A", "A", wants),), tuple(Option(key, key, ("A",)) for key in keys)))
    assert (space.states.count > FEW) == (options > 5)
    order, ranks = Order(space, "A"), Ranks(space)
    for state in space.states.sample(50, 1):
        assert ranks.of("A", state) == order.ranks[state]
    assert ranks.count("A") == max(order.ranks.values())
