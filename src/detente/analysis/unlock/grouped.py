"""What was found about groups: which states each can bring about that all of it prefers, and which of them hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from detente.analysis.claims.together import NothingElse
from detente.analysis.reach import reach
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_PARTIES = 10
"""Most decision makers for which every group is looked at."""


@dataclass(frozen=True)
class CoalitionMove:
    """What one group can bring about and all its members prefer.

    Parameters
    ----------
    members
        The group (keys, in the order of the conflict).
    improvements
        Every state that they can bring about, by a legal sequence of their moves or by a joint move, and that each of them prefers.
    jointly
        Those of them that one joint move brings about.
    minimal
        Those of them for which no smaller part of the group suffices.
    holding
        Those of them that hold; empty where no behaviour was given.
    """

    members: tuple[str, ...]
    improvements: StateSet
    jointly: StateSet
    minimal: StateSet
    holding: StateSet


@dataclass(frozen=True)
class CoalitionMoves:
    """What the groups of a conflict can bring about from a state.

    Parameters
    ----------
    space
        The space.
    start
        The state that they start from.
    profile
        For each decision maker (key) the key of the concept that says whether they stay; None where nothing is said of what holds.
    equilibria
        All states that hold; None without a profile.
    moves
        The groups that were looked at: smaller ones first, then in the order of the conflict.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str] | None
    equilibria: StateSet | None
    moves: tuple[CoalitionMove, ...]

    def of(self, members: Sequence[str]) -> CoalitionMove:
        """What one of these groups can bring about.  Raises KeyError if the group was not looked at."""
        for move in self.moves:
            if set(move.members) == set(members):
                return move
        raise KeyError(tuple(members))

    @property
    def improving(self) -> tuple[CoalitionMove, ...]:
        """The groups that can bring about something that all of them prefer."""
        return tuple(move for move in self.moves if move.improvements)

    @property
    def stuck(self) -> bool:
        """Whether the start itself holds."""
        return self.equilibria is not None and self.equilibria.contains(self.start)

    @property
    def jumps(self) -> tuple[tuple[CoalitionMove, StateSet], ...]:
        """The equilibrium jumps, each with the groups no part of which suffices for it; none if the start does not hold."""
        if not self.stuck:
            return ()
        found = ((move, move.minimal & move.holding) for move in self.moves if len(move.members) > 1)
        return tuple((move, states) for move, states in found if states)


def limit_claim(found: CoalitionMoves, move: CoalitionMove) -> NothingElse:
    """The claim that a group can bring about nothing that all of it prefers but its improvements."""
    reached = reach(found.space, found.start, "any", move.members)
    last = tuple((dm, reached.v(dm, reached.length).bits) for dm in move.members)
    return NothingElse(move.members, found.start, last, move.improvements.bits)


def every_group(space: StateSpace) -> tuple[tuple[str, ...], ...]:
    """Every non-empty group of decision makers, smaller ones first.

    Raises `LimitError` (S308) if there are more than `MAX_PARTIES` decision makers.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),))
    >>> every_group(StateSpace(two))
    (('A',), ('B',), ('A', 'B'))
    """
    keys = [dm.key for dm in space.conflict.decision_makers]
    if len(keys) > MAX_PARTIES:
        message = f"{len(keys)} decision makers form {2 ** len(keys) - 1:,} groups; every group is looked at for at most {MAX_PARTIES}"
        raise LimitError.of("S308", message, help="name the groups to look at, or declare them under `coalitions`")
    return tuple(chain.from_iterable(combinations(keys, n) for n in range(1, len(keys) + 1)))
