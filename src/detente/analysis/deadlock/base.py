"""What a diagnosis is made of: the start and who stays there, the bargains, and a finding for each type of deadlock that applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.analysis.bargain import Bargain
from detente.analysis.claims.base import Claim
from detente.analysis.description import Description
from detente.analysis.hinges import Hinge
from detente.analysis.unlock.holding import Holding
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves, Stays, Witness
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Finding:
    """That a type of deadlock applies, and what shows it.

    Parameters
    ----------
    key
        Key of the type ("D4").
    claims
        What shows it, the weightiest first; each can be checked without a search.
    states
        The states that it is about: the bargain out of reach, the state that could be had together, and so on; may be empty.
    by
        The decision makers that it is about (keys, in the order of the conflict); empty where it is about all alike.
    """

    key: str
    claims: tuple[Claim, ...]
    states: StateSet
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """That a type could not be examined, or not wholly.

    Parameters
    ----------
    key
        Key of the type.
    reason
        Why, as a code for the floor that has words: "beliefs" (the model has none), "rankings" (rules cannot be dropped, because a
        ranking says nothing of states that a rule excludes), "size" (more red lines and rules than are looked at), "many" (more
        states than are shown one by one), "improvements" (too many to follow), "answers" (too many to list).
    """

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlockType:
    """A type of deadlock: its test, and where the notion comes from.

    Parameters
    ----------
    key, name
        "D4", "coordination".
    asks
        The question in one sentence, as a reader would put it.
    formula
        The formal test in LaTeX.
    source
        Where it comes from.
    test
        The test: what applies to a stuck start (a finding), what could not be examined (a silence), or None.
    example
        A packaged case and the number of a state in it that shows it; empty if none does.
    """

    key: str
    name: str
    asks: str
    formula: str
    source: str
    test: Callable[[Standstill], Finding | Silence | None]
    example: str = ""


@dataclass(frozen=True)
class Standstill:
    """A start that everybody stays at, with what the tests of all types look up.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    bargain
        The states better than the start, and the ways there.
    holding
        Which states hold, and why.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    bargain: Bargain
    holding: Holding = field(repr=False, compare=False)

    @cached_property
    def shared_gains(self) -> StateSet:
        """The states that a group of two or more can bring about and all its members prefer to the start."""
        found = self.space.set_of()
        for gainers, states in self.bargain.by_gainers():
            if len(gainers) > 1:
                found |= StateSet(self.space, self.bargain.groups.brought_about(gainers) & states.bits)
        return found

    @cached_property
    def all_stay(self) -> StateSet:
        """The states that hold: stable for every decision maker under the profile."""
        return self.holding.equilibria

    def answered(self) -> tuple[Stays, ...]:
        """The witnesses of those who have improvements at the start and stay because each of them is answered."""
        witnesses = self.holding.witnesses(self.start)
        return tuple(witness for witness in witnesses if isinstance(witness, Stays) and witness.answers)


@dataclass(frozen=True)
class Diagnosis:
    """Whether a state is stuck, and what kind of deadlock it is.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    witnesses
        For every decision maker, in the order of the conflict, why they stay at the start or leave it under the profile.
    stable
        For each concept (key) that was asked, and each decision maker (key), whether the start is stable.
    bargain
        The states that everybody prefers to the start, and those worse for nobody, with the ways there.
    gains
        The claim that these are all.
    better, weakly_better
        Both sets in conditions; `weakly_better` only the states of W outside Z.
    found
        A finding for each type that applies, in the order D1 to D9; empty if the start is not stuck.
    silent
        The types that could not be examined.
    hinges
        For each two statements of each decision maker how many states would be in Z and W if one stood past the other.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    witnesses: tuple[Witness, ...]
    stable: Mapping[str, Mapping[str, bool]]
    bargain: Bargain
    gains: Claim
    better: Description
    weakly_better: Description
    found: tuple[Finding, ...]
    silent: tuple[Silence, ...]
    hinges: tuple[Hinge, ...]

    @property
    def stuck(self) -> bool:
        """Whether nobody leaves the start."""
        return all(isinstance(witness, Stays) for witness in self.witnesses)

    @property
    def leaving(self) -> tuple[Leaves, ...]:
        """Who leaves the start, and to where."""
        return tuple(witness for witness in self.witnesses if isinstance(witness, Leaves))

    @property
    def primary(self) -> str | None:
        """Key of the first type, in the order D1 to D9, that applies; None if the start is not stuck."""
        return self.found[0].key if self.found else None

    def finding(self, key: str) -> Finding | None:
        """The finding of a type (key), None if it does not apply."""
        return next((finding for finding in self.found if finding.key == key), None)


CONCEPTS = tuple(concept.key for concept in all_concepts())
"""The concepts under which the start is asked about besides the profile."""
