"""What an engine is: something that answers questions of stability, and says beforehand what it cannot answer.

"The choice of engine should not affect the results": every engine gives the same answers, and the tests run all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from detente.concepts.base import SolutionConcept
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an engine cannot answer a question.

    Parameters
    ----------
    reason
        One clause for the user.

    Examples
    --------
    >>> Refusal("lists at most 4,096 states").reason
    'lists at most 4,096 states'
    """

    reason: str


class Engine(Protocol):
    """Answers which states are stable for one decision maker under one concept."""

    name: ClassVar[str]
    """What users call it."""
    suits: ClassVar[str]
    """Why it is taken when the program chooses it, to follow "9 states are"."""
    space: StateSpace

    def __init__(self, space: StateSpace) -> None: ...

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """None if the engine can answer for this space and concept in reasonable time and memory, otherwise why not."""
        ...

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long the answer takes for a space, a concept and all decision makers; only compared with what other engines say."""
        ...

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker (`dm`, a key) under a concept."""
        ...
