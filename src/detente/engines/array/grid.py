"""The grid: values for all combinations at once, with one axis for the options of whoever moves.

Because the closing question of a concept compares one number with the rank of the origin, the rest of the play has a *value*
in each state: the focal decision maker's moves take the maximum of the values they lead to, the others' answers the minimum.  A move
changes own options, so that both are minima and maxima along the bits of these options, and no relation between states is
ever built: a two-way option is a butterfly, a one-way option half of one.  Infeasible combinations hold a value that never wins.

A legal sequence (nobody twice in a row) reaches what a plain closure reaches, as long as two moves of one decision maker are one
move of theirs; hence the passes, one decision maker after another, until nothing changes.  Merged states and bans break that, and
`detente.engines.array.lists` is for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from detente.concepts.base import Ply
from detente.engines.array.tables import Column, Columns

_SHORT_ROW = 4096
"""Rows shorter than this cost as much as this: the time to start one operation of NumPy."""
_SORTING = 150
"""What sorting costs for each row element, in comparisons."""
_BLOCK = 1 << 20
"""Elements that a block of columns holds while it is sorted."""


def submasks(mask: int) -> list[int]:
    """All subsets of the bits of a mask, ascending.

    >>> submasks(0b101)
    [0, 1, 4, 5]
    """
    found, sub = [0], 0
    while (sub := (sub - mask) & mask) != 0:
        found.append(sub)
    return found


class Fibres:
    """A column as rows: the combinations that differ in one decision maker's own options stand under one another.

    Parameters
    ----------
    options
        Number of options of the space.
    mask
        The bits of the decision maker's own options; row r holds the combinations whose own bits, pushed together, read r.
    only_on, only_off
        The bits of the options, of anybody, that can only be taken, or only be given up.

    Examples
    --------
    >>> fibres = Fibres(3, 0b101, 0, 0)
    >>> fibres.rows(np.arange(8)).tolist()
    [[0, 2], [1, 3], [4, 6], [5, 7]]
    """

    def __init__(self, options: int, mask: int, only_on: int, only_off: int) -> None:
        bits = [k for k in range(options) if mask >> k & 1]
        self.count = 1 << len(bits)
        self.length = (1 << options) // self.count
        self.only_on = sum(1 << r for r, k in enumerate(bits) if only_on >> k & 1)
        self.only_off = sum(1 << r for r, k in enumerate(bits) if only_off >> k & 1)
        runs: list[tuple[bool, int]] = []  # from the highest bit down: whether own, and how many bits
        for k in reversed(range(options)):
            own = bool(mask >> k & 1)
            if runs and runs[-1][0] == own:
                runs[-1] = (own, runs[-1][1] + 1)
            else:
                runs.append((own, 1))
        self._shape = tuple(1 << width for _, width in runs)
        self._order = tuple(sorted(range(len(runs)), key=lambda axis: not runs[axis][0]))
        self._turned = tuple(self._shape[axis] for axis in self._order)

    def rows(self, column: Column) -> Column:
        """The column as rows, a copy."""
        rows = np.empty(self._turned, column.dtype)
        np.copyto(rows, column.reshape(self._shape).transpose(self._order))
        return rows.reshape(self.count, self.length)

    def column(self, rows: Column) -> Column:
        """The inverse of `rows`."""
        column = np.empty(rows.size, rows.dtype)
        np.copyto(column.reshape(self._shape).transpose(self._order), rows.reshape(self._turned))
        return column

    def spread(self, rows: Column, better: Callable[..., Any]) -> None:
        """Put into each place the least (`np.minimum`) or greatest value that one move, or none, leads to."""
        for k in range(self.count.bit_length() - 1):
            pairs = rows.reshape(self.count >> (k + 1), 2, 1 << k, self.length)
            off, on = pairs[:, 0], pairs[:, 1]
            if self.only_off >> k & 1:
                better(on, off, out=on)
            else:
                better(off, on, out=off)
                if not self.only_on >> k & 1:
                    on[...] = off

    def improve(self, rows: Column, ranks: Column) -> None:
        """Put into each place the least value that one move to a place of greater rank, or none, leads to."""
        by_pairs, by_sorting = self.costs()
        if by_pairs <= by_sorting:
            self._improve_by_pairs(rows, ranks)
        else:
            self._improve_by_sorting(rows, ranks)

    def costs(self) -> tuple[int, int]:
        """What a pass over improvements costs pair by pair and by sorting, in comparisons of two states."""
        one_way = (self.only_on | self.only_off).bit_count()
        free = self.count.bit_length() - 1 - one_way
        length = max(self.length, _SHORT_ROW)
        return 3**one_way * 4**free * length, (3**one_way + 2**one_way) * 2**free * max(self.length, 8) * _SORTING

    def targets(self, row: int) -> list[int]:
        """The rows that one move from a row leads to, itself included."""
        changeable = (self.count - 1) & ~((self.only_on & row) | (self.only_off & ~row))
        return [row ^ flip for flip in submasks(changeable)]

    def _improve_by_pairs(self, rows: Column, ranks: Column) -> None:
        # `rank of target - (rank + 1)` is negative unless the target is preferred; its sign, spread over all bits, is or-ed
        # into the target's value, which so becomes the greatest unsigned number where there is no improvement.
        signed = np.dtype(f"i{rows.itemsize}")
        sign = 8 * rows.itemsize - 1
        rank, bound, value = ranks.view(signed), (ranks + rows.dtype.type(1)).view(signed), rows.view(signed)
        work = np.empty(self.length, signed)
        unsigned = work.view(rows.dtype)
        for here in range(self.count):
            for there in self.targets(here):
                if there != here:
                    np.subtract(rank[there], bound[here], out=work)
                    np.right_shift(work, sign, out=work)
                    np.bitwise_or(work, value[there], out=work)
                    np.minimum(rows[here], unsigned, out=rows[here])

    def _improve_by_sorting(self, rows: Column, ranks: Column) -> None:
        # Places to improve from and places to improve to are sorted together, greatest rank first and, among equal ranks, the
        # former first; a running minimum over the values of the latter then stands where it is wanted.
        one_way = self.only_on | self.only_off
        free = np.array(submasks(self.count - 1 & ~one_way))
        nothing = np.iinfo(rows.dtype).max
        for fixed in submasks(one_way):
            here = fixed | free
            there = np.concatenate([other | free for other in submasks(one_way) if self.may(fixed, other)])
            block = max(1, _BLOCK // (here.size + there.size))
            for start in range(0, self.length, block):
                part = slice(start, start + block)
                keys = np.concatenate((ranks[here, part] * np.int64(2) + 1, ranks[there, part] * np.int64(2)))
                values = np.concatenate((np.full_like(rows[here, part], nothing), rows[there, part]))
                order = np.argsort(-keys.T, axis=1)
                lowest = np.minimum.accumulate(np.take_along_axis(values.T, order, 1), axis=1)
                found = np.empty_like(lowest)
                np.put_along_axis(found, order, lowest, 1)
                rows[here, part] = np.minimum(rows[here, part], found[:, : here.size].T)

    def may(self, one: int, other: int) -> bool:
        """Whether the one-way options let one row follow another."""
        return not (other & ~one & self.only_off or one & ~other & self.only_on)


class Grid:
    """Plays of moves and answers, valued for all combinations of a space at once.

    Parameters
    ----------
    columns
        Ranks and sets of combinations of the space.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> grid = Grid(Columns(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))))
    >>> grid.worst("A", ()).tolist()
    [2, 2]
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.space = columns.space
        self._rows: dict[str, Column] = {}
        count = len(self.space.conflict.options)
        self.fibres = {dm: Fibres(count, mask, self.space.only_on, self.space.only_off) for dm, mask in self.space.masks.items()}

    @property
    def is_full(self) -> bool:
        """Whether every combination can occur and is perceived by everybody; one pass of each decision maker is then all."""
        return self.space.feasible == self.space.everything and all(dm.unperceived is None for dm in self.space.conflict.decision_makers)

    def worst(self, dm: str, plies: tuple[Ply, ...]) -> Column:
        """The greatest value that one move of a decision maker, or none, leads to when the plies are then played.

        It exceeds the rank of a state iff some improvement from there is not deterred.  That moves which are no improvements are looked at
        as well does no harm, because no play here is worth more than the rank of where it begins.  Needs `space.moves_compose`.
        """
        ranks = self.columns.ranks(dm)
        value = ranks
        for ply in reversed(plies):
            value = self.greatest(value, dm) if ply.who == "focal" else self.answered(value, dm, ply.moves == "improving")
        return self.greatest(np.minimum(value, ranks), dm)

    def greatest(self, value: Column, dm: str) -> Column:
        """The greatest value to which one move of a decision maker, or none, leads; 0 where infeasible."""
        return self._moved(value, dm, np.maximum, 0)

    def least(self, value: Column, dm: str) -> Column:
        """The least value to which one move of a decision maker, or none, leads; the greatest number where infeasible."""
        return self._moved(value, dm, np.minimum, np.iinfo(value.dtype).max)

    def least_freely(self, value: Column, dm: str) -> Column:
        """The least value over all changes of own options that the directions allow, or none, by way of infeasible combinations too."""
        rows = self.fibres[dm].rows(value)
        self.fibres[dm].spread(rows, np.minimum)
        return self.fibres[dm].column(rows)

    def answered(self, value: Column, dm: str, improving: bool) -> Column:
        """The least value to which a legal sequence of the others, or none, leads, by improvements of their movers or any moves."""
        others = [other for other, mask in self.space.masks.items() if other != dm and mask]
        unchanged, turn = 0, 0
        while unchanged < len(others):
            if turn >= len(others) and not improving and self.is_full:
                break
            mover = others[turn % len(others)]
            after = self._improved(value, mover) if improving else self.least(value, mover)
            unchanged = unchanged + 1 if np.array_equal(value, after) else 1
            value, turn = after, turn + 1
        return value

    def _moved(self, value: Column, dm: str, better: Callable[..., Any], never: int) -> Column:
        """One pass by any moves; `never` is the value that never wins, and what infeasible combinations hold from then on."""
        fibres, hidden = self.fibres[dm], self.columns.unperceived(dm)
        closed = value.copy()
        np.copyto(closed, value.dtype.type(never), where=self.columns.infeasible)
        if hidden is not None:
            np.copyto(closed, value.dtype.type(never), where=hidden)
        rows = fibres.rows(closed)
        fibres.spread(rows, better)
        moved = fibres.column(rows)
        if hidden is not None:
            np.copyto(moved, value, where=hidden)
        np.copyto(moved, value.dtype.type(never), where=self.columns.infeasible)
        return moved

    def _improved(self, value: Column, dm: str) -> Column:
        """One pass by improvements of a decision maker."""
        fibres, hidden = self.fibres[dm], self.columns.unperceived(dm)
        ranks = self._ranks_in_rows(dm)
        width = np.promote_types(value.dtype, ranks.dtype)  # "nothing" stays greater than every rank when widened or cut
        rows = fibres.rows(value).astype(width, copy=False)
        fibres.improve(rows, ranks.astype(width, copy=False))
        improved = fibres.column(rows.astype(value.dtype, copy=False))
        if hidden is not None:
            np.copyto(improved, value, where=hidden)
        np.copyto(improved, np.iinfo(value.dtype).max, where=self.columns.infeasible)
        return improved

    def _ranks_in_rows(self, dm: str) -> Column:
        """The ranks as rows; what is not perceived has rank 0, so that nobody improves to it."""
        found = self._rows.get(dm)
        if found is None:
            ranks, hidden = self.columns.ranks(dm), self.columns.unperceived(dm)
            found = self._rows[dm] = self.fibres[dm].rows(ranks if hidden is None else np.where(hidden, ranks.dtype.type(0), ranks))
        return found
