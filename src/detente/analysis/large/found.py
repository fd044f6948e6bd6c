"""What a diagnosis of a state in a space too large to be listed holds: examples and proofs, where the listed one has sets of states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.claims.base import Claim
from detente.analysis.claims.none_such import NoneSuch
from detente.analysis.claims.red_lines import Elements
from detente.analysis.claims.standing import Standing
from detente.analysis.deadlock.found import Silence
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.formula import Formula
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Existence:
    """Whether there is a state with some property, and examples.

    Parameters
    ----------
    exists
        Whether there is one; None where that was not settled in time.
    states
        Some of them, the nearest to the start first.
    all_listed
        Whether these are all.
    nearest
        In how many options the nearest differs from the start; None where it is not shown that none is nearer.
    taken, not_taken
        The options (keys) that are taken, and those that are not, in each of them; empty where that was not worked out.
    none
        The claim that there is none.
    others
        The claim that there are no others than those that are given.
    nearer
        The claim that none is nearer.
    otherwise
        The claim that none takes these options otherwise.
    """

    exists: bool | None
    states: tuple[int, ...] = ()
    all_listed: bool = False
    nearest: int | None = None
    taken: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    none: NoneSuch | None = None
    others: NoneSuch | None = None
    nearer: NoneSuch | None = None
    otherwise: NoneSuch | None = None

    @property
    def claims(self) -> tuple[NoneSuch, ...]:
        """All claims."""
        return tuple(claim for claim in (self.none, self.others, self.nearer, self.otherwise) if claim is not None)


@dataclass(frozen=True)
class LargeRedLines:
    """What red lines and rules do to the states that everybody prefers to a start.

    Parameters
    ----------
    start
        The start.
    where
        The condition that counted states meet.
    rules
        Whether rules were looked at as well.
    restoring
        Minimal sets without which something is better for everybody, the fewest elements first, each with such a combination.
    emptying
        Minimal sets that, kept alone, leave nothing better for everybody; empty where not all of the former are known.
    complete
        Whether these are all.
    stopped
        Why they are not all: "sets" (too many), "time", "size" (too many red lines and rules to try every choice); empty if they are.
    """

    start: int
    where: Formula
    rules: bool
    restoring: tuple[tuple[Elements, int], ...]
    emptying: tuple[Elements, ...]
    complete: bool
    stopped: str = ""


@dataclass(frozen=True)
class LargeFinding:
    """That a type of deadlock applies, and what shows it.

    Parameters
    ----------
    key
        Key of the type ("D4").
    claims
        What shows it, the weightiest first.
    states
        Examples of the states that it is about, the nearest to the start first; may be empty.
    by
        The decision makers that it is about (keys); empty where it is about all alike.
    complete
        Whether the states are all that it is about.
    """

    key: str
    claims: tuple[Claim, ...]
    states: tuple[int, ...] = ()
    by: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True)
class LargeDiagnosis:
    """Whether a state of a space of any size is stuck, and what kind of deadlock it is.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    witnesses
        For everybody, in the order of the conflict, why they stay at the start or leave it; None where that was not settled in time.
    stable
        For each concept (key) and decision maker (key) whether the start is stable; what was not settled is left out.
    standing
        The claim that the witnesses make; None where one is missing.
    better, weakly_better
        The states better for everybody; and those worse for nobody, better for somebody and not for everybody.
    red_lines
        What red lines and rules do to the former; None where that was not asked.
    found
        A finding for each type that applies, in the order D1 to D9.
    silent
        The types that could not be examined, or not wholly.
    seconds
        How long was allowed; None for no limit.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    witnesses: tuple[AnyWitness | None, ...]
    stable: Mapping[str, Mapping[str, bool]]
    standing: Standing | None
    better: Existence
    weakly_better: Existence
    red_lines: LargeRedLines | None
    found: tuple[LargeFinding, ...]
    silent: tuple[Silence, ...]
    seconds: float | None = None

    @property
    def stuck(self) -> bool | None:
        """Whether nobody leaves the start; None where that was not settled."""
        if any(witness is not None and not is_staying(witness) for witness in self.witnesses):
            return False
        return None if None in self.witnesses else True

    @property
    def leaving(self) -> tuple[AnyWitness, ...]:
        """Who leaves the start, and to where."""
        return tuple(witness for witness in self.witnesses if witness is not None and not is_staying(witness))

    @property
    def primary(self) -> str | None:
        """Key of the first type, in the order D1 to D9, that applies; None where an earlier one was not settled, or none applies."""
        if not self.found:
            return None
        first = self.found[0].key
        earlier = [silence for silence in self.silent if silence.key < first and silence.reason in UNSETTLED]
        return None if earlier else first

    def finding(self, key: str) -> LargeFinding | None:
        """The finding of a type (key), None if it does not apply or was not settled."""
        return next((finding for finding in self.found if finding.key == key), None)


UNSETTLED = frozenset({"time", "candidates", "engine", "improvements", "sequences", "preferences"})
"""Why it is not known whether a type applies; for other reasons only its evidence is not complete."""
