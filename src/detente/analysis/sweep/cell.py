"""A cell: completions that have answered the same so far, and the questions that a conclusion may put to them.

A conclusion is a function of a cell.  It may look at the completions through nothing but the cell's questions, so that whatever it returns
holds of every completion that gives the same answers.  That is why it need not be worked out anew for each of a million completions, and
why parts of the conflict that it never asks about can be left out of the count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.worths import Split

Within = Mapping[str, npt.NDArray[np.int64]]
"""For each decision maker (key) the numbers of the orders that are in the cell, ascending."""
Asked: TypeAlias = Callable[[PartyOrders], Split]
"""A question to the orders of one decision maker."""
Look: TypeAlias = Callable[[str, Asked], "list[Any]"]
"""Gives all answers that the orders of a decision maker (key) in a cell give to a question."""


FEW = 64
"""So few numbers are sorted faster one by one."""


class Undecided(Exception):
    """The completions of a cell answer a question differently.

    Parameters
    ----------
    dm
        The decision maker whose orders answer.
    split
        The answers.
    """

    def __init__(self, dm: str, split: Split) -> None:
        super().__init__(dm)
        self.dm, self.split = dm, split


@dataclass
class Cell:
    """Completions that gave the same answers so far.

    Parameters
    ----------
    orders
        For each decision maker (key) the orders that they may have.
    within
        Which of these are in the cell.
    known
        What was answered so far, in the order in which it was asked.
    tick
        Called before each question; what it raises ends the work.

    Raises
    ------
    Undecided
        By any question to which the completions of the cell give several answers that was not settled before.
    """

    orders: Mapping[str, PartyOrders]
    within: Within
    known: list[Any] = field(default_factory=list)
    tick: Callable[[], None] | None = None
    _asked: int = field(default=0, init=False)

    def ask(self, dm: str, question: Asked) -> Any:
        """The answer of a decision maker's orders to a question that they all answer in the same way."""
        return self._once(lambda: self._answer(dm, question))

    def _answer(self, dm: str, question: Asked) -> Hashable:
        if self.tick is not None:
            self.tick()
        split = question(self.orders[dm])
        if len(split.answers) == 1:
            return split.answers[0]
        labels = present(split.labels, self.within[dm])
        if len(labels) > 1:
            raise Undecided(dm, split)
        return split.answers[labels[0]]

    def possible(self, dm: str, question: Asked) -> int:
        """What some order of the cell answers, where answers are sets as integers."""
        return int(self._once(lambda: reduce(or_, self._answers(dm, question))))

    def certain(self, dm: str, question: Asked) -> int:
        """What every order of the cell answers, where answers are sets as integers."""
        return int(self._once(lambda: reduce(and_, self._answers(dm, question))))

    def survey(self, work_out: Callable[[Look], Any]) -> Any:
        """What follows from all answers that the orders of the cell give to some questions, none of which has to be settled.

        Whatever is worked out must stay true of fewer completions, because it is kept for all parts of the cell.
        """
        return self._once(lambda: work_out(self._answers))

    def _answers(self, dm: str, question: Asked) -> list[Any]:
        if self.tick is not None:
            self.tick()
        split = question(self.orders[dm])
        if len(split.answers) == 1:
            return [split.answers[0]]
        return [split.answers[label] for label in present(split.labels, self.within[dm])]

    def _once(self, work_out: Callable[[], Any]) -> Any:
        """An answer that was given before, in its turn; otherwise it is worked out and kept."""
        if self._asked == len(self.known):
            self.known.append(work_out())
        self._asked += 1
        return self.known[self._asked - 1]


def present(labels: Labels, within: npt.NDArray[np.int64]) -> list[int]:
    """The answers (`labels`) that occur among some orders (`within`, their numbers).

    >>> present(np.array([0, 1, 2, 1], dtype=np.int32), np.array([0, 1, 3]))
    [0, 1]
    """
    found = labels[within]
    if len(found) <= FEW:
        return sorted(set(found.tolist()))
    return [int(label) for label in np.flatnonzero(np.bincount(found))]
