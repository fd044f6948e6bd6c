"""How the row of all places is cut into blocks that hold whatever one decision maker can bring about from any place in them.

Seen from a decision maker the row is a box: *outer* digits above their own, the *span* from their highest to their lowest own digit,
and *inner* digits below.  A block has all of the span, and a part of the outer or of the inner digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from detente.engines.blocks.kernels import Moves
from detente.engines.blocks.layout import Column, Layout
from detente.space.states import StateSpace


class Reach:
    """The box of one decision maker's own digits.

    Parameters
    ----------
    space
        Says which options are one-way.
    layout
        Where combinations stand.
    dm
        Key of the decision maker; they must own options.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)), Option("z", "z", ("B",)))
    >>> conflict = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options)
    >>> reach = Reach(StateSpace(conflict), Layout(conflict), "B")
    >>> reach.outer, reach.span, reach.inner, reach.matrix(np.arange(8)).tolist()
    (1, 4, 2, [[0, 1], [2, 3], [4, 5], [6, 7]])
    """

    def __init__(self, space: StateSpace, layout: Layout, dm: str) -> None:
        own = layout.own(dm)
        self.dm, self.first, self.last = dm, own[0], own[-1]
        sizes = [len(digit.values) for digit in layout.digits]
        self.inner = prod(sizes[: self.first])
        """Places that the digits below the span make."""
        self.span = prod(sizes[self.first : self.last + 1])
        """Places that the digits of the span make."""
        self.outer = layout.size // (self.inner * self.span)
        """Places that the digits above the span make."""
        between = range(self.last, self.first - 1, -1)
        self._shape = [sizes[k] for k in between]
        self._own = [place for place, k in enumerate(between) if k in own]
        self._digits = [layout.digits[k] for k in between if k in own]
        self._one_way = (space.only_on & space.masks[dm], space.only_off & space.masks[dm])
        self.rows = prod(sizes[k] for k in own)
        """How many settings of their own options there are."""

    @cached_property
    def moves(self) -> Moves:
        """Which rows lead to which."""
        return Moves(self._digits, *self._one_way)

    def matrix(self, block: Column) -> Column:
        """A contiguous block, in the order of places, as a contiguous matrix with a row for each own setting; a copy only if it must be."""
        box, order = self._box(block.size)
        return np.ascontiguousarray(block.reshape(box).transpose(order)).reshape(self.rows, -1)

    def put_back(self, matrix: Column, block: Column) -> None:
        """The inverse of `matrix`, into a block."""
        box, order = self._box(block.size)
        turned = [box[axis] for axis in order]
        if not np.shares_memory(matrix, block):
            np.copyto(block.reshape(box).transpose(order), matrix.reshape(turned))

    def _box(self, size: int) -> tuple[list[int], list[int]]:
        inner = min(self.inner, size // self.span)
        box = [size // (inner * self.span), *self._shape, inner]
        own = [1 + place for place in self._own]
        return box, [*own, *(axis for axis in range(len(box)) if axis not in own)]


@dataclass(frozen=True, slots=True)
class Block:
    """Places that are worked on together: `count` stretches of `length` places each, `stride` apart, from `start` on."""

    start: int
    count: int
    stride: int
    length: int

    @property
    def size(self) -> int:
        """How many places it has."""
        return self.count * self.length


@dataclass(frozen=True, slots=True)
class Cut:
    """All places in blocks, and whose moves stay within them.

    Parameters
    ----------
    outer, span, inner
        The box that the blocks are cut from.
    outers, inners
        How many outer places, or else how many inner ones, a block has.
    movers
        Those whose moves stay within each block (keys).
    """

    outer: int
    span: int
    inner: int
    outers: int
    inners: int
    movers: tuple[str, ...]

    @property
    def size(self) -> int:
        """Most places of a block."""
        return self.outers * self.span * self.inners

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return -(-self.outer // self.outers) * -(-self.inner // self.inners)

    def blocks(self) -> Iterator[Block]:
        """The blocks, ascending."""
        whole = self.span * self.inner
        if self.inners == self.inner:
            for at in range(0, self.outer, self.outers):
                yield Block(at * whole, 1, whole, min(self.outers, self.outer - at) * whole)
            return
        for at in range(self.outer):
            for column in range(0, self.inner, self.inners):
                yield Block(at * whole + column, self.span, self.inner, min(self.inners, self.inner - column))


def cut_for(layout: Layout, reach: Reach, most: int, reaches: Sequence[Reach] = ()) -> Cut:
    """Blocks for one decision maker, of at most so many places where that can be; others whose moves stay within them are noted.

    Parameters
    ----------
    layout
        Where combinations stand.
    reach
        The box of the decision maker.
    most
        Most places of a block.
    reaches
        The boxes of others.
    """
    whole = reach.span * reach.inner
    sizes = [len(digit.values) for digit in layout.digits]
    if whole <= most or reach.inner <= layout.run:  # all of the span and what is below
        outers = _multiple(sizes[reach.last + 1 :], most // whole)
        while outers * whole % layout.run:  # whole runs
            outers = _next_multiple(sizes[reach.last + 1 :], outers)
        movers = tuple(r.dm for r in (reach, *reaches) if (outers * whole) % (r.span * r.inner) == 0)
        return Cut(reach.outer, reach.span, reach.inner, outers, reach.inner, movers)
    inners = max(layout.run, _multiple(sizes[: reach.first], most // reach.span))
    movers = tuple(r.dm for r in reaches if inners % (r.span * r.inner) == 0)
    return Cut(reach.outer, reach.span, reach.inner, 1, inners, (reach.dm, *movers))


def _multiple(sizes: Sequence[int], most: int) -> int:
    """The greatest product of first sizes that is at most so much, and at least 1."""
    found = 1
    for size in sizes:
        if found * size > most:
            break
        found *= size
    return found


def _next_multiple(sizes: Sequence[int], past: int) -> int:
    found = 1
    for size in sizes:
        found *= size
        if found > past:
            return found
    return found
