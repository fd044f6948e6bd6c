"""Engines against the second statement, verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.engines.array import ArrayEngine, Form, form_for
from detente.engines.base import Engine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from tests.definitions.adapter import plain_model
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel


class Forms:
    """An engine that is asked of one conflict, by whoever asks it again and again: each form of it is made once.

    Parameters
    ----------
    engine, space
        The engine, and what it is asked of.
    """

    def __init__(self, engine: type[Engine], space: StateSpace) -> None:
        self.engine, self.space = engine, space
        self.usual = engine(space)
        self._others: dict[Form, Engine] = {}

    def of(self, concept: SolutionConcept) -> Iterator[tuple[str, Engine]]:
        """The engine as it would answer; the array engine besides in the other forms, where it has some for the question."""
        yield self.engine.name, self.usual
        if issubclass(self.engine, ArrayEngine) and concept.is_classical:
            form = form_for(self.space, concept)
            if form == "native":
                yield "array, grid without kernels", self._made(self.engine, "grid")
            if form in ("native", "grid"):
                yield "array, by lists", self._made(self.engine, "lists")

    def _made(self, engine: type[ArrayEngine], form: Form) -> Engine:
        if form not in self._others:
            self._others[form] = engine(self.space, form)
        return self._others[form]


def numbers(model: PlainModel, key: str, dm: str) -> set[int]:
    """The stable states by the definition."""
    return {s for s in model.numbers if DEFINITIONS[key](model, dm, s)}


def compare(named: Iterable[tuple[str, Conflict]], engines: Sequence[type[Engine]]) -> int:
    """Ask engines for every verdict on some conflicts, compare each with the definition, and return how many there were."""
    compared = 0
    for name, conflict in named:
        space, model = StateSpace(conflict), plain_model(conflict)
        assert [space.choice(space.state(s)) for s in model.numbers] == [pattern(model, s) for s in model.numbers], name
        forms = [Forms(engine, space) for engine in engines]
        for concept in all_concepts():
            for dm in space.masks:
                expected = numbers(model, concept.key, dm)
                for one in forms:
                    if one.engine.can(space, concept) is not None:
                        continue
                    for form, asked in one.of(concept):
                        found = set(map(space.number, asked.stable(concept, dm).each()))
                        assert found == expected, f"model {name}: {concept.key} for {dm} by {form}: {found} instead of {expected}"
                        compared += len(model.numbers)
    return compared


def pattern(model: PlainModel, s: int) -> str:
    """The choice pattern of a state in the second statement, as the program writes it."""
    rows = [list(member.values()) for member in model.state(s).members]
    return "".join("Y" if all(column) else "-" if any(column) else "N" for column in zip(*rows, strict=True))
