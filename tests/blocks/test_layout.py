"""Places: each feasible combination has one, and they ascend together; groups cost what their rules leave."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from detente.engines.blocks.cuts import Reach, cut_for
from detente.engines.blocks.layout import Layout
from detente.engines.blocks.rows import Condition, Kept
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.evaluate import evaluator
from detente.model.rule import AtMostOne, ExactlyOne, Rule
from detente.space.states import StateSpace
from detente.testing.models import random_formula
from tests.blocks.models import grouped
from tests.conformance.seeds import fresh


@pytest.mark.parametrize(("rule", "count", "size"), [(ExactlyOne, 5, 5), (AtMostOne, 4, 5), (ExactlyOne, 12, 12), (ExactlyOne, 1, 1)])
def test_a_group_costs_what_its_rule_leaves(rule: type[ExactlyOne] | type[AtMostOne], count: int, size: int) -> None:
    keys = [f"x{k}" for k in range(count)]
    options = tuple(Option(key, key, ("A",)) for key in keys)
    made: Rule = rule(tuple(keys))
    layout = Layout(Conflict("one", (DecisionMaker("A", "A"),), options, (made,)), mixed=True)
    assert layout.size == size
    assert layout.rules == ()


def test_many_groups_make_a_large_model_small() -> None:
    """Sixty-five options, of which one of each five is taken: 5**13 places instead of 2**65."""
    options = tuple(Option(f"x{k}", f"x{k}", ("AB"[k >= 30],)) for k in range(65))
    rules = tuple(ExactlyOne(tuple(f"x{5 * k + j}" for j in range(5))) for k in range(13))
    layout = Layout(Conflict("many", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options, rules))
    assert layout.size == 5**13
    assert layout.is_mixed
    for place in (0, 1, 5**12 + 3, 5**13 - 1):
        assert layout.place(layout.combination(place)) == place
    assert layout.place(0) is None


@pytest.mark.parametrize("mixed", [True, False])
def test_places_ascend_with_combinations(mixed: bool) -> None:
    for seed in range(60):
        conflict = grouped(Random(fresh() + seed), 4, 9)
        layout, space = Layout(conflict, 8, mixed), StateSpace(conflict)
        combinations = [layout.combination(place) for place in range(layout.size)]
        assert combinations == sorted(set(combinations))
        assert [layout.place(c) for c in combinations] == list(range(layout.size))
        assert {c for c in combinations if space.is_feasible(c)} == set(space.states.each())
        outside = set(range(conflict.combinations)) - set(combinations)
        assert all(layout.place(c) is None for c in outside)
        assert layout.place(conflict.combinations) is None


def test_conditions_hold_where_they_hold() -> None:
    rng = Random(fresh())
    for _ in range(60):
        conflict = grouped(rng, 4, 9)
        layout = Layout(conflict, rng.choice((1, 4, 32)), mixed=rng.random() < 0.5)
        formula, kept = random_formula(rng, [option.key for option in conflict.options], 3), Kept(rng.choice((10, 1 << 20)))
        condition, holds_at = Condition(layout, formula, kept), evaluator(formula, conflict.option_index)
        for run in range(layout.runs):
            found = np.broadcast_to(condition(layout.high(run)), layout.run)
            expected = [bool(holds_at(layout.combination(run * layout.run + within))) for within in range(layout.run)]
            assert found.tolist() == expected


def test_blocks_hold_all_that_a_decision_maker_can_bring_about() -> None:
    rng = Random(fresh())
    for _ in range(40):
        conflict = grouped(rng, 4, 7)
        space, layout = StateSpace(conflict), Layout(conflict, rng.choice((1, 4, 32)), mixed=rng.random() < 0.5)
        reaches = [Reach(space, layout, dm) for dm in space.masks if layout.own(dm)]
        for reach in reaches:
            cut = cut_for(layout, reach, rng.choice((1, 16, 200)), reaches)
            seen: list[int] = []
            for block in cut.blocks():
                places = {block.start + row * block.stride + k for row in range(block.count) for k in range(block.length)}
                seen.extend(places)
                for dm in cut.movers:
                    rest = ~space.masks[dm]
                    groups = {layout.combination(place) & rest for place in places}
                    assert all((layout.combination(p) & rest not in groups) or p in places for p in range(layout.size))
            assert sorted(seen) == list(range(layout.size))
