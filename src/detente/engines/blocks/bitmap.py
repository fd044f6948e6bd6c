"""Sets of states with a bit for each place, in memory or in a file, combined without being copied.

A set that is made of others is worked out piece by piece when it is counted or listed; so it needs no memory of its own however many
states there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from detente.engines.blocks.layout import Column, Layout
from detente.engines.blocks.rows import Condition, Kept
from detente.model.formula import Formula
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.space.members import Members

Reader = Callable[[int, int], Column]
"""Gives runs, from one to before another, as rows of bytes; the lowest bit of a byte is the first place."""

PIECE = 1 << 22
"""Bytes of a set that are looked at together."""
_KEPT = 1 << 24


class BitmapSet:
    """A set of states of one space, with a bit for each place of a layout; it satisfies `detente.space.members.Members`.

    Parameters
    ----------
    space
        The space.
    layout
        Where combinations stand.
    read
        Gives its bits.
    count
        How many states it holds, if that is known.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> space = StateSpace(conflict, list_up_to=0)
    >>> some = BitmapSet(space, Layout(conflict), lambda start, stop: np.array([[0b1011]], np.uint8))
    >>> some.count, some.first(2), some.contains(2), (some & some.where(Not(Taken("x")))).first(5), (some - some).count
    (3, (0, 1), False, (0,), 0)
    """

    def __init__(self, space: StateSpace, layout: Layout, read: Reader, count: int | None = None) -> None:
        self._space, self.layout, self._read = space, layout, read
        if count is not None:
            self.count = count

    @property
    def space(self) -> StateSpace:
        """The space that the states belong to."""
        return self._space

    @cached_property
    def _counts(self) -> list[int]:
        """How many members stand before each piece, and at last how many there are."""
        return [0, *accumulate(_ones(bits) for _, bits in self._pieces())]

    @cached_property
    def count(self) -> int:
        """How many states it holds."""
        return self._counts[-1]

    @property
    def _per_piece(self) -> int:
        return max(1, PIECE // (-(-self.layout.run // 8)))

    def _pieces(self) -> Iterator[tuple[int, Column]]:
        """Its bits in pieces: the first run of each, and rows of bytes."""
        for start in range(0, self.layout.runs, self._per_piece):
            yield start, self._read(start, min(start + self._per_piece, self.layout.runs))

    def _members(self, start: int, bits: Column) -> Column:
        """The places, ascending, of the members in rows of bytes that begin with a run."""
        rows, columns = np.nonzero(bits)
        unpacked = np.unpackbits(bits[rows, columns][:, None], axis=1, bitorder="little")
        which, bit = np.nonzero(unpacked)
        found: Column = (start + rows[which]) * self.layout.run + columns[which] * 8 + bit
        return found

    def contains(self, state: int) -> bool:
        """Whether a state (by its combination) belongs to it."""
        place = self.layout.place(state) if state >= 0 else None
        if place is None:
            return False
        run, within = divmod(place, self.layout.run)
        return bool(self._read(run, run + 1)[0, within >> 3] >> (within & 7) & 1)

    __contains__ = contains

    def each(self) -> Iterator[int]:
        """All members, ascending, one at a time."""
        for start, bits in self._pieces():
            high, run = -1, -1
            for place in self._members(start, bits):
                at, within = divmod(int(place), self.layout.run)
                if at != run:
                    run, high = at, self.layout.high(at)
                yield high | int(self.layout.low[within])

    def first(self, n: int) -> tuple[int, ...]:
        """The n members that are the smallest combinations, or all if there are fewer."""
        return tuple(state for _, state in zip(range(n), self.each(), strict=False))

    def sample(self, n: int, seed: int) -> tuple[int, ...]:
        """Up to n different members, each as likely as any other, drawn with a seed, ascending; all if there are fewer."""
        if n >= self.count:
            return self.first(self.count)
        wanted = sorted(Random(seed).sample(range(self.count), n))
        found: list[int] = []
        while len(found) < n:
            piece = bisect_right(self._counts, wanted[len(found)]) - 1
            start = piece * self._per_piece
            places = self._members(start, self._read(start, min(start + self._per_piece, self.layout.runs)))
            within = (target - self._counts[piece] for target in wanted[len(found) :])
            found.extend(self.layout.combination(int(places[at])) for at in within if at < places.size)
        return tuple(found)

    width = 1 << 16
    """How many combinations a block of `blocks` spans."""

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The members by blocks of `width` combinations, ascending, without empty ones.

        Yields pairs (first combination of the block, integer whose bit r says whether combination first + r is a member).
        """
        at, here = -1, bytearray()
        for state in self.each():
            if state // self.width != at:
                if here:
                    yield at * self.width, int.from_bytes(here, "little")
                at, here = state // self.width, bytearray(self.width // 8)
            within = state % self.width
            here[within >> 3] |= 1 << (within & 7)
        if here:
            yield at * self.width, int.from_bytes(here, "little")

    def where(self, formula: Formula) -> BitmapSet:
        """The members that meet a condition."""
        condition = Condition(self.layout, formula, Kept(_KEPT))

        def read(start: int, stop: int) -> Column:
            bits = self._read(start, stop).copy()
            for row, run in zip(bits, range(start, stop), strict=True):
                truth = condition(self.layout.high(run))
                if truth is False:
                    row.fill(0)
                elif truth is not True:
                    row &= np.packbits(truth, bitorder="little")
            return bits

        return BitmapSet(self._space, self.layout, read)

    def _with(self, other: Members, join: Callable[[Column, Column], Column]) -> BitmapSet:
        if not isinstance(other, BitmapSet) or other.layout.signature != self.layout.signature:
            raise TypeError("sets of states are combined with others of the same space that are held in the same way")
        return BitmapSet(self._space, self.layout, lambda start, stop: join(self._read(start, stop), other._read(start, stop)))

    def __and__(self, other: Members, /) -> BitmapSet:
        return self._with(other, np.bitwise_and)

    def __or__(self, other: Members, /) -> BitmapSet:
        return self._with(other, np.bitwise_or)

    def __sub__(self, other: Members, /) -> BitmapSet:
        return self._with(other, lambda one, two: one & ~two)

    def __bool__(self) -> bool:
        if "count" in self.__dict__:
            return self.count > 0
        return any(bits.any() for _, bits in self._pieces())

    def __repr__(self) -> str:
        return f"<{self.count} states>"


def _ones(bits: Column) -> int:
    return int.from_bytes(bits.tobytes(), "little").bit_count()


def listed(found: BitmapSet) -> int:
    """The members as an integer with a bit for each combination.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> space = StateSpace(conflict)
    >>> listed(BitmapSet(space, Layout(conflict), lambda start, stop: np.array([[0b1011]], np.uint8)))
    11
    """
    held = bytearray(found.space.conflict.combinations // 8 + 1)
    for first, bits in found.blocks():
        part = bits.to_bytes(found.width // 8, "little")
        held[first // 8 : first // 8 + len(part)] = part[: len(held) - first // 8]
    return int.from_bytes(held, "little")
