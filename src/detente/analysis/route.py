"""Routes: legal sequences of moves from one state to another, and what each mover makes of their step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.preference.order import Comparison, Order
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Leg:
    """One move of a route.

    Parameters
    ----------
    mover
        Who moves (key).
    start, to
        The states before and after.
    after
        How the mover compares the state after the move with the one before it.
    at_end
        How the mover compares the end of the whole route with the state before their move.
    """

    mover: str
    start: int
    to: int
    after: Comparison
    at_end: Comparison


@dataclass(frozen=True, slots=True)
class Route:
    """A legal sequence of moves: nobody moves twice in a row.

    Parameters
    ----------
    space
        The space of the states.
    start
        Where it begins.
    legs
        Its moves in order; none if it ends where it begins.
    outcome
        For each decision maker (key) how they compare its end with its start.
    """

    space: StateSpace
    start: int
    legs: tuple[Leg, ...]
    outcome: Mapping[str, Comparison]

    @property
    def end(self) -> int:
        """The state that it leads to."""
        return self.legs[-1].to if self.legs else self.start

    @property
    def movers(self) -> tuple[str, ...]:
        """Everybody who moves on it, in the order of their first move."""
        return tuple(dict.fromkeys(leg.mover for leg in self.legs))

    @property
    def regretted(self) -> tuple[Leg, ...]:
        """The moves after which the mover is worse off than before."""
        return tuple(leg for leg in self.legs if leg.after is Comparison.WORSE)

    @property
    def regretted_at_end(self) -> tuple[Leg, ...]:
        """The moves whose mover is worse off at the end of the route than before the move."""
        return tuple(leg for leg in self.legs if leg.at_end is Comparison.WORSE)


def route(space: StateSpace, orders: Mapping[str, Order], start: int, steps: Iterable[tuple[str, int]]) -> Route:
    """The route of these steps, each the mover's key and the state that it leads to, with everybody's view of it.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> found = route(space, {"A": Order(space, "A")}, 0, [("A", 1)])
    >>> found.end, found.movers, found.legs[0].after
    (1, ('A',), <Comparison.EQUAL: 'equal'>)
    """
    taken = tuple(steps)
    end = taken[-1][1] if taken else start
    legs, now = [], start
    for mover, to in taken:
        order = orders[mover]
        legs.append(Leg(mover, now, to, order.compare(to, now), order.compare(end, now)))
        now = to
    return Route(space, start, tuple(legs), {dm: order.compare(end, start) for dm, order in orders.items()})
