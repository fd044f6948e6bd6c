"""Engines against the second statement, verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.engines.array import ArrayEngine, form_for
from detente.engines.base import Engine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from tests.definitions.adapter import plain_model
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel


def both_forms(engine: type[Engine], space: StateSpace, concept: SolutionConcept) -> Iterator[tuple[str, Engine]]:
    """An engine as it would answer; the array engine besides in the other forms, where it has some for the question."""
    yield engine.name, engine(space)
    if issubclass(engine, ArrayEngine) and concept.is_classical:
        form = form_for(space, concept)
        if form == "native":
            yield "array, grid without kernels", engine(space, "grid")
        if form in ("native", "grid"):
            yield "array, by lists", engine(space, "lists")


def numbers(model: PlainModel, key: str, dm: str) -> set[int]:
    """The stable states by the definition."""
    return {s for s in model.numbers if DEFINITIONS[key](model, dm, s)}


def compare(named: Iterable[tuple[str, Conflict]], engines: Sequence[type[Engine]]) -> int:
    """Ask engines for every verdict on some conflicts, compare each with the definition, and return how many there were."""
    compared = 0
    for name, conflict in named:
        space, model = StateSpace(conflict), plain_model(conflict)
        assert [space.choice(space.state(s)) for s in model.numbers] == [pattern(model, s) for s in model.numbers], name
        for concept in all_concepts():
            for dm in space.masks:
                expected = numbers(model, concept.key, dm)
                for engine in engines:
                    if engine.can(space, concept) is not None:
                        continue
                    for form, asked in both_forms(engine, space, concept):
                        found = set(map(space.number, asked.stable(concept, dm).each()))
                        assert found == expected, f"model {name}: {concept.key} for {dm} by {form}: {found} instead of {expected}"
                        compared += len(model.numbers)
    return compared


def pattern(model: PlainModel, s: int) -> str:
    """The choice pattern of a state in the second statement, as the program writes it."""
    rows = [list(member.values()) for member in model.state(s).members]
    return "".join("Y" if all(column) else "-" if any(column) else "N" for column in zip(*rows, strict=True))
