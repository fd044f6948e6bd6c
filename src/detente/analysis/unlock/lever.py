"""Levers: changes that give what is asked for, each with its cost, who would have to do what, and the claim that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from detente.analysis.claims.base import Claim

C = TypeVar("C", bound=Claim, covariant=True)


@dataclass(frozen=True)
class Lever(Generic[C]):
    """One way to have what is asked for.

    Parameters
    ----------
    kind
        Which kind of lever ("preference shift", "priority shift", ...).
    cost
        Its cost in the unit of its kind; each kind says what it counts.
    by
        Whose preference, moves or rules it changes, or who has to move (keys, in the order of the conflict).
    target
        The state that it makes hold, or leads to; None where the start is only left.
    claim
        What it changes and what follows, with everything that a checker needs.
    """

    kind: str
    cost: int
    by: tuple[str, ...]
    target: int | None
    claim: C


@dataclass(frozen=True)
class Levers(Generic[C]):
    """The levers of one kind for one goal, cheapest first.

    Parameters
    ----------
    kind
        Which kind of lever.
    found
        All that were found, in the order of their cost, then of who has to change, then of states.
    least
        Every lever of this kind costs at least this much; None if it is shown that there is none at all.
    complete
        Whether these are all minimal levers of the kind (none could be had by leaving a part of it out).
    stopped
        Why the search ended before it was complete, as a code for the floor that has words; empty if it was not stopped.
    """

    kind: str
    found: tuple[Lever[C], ...]
    least: int | None
    complete: bool
    stopped: str = ""

    @property
    def proven(self) -> bool:
        """Whether the cheapest lever is shown to be the smallest, or, where none was found, that there is none."""
        return self.found[0].cost == self.least if self.found else self.least is None
