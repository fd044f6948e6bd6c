"""Engines agree with each other on everything: each state, decision maker and concept, on models of up to twelve options.

On small models all of them also equal the definitions (`test_engines`); here the models are larger, and the array engine in the form that
needs nothing but NumPy is what the others are held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from detente.cases import WIDE, load, names
from detente.concepts.registry import all_concepts
from detente.engines.array import ArrayEngine, form_for
from detente.engines.base import Engine
from detente.engines.choose import all_engines
from detente.model.conflict import Conflict
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import fresh

FEW = 48
"""Most states on which the engines that look at one state at a time are asked again."""
ONE_BY_ONE = frozenset({"single", "sat"})
SHAPES = (
    Shape(most_options=12, most_states=4096, rules=0.7, merged=0.0, bans=0.0, kinds=(OptionPrioritization.kind,)),
    Shape(most_options=11, most_states=2048, rules=0.3, one_way=0.1, merged=0.0, bans=0.0, red_lines=0.4),
    Shape(most_options=12, most_states=4096, rules=0.9, merged=0.0, bans=0.0, unperceived=0.3, shared=0.2, kinds=(OptionWeighting.kind,)),
    Shape(most_options=9, most_states=512, merged=0.3, bans=0.3),
)


def agreement(named: Iterable[tuple[str, Conflict]]) -> Counter[str]:
    """Hold every engine that can against the array engine; how many verdicts of each were compared."""
    compared: Counter[str] = Counter()
    for name, conflict in named:
        space = StateSpace(conflict)
        reference = ArrayEngine(space, "grid" if space.moves_compose else "lists")
        asked: dict[str, Engine] = {}
        for concept in all_concepts():
            able = [key for key, engine in all_engines().items() if engine.can(space, concept) is None]
            for key in able:
                if key in ONE_BY_ONE and space.states.count > FEW:
                    continue
                engine = asked.setdefault(key, all_engines()[key](space))
                for dm in space.masks:
                    found, expected = engine.stable(concept, dm), reference.stable(concept, dm)
                    assert found == expected, (
                        f"model {name}: {concept.key} for {dm}: {key} gives {found}, the array engine without kernels {expected}"
                    )
                    compared[key if key != "array" else f"array, {form_for(space, concept)}"] += space.states.count
    return compared


def drawn(models: int, seed: int) -> Iterable[tuple[str, Conflict]]:
    """Models of all shapes in turn, with a name that draws each again."""
    for number in range(models):
        name = f"{seed}.{number}"
        yield name, random_conflict(Random(name), SHAPES[number % len(SHAPES)])


def test_engines_agree_on_larger_models() -> None:
    """Some hundreds of fresh models a run."""
    compared = agreement(drawn(240, fresh()))
    assert all(compared[engine] > 5_000 for engine in all_engines() if engine not in (*ONE_BY_ONE, "array")), compared
    assert compared["array, native"] > 5_000, compared
    assert all(compared[engine] > 500 for engine in ONE_BY_ONE & all_engines().keys()), compared


@pytest.mark.long
def test_engines_agree_on_five_thousand_larger_models() -> None:
    compared = agreement(drawn(5_000, fresh()))
    assert all(compared[engine] > 100_000 for engine in all_engines() if engine not in (*ONE_BY_ONE, "array")), compared


def test_engines_agree_on_the_packaged_cases() -> None:
    compared = agreement((name, load(name)) for name in names() if name != WIDE)
    assert all(compared[engine] > 50 for engine in all_engines() if engine != "array"), compared
