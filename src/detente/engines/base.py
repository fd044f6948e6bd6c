"""What an engine is: something that answers questions of stability, and says beforehand what it cannot answer.

"The choice of engine should not affect the results": every engine gives the same answers, and the tests run all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from detente.concepts.base import SolutionConcept
from detente.errors import Diagnostic, LimitError
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.space.states import StateSpace

ONE_ORDER = "compares states by one order for each decision maker; {} reads preferences in another way, which single does"
"""Why engines that know ranks alone refuse a concept with a reading."""


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


@dataclass(frozen=True, slots=True)
class Needs:
    """What an engine expects to need for an answer, said before it starts.

    Parameters
    ----------
    seconds
        By the clock, from a model of the work or a short trial; None if it can't be told beforehand.
    memory, disk
        Most bytes that it will hold, in memory and in files.

    Examples
    --------
    >>> Needs(None, 1 << 30).disk
    0
    """

    seconds: float | None
    memory: int
    disk: int = 0


class LargeEngine(Protocol):
    """Answers which states are stable in spaces that are not listed.

    The same engine may also be an `Engine`, for the spaces that are.
    """

    name: ClassVar[str]
    """What users call it."""
    suits: ClassVar[str]
    """Why it is taken when the program chooses it, as one clause."""
    space: StateSpace

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """None if the engine can answer for this space and concept, otherwise why not."""
        ...

    @classmethod
    def needs(cls, space: StateSpace, concepts: Sequence[SolutionConcept]) -> Needs:
        """What it expects to need for a space, these concepts and all decision makers."""
        ...

    def members(self, concept: SolutionConcept, dm: str) -> Members:
        """The states that are stable for a decision maker (`dm`, a key) under a concept.

        Raises `NotWithin` (S310) when a limit of time, memory or nodes is met first.
        """
        ...


class NotWithin(LimitError):
    """A limit was met before an answer was found (S310).

    Attributes
    ----------
    known
        The stable states that were finished until then, by concept and decision maker (keys).

    Examples
    --------
    >>> NotWithin.because("60 seconds were not enough for SEQ").diagnostics[0].code
    'S310'
    """

    known: Mapping[tuple[str, str], Members]

    def __init__(self, diagnostics: Sequence[Diagnostic], known: Mapping[tuple[str, str], Members] | None = None) -> None:
        super().__init__(diagnostics)
        self.known = known or {}

    @classmethod
    def because(cls, message: str, known: Mapping[tuple[str, str], Members] | None = None) -> NotWithin:
        """The exception for a limit.

        Parameters
        ----------
        message
            Which limit was met, and by what.
        known
            What was finished until then.
        """
        help = "allow more with --time or --memory, ask for fewer concepts, or ask about single states"
        return cls([Diagnostic("S310", message, help=help)], known)
