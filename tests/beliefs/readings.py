"""What the program finds with a reading, beside what the second statement says, for every concept and decision maker of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random

from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.definitions.by_sets import FIVE, Sets, stable
from tests.definitions.plain import PlainModel

SHAPE = Shape(most_decision_makers=4, most_options=5, most_states=12, rules=0.9)
"""Small enough for the definitions to be asked of every state."""

Named = Iterator[tuple[str, Conflict]]


def drawn(models: int, seed: object, change: Callable[[Random, Conflict], Conflict], shape: Shape = SHAPE) -> Named:
    """So many random conflicts, each changed by `change`, with a name that tells how to draw it again."""
    for number in range(models):
        name = f"{seed}:{number}"
        rng = Random(name)
        yield name, change(rng, random_conflict(rng, shape))


def found(space: StateSpace, key: str) -> Mapping[str, set[int]]:
    """For each decision maker the numbers of the states that the program finds stable under the concept of a key."""
    engine = SingleEngine(space)
    number = {state: place for place, state in enumerate(space.states.each(), start=1)}
    return {dm.key: {number[s] for s in engine.stable(concept(key), dm.key).each()} for dm in space.conflict.decision_makers}


def agree(name: str, space: StateSpace, model: PlainModel, reading: str, sets: Sets, keys: Iterable[str] = FIVE) -> tuple[int, int]:
    """Compare concepts with a reading; how many verdicts were compared, and how many differ from the plain concept's."""
    compared = other = 0
    for key in keys:
        expected = stable(model, sets, key)
        said = found(space, f"{key}:{reading}")
        assert said == expected, f"{name}: {key}:{reading} is {said}, not {expected}"
        plain = found(space, key)
        compared += len(model.numbers) * len(model.decision_makers)
        other += sum(len(expected[i] ^ plain[i]) for i in model.decision_makers)
    return compared, other
