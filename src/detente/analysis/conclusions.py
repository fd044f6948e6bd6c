"""Ways out of a standstill, and whether what a source concludes about it agrees with them.

A *way out* of a start is a state other than the start that holds and that some group, perhaps of one, can bring about (by a legal sequence
of its moves or by a joint move) and all of its members prefer to the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.analysis.claims.together import Together
from detente.analysis.concluded import Result, Ways, Weighed
from detente.analysis.margin import narrowest, width
from detente.analysis.ranks import Ranks
from detente.analysis.unlock.coalitions import coalition_lever, coalition_moves
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever
from detente.model.formula import Formula
from detente.model.question import Conclusion
from detente.preference.order import Order
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True)
class WaysOut(Ways):
    """What leads out of a start, with what is known of which states hold, so that each way out can be shown.

    Parameters
    ----------
    space, start, profile, equilibria, moves
        As of `Ways`.
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

    holding: Holding

    def lever(self, state: int) -> Lever[Together]:
        """A way out with everything that shows it."""
        return coalition_lever(self.moves, self.by(state), state, self.holding)

    def nearest(self, states: StateSet) -> int | None:
        """The plainest member of a set of ways out: the one that hangs least on the order of two statements; None of none.

        Of several, one with a name, then one for which the fewest options change, then the one best for whoever it is worst for.
        """
        return min(states.each(), key=lambda state: (self._plainness(state), self._worst(state), state), default=None)

    def _plainness(self, state: int) -> tuple[int, bool, int]:
        hangs = width(narrowest(self.orders, self.by(state).members, state, self.start))
        return -hangs, state not in self._named, (state ^ self.start).bit_count()

    @cached_property
    def orders(self) -> Mapping[str, Order]:
        """The orders of the decision makers."""
        return {dm: Order(self.space, dm) for dm in self.profile}

    @cached_property
    def _named(self) -> frozenset[int | None]:
        conflict = self.space.conflict
        return frozenset(self.space.state_of(conflict.combination(named.taken)) for named in conflict.named_states)

    @cached_property
    def _ranks(self) -> Ranks:
        return Ranks(self.space)

    def _worst(self, state: int) -> list[int]:
        """The ranks of a state for all, the worst first."""
        return sorted((self._ranks.of(dm, state) for dm in self.profile), reverse=True)


def ways_out(space: StateSpace, start: int, profile: Mapping[str, str], equilibria: StateSet | None = None) -> WaysOut:
    """What leads out of a start under a profile; `equilibria` are all states that hold, if they are known.

    Raises `LimitError` (S307) if there are too many decision makers to look at every group.
    """
    holding = Holding(space, profile, equilibria)
    moves = coalition_moves(space, start, profile, equilibria=holding.equilibria)
    return WaysOut(space, start, dict(profile), holding.equilibria, moves, holding)


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
