"""The cases of one frame into which all completions fall, in a form that is counted fast: each a set of orders for every decision maker.

A case is a product: whatever order each decision maker takes from their set, the conclusion comes out the same.  Sets that are the same
in several cases are kept, and weighed, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question
from detente.analysis.sweep.orders import Labels
from detente.analysis.sweep.tree import MAX_LEAVES, Tree, Value

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


def cases_of(question: Question, most: int = MAX_LEAVES, tick: Callable[[], None] | None = None) -> Cases:
    """The cases of a conclusion in the frame of a question.

    Parameters
    ----------
    question
        The conclusion, asked in the frame.
    most
        Most cases.
    tick
        Called after each case and before each question; what it raises ends the count.

    Raises
    ------
    LimitError
        S351 if there are more cases.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> conflict = load("elmira")
    >>> frame = next(Open(conflict).frames())
    >>> found = cases_of(Question(Subject("holds"), Play(frame), {dm.key: "SEQ" for dm in conflict.decision_makers}))
    >>> found.values, {dm: [part.tolist() for part in parts] for dm, parts in found.parts.items()}
    ((False,), {'MoE': [[0]], 'Uniroyal': [[0]], 'Local': [[0]]})
    """
    frame = question.frame
    values: list[Value] = []
    places: dict[str, _Places] = {dm: _Places() for dm in frame.orders}
    for leaf in Tree(frame.orders, question.conclude, tick).leaves(most):
        values.append(leaf.value)
        for dm, known in places.items():
            known.add(leaf.within[dm])
        if tick is not None:
            tick()
    return Cases(
        frame.number,
        tuple(values),
        {dm: tuple(known.parts) for dm, known in places.items()},
        {dm: np.array(known.index, dtype=np.int64) for dm, known in places.items()},
        {dm: orders.of for dm, orders in frame.orders.items()},
    )


class _Places:
    """Sets of orders, each kept once."""

    def __init__(self) -> None:
        self.parts: list[npt.NDArray[np.int64]] = []
        self.index: list[int] = []
        self._seen: dict[int, int] = {}
        self._equal: dict[bytes, int] = {}
        self._held: list[npt.NDArray[np.int64]] = []

    def add(self, part: npt.NDArray[np.int64]) -> None:
        """Note the set of a further case."""
        place = self._seen.get(id(part))
        if place is None:
            key = part.tobytes()
            place = self._equal.setdefault(key, len(self.parts))
            if place == len(self.parts):
                self.parts.append(part)
            self._seen[id(part)] = place
            self._held.append(part)  # so that no other array gets its id
        self.index.append(place)
