"""Ranks of single states in spaces of any size: 1 for the most preferred, tied states share a rank, no rank is left out."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from detente.preference.order import Order
from detente.space.states import StateSpace

FEW = 1 << 12
"""Up to so many states ranks are computed state by state; above, all at once with NumPy."""


class Ranks:
    """The ranks of states for each decision maker.

    Parameters
    ----------
    space
        The space; its ranks are computed when first asked for.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> ranks = Ranks(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))))
    >>> ranks.of("A", 1), ranks.of("A", 0)
    (1, 2)
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self._orders: dict[str, Order] = {}
        self._columns: dict[str, tuple[Any, int]] = {}

    @cached_property
    def _few(self) -> bool:
        return self.space.states.count <= FEW

    def count(self, dm: str) -> int:
        """How many ranks a decision maker (`dm`, a key) tells apart."""
        if self._few:
            self.of(dm, self.space.states.first(1)[0])
            return max(self._orders[dm].ranks.values())
        self.of(dm, self.space.states.first(1)[0])
        return self._columns[dm][1]

    def of(self, dm: str, state: int) -> int:
        """The rank of a state for a decision maker (`dm`, a key)."""
        if self._few:
            if dm not in self._orders:
                self._orders[dm] = Order(self.space, dm)
            return self._orders[dm].ranks[state]
        if dm not in self._columns:
            from detente.engines.array.tables import rank_column

            column = rank_column(self.space, dm)
            self._columns[dm] = column, int(column.max())
        found, best = self._columns[dm]
        return best - int(found[state]) + 1
