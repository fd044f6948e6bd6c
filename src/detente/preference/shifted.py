"""An order in which single states have been moved: what a ranking would be if a decision maker came to value a state more, or less.

A *shift* takes one state out of the order and puts it just above all states tied with another, just below them, or level with them.
Every weak order of finitely many states can be had from any other by shifts.  Nothing else changes: all other pairs of states compare as
before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Shift:
    """One state moved in the order of a decision maker.

    Parameters
    ----------
    dm
        Key of the decision maker.
    state
        The state that is moved.
    past
        The state, as the order is then, past which (and past all tied with which) it is moved; not `state` itself.
    up
        Whether it comes to stand just above these, so that the decision maker prefers it to each of them; otherwise just below.
    level
        Whether it comes to stand level with these instead, so that the decision maker is indifferent; then `up` says nothing.

    Examples
    --------
    >>> Shift("A", 3, past=5, up=True).up, Shift("A", 3, past=5, level=True).level
    (True, True)
    """

    dm: str
    state: int
    past: int
    up: bool = True
    level: bool = False


class Shifted(Ordering):
    """An order with one state moved.

    Parameters
    ----------
    order
        The order before.
    shift
        The move; its decision maker is not looked at.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> raised = Shifted(Order(space, "A"), Shift("A", 1, past=0))
    >>> raised.prefers(1, 0), raised.ranks
    (True, {0: 2, 1: 1})
    """

    def __init__(self, order: Ordering, shift: Shift) -> None:
        if shift.state == shift.past:
            raise ValueError(f"state {shift.state} can't be moved past itself")
        self.space = order.space
        self.order = order
        self.shift = shift

    def key(self, state: int) -> tuple[Any, ...]:
        """The key of a state: that of before with 0, and for the moved state that of the states it was moved past, with 1, 0 or -1."""
        if state == self.shift.state:
            return (self.order.key(self.shift.past), 0 if self.shift.level else 1 if self.shift.up else -1)
        return (self.order.key(state), 0)


def shifted_orders(space: StateSpace, shifts: Iterable[Shift]) -> Mapping[str, Ordering]:
    """The orders of all decision makers of a space after shifts, made one after the other.

    Raises `ValueError` if a shift speaks of what is no state, `KeyError` if it is of nobody's order.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> shifted_orders(space, [Shift("A", 0, past=1, up=False)])["A"].prefers(1, 0)
    True
    """
    orders: dict[str, Ordering] = {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}
    for shift in shifts:
        for state in (shift.state, shift.past):
            if space.state_of(state) != state:
                raise ValueError(f"{state} is no state")
        orders[shift.dm] = Shifted(orders[shift.dm], shift)
    return orders
