"""Passes over a matrix: a row for each setting of one decision maker's own options, a column for each choice of everybody else.

From row r the decision maker can go to row t in one move iff `need[r] & ~need[t] == 0`: `need` has a bit for each one-way option of theirs,
set where it stands as it can't be changed back from.  Without one-way options all rows lead to all.
"""

from __future__ import annotations

import numpy as np

from detente.engines.blocks.layout import Column

TILE = 1 << 13
"""Columns that are worked on together; the rows of so many lie in the processor's cache."""
_SORTING = 400  # rows above which sorting them is quicker than comparing all pairs
_SORTED = 1 << 20  # elements that are sorted together


def nothing(dtype: np.dtype[np.unsignedinteger]) -> np.unsignedinteger:
    """The value of what can't occur where the least is looked for: greater than every rank."""
    return dtype.type(np.iinfo(dtype).max)


def needs(settings: Column, only_on: int, only_off: int) -> Column:
    """For each setting of own options (bits in a combination) the bits that a setting reached from it must have as well.

    Parameters
    ----------
    settings
        The settings, one row each.
    only_on, only_off
        The options that can only be taken, or only be given up.

    Examples
    --------
    >>> needs(np.array([0b00, 0b01, 0b10, 0b11]), only_on=0b01, only_off=0).tolist()
    [0, 1, 0, 1]
    """
    found = np.zeros(settings.size, np.uint32)
    place = 0
    for mask, turned in ((only_on, 0), (only_off, 1)):
        for k in range(mask.bit_length()):
            if mask >> k & 1:
                bits = ((settings >> k) & 1).astype(np.uint32) ^ np.uint32(turned)
                if bits.any() and not bits.all():
                    found |= bits << np.uint32(place)
                    place += 1
    return found


def spread(value: Column, need: Column, *, most: bool) -> None:
    """Put into each place of a matrix the least, or the greatest (`most`), value that one move, or none, leads to.

    >>> value = np.array([[5, 255], [3, 4]], np.uint8)
    >>> spread(value, np.array([0, 1], np.uint32), most=False)
    >>> value.tolist()
    [[3, 4], [3, 4]]
    """
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


def improve(value: Column, rank: Column, need: Column) -> None:
    """Put into each place of a matrix the least value that one move to a place of greater rank, or none, leads to.

    Both matrices have the same type; ranks leave its greatest bit unused, or are below 255 in eight bits.

    >>> value = np.array([[5, 1], [3, 4]], np.uint8)
    >>> improve(value, np.array([[1, 1], [2, 1]], np.uint8), np.array([0, 0], np.uint32))
    >>> value.tolist()
    [[3, 1], [3, 4]]
    """
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
