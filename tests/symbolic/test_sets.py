"""Sets as diagrams do what sets as bits do."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.engines.symbolic.forest import EVERYTHING, Forest
from detente.engines.symbolic.sets import DiagramSet
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Taken
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.models import random_formula

OPTIONS = 7


def space_of(options: int) -> StateSpace:
    """A space in which everything is feasible."""
    made = tuple(Option(f"o{number}", "", ("A",)) for number in range(options))
    return StateSpace(Conflict("plain", (DecisionMaker("A", "A"),), made))


def pair(rng: Random, space: StateSpace, forest: Forest) -> tuple[DiagramSet, StateSet]:
    """A random set in both forms."""
    formula = random_formula(rng, [option.key for option in space.conflict.options], 4)
    return DiagramSet(space, forest, EVERYTHING).where(formula), space.where(formula)


@pytest.mark.parametrize("seed", range(60))
def test_as_sets_of_bits(seed: int) -> None:
    """Counted, listed, searched and combined alike, whatever the order."""
    rng, space = Random(seed), space_of(OPTIONS)
    forest = Forest(rng.sample(range(OPTIONS), OPTIONS))
    (one, bits), (other, more) = pair(rng, space, forest), pair(rng, space, forest)
    for found, expected in ((one, bits), (one & other, bits & more), (one | other, bits | more), (one - other, bits - more)):
        assert tuple(found.each()) == tuple(expected.each())
        assert (found.count, bool(found), found.first(3)) == (expected.count, bool(expected), expected.first(3))
        assert all(found.contains(state) == expected.contains(state) for state in range(1 << OPTIONS))
        assert not found.contains(1 << OPTIONS)
        for n in (1, 5, 100, 1000):
            sample = found.sample(n, seed)
            assert sample == tuple(sorted(set(sample)))
            assert len(sample) == min(n, found.count)
            assert all(map(expected.contains, sample))
    assert one & other == other & one
    assert (one - other) | (one & other) == one


def test_samples_are_uniform() -> None:
    """Each member of a set is drawn about as often as any other."""
    space = space_of(OPTIONS)
    some = DiagramSet(space, Forest((3, 1, 0, 2, 6, 5, 4)), EVERYTHING).where(random_formula(Random(8), ["o0", "o3", "o5"], 3))
    assert 20 < some.count < 100
    drawn = Counter(state for seed in range(4000) for state in some.sample(2, seed))
    expected = 8000 / some.count
    assert set(drawn) == set(some.each())
    assert all(0.6 * expected < times < 1.5 * expected for times in drawn.values())


@pytest.mark.parametrize("seed", range(20))
def test_folding_sees_every_option_once(seed: int) -> None:
    """A fold counts members by the number of options taken, as looking at each member does."""
    rng, space = Random(seed), space_of(OPTIONS)
    some, bits = pair(rng, space, Forest(rng.sample(range(OPTIONS), OPTIONS)))

    def later(counts: Counter[int]) -> Counter[int]:
        return Counter({taken + 1: count for taken, count in counts.items()})

    found = some.fold(Counter(), Counter({0: 1}), lambda place, off, on: off + later(on), lambda place, below: below + later(below))
    assert found == Counter(state.bit_count() for state in bits.each())


@pytest.mark.parametrize("seed", range(20))
def test_tables_of_another_order(seed: int) -> None:
    """A table that was made in another order gives the same set."""
    rng, space = Random(seed), space_of(OPTIONS)
    one = Forest(rng.sample(range(OPTIONS), OPTIONS))
    some, bits = pair(rng, space, one)
    for order in (one.order, tuple(range(OPTIONS))):
        other = Forest(order)
        same = DiagramSet(space, other, other.add(one.table(some.root)))
        assert tuple(same.each()) == tuple(bits.each())
        assert same == some
        assert not same - some


def test_large_sets_are_not_listed() -> None:
    """A set of 2**299 states is counted, sampled and searched at once, and deep diagrams need no deep calls."""
    space = StateSpace(space_of(1500).conflict)
    forest = Forest(range(1500))
    some = DiagramSet(space, forest, EVERYTHING).where(Taken("o1499"))
    for place in range(0, 1500, 2):
        some = some.where(Taken(f"o{place}"))
    assert some.count == 1 << 749
    assert some.first(2) == (first := sum(1 << place for place in range(0, 1500, 2)) | 1 << 1499, first | 2)
    assert all(map(some.contains, some.sample(3, 1)))


def test_sets_of_different_spaces_are_not_combined() -> None:
    """They have no options in common."""
    with pytest.raises(ValueError, match="one space"):
        DiagramSet(space_of(2), Forest((0, 1)), 1) & DiagramSet(space_of(3), Forest((0, 1, 2)), 1)
