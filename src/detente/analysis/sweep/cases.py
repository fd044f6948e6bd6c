"""The cases of one frame into which all completions fall, in a form that is counted fast: each a set of orders for every decision maker.

A case is a product: whatever order each decision maker takes from their set, the conclusion comes out the same.  Sets that are the same
in several cases are kept, and weighed, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.tree import Value

Masses = npt.NDArray[Any]
"""Whole numbers, however great: what ways, orders or cases count."""

WHOLE = 1 << 53
"""Sums of whole numbers up to this are exact in floating point."""


@dataclass(frozen=True)
class Cases:
    """The cases of one frame.

    Parameters
    ----------
    frame
        The number of the frame.
    values
        For each case what the conclusion says.
    parts
        For each decision maker (key) the different sets of orders, each ascending.
    index
        For each decision maker and case the place of its set in `parts`, shape (cases,).
    of
        For each decision maker and each way to settle the guesses about them the number of the order.
    """

    frame: int
    values: tuple[Value, ...]
    parts: Mapping[str, tuple[npt.NDArray[np.int64], ...]]
    index: Mapping[str, npt.NDArray[np.int64]]
    of: Mapping[str, Labels]

    def part_masses(self, dm: str, ways: Masses) -> Masses:
        """What each set of orders of a decision maker (`dm`) counts, when each way to settle the guesses counts as in `ways`."""
        total = int(ways.sum()) if len(ways) else 0
        count = int(self.of[dm].max()) + 1
        if total < WHOLE:
            orders: Masses = np.bincount(self.of[dm], weights=ways.astype(np.float64), minlength=count).astype(np.int64)
        else:
            orders = np.zeros(count, dtype=object)
            np.add.at(orders, self.of[dm], ways.astype(object))
        parts = self.parts[dm]
        starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
        found: Masses = np.add.reduceat(orders[np.concatenate(parts)], starts)
        return found

    def masses(self, ways: Mapping[str, Masses]) -> Masses:
        """What each case counts, when each way to settle the guesses about each decision maker counts as in `ways`."""
        found = {dm: self.part_masses(dm, ways[dm]) for dm in self.of}
        small = prod(int(ways[dm].sum()) for dm in self.of) < 1 << 62
        result: Masses = np.ones(len(self.values), dtype=np.int64 if small else object)
        for dm, amounts in found.items():
            result = result * (amounts if small else amounts.astype(object))[self.index[dm]]
        return result
