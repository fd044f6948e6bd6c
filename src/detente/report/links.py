"""The moves between states as a drawing shows them: one line for each mover and each pair of states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.preference.order import Comparison, Order
from detente.space.states import StateSpace

MAX_LOOKED_AT = 1 << 21
"""Most changes that are looked at for one decision maker's moves in a drawing."""


@dataclass(frozen=True, slots=True)
class Link:
    """One decision maker's moves between two states.

    Parameters
    ----------
    mover
        Key of the decision maker.
    start, end
        Two states, the one with the smaller number first.
    forth, back
        Whether the move from start to end exists, and the move from end to start.
    gain
        1 if the mover prefers `end`, -1 if they prefer `start`, 0 if they are indifferent.
    """

    mover: str
    start: int
    end: int
    forth: bool
    back: bool
    gain: int

    @property
    def improves(self) -> bool:
        """Whether one of its moves is an improvement."""
        return (self.forth and self.gain > 0) or (self.back and self.gain < 0)


def orders_of(space: StateSpace) -> dict[str, Order]:
    """The order of every decision maker over the states of a space."""
    return {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}


def links(space: StateSpace, orders: Mapping[str, Order], states: Iterable[int], limit: int) -> list[Link] | None:
    """All moves from the given states, joined to links; None if they are more than a limit, or too many changes would have to be looked at.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> links(space, orders_of(space), space.states.each(), 10)
    [Link(mover='A', start=0, end=1, forth=True, back=True, gain=0)]
    """
    listed = list(states)
    if any(len(listed) << space.masks[dm].bit_count() > MAX_LOOKED_AT for dm in orders):
        return None
    directed: dict[tuple[str, int, int], list[bool]] = {}
    for dm in orders:
        for state in listed:
            for target in space.moves(dm, state):
                pair = directed.setdefault((dm, min(state, target), max(state, target)), [False, False])
                pair[target < state] = True
        if len(directed) > limit:
            return None
    return [Link(dm, a, b, forth, back, gain(orders[dm], a, b)) for (dm, a, b), (forth, back) in directed.items()]


def gain(order: Order, start: int, end: int) -> int:
    """1 if a decision maker prefers the second state, -1 if the first, 0 if they are indifferent."""
    return {Comparison.BETTER: 1, Comparison.WORSE: -1, Comparison.EQUAL: 0}[order.compare(end, start)]
