"""What a diagnosis holds: whether a state is stuck, what everybody would prefer to it, and the types of deadlock that apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.bargain import Bargain, Ways
from detente.analysis.claims.as_seen import AsSeen
from detente.analysis.claims.base import Claim
from detente.analysis.claims.gains import Gains
from detente.analysis.claims.standing import OutOfReach, Standing
from detente.analysis.description import Description
from detente.analysis.hinges import Hinge
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
        Why, as a code for the floor that has words: "beliefs" (nobody acts on a viewpoint), "rankings" (rules cannot be dropped, because a
        ranking says nothing of states that a rule excludes), "size" (more red lines and rules than are looked at), "many" (more
        states than are shown one by one), "improvements" (too many to follow), "sets" (of moves that hold somebody: too many, or too
        long to look for), "answers" (too many to list).
    """

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turned:
    """Which types of deadlock would apply if one of two statements were moved past the other.

    Parameters
    ----------
    dm
        Whose statements (key).
    upper, lower
        Their places, from 1.
    lowered, raised
        The keys of the types, in order, with the upper one just below the lower one, and with the lower one just above the upper one; None
        where the state would not be stuck.
    """

    dm: str
    upper: int
    lower: int
    lowered: tuple[str, ...] | None
    raised: tuple[str, ...] | None


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
    standing
        The claim that the witnesses make.
    gains
        The claim that the states better for everybody, and those worse for nobody, are these.
    ways, weak_ways
        How the states better for everybody could be had, and the states of W outside Z; None where there are too many improvements to
        follow.
    unreached
        The claim that some of all these are out of reach; empty if none is.
    better, weakly_better
        Both sets in conditions; `weakly_better` only the states of W outside Z.
    found
        A finding for each type that applies, in the order D1 to D9; if the start is not stuck only D8, where everybody stays as they
        see the conflict.
    silent
        The types that could not be examined.
    hinges
        For each two statements of each decision maker how many states would be in Z and W if one stood past the other.
    turned
        For the pairs among these on which Z hangs, which types would then apply; empty where that was not worked out.
    seen
        Who stays at the start, each in the conflict as they see it; None where nobody acts on a viewpoint.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    witnesses: tuple[Witness, ...]
    stable: Mapping[str, Mapping[str, bool]]
    bargain: Bargain
    standing: Standing
    gains: Gains
    ways: Ways | None
    weak_ways: Ways | None
    unreached: tuple[OutOfReach, ...]
    better: Description
    weakly_better: Description
    found: tuple[Finding, ...]
    silent: tuple[Silence, ...]
    hinges: tuple[Hinge, ...]
    turned: tuple[Turned, ...] = ()
    seen: AsSeen | None = None

    @property
    def stuck(self) -> bool:
        """Whether nobody leaves the start, in the conflict as it is written."""
        return all(isinstance(witness, Stays) for witness in self.witnesses)

    @property
    def leaving(self) -> tuple[Leaves, ...]:
        """Who leaves the start, and to where."""
        return tuple(witness for witness in self.witnesses if isinstance(witness, Leaves))

    @property
    def primary(self) -> str | None:
        """Key of the first type, in the order D1 to D9, that applies; None if none does, as where the start is not stuck."""
        return self.found[0].key if self.found else None

    def finding(self, key: str) -> Finding | None:
        """The finding of a type (key), None if it does not apply."""
        return next((finding for finding in self.found if finding.key == key), None)
