"""Decision diagrams give what the other engines give: each state, party and concept, and exact counts where there are more states."""

from __future__ import annotations

from functools import reduce
from random import Random

import pytest

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.engines.array import ArrayEngine
from detente.engines.symbolic import SymbolicEngine
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.models import random_conflict
from tests.conformance.seeds import fresh
from tests.symbolic.models import SHAPE, sparse

CONCEPTS = tuple(concept for concept in all_concepts() if concept.is_classical)


def hold(space: StateSpace, name: str) -> int:
    """Compare all verdicts of a space, asked as one that is not listed, with those of the array engine; how many there were."""
    reference, compared = ArrayEngine(space), 0
    with SymbolicEngine(StateSpace(space.conflict, list_up_to=0)) as engine:
        assert engine.feasible().count == space.feasible.bit_count(), name
        for concept in CONCEPTS:
            expected = {dm: reference.stable(concept, dm) for dm in space.masks}
            for dm, stable in expected.items():
                found = engine.members(concept, dm)
                assert space.set_of(*found.each()) == stable, f"{name}: {concept.key} for {dm}"
                assert found.count == stable.count, f"{name}: {concept.key} for {dm}"
                compared += space.states.count
            common: StateSet = reduce(StateSet.__and__, expected.values())
            assert tuple(engine.equilibria(concept).each()) == common.first(common.count), f"{name}: equilibria under {concept.key}"
    return compared


@pytest.mark.parametrize("seed", [0, fresh()])
def test_every_verdict_of_random_models(seed: int) -> None:
    """Statements, weights, red lines, rules, one-way options, several owners, what is not perceived: as by the array engine."""
    compared = 0
    for number in range(120):
        conflict = random_conflict(Random(f"symbolic {seed} {number}"), SHAPE)
        compared += hold(StateSpace(conflict), f"symbolic {seed} {number}")
    assert compared > 10_000


@pytest.mark.parametrize(("options", "deciders", "seed"), [(12, 3, 1), (14, 4, 2), (16, 4, 3)])
def test_every_verdict_of_larger_models(options: int, deciders: int, seed: int) -> None:
    """The same with thousands of states."""
    assert hold(StateSpace(sparse(options, deciders, 6, 3, seed)), f"{options}") > 1000


@pytest.mark.parametrize(("options", "deciders", "statements", "seed"), [(18, 4, 8, 1), (20, 3, 8, 2)])
def test_counts_of_large_listed_models(options: int, deciders: int, statements: int, seed: int) -> None:
    """Counts of up to a million states."""
    space = StateSpace(sparse(options, deciders, statements, 3, seed))
    reference = ArrayEngine(space)
    with SymbolicEngine(space) as engine:
        for concept in CONCEPTS:
            for dm in space.masks:
                assert engine.members(concept, dm).count == reference.stable(concept, dm).count, (concept.key, dm)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.key)
def test_orders_do_not_matter(concept: SolutionConcept) -> None:
    """Beyond what can be listed, two orders of options give the same counts."""
    space = StateSpace(sparse(40, 5, 6, 2, 5))
    counts = []
    for seed in (1, 77):
        with SymbolicEngine(space, seed=seed) as engine:
            counts.append([engine.members(concept, dm).count for dm in space.masks] + [engine.equilibria(concept).count])
    assert counts[0] == counts[1]
    assert max(counts[0]) > 1 << 26
