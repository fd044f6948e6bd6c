"""How often each two guesses come out in each two ways, value by value of a conclusion: all that is said of one or two comes from it.

All of it comes from a few products of matrices: for a counted conclusion from its cases, without looking at completions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.cases import WHOLE, Cases
from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.spread import Counted, Drawn, ways
from detente.analysis.sweep.tally import Tally
from detente.analysis.sweep.tree import Value
from detente.model.guess import Guess

Floats = npt.NDArray[np.float64]

PARTS = 16
"""Sets of orders that are summed up together."""
AT_ONCE = 1 << 14
"""Drawn completions that are looked at together."""


@dataclass(frozen=True)
class Table:
    """What completions count in which two guesses come out in two ways.

    Parameters
    ----------
    guesses
        The guesses.
    starts
        For each guess the first of its columns; it has one for each alternative.
    values
        The values of the conclusion.
    pairs
        For each value, and each two columns, what the completions with this value count in which both come out so; shape (values, columns,
        columns).  Whole numbers where all completions together count no more than 2**53; otherwise shares.  A guess with itself: what the
        completions count in which it comes out so.

    Examples
    --------
    >>> guess = Guess("g", "rule", None, (1,), ())
    >>> Table((guess,), (0,), (True,), np.array([[[3.0, 0.0], [0.0, 1.0]]])).total
    4.0
    """

    guesses: tuple[Guess, ...]
    starts: tuple[int, ...]
    values: tuple[Value, ...]
    pairs: Floats

    @property
    def total(self) -> float:
        """What all completions count."""
        first = slice(0, self.starts[1]) if len(self.starts) > 1 else slice(None)
        return float(np.einsum("vkk->", self.pairs[:, first, first]))

    def columns(self, guess: int) -> slice:
        """The columns of the guess with a place."""
        ends = (*self.starts, self.pairs.shape[1])
        return slice(ends[guess], ends[guess + 1])

    def one(self, guess: int) -> Floats:
        """For each value and alternative of a guess, at its place, what the completions count; shape (values, alternatives)."""
        own = self.columns(guess)
        found: Floats = np.einsum("vkk->vk", self.pairs[:, own, own])
        return found

    def two(self, guess: int, other: int) -> Floats:
        """The same for each choice of alternatives of two guesses; shape (values, choices)."""
        return self.pairs[:, self.columns(guess), self.columns(other)].reshape(len(self.values), -1)


def table(tally: Tally, guesses: Sequence[Guess]) -> Table:
    """The table of a conclusion (`tally`) for some guesses.

    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> found = sweep(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [Subject("holds")])
    >>> table(found.tallies[0], ()).pairs.shape
    (1, 0, 0)
    """
    sizes = [len(guess.alternatives) for guess in guesses]
    starts = tuple(int(start) for start in np.cumsum([0, *sizes])[:-1])
    values = tuple(tally.shares)
    found = np.zeros((len(values), sum(sizes), sum(sizes)))
    place = {guess.key: start for guess, start in zip(guesses, starts, strict=True)}
    if isinstance(tally.spread, Drawn):
        _drawn(tally.spread, place, values, found)
    else:
        assert isinstance(tally.spread, Counted)
        _counted(tally.spread, tally.weighed, place, values, found)
    return Table(tuple(guesses), starts, values, found)


def _drawn(spread: Drawn, place: Mapping[str, int], values: Sequence[Value], found: Floats) -> None:
    """Fill in what was drawn."""
    columns = [(spread.keys.index(key), start) for key, start in place.items()]
    for number, value in enumerate(values):
        rows = spread.numbers[spread.codes == spread.kinds.index(value)]
        for at in range(0, len(rows), AT_ONCE):
            some = rows[at : at + AT_ONCE]
            marks = np.zeros((len(some), found.shape[1]))
            for column, start in columns:
                marks[np.arange(len(some)), start + some[:, column].astype(np.int64)] = 1
            found[number] += marks.T @ marks


@dataclass
class _Axis:
    """The ways to settle the guesses of one axis: which columns each marks, and what it counts."""

    marks: Floats
    counts: Floats
    columns: npt.NDArray[np.int64]
    made: dict[int, tuple[Labels, Floats]] = field(default_factory=dict)

    def orders(self, of: Labels) -> Floats:
        """For each order what the ways that have it count (`of` says which that is), and then how much of that has each column."""
        if id(of) not in self.made:
            weighed = np.concatenate([self.counts[:, None], self.counts[:, None] * self.marks], axis=1)
            by_order = np.argsort(of, kind="stable")
            starts = np.searchsorted(of[by_order], np.arange(int(of.max()) + 1))
            self.made[id(of)] = of, np.add.reduceat(weighed[by_order], starts, axis=0)  # kept with `of`, so that no other gets its id
        return self.made[id(of)][1]


def _axes(spread: Counted, weighed: bool, place: Mapping[str, int]) -> Iterator[tuple[str | None, _Axis]]:
    axes = [spread.open.whole, *spread.open.axes.values()]
    masses = [ways(axis, {}, weighed) for axis in axes]
    small = prod(int(each.sum()) for each in masses) <= WHOLE
    for axis, mass in zip(axes, masses, strict=True):
        numbers = axis.numbers()
        chosen = [(column, guess) for column, guess in enumerate(axis.guesses) if guess.key in place]
        marks = [np.eye(len(guess.alternatives))[numbers[:, column]] for column, guess in chosen]
        columns = [place[guess.key] + np.arange(len(guess.alternatives)) for _, guess in chosen]
        total = int(mass.sum())
        counts = mass.astype(np.float64) if small else np.array([int(each) / total for each in mass])
        yield (
            axis.dm,
            _Axis(
                np.concatenate([np.zeros((len(numbers), 0)), *marks], axis=1),
                counts,
                np.concatenate([np.zeros(0, dtype=np.int64), *columns]).astype(np.int64),
            ),
        )


def _counted(spread: Counted, weighed: bool, place: Mapping[str, int], values: Sequence[Value], found: Floats) -> None:
    """Fill in what the cases count."""
    axes = dict(_axes(spread, weighed, place))
    whole = axes.pop(None)
    parties = {dm: axis for dm, axis in axes.items() if dm is not None}
    code = {value: number for number, value in enumerate(values)}
    within = [{dm: np.zeros(len(axis.counts)) for dm, axis in parties.items()} for _ in values]
    for frame in spread.frames:
        if not whole.counts[frame.frame]:
            continue
        numbers = np.array([code[value] for value in frame.values])
        own = whole.marks[frame.frame]
        for number in np.unique(numbers):
            part = _Part(frame, parties, np.flatnonzero(numbers == number), float(whole.counts[frame.frame]))
            part.add(found[number])
            for dm in parties:
                within[number][dm] += part.each_way(dm)
            single = np.zeros(found.shape[1])
            for dm, axis in parties.items():
                single[axis.columns] += part.single[dm]
            chosen = whole.columns[own > 0]
            found[number][np.ix_(chosen, chosen)] += part.total
            for column in chosen:
                found[number][column, :] += single
                found[number][:, column] += single
    for number, counts in enumerate(within):
        for dm, axis in parties.items():
            found[number][np.ix_(axis.columns, axis.columns)] += axis.marks.T @ (counts[dm][:, None] * axis.marks)


class _Part:
    """The cases of one frame with one value: what they count, for each two columns of everybody."""

    def __init__(self, frame: Cases, axes: Mapping[str, _Axis], cases: npt.NDArray[np.int64], count: float) -> None:
        self.axes, self.index, self.count = axes, {dm: frame.index[dm][cases] for dm in axes}, count
        self.parts = {dm: frame.parts[dm] for dm in axes}
        self.of = frame.of
        self.marked, self.sums = dict[str, Floats](), dict[str, Floats]()
        for dm, axis in axes.items():
            orders = axis.orders(self.of[dm])
            needed = np.unique(self.index[dm])
            rows = np.zeros((len(self.parts[dm]), orders.shape[1]))
            for at in range(0, len(needed), PARTS):
                some = [self.parts[dm][place] for place in needed[at : at + PARTS]]
                rows[needed[at : at + PARTS]] = np.add.reduceat(orders[np.concatenate(some)], np.cumsum([0, *map(len, some[:-1])]), axis=0)
            self.sums[dm], self.marked[dm] = rows[:, 0], rows[:, 1:]
        self.total = float(self._rest().sum())
        self.single = {dm: self._rest(dm) @ self.marked[dm][self.index[dm]] for dm in axes}

    def _rest(self, *without: str) -> Floats:
        """What each case counts, some decision makers left out."""
        found = np.full(len(next(iter(self.index.values()))), self.count)
        for dm, index in self.index.items():
            if dm not in without:
                found = found * self.sums[dm][index]
        return found

    def add(self, found: Floats) -> None:
        """Add what they count for each two columns of different decision makers."""
        for place, (dm, axis) in enumerate(self.axes.items()):
            if not len(axis.columns):
                continue
            for other, others in list(self.axes.items())[place + 1 :]:
                if not len(others.columns):
                    continue
                rows = self._rest(dm, other)[:, None] * self.marked[other][self.index[other]]
                across = np.zeros((len(self.parts[dm]), len(others.columns)))
                np.add.at(across, self.index[dm], rows)
                both = self.marked[dm].T @ across
                found[np.ix_(axis.columns, others.columns)] += both
                found[np.ix_(others.columns, axis.columns)] += both.T

    def each_way(self, dm: str) -> Floats:
        """What they count for each way to settle the guesses about a decision maker."""
        parts = np.zeros(len(self.parts[dm]))
        np.add.at(parts, self.index[dm], self._rest(dm))
        orders = np.zeros(int(self.of[dm].max()) + 1)
        for place in np.flatnonzero(parts):
            orders[self.parts[dm][place]] += parts[place]
        found: Floats = self.axes[dm].counts * orders[self.of[dm]]
        return found
