"""Sets with a bit for each place do what sets of listed states do."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from detente.engines.blocks import BlocksEngine, bitmap
from detente.engines.blocks.bitmap import BitmapSet, listed
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.models import random_formula
from tests.blocks.models import CONCEPTS, grouped, worker
from tests.conformance.seeds import fresh


def test_every_operation_equals_that_of_listed_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bitmap, "PIECE", 2)
    monkeypatch.setattr(BitmapSet, "width", 16)
    rng = Random(fresh())
    for _ in range(60):
        conflict = grouped(rng, 5, 9)
        space = StateSpace(conflict)
        with worker(space, tmp_path, run=rng.choice((1, 4, 32)), most=16, on_disk=False, mixed=rng.random() < 0.6) as made:
            one, other = made.part(CONCEPTS[0], "A"), made.part(CONCEPTS[3], "B")
            held: Members = one  # satisfies the protocol
            assert held.space is space
            a, b = StateSet(space, listed(one)), StateSet(space, listed(other))
            formula = random_formula(rng, [option.key for option in conflict.options])
            for got, expected in (
                (one, a),
                (one & other, a & b),
                (one | other, a | b),
                (one - other, a - b),
                (one.where(formula), a.where(formula)),
            ):
                same(got, expected, rng)


def same(got: BitmapSet, expected: StateSet, rng: Random) -> None:
    states = expected.first(expected.count)
    assert got.count == expected.count
    assert bool(got) is bool(expected)
    assert got.first(3) == states[:3]
    assert tuple(got.each()) == states
    seed = rng.randrange(100)
    drawn = got.sample(3, seed)
    assert drawn == got.sample(3, seed)
    assert len(drawn) == min(3, expected.count)
    assert drawn == tuple(sorted(set(drawn) & set(states)))
    for combination in range(-1, expected.space.conflict.combinations + 1):
        assert got.contains(combination) is (combination >= 0 and expected.contains(combination))
    found = 0
    for first, bits in got.blocks():
        assert first % got.width == 0
        assert 0 < bits < 1 << got.width
        found |= bits << first
    assert found == expected.bits


def test_samples_reach_every_member(tmp_path: Path) -> None:
    space = StateSpace(grouped(Random(11), 8, 8))
    with worker(space, tmp_path, run=4, most=16, on_disk=False, mixed=True) as made:
        states = made.states()
        drawn = {state for seed in range(400) for state in states.sample(3, seed)}
    assert drawn == set(space.states.each())


def test_sets_of_different_places_do_not_mix(tmp_path: Path) -> None:
    space = StateSpace(grouped(Random(11), 8, 8))
    with worker(space, tmp_path, run=4, most=16, on_disk=False, mixed=True) as one:
        with worker(space, tmp_path, run=8, most=16, on_disk=False, mixed=True) as other, pytest.raises(TypeError):
            one.states() & other.states()
        assert one.states().count == space.states.count


def test_the_engine_gives_listed_sets_of_listed_spaces() -> None:
    space = StateSpace(grouped(Random(3), 8, 8))
    with BlocksEngine(space) as engine:
        assert engine.stable(CONCEPTS[1], "A").bits == listed(engine.members(CONCEPTS[1], "A"))
