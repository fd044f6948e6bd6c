"""Blocks as cubes for the compiled kernels: used where every digit is one option, so that a block has a place for each of its bits.

The place of a combination is then the combination.  A block's own bits are the low options, and where it is made of stretches, the options
of the span besides; all others are fixed in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.engines.array.native import kernels
from detente.engines.array.native.contexts import contexts
from detente.engines.array.native.fitting import own_ways, words
from detente.engines.array.native.programs import MOST_OPTIONS, program
from detente.engines.blocks.cuts import Block
from detente.engines.blocks.kernels import nothing
from detente.engines.blocks.layout import Column, Layout, Mask
from detente.model.formula import all_of
from detente.model.preference import Meets
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

UNIT = 1 << 10
"""Places that share a mark."""
_STATEMENTS = {1: 7, 2: 15, 4: 31}  # that fit in so many bytes
MOST_ONE_WAY = 20
"""Most one-way options of one decision maker."""


@dataclass(frozen=True, slots=True)
class Mover:
    """One decision maker: own options, orders of going through rows, on which options of others the order of improvements depends."""

    own: int
    moves: Any
    improvements: Any
    depends: tuple[int, ...]
    mark: int


class Cubes:
    """Passes over blocks by the compiled kernels; `cubes_for` makes it where they can be used.

    Parameters
    ----------
    space
        The space.
    layout
        Where combinations stand: each at its own number.
    width
        Bytes of a value.
    most_words
        Most words of a schedule.
    """

    def __init__(self, space: StateSpace, layout: Layout, width: int, most_words: int) -> None:
        self.space, self.layout, self.size = space, layout, width
        self.dtype = np.dtype(f"u{width}")
        self._kernels: Any = kernels()
        self._programs = {dm: self._statements(dm) for dm in space.masks}
        self._rules = program(all_of(*layout.rules), space.conflict.option_index)
        self._most_words = most_words
        self._movers: dict[str, Mover] = {}

    def _statements(self, dm: str) -> tuple[bytes, ...] | None:
        criteria = criteria_of(self.space.conflict.decision_maker(dm))
        found = [criterion.formula for criterion in criteria if isinstance(criterion, Meets)]
        if len(found) < len(criteria) or len(found) > _STATEMENTS[self.size]:
            return None
        return tuple(program(formula, self.space.conflict.option_index) for formula in found)

    def mover(self, dm: str) -> Mover:
        """How a decision maker moves."""
        if dm not in self._movers:
            space, mask = self.space, self.space.masks[dm]
            rows = np.arange(1 << mask.bit_count(), dtype=np.uint32)
            ways = own_ways(mask, space.only_on), own_ways(mask, space.only_off)
            order = contexts(space.conflict, dm, mask, self._most_words * rows.size // words(mask, space.only_on | space.only_off))
            moves = self._kernels.Schedule(rows, *ways)
            improvements = None if order is None else self._kernels.Schedule(rows, *ways, np.ascontiguousarray(order.codes))
            mark = 1 << list(space.masks).index(dm)
            self._movers[dm] = Mover(mask, moves, improvements, () if order is None else order.options, mark)
        return self._movers[dm]

    # -- ranks -----------------------------------------------------------------------------------------------------
    def ranked(self, dm: str, block: Block) -> Column | None:
        """The ranks of a decision maker in a block; None where statements alone do not give them."""
        programs = self._programs[dm]
        if programs is None:
            return None
        found = np.empty((block.count, block.length), self.dtype)
        feasible = np.empty(block.length // 8, np.uint8)
        for row, part in enumerate(found):
            start = block.start + row * block.stride
            self._kernels.truth(self._rules, start, feasible)
            self._kernels.codes(self.size, programs, start, feasible, part)
        return found.reshape(-1)

    # -- passes ----------------------------------------------------------------------------------------------------
    def best(self, dm: str, block: Block, worth: Column, unseen: Mask | None) -> Column:
        """The greatest worth to which one move of a decision maker, or none, leads."""
        mover, found = self.mover(dm), np.empty_like(worth)
        local = self._local(block)
        own = _moved(mover.own, local)
        self._kernels.cube(self.size, worth, found, len(local), own, mover.moves, hidden=self._hidden(unseen), turn=True)
        return found

    def judged(self, dm: str, block: Block, worth: Column, ranks: Column, unseen: Mask | None) -> Column:
        """Which places are stable, as bits in the order of the block."""
        mover, local = self.mover(dm), self._local(block)
        bits = np.empty(block.size // 8, np.uint8)
        own = _moved(mover.own, local)
        self._kernels.judge(self.size, worth, ranks, len(local), own, mover.moves, self._hidden(unseen), bits)
        return bits

    def compares(self, dm: str) -> bool:
        """Whether improvements of a decision maker are found by comparing ranks: too many options of others bear on their order."""
        return self.mover(dm).improvements is None

    def answered(
        self, dm: str, block: Block, values: Column, marks: Column, unseen: Mask | None, ranks: Column | None, *, improving: bool
    ) -> None:
        """Put the least value that one move (or improvement) of a decision maker, or none, leads to, into the values of a block."""
        mover, local = self.mover(dm), self._local(block)
        more: dict[str, Any] = {"hidden": self._hidden(unseen), "marks": marks, "me": mover.mark.bit_length() - 1}
        schedule = mover.moves
        if ranks is not None:
            more["ranks"] = ranks
        elif improving:
            schedule = mover.improvements
            inside = [(local[bit], 1 << k) for k, bit in enumerate(mover.depends) if bit in local]
            more["bits"] = bytes(bit for bit, _ in inside)
            more["weights"] = np.array([weight for _, weight in inside], np.uint32)
            more["context"] = sum(1 << k for k, bit in enumerate(mover.depends) if bit not in local and block.start >> bit & 1)
        own = _moved(mover.own, local)
        self._kernels.cube(self.size, values, values, len(local), own, schedule, **more)

    def _local(self, block: Block) -> Mapping[int, int]:
        """For each bit of places that is not fixed in a block the bit of a place within the block."""
        low, high = block.length.bit_length() - 1, block.count.bit_length() - 1
        first = block.stride.bit_length() - 1
        return {k: k for k in range(low)} | {first + k: low + k for k in range(high)}

    def _hidden(self, unseen: Mask | None) -> Column | None:
        return None if unseen is None else np.where(unseen, nothing(self.dtype), 0).astype(self.dtype)

    # -- marks -----------------------------------------------------------------------------------------------------
    def marks(self) -> Column:
        """A word for each `UNIT` places, with a bit for each decision maker who has still to look at it."""
        return np.full(self.layout.size // UNIT, 0xFFFFFFFF, np.uint32)

    def gathered(self, marks: Column, block: Block) -> Column:
        """The marks of a block, a copy."""
        length = block.length // UNIT
        starts = (block.start + np.arange(block.count) * block.stride) // UNIT
        found: Column = marks[(starts[:, None] + np.arange(length)).ravel()]
        return found

    def scatter(self, marks: Column, block: Block, found: Column) -> None:
        """Put the marks of a block back."""
        length = block.length // UNIT
        starts = (block.start + np.arange(block.count) * block.stride) // UNIT
        marks[(starts[:, None] + np.arange(length)).ravel()] = found

    def waits(self, dm: str, marks: Column) -> bool:
        """Whether a decision maker has still to look at some of these marks."""
        return bool((np.bitwise_or.reduce(marks) & self.mover(dm).mark) != 0)


def _moved(mask: int, local: Mapping[int, int]) -> int:
    return sum(1 << local[k] for k in range(mask.bit_length()) if mask >> k & 1)


def cubes_for(space: StateSpace, layout: Layout, width: int, most_words: int) -> Cubes | None:
    """The kernels for a space and its places, or None where they can't be used; parameters as in `Cubes`."""
    one_way = space.only_on | space.only_off
    fits = (
        all(len(digit.options) == 1 and len(digit.values) == 2 for digit in layout.digits)
        and layout.run >= UNIT
        and len(space.masks) <= 32
        and len(layout.digits) <= MOST_OPTIONS
        and all((mask & one_way).bit_count() <= MOST_ONE_WAY and words(mask, one_way) <= most_words for mask in space.masks.values())
    )
    return Cubes(space, layout, width, most_words) if fits and kernels() is not None else None
