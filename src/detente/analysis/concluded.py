"""Ways out of a standstill as values, and a conclusion beside what a model gives; nothing here searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal

from detente.analysis.claims.together import Together
from detente.analysis.unlock.grouped import CoalitionMove, CoalitionMoves
from detente.analysis.unlock.lever import Lever
from detente.model.question import Conclusion
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace

Result = Literal["agrees", "differs", "open", "outside"]
"""Whether a conclusion agrees with what the model gives, differs from it, can't be decided by it, or speaks of what it leaves out."""


@dataclass(frozen=True)
class Ways:
    """What leads out of a start, in the model as it is.

    Parameters
    ----------
    space
        The space.
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    equilibria
        All states that hold.
    moves
        What each group can bring about and all of it prefers.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    equilibria: StateSet
    moves: CoalitionMoves

    @property
    def stuck(self) -> bool:
        """Whether the start holds."""
        return self.equilibria.contains(self.start)

    @cached_property
    def better(self) -> StateSet:
        """The states that every decision maker prefers to the start."""
        gains = (compared(self.space, dm, self.start)[0] for dm in self.profile)
        return StateSet(self.space, reduce(int.__and__, gains))

    @cached_property
    def out(self) -> StateSet:
        """All ways out."""
        return reduce(StateSet.__or__, (move.holding for move in self.moves.moves), self.space.set_of())

    def by(self, state: int) -> CoalitionMove:
        """The smallest group, the first in the order of the conflict, that can bring a way out about and all of it prefers."""
        return next(move for move in self.moves.moves if move.improvements.contains(state))

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The decision makers who belong to every group that can bring a way out about and all of it prefers; all if there is none."""
        groups = [set(move.members) for move in self.moves.moves if move.holding]
        return tuple(dm for dm in self.profile if all(dm in group for group in groups))


@dataclass(frozen=True)
class Weighed:
    """A conclusion, and how it compares with what the model gives.

    Parameters
    ----------
    conclusion
        The conclusion.
    result
        Whether they agree.
    among
        The states that it was tested on: ways out, or states that hold and meet its condition; None where it is about no states.
    against
        Those of them that contradict it; None where it is about no states.
    example
        One of the latter, with everything that shows it to be a way out; None where there is none, or where it is no way out.
    alone
        For "turns on": for each decision maker (key) the fewest edits of their own statements with which the start gives way; None where
        no edits that were tried do it.  Empty where none were tried.
    needed
        For "turns on": the decision makers without whom no group gets out; for "where" those who have the improvements of `followed`.
    followed
        For "where", if no state that meets its condition holds: the states of `against` from which somebody has an improvement to a state
        that meets the condition and has what is claimed; None where it was not looked for.
    better
        For "ends only if": how many ways out everybody prefers to the start, and how many of them lack the condition; None without any.
    """

    conclusion: Conclusion
    result: Result
    among: StateSet | None = None
    against: StateSet | None = None
    example: Lever[Together] | None = None
    alone: Mapping[str, int | None] | None = None
    needed: tuple[str, ...] = ()
    followed: StateSet | None = None
    better: tuple[int, int] | None = None
