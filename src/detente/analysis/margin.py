"""How much it takes before a decision maker no longer prefers a state to another: how far one of their statements has to be moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.model.preference import Meets
from detente.preference.order import Order

NO_MOVE = 1 << 30
"""Stands for a margin where no move of a single statement is enough."""


@dataclass(frozen=True, slots=True)
class Margin:
    """Two statements on whose order it hangs that a decision maker prefers one state to another.

    Parameters
    ----------
    dm
        Key of the decision maker.
    upper
        The place, from 1, of the statement that decides for the state.
    lower
        The place of the first statement below it that speaks against the state; with that one above the other, the decision maker would
        prefer the other state.
    """

    dm: str
    upper: int
    lower: int

    @property
    def places(self) -> int:
        """How far one of the two has to be moved."""
        return self.lower - self.upper


def margin(order: Order, better: int, worse: int) -> Margin | None:
    """The shortest move of one statement after which a decision maker no longer prefers one state (`better`) to another (`worse`).

    None where no move of one statement does it: a red line, weights or a ranking decide, or no statement further down speaks against the
    state.  Among statements the first on which two states differ decides, so that nothing else has to be tried.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> margin(Order(space, "Israel"), space.state(7520), space.status_quo)
    Margin(dm='Israel', upper=6, lower=8)
    """
    red = bool(order.dm.red_lines)
    high, low = order.key(better), order.key(worse)
    upper = next((place for place, (a, b) in enumerate(zip(high, low, strict=True)) if a != b), None)
    if upper is None or high[upper] < low[upper] or (red and upper == 0) or not isinstance(order.criteria[upper], Meets):
        return None
    for lower in range(upper + 1, len(order.criteria)):
        if isinstance(order.criteria[lower], Meets) and high[lower] < low[lower]:
            return Margin(order.dm.key, upper + 1 - red, lower + 1 - red)
    return None


def narrowest(orders: Mapping[str, Order], members: Iterable[str], better: int, worse: int) -> Margin | None:
    """The least margin of some decision makers (`members`, keys) who prefer a state to another, the first of several; None without any.

    `orders` are their orders.
    """
    found = [found for dm in members if (found := margin(orders[dm], better, worse)) is not None]
    return min(found, key=lambda margin: margin.places, default=None)


def width(found: Margin | None) -> int:
    """A margin as a number for comparing: how far a statement has to be moved, `NO_MOVE` where no move is enough.

    >>> width(Margin("A", 2, 5)), width(None) == NO_MOVE
    (3, True)
    """
    return found.places if found is not None else NO_MOVE
