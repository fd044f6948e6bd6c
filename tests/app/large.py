"""An engine for tests of what is done with answers about spaces that are not listed: it lists them all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from detente.concepts.base import SolutionConcept
from detente.engines.base import Needs, NotWithin, Refusal
from detente.engines.choose import choose
from detente.space.sets import StateSet
from detente.space.states import StateSpace


class Listing:
    """Answers from a listed copy of a space; may be made to refuse, to take its time, or to meet a limit."""

    name: ClassVar[str] = "listing"
    suits: ClassVar[str] = "few enough for a test"
    refuses: ClassVar[tuple[str, ...]] = ()
    ends_at: ClassVar[str] = ""
    seconds: ClassVar[float | None] = None
    during: ClassVar[Callable[[], None]] = lambda: None
    closed: ClassVar[int] = 0

    def __init__(self, space: StateSpace, seconds: float | None = None, memory: int | None = None, progress: Any = None) -> None:
        self.space = StateSpace(space.conflict)
        self.progress = progress

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        return Refusal(f"has no form of {concept.key}") if concept.key in cls.refuses else None

    @classmethod
    def needs(cls, space: StateSpace, concepts: Sequence[SolutionConcept]) -> Needs:
        return Needs(cls.seconds, 1 << 20)

    def states(self) -> StateSet:
        return self.space.states

    def members(self, concept: SolutionConcept, dm: str) -> StateSet:
        type(self).during()
        self.progress(f"{concept.key} {dm}")
        if concept.key == self.ends_at:
            raise NotWithin.because("not within 1 second")
        return choose(self.space, [concept])[0].stable(concept, dm)

    def close(self) -> None:
        type(self).closed += 1
