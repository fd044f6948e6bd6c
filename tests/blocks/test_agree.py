"""Blocks give what the array engine gives, however the places are cut, wherever they lie and whoever makes the passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from detente.engines.array import ArrayEngine
from detente.engines.array.native import kernels
from detente.engines.blocks import BlocksEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.blocks.models import CONCEPTS, grouped, stable_bits, worker
from tests.conformance.seeds import FIXED, fresh

SHAPES = {"everything": Shape().composing, "larger": Shape(most_options=8, one_way=0.3, shared=0.2, unperceived=0.3).composing}


@pytest.fixture
def without_kernels() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETENTE_NATIVE", "no")
        kernels.cache_clear()
        yield
    kernels.cache_clear()  # the tests that come next have them again


def agree(name: str, conflict: Conflict, rng: Random, folder: Path, run: int, most: int, mixed: bool | None) -> tuple[bool, int]:
    """Hold one model against the array engine; whether places were of mixed radix, and how many runs there were."""
    space = StateSpace(conflict)
    expected = ArrayEngine(space)
    with worker(space, folder, run=run, most=most, on_disk=rng.random() < 0.3, mixed=mixed) as made:
        for (key, dm), bits in stable_bits(made).items():
            known = next(c for c in CONCEPTS if c.key == key)
            assert bits == expected.stable(known, dm).bits, f"model {name}: {key} for {dm}, places {made.provision.layout.signature}"
        assert made.states().count == space.states.count
        return made.provision.layout.is_mixed, made.provision.layout.runs


def agree_on(conflicts: list[tuple[str, Conflict]], folder: Path, seed: int) -> None:
    rng, mixed, cut = Random(seed), 0, 0
    for name, conflict in conflicts:
        run, most = max(1, conflict.combinations >> rng.choice((0, 2, 4))), rng.choice((1, 8, 64))
        is_mixed, runs = agree(name, conflict, rng, folder, run, most, rng.choice((None, True, True, False)))
        mixed, cut = mixed + is_mixed, cut + (runs > 1)
    assert mixed > len(conflicts) // 30
    assert cut > len(conflicts) // 3


@pytest.mark.parametrize("shape", SHAPES)
def test_small_models(shape: str, tmp_path: Path) -> None:
    """With kernels where there are such: blocks of rows."""
    models = [(name, conflict) for name, conflict in random_conflicts(350, fresh(), SHAPES[shape])]
    agree_on([named for named in models if BlocksEngine.can(StateSpace(named[1]), CONCEPTS[0]) is None], tmp_path, fresh())


@pytest.mark.usefixtures("without_kernels")
def test_small_models_by_numpy_alone(tmp_path: Path) -> None:
    assert kernels() is None
    agree_on([(str(seed), grouped(Random(seed), 4, 7)) for seed in range(fresh(), fresh() + 200)], tmp_path, FIXED)


def test_groups_of_options(tmp_path: Path) -> None:
    agree_on([(str(seed), grouped(Random(seed), 4, 7)) for seed in range(fresh(), fresh() + 250)], tmp_path, FIXED)


def test_cubes_of_the_kernels(tmp_path: Path) -> None:
    """Models of ten to thirteen options are large enough for marks; all cuts are tried, from blocks of one unit on."""
    rng = Random(fresh())
    for seed in range(40):
        conflict = grouped(Random(fresh() + seed), 10, 13)
        if len(conflict.options) <= 15:
            agree(f"{fresh()} + {seed}", conflict, rng, tmp_path, 1 << 10, rng.choice((1 << 10, 1 << 11, 1 << 13)), mixed=False)


def test_all_models_together_are_a_thousand() -> None:
    """What the page of the engine says of these tests."""
    assert 2 * 350 + 200 + 250 + 40 > 1_000
