"""Passes over a matrix: a row for each setting of one decision maker's own options, a column for each choice of everybody else.

Values are unsigned numbers; the greatest stands for *never*: what can't occur, or is not perceived.  The compiled kernels make the passes
where there are such, otherwise NumPy does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from detente.engines.array import native
from detente.engines.blocks.layout import Column, Digit

MOST_ROWS = 1 << 12
"""Most rows for which the compiled kernels make a schedule here."""

TILE = 1 << 13
"""Columns that are worked on together; the rows of so many lie in the processor's cache."""
_SORTING = 400  # rows above which sorting them is quicker than comparing all pairs
_SORTED = 1 << 20  # elements that are sorted together


def nothing(dtype: np.dtype[np.unsignedinteger]) -> np.unsignedinteger:
    """The value of what can't occur where the least is looked for: greater than every rank."""
    return dtype.type(np.iinfo(dtype).max)


class Moves:
    """Which rows of a matrix one decision maker can go to from which, in one move.

    From row r to row t iff `need[r] & ~need[t] == 0`: `need` has a bit for each of their one-way options, set where it stands as it
    can't be changed back from.  Without one-way options all rows lead to all.

    Parameters
    ----------
    digits
        The decision maker's own digits, highest first.
    only_on, only_off
        Their options that can only be taken, or only be given up.

    Examples
    --------
    >>> from detente.engines.blocks.layout import Digit
    >>> Moves([Digit(range(1, 2), ("A",), (0, 2)), Digit(range(0, 1), ("A",), (0, 1))], only_on=0b01, only_off=0).need.tolist()
    [0, 1, 0, 1]
    """

    def __init__(self, digits: Sequence[Digit], only_on: int, only_off: int) -> None:
        settings: list[int] = [0]
        for digit in digits:
            settings = [setting | value for setting in settings for value in digit.values]
        self.need = np.zeros(len(settings), np.uint32)
        """For each row what a row reached from it must have as well."""
        place = 0
        for mask, turned in ((only_on, 0), (only_off, 1)):
            for k in range(mask.bit_length()):
                if mask >> k & 1:
                    bits = np.array([setting >> k & 1 ^ turned for setting in settings], np.uint32)
                    if bits.any() and not bits.all():
                        self.need |= bits << np.uint32(place)
                        place += 1
        self.kernels: Any = native.kernels()
        """The compiled kernels, if there are."""
        self.one_way = place
        """How many bits there are."""

    @cached_property
    def schedule(self) -> Any:
        """The order in which the compiled kernels go through the rows; None where there are no such, or it would be too long."""
        if self.kernels is None or self.need.size > MOST_ROWS or self.one_way > 20:
            return None
        return self.kernels.Schedule(self.need, (1 << self.one_way) - 1, 0)


def spread(value: Column, moves: Moves, *, most: bool) -> None:
    """Put into each place of a matrix the least, or the greatest (`most`), value that one move, or none, leads to.

    Never is no value.  What stands where it was then does not matter.

    >>> from detente.engines.blocks.layout import Digit
    >>> value = np.array([[5, 255], [3, 4]], np.uint8)
    >>> spread(value, Moves([Digit(range(0, 1), ("A",), (0, 1))], 0b1, 0), most=False)
    >>> value[1].tolist(), int(value[0, 0])
    ([3, 4], 3)
    """
    if moves.schedule is not None:
        moves.kernels.rows(value.itemsize, value, value, 1, *value.shape, moves.schedule, turn=most)
        return
    need = moves.need
    if most:
        np.copyto(value, 0, where=value == nothing(value.dtype))
    better = np.maximum if most else np.minimum
    if not need.any():
        best = better.reduce(value, axis=0)
        value[...] = best
        return
    bits = int(need.max()).bit_length()
    rows = [np.flatnonzero(need == group) for group in range(1 << bits)]
    best = np.full((1 << bits, value.shape[1]), 0 if most else nothing(value.dtype), value.dtype)
    for group, members in enumerate(rows):
        for row in members:
            better(best[group], value[row], out=best[group])
    for k in range(bits):
        pairs = best.reshape(-1, 2, 1 << k, value.shape[1])
        better(pairs[:, 0], pairs[:, 1], out=pairs[:, 0])
    for group, members in enumerate(rows):
        for row in members:
            value[row] = best[group]


def improve(value: Column, rank: Column, moves: Moves) -> None:
    """Put into each place of a matrix the least value that one move to a place of greater rank, or none, leads to.

    Both matrices have the same type; ranks leave its greatest bit unused, or are below 255 in eight bits.

    >>> from detente.engines.blocks.layout import Digit
    >>> value = np.array([[5, 1], [3, 4]], np.uint8)
    >>> improve(value, np.array([[1, 1], [2, 1]], np.uint8), Moves([Digit(range(0, 1), ("A",), (0, 1))], 0, 0))
    >>> value.tolist()
    [[3, 1], [3, 4]]
    """
    if moves.schedule is not None:
        moves.kernels.rows(value.itemsize, value, value, 1, *value.shape, moves.schedule, ranks=rank)
        return
    need = moves.need
    if value.shape[0] > _SORTING:
        _by_sorting(value, rank, need)
        return
    columns = max(1 << 9, min(TILE, (1 << 19) // value.shape[0]))
    for start in range(0, value.shape[1], columns):
        part = slice(start, start + columns)
        _by_pairs(value[:, part], rank[:, part], need)


def _by_pairs(value: Column, rank: Column, need: Column) -> None:
    before = value.copy()
    work, mask = np.empty_like(value[0]), np.empty(value.shape[1], np.bool_)
    signed = np.dtype(f"i{value.itemsize}")
    bound = (rank + value.dtype.type(1)).view(signed) if value.itemsize > 1 else rank
    ranks, turned = rank.view(signed) if value.itemsize > 1 else rank, work.view(signed)
    sign = 8 * value.itemsize - 1
    for here, wanted in enumerate(need):
        for there in np.flatnonzero((need & wanted) == wanted):
            if there == here:
                continue
            if value.itemsize > 1:  # `rank there - (rank here + 1)` is negative unless it is an improvement; its sign fills all bits
                np.subtract(ranks[there], bound[here], out=turned)
                np.right_shift(turned, sign, out=turned)
            else:
                np.less_equal(ranks[there], ranks[here], out=mask)
                np.negative(mask.view(np.uint8), out=work)
            np.bitwise_or(work, before[there], out=work)
            np.minimum(value[here], work, out=value[here])


def _by_sorting(value: Column, rank: Column, need: Column) -> None:
    # Places to improve from and places to improve to are sorted together, greatest rank first and, among equal ranks, the former first; a
    # running minimum over the values of the latter then stands where it is wanted.
    before = value.copy()
    for wanted in np.unique(need):
        here, there = np.flatnonzero(need == wanted), np.flatnonzero((need & wanted) == wanted)
        block = max(1, _SORTED // (here.size + there.size))
        for start in range(0, value.shape[1], block):
            part = slice(start, start + block)
            keys = np.concatenate((rank[here, part] * np.int64(2) + 1, rank[there, part] * np.int64(2)))
            values = np.concatenate((np.full((here.size, keys.shape[1]), nothing(value.dtype), value.dtype), before[there, part]))
            order = np.argsort(-keys.T, axis=1)
            lowest = np.minimum.accumulate(np.take_along_axis(values.T, order, 1), axis=1)
            found = np.empty_like(lowest)
            np.put_along_axis(found, order, lowest, 1)
            value[here, part] = np.minimum(value[here, part], found[:, : here.size].T)
