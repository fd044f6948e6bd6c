"""Improvements from all states at once, and values that travel along them: what a graph of improvements is looked through with.

No relation between states is built where moves compose: the combinations that differ in one decision maker's own options are sorted by
rank, once, and a value travels along all improvements among them by one running maximum, minimum or union.  Elsewhere (merged
states, bans) and in small spaces improvements are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from detente.engines.array import MAX_PAIRS
from detente.engines.array.grid import Fibres, submasks
from detente.engines.array.lists import Arcs, Lists, pairs_of
from detente.engines.array.tables import Column, Columns, Mask
from detente.errors import LimitError
from detente.space.states import StateSpace
from detente.text import plural

MAX_COMBINATIONS = 1 << 22
"""Most combinations of a space that is looked through by sorting."""
FEW_PAIRS = 1 << 21
"""Most pairs of combinations that moves are listed from where they could be sorted as well."""
_BLOCK = 1 << 20
"""Elements that are sorted together."""


@dataclass(frozen=True, slots=True)
class Way:
    """How values that meet are made one: by a function of NumPy (`better`), with the value that changes no other (`neutral`).

    >>> int(UNION.better(1, 2)), LEAST.neutral == np.iinfo(np.int32).max
    (3, True)
    """

    better: Any
    neutral: int


UNION, GREATEST, LEAST = Way(np.bitwise_or, 0), Way(np.maximum, 0), Way(np.minimum, int(np.iinfo(np.int32).max))
"""The union of sets of bits, the greatest and the least of whole numbers from 1 on."""


class _Form(Protocol):
    """Where a space is looked through: each place stands for a combination."""

    combinations: Column
    present: Mask

    def one(self, dm: str, value: Column, way: Way, forward: bool) -> Column: ...


class Improvements:
    """The improvements of every decision maker in a space.

    Parameters
    ----------
    space
        A listed space.

    Raises
    ------
    LimitError
        S347 if there are too many combinations, or too many moves to be listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> found = Improvements(StateSpace(load("elmira")))
    >>> found.movers, int(found.present.sum())
    (('MoE', 'Uniroyal', 'Local'), 9)
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.movers = tuple(dm for dm, mask in space.masks.items() if mask)
        """Who owns an option, in the order of the conflict."""
        self._form = _form(space)
        self.combinations, self.present = self._form.combinations, self._form.present
        """For each place the combination (a state) that it stands for, and whether it is a state at all."""

    def one(self, dm: str, value: Column, way: Way, *, forward: bool = False) -> Column:
        """For each place what one improvement of a decision maker leads to, or `way.neutral` where there is none.

        Parameters
        ----------
        dm
            Who moves (key).
        value
            What is at each place.
        way
            How several values are made one.
        forward
            Whether values travel with the moves, to where these lead; otherwise against them, to where these begin.

        Examples
        --------
        >>> from detente.cases import load
        >>> found = Improvements(StateSpace(load("elmira")))
        >>> leaving = found.one("Local", np.ones(found.present.size, np.uint8), UNION)
        >>> [found.space.number(int(c)) for c in found.combinations[leaving > 0]]
        [1, 2, 3, 4]
        """
        return self._form.one(dm, value, way, forward)

    def closed(self, value: Column, way: Way, *, forward: bool = False) -> Column:
        """For each place what sequences of improvements, of anybody, lead to, the place itself included.

        Parameters
        ----------
        value, way, forward
            As of `one`.

        Examples
        --------
        >>> from detente.cases import load
        >>> found = Improvements(StateSpace(load("elmira")))
        >>> start = (found.combinations == found.space.status_quo).astype(np.uint8)
        >>> [found.space.number(int(c)) for c in found.combinations[found.closed(start, UNION, forward=True) > 0]]
        [1, 5]
        """
        unchanged, turns = 0, [*self.movers, *reversed(self.movers)]  # there and back, so that no order of parties is bad for long
        while unchanged < len(turns):
            for mover in turns:
                after = way.better(value, self._form.one(mover, value, way, forward))
                unchanged = unchanged + 1 if np.array_equal(value, after) else 0
                value = after
        return value


def _form(space: StateSpace) -> _Form:
    count = space.feasible.bit_count()
    pairs = sum(count << mask.bit_count() for mask in space.masks.values())
    if space.moves_compose and pairs > FEW_PAIRS and space.conflict.combinations <= MAX_COMBINATIONS:
        return _Sorted(Columns(space))
    if pairs <= MAX_PAIRS or (count * len(space.masks) <= MAX_PAIRS and pairs_of(space) <= MAX_PAIRS):
        return _Listed(Columns(space))
    message = f"the improvements among {plural(space.states.count, 'state')} are too many to be looked through together"
    raise LimitError.of("S347", message, help="look at the moves from single states, or leave out options that do not matter")


class _Listed:
    """Improvements as lists; the places are the states, in order."""

    def __init__(self, columns: Columns) -> None:
        self._lists = Lists(columns)
        self.combinations = self._lists.states
        self.present = np.ones(self.combinations.size, np.bool_)
        self._turned: dict[str, Arcs] = {}

    def one(self, dm: str, value: Column, way: Way, forward: bool) -> Column:
        arcs = self._lists.arcs(dm, "improving")
        if forward:
            if dm not in self._turned:
                order = np.argsort(arcs.end, kind="stable")
                self._turned[dm] = Arcs(arcs.end[order], arcs.start[order])
            arcs = self._turned[dm]
        return arcs.take(way.better, value, way.neutral)


class _Sorted:
    """Improvements by sorting; the places are all combinations, states or not."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.combinations = np.arange(columns.size)
        self.present = columns.feasible
        space = columns.space
        self._fibres = {
            dm: Fibres(len(space.conflict.options), mask, space.only_on, space.only_off) for dm, mask in space.masks.items() if mask
        }
        self._blocks: dict[str, list[_Block | _Pair]] = {}

    def one(self, dm: str, value: Column, way: Way, forward: bool) -> Column:
        fibres, unseen = self._fibres[dm], self._unseen(dm)
        rows = fibres.rows(np.where(unseen, value.dtype.type(way.neutral), value))
        found = np.full_like(rows, way.neutral)
        if dm not in self._blocks:
            ranks = fibres.rows(np.where(unseen, 0, self._columns.ranks(dm)))
            by_pairs, by_sorting = fibres.costs()
            self._blocks[dm] = [*(_pairs if by_pairs <= by_sorting else _blocks)(fibres, ranks)]
        for block in self._blocks[dm]:
            block.spread(rows, found, way, forward)
        result = fibres.column(found)
        result[unseen] = way.neutral
        return result

    def _unseen(self, dm: str) -> Mask:
        hidden = self._columns.unperceived(dm)
        return self._columns.infeasible if hidden is None else self._columns.infeasible | hidden


@dataclass(frozen=True, slots=True)
class _Pair:
    """One row to improve from and one to improve to, and in which columns that is an improvement."""

    here: int
    there: int
    gains: Mask

    def spread(self, rows: Column, found: Column, way: Way, forward: bool) -> None:
        """As of `_Block`."""
        start, end = (self.here, self.there) if forward else (self.there, self.here)
        way.better(found[end], rows[start], out=found[end], where=self.gains)


def _pairs(fibres: Fibres, ranks: Column) -> Iterator[_Pair]:
    for here in range(fibres.count):
        for there in fibres.targets(here):
            if there != here and (gains := ranks[there] > ranks[here]).any():
                yield _Pair(here, there, gains)


@dataclass(frozen=True, slots=True)
class _Block:
    """Some combinations to improve from (`here`, rows) and to (`there`), in some columns (`part`), sorted.

    The greatest rank comes first and, among equal ranks, those to improve from come before those to improve to: so every improvement leads
    from a later place to an earlier one, and nothing else does.
    """

    here: Column
    there: Column
    part: slice
    order: Column

    def spread(self, rows: Column, found: Column, way: Way, forward: bool) -> None:
        """Put into what is `found` the values that one improvement leads to; `forward` as of `Improvements.one`."""
        begins, ends = rows[self.here, self.part], rows[self.there, self.part]
        silent = np.full_like(ends if forward else begins, way.neutral)
        values = np.concatenate((begins, silent) if forward else (silent, ends)).T
        met = np.take_along_axis(values, self.order, 1)
        if forward:
            way.better.accumulate(met[:, ::-1], axis=1, out=met[:, ::-1])
        else:
            way.better.accumulate(met, axis=1, out=met)
        back = np.empty_like(met)
        np.put_along_axis(back, self.order, met, 1)
        gained = back[:, self.here.size :].T if forward else back[:, : self.here.size].T
        to = self.there if forward else self.here
        found[to, self.part] = way.better(found[to, self.part], gained)


def _blocks(fibres: Fibres, ranks: Column) -> Iterator[_Block]:
    one_way = fibres.only_on | fibres.only_off
    free = np.array(submasks(fibres.count - 1 & ~one_way))
    for fixed in submasks(one_way):
        here = fixed | free
        there = np.concatenate([other | free for other in submasks(one_way) if fibres.may(fixed, other)])
        wide = max(1, _BLOCK // (here.size + there.size))
        for start in range(0, fibres.length, wide):
            part = slice(start, start + wide)
            keys = np.concatenate((ranks[here, part] * np.int64(2) + 1, ranks[there, part] * np.int64(2)))
            yield _Block(here, there, part, np.argsort(-keys.T, axis=1).astype(np.int32))
