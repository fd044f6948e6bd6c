"""How groups bring states about in a space of any size: by a joint move, or one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import combinations

from detente.analysis.claims.joint import joint
from detente.analysis.groups import MAX_MOVERS
from detente.analysis.joint import joint_is_all
from detente.analysis.large.path import Unrolled
from detente.analysis.large.reaching import Reached, reached_from
from detente.concepts.witness import Step
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.states import StateSpace

Group = tuple[str, ...]
LONGEST = 6
"""Most moves of a group's sequences that are looked for where they may lead to more than a joint move."""


class GroupWays:
    """What groups can bring about from a state.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    orders
        Everybody's order.
    clock
        Limits each search.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> ways = GroupWays(space, space.state(4), {dm: Order(space, dm) for dm in space.masks}, Clock())
    >>> ways.gainers(space.state(1)) == ways.smallest_group(space.state(1)), ways.way(ways.gainers(space.state(1)), space.state(1))
    (True, ())
    """

    def __init__(self, space: StateSpace, start: int, orders: Mapping[str, Order], clock: Clock) -> None:
        self.space, self.start, self.orders, self.clock = space, start, orders, clock
        self._reached: dict[Group, Reached] = {}

    @cached_property
    def joint_is_all(self) -> bool:
        """Whether a joint move reaches all that a group's sequences do."""
        return joint_is_all(self.space)

    def gainers(self, state: int) -> Group:
        """The decision makers who prefer a state to the start."""
        return tuple(dm for dm, order in self.orders.items() if order.prefers(state, self.start))

    def way(self, group: Group, state: int) -> tuple[Step, ...] | None:
        """How a group brings a state about: no steps for a joint move; None where it can't, or where it is not known how.

        Raises `LimitError` (S330) when the time is over.
        """
        if joint(self.space, group, self.start, state) is not None:
            return ()
        if self.joint_is_all:
            return None
        if group not in self._reached:
            self._reached[group] = reached_from(self.space, self.start, "any", group, self.orders)
        found = self._reached[group]
        if any((state, dm) in found.lengths for dm in group):
            return tuple(Step(dm, to) for dm, to in found.steps(self.space, state, self.orders))
        if found.complete:
            return None
        every = Unrolled(self.space, "any", group, self.clock)
        for count in range(2, LONGEST + 1):
            if (steps := every.steps(self.start, state, count)) is not None:
                return tuple(Step(dm, to) for dm, to in steps)
        message = "whether the moves of a group lead somewhere was not settled"
        raise LimitError.of("S351", message, help="leave out the bans or what somebody does not perceive, where they matter little")

    def smallest_group(self, state: int) -> Group:
        """Two or more who prefer a state and can bring it about, as few as will do; empty if there are none.

        Raises `LimitError` where that is not settled.
        """
        group = self.gainers(state)
        if len(group) < 2 or self.way(group, state) is None:
            return ()
        for dm in group:
            rest = tuple(other for other in group if other != dm)
            if len(rest) > 1 and self.way(rest, state) is not None:
                group = rest
        return group

    def minimal_groups(self, state: int) -> tuple[Group, ...] | None:
        """All groups of two or more who prefer a state and can bring it about, and no part of whom can; None if too many may gain.

        Raises `LimitError` where that is not settled.
        """
        gainers = self.gainers(state)
        if len(gainers) > MAX_MOVERS:
            return None
        found: list[Group] = []
        for size in range(1, len(gainers) + 1):
            for group in combinations(gainers, size):
                if not any(set(part) < set(group) for part in found) and self.way(group, state) is not None:
                    found.append(group)
        return tuple(group for group in found if len(group) > 1)
