"""What the symbolic engine's worker is told of a conflict: plain values that travel to another process."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from detente.concepts.base import SolutionConcept
from detente.model.formula import Formula
from detente.model.preference import Listed, Meets, Sums
from detente.model.rule import required
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

Criterion = Formula | tuple[tuple[int, int], ...]
"""A condition that does better where it is true, or pairs of an option's place and its weight, of which a greater sum does better."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The shape of a classical concept: by which moves the others answer, if at all, and whether an answer must survive a further move.

    >>> from detente.concepts.registry import concept
    >>> Kind.of(concept("SSEQ"))
    Kind(answers='improving', counters=True)
    """

    answers: str | None
    counters: bool

    @classmethod
    def of(cls, concept: SolutionConcept) -> Kind:
        """The shape of a concept."""
        return cls(concept.answers, concept.counters)


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker: the places of their own options, their criteria (most important first), and what they don't perceive (or None)."""

    own: tuple[int, ...]
    criteria: tuple[Criterion, ...]
    unperceived: Formula | None


@dataclass(frozen=True, slots=True)
class Task:
    """A conflict for the worker.

    Parameters
    ----------
    keys
        The options' keys, each at its place.
    only_on, only_off
        The bits of the options that can only be taken, or only be given up.
    rules
        What every feasible combination meets.
    parties
        The decision makers, in the order of the conflict.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> task_of(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))).parties
    (Party(own=(0,), criteria=(), unperceived=None),)
    """

    keys: tuple[str, ...]
    only_on: int
    only_off: int
    rules: tuple[Formula, ...]
    parties: tuple[Party, ...]

    @property
    def places(self) -> dict[str, int]:
        """The place of each option."""
        return {key: place for place, key in enumerate(self.keys)}


def task_of(space: StateSpace) -> Task:
    """The task of a space whose states are not merged, with no explicit rankings (the engine's `can` refuses these)."""
    conflict = space.conflict
    places = conflict.option_index
    parties = []
    for dm in conflict.decision_makers:
        own = tuple(places[option.key] for option in conflict.options_of(dm.key))
        criteria = tuple(_criterion(criterion, places) for criterion in criteria_of(dm))
        parties.append(Party(own, criteria, dm.unperceived))
    rules = tuple(condition for rule in conflict.rules if (condition := required(rule)) is not None)
    return Task(tuple(places), space.only_on, space.only_off, rules, tuple(parties))


def _criterion(criterion: Meets | Sums | Listed, places: dict[str, int]) -> Criterion:
    match criterion:
        case Meets(formula):
            return formula
        case Sums(weights):
            scale = gcd(*(weight for _, weight in weights)) or 1
            return tuple((places[key], weight // scale) for key, weight in weights if weight)
        case Listed():
            raise ValueError("an explicit ranking has no diagram; ask `can` first")
