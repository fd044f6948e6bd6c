"""Several worlds at once: what each completion of a preference comes to in the conflict, without red lines, or after a lever.

A conclusion may compare the conflict with what it would be if something were changed.  An order of such a question stands for one order
in each of these worlds.  The worlds share their completions, and each has its own space.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from detente.analysis.sweep.cell import Asked, Cell, Look
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.worths import Split, grouped


class Seen(PartyOrders):
    """The orders of one world, each under the numbers of the orders that stand for several.

    Parameters
    ----------
    inner
        The orders of the world.
    rows
        For each order that stands for several the number of the one in this world.
    of
        For each completion the number of the order that stands for several.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> dm = space.conflict.decision_makers[0]
    >>> from detente.analysis.sweep.lists import Lists
    >>> once = PartyOrders(space, dm.key, Lists([dm]))
    >>> Seen(once, np.array([0, 0], dtype=np.int32), np.array([0, 1], dtype=np.int32)).prefers(0, 1).labels.tolist()
    [0, 0]
    """

    def __init__(self, inner: PartyOrders, rows: Labels, of: Labels) -> None:
        self.space, self.dm, self.inner, self.rows = inner.space, inner.dm, inner, rows
        self.of, self.count = of, len(rows)
        self.worths, self.own = inner.worths, rows.nbytes
        self._splits: dict[Hashable, Split] = {}

    def _through(self, key: Hashable, question: Asked) -> Split:
        def work_out() -> Split:
            split = question(self.inner)
            return Split(split.labels[self.rows], split.answers)

        return self.split(key, work_out)

    def all_above(self, states: int, origin: int) -> Split:
        """Whether every one of some states is preferred to another, in this world."""
        return self._through(("all above", states, origin), lambda orders: orders.all_above(states, origin))

    def prefers(self, state: int, other: int) -> Split:
        """Whether a state is preferred to another, in this world."""
        return self._through(("prefers", state, other), lambda orders: orders.prefers(state, other))

    def gains(self, state: int) -> Split:
        """The improvements from a state, in this world."""
        return self._through(("gains", state), lambda orders: orders.gains(state))

    def better(self, state: int) -> Split:
        """All states of this world that are preferred to a state."""
        return self._through(("better", state), lambda orders: orders.better(state))


class Joined(Seen):
    """The orders of several worlds at once; asked directly, they answer as in the first.

    Parameters
    ----------
    parts
        The orders of each world, of the same completions.
    facts
        Something else that tells completions from each other: its labels are for each completion; by default nothing.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> dm = space.conflict.decision_makers[0]
    >>> from detente.analysis.sweep.lists import Lists
    >>> told = Split(np.array([0, 1], dtype=np.int32), ("one", "other"))
    >>> twice = Joined([PartyOrders(space, dm.key, Lists([dm, dm]))] * 2, told)
    >>> twice.count, twice.fact.answers, twice.worlds[1].prefers(0, 1).labels.tolist()
    (2, ('one', 'other'), [0, 0])
    """

    def __init__(self, parts: Sequence[PartyOrders], facts: Split | None = None) -> None:
        given = facts or Split(np.zeros(len(parts[0].of), dtype=np.int32), (None,))
        rows = np.stack([*(part.of for part in parts), given.labels], axis=1)
        numbers_of = np.zeros(len(rows), dtype=np.int64)
        for column in rows.T:  # one number for each different row, however many columns there are
            numbers_of = np.unique(numbers_of * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1].reshape(-1)
        _, first, of = np.unique(numbers_of, return_index=True, return_inverse=True)
        distinct = rows[first]
        numbers: Labels = of.reshape(-1).astype(np.int32)
        super().__init__(parts[0], distinct[:, 0], numbers)
        self.worlds = tuple(Seen(part, distinct[:, column], numbers) for column, part in enumerate(parts))
        """The orders in each world."""
        self.fact = Split(distinct[:, -1], given.answers)
        """What else tells orders from each other."""

    def with_fact(self, key: Hashable, question: Callable[[], Split]) -> Split:
        """What else tells orders from each other, and the answer to a `question`, as pairs; under a `key`."""

        def work_out() -> Split:
            split = question()
            numbers = np.stack([self.fact.labels, split.labels], axis=1)
            return grouped(numbers, np.arange(self.count, dtype=np.int32), lambda row: (self.fact.answers[row[0]], split.answers[row[1]]))

        return self.split(("with fact", key), work_out)


class Lens(Cell):
    """A cell of several worlds, looked at in one of them.

    Parameters
    ----------
    cell
        The cell.
    world
        The number of the world.
    """

    def __init__(self, cell: Cell, world: int) -> None:
        super().__init__(cell.orders, cell.within)
        self._cell, self._world = cell, world

    def _there(self, question: Asked) -> Asked:
        def there(orders: PartyOrders) -> Split:
            assert isinstance(orders, Joined)
            return question(orders.worlds[self._world])

        return there

    def ask(self, dm: str, question: Asked) -> Any:
        """The answer in this world."""
        return self._cell.ask(dm, self._there(question))

    def possible(self, dm: str, question: Asked) -> int:
        """What some order answers in this world."""
        return self._cell.possible(dm, self._there(question))

    def certain(self, dm: str, question: Asked) -> int:
        """What every order answers in this world."""
        return self._cell.certain(dm, self._there(question))

    def survey(self, work_out: Callable[[Look], Any]) -> Any:
        """What follows from all answers in this world."""

        def there(look: Look) -> Any:
            return work_out(lambda dm, question: look(dm, self._there(question)))

        return self._cell.survey(there)


class Worlds(Frame):
    """A frame in which each order stands for one in each of several frames.

    Parameters
    ----------
    frames
        The frames, of the same completions; space, start and all else are those of the first.
    facts
        For a decision maker (key) what else tells completions from each other; by default nothing.

    Examples
    --------
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.cases import load
    >>> frame = next(Open(load("elmira")).frames())
    >>> [orders.count for orders in Worlds([frame, frame]).orders.values()]
    [1, 1, 1]
    """

    def __init__(self, frames: Sequence[Frame], facts: Callable[[str], Split] | None = None) -> None:
        first = frames[0]
        self.axes, self.chosen, self.number = first.axes, first.chosen, first.number
        self.conflict, self.space, self.open, self.frames = first.conflict, first.space, first.open, tuple(frames)
        self._facts = facts

    @cached_property
    def orders(self) -> dict[str, PartyOrders]:
        """For each decision maker (key) their orders in all worlds at once."""
        return {dm: Joined([frame.orders[dm] for frame in self.frames], self._facts and self._facts(dm)) for dm in self.axes}
