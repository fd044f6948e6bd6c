"""Ways out of a standstill, and whether what a source concludes about it agrees with them.

A *way out* of a start is a state other than the start that holds and that some group, perhaps of one, can bring about (by a legal sequence
of its moves or by a joint move) and all of its members prefer to the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal

from detente.analysis.claims.together import Together
from detente.analysis.ranks import Ranks
from detente.analysis.unlock.coalitions import coalition_lever, coalition_moves
from detente.analysis.unlock.grouped import CoalitionMove, CoalitionMoves
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever
from detente.model.formula import Formula
from detente.model.question import Conclusion
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace

Result = Literal["agrees", "differs", "open", "outside"]
"""Whether a conclusion agrees with what the model gives, differs from it, can't be decided by it, or speaks of what it leaves out."""


@dataclass(frozen=True)
class WaysOut:
    """What leads out of a start, in the model as it is.

    Parameters
    ----------
    space
        The space.
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    holding
        Which states hold, and why.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> ways = ways_out(space, space.state(5), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"})
    >>> ways.stuck, [space.number(state) for state in ways.out.first(9)], ways.by(ways.out.first(1)[0]).members
    (True, [8], ('MoE', 'Uniroyal'))
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    holding: Holding

    @property
    def stuck(self) -> bool:
        """Whether the start holds."""
        return self.holding.equilibria.contains(self.start)

    @cached_property
    def moves(self) -> CoalitionMoves:
        """What each group can bring about and all of it prefers.

        Raises `LimitError` (S307) if there are too many decision makers to look at every group.
        """
        return coalition_moves(self.space, self.start, self.profile, equilibria=self.holding.equilibria)

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

    def lever(self, state: int) -> Lever[Together]:
        """A way out with everything that shows it."""
        return coalition_lever(self.moves, self.by(state), state, self.holding)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The decision makers who belong to every group that can bring a way out about and all of it prefers; all if there is none."""
        groups = [set(move.members) for move in self.moves.moves if move.holding]
        return tuple(dm for dm in self.profile if all(dm in group for group in groups))

    def nearest(self, states: StateSet) -> int | None:
        """The member of a set for which the fewest options change, among these the one best for whoever it is worst for; None of none.

        The states that everybody prefers to the start come first.
        """
        first = states & self.better or states
        if not first:
            return None
        least = min((state ^ self.start).bit_count() for state in first.each())
        near = [state for state in first.each() if (state ^ self.start).bit_count() == least]
        return min(near, key=lambda state: (self._worst(state), state))

    @cached_property
    def _ranks(self) -> Ranks:
        return Ranks(self.space)

    def _worst(self, state: int) -> list[int]:
        """The ranks of a state for all, the worst first."""
        return sorted((self._ranks.of(dm, state) for dm in self.profile), reverse=True)


def ways_out(space: StateSpace, start: int, profile: Mapping[str, str], equilibria: StateSet | None = None) -> WaysOut:
    """What leads out of a start under a profile; `equilibria` are all states that hold, if they are known."""
    return WaysOut(space, start, dict(profile), Holding(space, profile, equilibria))


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


def weigh(ways: WaysOut, conclusion: Conclusion, alone: Mapping[str, int | None] | None = None) -> Weighed:
    """How a conclusion compares with what the model gives.

    Parameters
    ----------
    ways
        What leads out of the start.
    conclusion
        The conclusion.
    alone
        For each decision maker (key) the fewest edits of their own statements with which the start gives way, None where there are none;
        needed for "turns on".

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> ways = ways_out(space, space.state(5), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"})
    >>> from detente.model.parse import parse_formula
    >>> weigh(ways, Conclusion("ends only if", "it ends only if the firm gives up", condition=parse_formula("Abandon"))).result
    'differs'
    """
    match conclusion.kind:
        case "stuck":
            return Weighed(conclusion, "agrees" if ways.stuck == conclusion.stuck else "differs")
        case "ends only if":
            return ends_only_if(ways, conclusion, conclusion.condition)
        case "where":
            return _where(ways, conclusion)
        case "turns on":
            return _turns_on(ways, conclusion, alone)
        case "outside":
            return Weighed(conclusion, "outside")


def ends_only_if(ways: WaysOut, conclusion: Conclusion, condition: Formula | None) -> Weighed:
    """Whether every way out meets a condition; open where there is no way out at all."""
    assert condition is not None
    against = ways.out - ways.space.where(condition)
    nearest = ways.nearest(against)
    if nearest is not None:
        better = ways.out & ways.better
        counts = (better.count, (better & against).count) if better else None
        return Weighed(conclusion, "differs", ways.out, against, ways.lever(nearest), better=counts)
    return Weighed(conclusion, "agrees" if ways.out else "open", ways.out, against)


def _where(ways: WaysOut, conclusion: Conclusion) -> Weighed:
    assert conclusion.condition is not None
    assert conclusion.then is not None
    every, then = ways.space.where(conclusion.condition), ways.space.where(conclusion.then)
    among = every & ways.holding.equilibria
    if among:
        against = among - then
        return Weighed(conclusion, "differs" if against else "agrees", among, against)
    lacking, movers = every - then, dict[str, None]()
    followed = ways.space.set_of(*(state for state in lacking.each() if _leads(ways, state, every & then, movers)))
    result: Result = "open" if not every else "agrees" if followed == lacking else "open" if followed else "differs"
    by = tuple(dm for dm in ways.profile if dm in movers)
    return Weighed(conclusion, result, among, lacking, needed=by, followed=followed)


def _leads(ways: WaysOut, state: int, there: StateSet, movers: dict[str, None]) -> bool:
    """Whether somebody has an improvement from a state to one of others; notes who has."""
    found = False
    for dm in ways.profile:
        order = ways.holding.single.orders[dm]
        if any(there.contains(to) and order.prefers(to, state) for to in ways.space.moves(dm, state)):
            movers[dm] = None
            found = True
    return found


def _turns_on(ways: WaysOut, conclusion: Conclusion, alone: Mapping[str, int | None] | None) -> Weighed:
    """Whether a change of these decision makers, and of nobody else, gets the start to give way."""
    needed = ways.needed if ways.out else ()
    if not alone:
        return Weighed(conclusion, "open", needed=needed)
    moved = {dm for dm, edits in alone.items() if edits is not None}
    others = (moved | set(needed)) - set(conclusion.parties)
    result: Result = "differs" if others else "agrees" if moved or needed else "open"
    return Weighed(conclusion, result, alone=alone, needed=needed)
