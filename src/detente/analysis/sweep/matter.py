"""Which guesses never matter to a conclusion: however all others come out, its value is the same whichever way they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.frame import Axis
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.tally import Tally
from detente.analysis.sweep.tree import Value

MAX_CELLS = 1 << 24
"""Most combinations of classes of orders whose values are held at once, over all frames."""


@dataclass(frozen=True, slots=True)
class Idle:
    """The guesses that never matter to a conclusion.

    Parameters
    ----------
    keys
        Their keys, in the order of the conflict.
    complete
        Whether each other guess does matter: with some choice of all others it makes a difference.

    Examples
    --------
    >>> Idle(("g",), True).keys
    ('g',)
    """

    keys: tuple[str, ...]
    complete: bool


def idle(tally: Tally) -> Idle:
    """Which guesses never matter to a conclusion.

    Of drawn completions nothing of the kind can be said: no guess is named then, and `complete` is False.

    Parameters
    ----------
    tally
        What a sweep found of the conclusion.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> asked = Subject("stays", concept="Nash", dm="Town")
    >>> idle(sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [asked]).tallies[0])
    Idle(keys=('decision makers/Town/prefers/1', 'decision makers/Estate/prefers/1', 'decision makers/Estate/prefers/2'), complete=True)
    """
    spread = tally.spread
    if not isinstance(spread, Counted):
        return Idle((), False)
    if tally.is_unanimous:
        return Idle(tuple(guess.key for guess in spread.open.conflict.guesses), True)
    codes: dict[Value, int] = {}
    frames = [_Grid(cases, codes) for cases in spread.frames]
    held = sum(grid.cells for grid in frames) <= MAX_CELLS
    found, complete = set[str](), held
    for dm, axis in spread.open.axes.items():
        kinds = [grid.behaviour(dm) if held else grid.classes[dm] for grid in frames]
        for column, guess in enumerate(axis.guesses):
            if all(np.array_equal(one, other) for kind in kinds for one, other in _turned(kind, axis, column)):
                found.add(guess.key)
    if held:
        numbers = np.arange(len(frames))
        for column, guess in enumerate(spread.open.whole.guesses):
            pairs = [(a, b) for one, other in _turned(numbers, spread.open.whole, column) for a, b in zip(one, other, strict=True)]
            same = [frames[a].same(frames[b]) for a, b in pairs]
            complete = complete and (None not in same or False in same)
            if all(same):
                found.add(guess.key)
    elif not spread.open.whole.guesses:
        complete = len(found) == len(spread.open.conflict.guesses)
    return Idle(tuple(guess.key for guess in spread.open.conflict.guesses if guess.key in found), complete)


def _turned(of: npt.NDArray[np.integer], axis: Axis, column: int) -> Iterator[tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]]:
    """What stands for the ways to settle an axis, with one guess as written, and with each of its other alternatives."""
    sizes = [len(guess.alternatives) for guess in axis.guesses]
    rows = np.moveaxis(of.reshape(sizes), column, 0).reshape(sizes[column], -1)
    for number in range(1, sizes[column]):
        yield rows[0], rows[number]


class _Grid:
    """The values of one frame (`cases`), for classes of ways to settle the guesses about each decision maker that fall into the same cases.

    `codes` numbers the values, the same for all frames.
    """

    def __init__(self, cases: Cases, codes: dict[Value, int]) -> None:
        self.cases = cases
        self.values = np.array([codes.setdefault(value, len(codes)) for value in cases.values], dtype=np.int16)
        self.classes, self.parts = dict[str, npt.NDArray[np.int64]](), dict[str, list[npt.NDArray[np.int64]]]()
        for dm in cases.of:
            kinds = _kinds(int(cases.of[dm].max()) + 1, cases.parts[dm])
            self.classes[dm] = kinds[cases.of[dm]]
            self.parts[dm] = [np.unique(kinds[part]) for part in cases.parts[dm]]

    @property
    def cells(self) -> int:
        return prod(int(kinds.max()) + 1 for kinds in self.classes.values())

    @cached_property
    def table(self) -> npt.NDArray[np.int16]:
        """The value for each choice of a class for everybody."""
        found = np.empty([int(kinds.max()) + 1 for kinds in self.classes.values()], dtype=np.int16)
        for case, value in enumerate(self.values):
            found[np.ix_(*(self.parts[dm][int(self.cases.index[dm][case])] for dm in self.cases.of))] = value
        return found

    def behaviour(self, dm: str) -> npt.NDArray[np.int64]:
        """For each way to settle the guesses about a decision maker a class: ways of one class always give the same value."""
        place = list(self.classes).index(dm)
        rows = np.moveaxis(self.table, place, 0).reshape(self.table.shape[place], -1)
        kinds: npt.NDArray[np.int64] = np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
        return kinds[self.classes[dm]]

    def same(self, other: _Grid) -> bool | None:
        """Whether another frame has the same value for each choice of a way for everybody; None where there are too many to see."""
        met = [_met(self.classes[dm], other.classes[dm]) for dm in self.classes]
        if prod(pairs.shape[1] for pairs in met) > MAX_CELLS:
            return None
        own, theirs = np.ix_(*(pairs[0] for pairs in met)), np.ix_(*(pairs[1] for pairs in met))
        return bool((self.table[own] == other.table[theirs]).all())


def _kinds(count: int, parts: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """For each order a number; orders with the same number are in the same of some sets."""
    kinds = np.zeros(count, dtype=np.int64)
    for part in parts:
        if len(part) < count:
            inside = np.zeros(count, dtype=np.int64)
            inside[part] = 1
            kinds = _renumbered(kinds * 2 + inside)[1]
    return kinds


def _met(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The different pairs of numbers at the same places of two lists, shape (2, pairs)."""
    size = int(other.max()) + 1
    return np.stack(np.divmod(_renumbered(one * size + other)[0], size))


def _renumbered(numbers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The different ones of some numbers, ascending, and which of these each is; fast where they are small."""
    if int(numbers.max(initial=0)) > 8 * len(numbers):
        kinds, which = np.unique(numbers, return_inverse=True)
        return kinds, which.reshape(-1).astype(np.int64)
    occurs = np.bincount(numbers) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]
