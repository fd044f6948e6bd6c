"""Which places are stable: the value of the rest of the play at every place, block by block.

The value of a play is found as in the grid of the array engine: a decision maker's moves take the greatest value that they lead to, the
others' answers the least, until nothing changes.  Here a column of values is the only thing that has an entry for every place; ranks are
worked out for the block in hand.  The answers of the others are taken in any order, block after block: what they converge to does not
depend on it, since every pass keeps what is less and puts nothing below what some sequence of answers leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.concepts.base import SolutionConcept
from detente.engines.blocks.cuts import Block, Cut, Reach, cut_for
from detente.engines.blocks.kernels import improve, nothing, spread
from detente.engines.blocks.layout import Column, Layout, Mask
from detente.engines.blocks.native import Cubes
from detente.engines.blocks.ranks import Ranks
from detente.engines.blocks.rows import Condition, Feasible
from detente.engines.blocks.stores import Store


@dataclass
class Table:
    """What all plays of a conflict share.

    Parameters
    ----------
    layout
        Where combinations stand.
    reaches
        For each decision maker with options their box.
    feasible
        Which places can occur.
    ranks
        Gives the ranks of a decision maker.
    hidden
        For some decision makers what they do not perceive.
    most
        Most places of a block, where that can be.
    gathered
        Whether a block that is in hand is worked on for everybody whose moves stay in it: worth it where blocks come from a disk.
    look
        Called after each block; raises to end the work.
    cubes
        The compiled kernels, where they can be used.
    """

    layout: Layout
    reaches: Mapping[str, Reach]
    feasible: Feasible
    ranks: Callable[[str], Ranks]
    hidden: Mapping[str, Condition]
    most: int
    gathered: bool
    look: Callable[[], None]
    cubes: Cubes | None = None
    _cuts: dict[tuple[str, ...], list[Cut]] = field(default_factory=dict)

    def runs(self, block: Block) -> Column:
        """The runs of a block, in order."""
        run = self.layout.run
        starts = (block.start + np.arange(block.count) * block.stride) // run
        return (starts[:, None] + np.arange(block.length // run)).ravel()

    def dtype(self, dm: str) -> np.dtype[np.unsignedinteger]:
        """The type of a decision maker's ranks, and of the values that are compared with them."""
        return self.ranks(dm).dtype if self.cubes is None else self.cubes.dtype

    def ranked(self, dm: str, block: Block) -> Column:
        """The ranks of a decision maker at the places of a block; the greatest number where a combination can't occur."""
        if self.cubes is not None and (column := self.cubes.ranked(dm, block)) is not None:
            return column
        ranks = self.ranks(dm)
        found = np.empty((block.size // self.layout.run, self.layout.run), self.dtype(dm))
        for row, run in zip(found, self.runs(block).tolist(), strict=True):
            ranks.put(self.layout.high(run), row)
        return found.reshape(-1)

    def unseen(self, dm: str, block: Block) -> Mask | None:
        """The places of a block that a decision maker does not perceive; None where they perceive everything."""
        condition = self.hidden.get(dm)
        if condition is None:
            return None
        found = np.empty((block.size // self.layout.run, self.layout.run), np.bool_)
        for row, run in zip(found, self.runs(block).tolist(), strict=True):
            row[...] = condition(self.layout.high(run))
        return found.reshape(-1)

    def can_occur(self, block: Block) -> Mask:
        """The places of a block that can occur."""
        found = np.empty((block.size // self.layout.run, self.layout.run), np.bool_)
        for row, run in zip(found, self.runs(block).tolist(), strict=True):
            row[...] = self.feasible(self.layout.high(run))
        return found.reshape(-1)

    def cut(self, dm: str) -> Cut:
        """Blocks that hold whatever a decision maker can bring about; for somebody without options any blocks."""
        if dm in self.reaches:
            return cut_for(self.layout, self.reaches[dm], self.most)
        return Cut(self.layout.runs, 1, self.layout.run, max(1, self.most // self.layout.run), self.layout.run, ())

    def cuts(self, movers: Sequence[str]) -> list[Cut]:
        """Few ways to cut all places in blocks, so that the moves of everybody among the movers stay within the blocks of one of them."""
        key = tuple(movers)
        if key not in self._cuts:
            found: list[Cut] = []
            reaches = sorted((self.reaches[dm] for dm in movers), key=lambda reach: reach.last)
            fitting = [reach for reach in reaches if reach.span * reach.inner <= self.most]
            for reach in (*reversed(fitting), *(reach for reach in reaches if reach not in fitting)):
                if not any(reach.dm in cut.movers for cut in found):
                    found.append(cut_for(self.layout, reach, self.most, [other for other in reaches if other is not reach]))
            if not self.gathered:
                taken: set[str] = set()
                for place, cut in enumerate(found):
                    fresh = tuple(dm for dm in cut.movers if dm not in taken)
                    found[place] = Cut(cut.outer, cut.span, cut.inner, cut.outers, cut.inners, fresh)
                    taken |= set(fresh)
            self._cuts[key] = found
        return self._cuts[key]


def load(store: Store, block: Block, dtype: np.dtype[np.unsignedinteger]) -> Column:
    """The values of a block."""
    found = np.empty((block.count, block.length), dtype)
    for row in range(block.count):
        store.load(block.start + row * block.stride, found[row])
    return found.reshape(-1)


def save(store: Store, block: Block, values: Column) -> None:
    """Put the values of a block back."""
    for row, part in enumerate(values.reshape(block.count, block.length)):
        store.save(block.start + row * block.stride, part)


class Answers:
    """The least value that the answers of others lead to, in place in a column of values.

    Parameters
    ----------
    table
        What all plays share.
    movers
        Those who answer (keys); they own options.
    improving
        Whether each of their steps must be an improvement for its mover.
    values
        The column; what can't occur has the greatest number.
    dtype
        Its type.
    """

    def __init__(self, table: Table, movers: Sequence[str], improving: bool, values: Store, dtype: np.dtype[np.unsignedinteger]) -> None:
        self._table, self._movers, self._improving = table, movers, improving
        self._values, self._dtype = values, dtype
        self._changed = np.zeros(table.layout.runs, np.uint32)
        self._once = not improving and table.feasible.is_full and not table.hidden

    def settle(self) -> None:
        """Let the others answer until nothing changes any more."""
        if self._table.cubes is not None:
            self._settle_marked(self._table.cubes)
            return
        cuts = self._table.cuts(self._movers)
        looked, turn, sweep = [0] * len(cuts), 0, 1
        while any(at == 0 or (self._changed > at).any() for at in looked):
            place = turn % len(cuts)
            self._sweep(cuts[place], looked[place], sweep)
            looked[place] = sweep
            sweep += 1
            turn += 1
            if len(cuts) == 1 or (self._once and turn == len(cuts)):
                return  # blocks hold everything that is reached; or one pass of everybody is all

    def _sweep(self, cut: Cut, looked: int, sweep: int) -> None:
        """Go through all blocks of a cut that have changed since it was gone through, and note what changes."""
        for block in cut.blocks():
            runs = self._table.runs(block)
            if not looked or (self._changed[runs] > looked).any():
                before = load(self._values, block, self._dtype)
                after = self._within(block, before, cut.movers)
                changed = (after != before).reshape(runs.size, -1).any(axis=1)
                if changed.any():
                    save(self._values, block, after)
                    self._changed[runs[changed]] = sweep
            self._table.look()

    def _settle_marked(self, cubes: Cubes) -> None:
        """The same by the kernels, which mark what has changed since each of the others looked at it."""
        marks = cubes.marks()
        cuts, turn, unchanged = self._table.cuts(self._movers), 0, 0
        while unchanged < len(cuts):
            cut, any_left = cuts[turn % len(cuts)], False
            for block in cut.blocks():
                mark = cubes.gathered(marks, block)
                waiting = [dm for dm in cut.movers if cubes.waits(dm, mark)]
                if waiting:
                    any_left = True
                    values = load(self._values, block, self._dtype)
                    unseen = {dm: self._table.unseen(dm, block) for dm in cut.movers}
                    while waiting:
                        for dm in waiting:
                            ranks = self._table.ranked(dm, block) if self._improving and cubes.compares(dm) else None
                            cubes.answered(dm, block, values, mark, unseen[dm], ranks, improving=self._improving)
                        waiting = [dm for dm in cut.movers if cubes.waits(dm, mark)]
                    save(self._values, block, values)
                    cubes.scatter(marks, block, mark)
                self._table.look()
            turn, unchanged = turn + 1, 0 if any_left else unchanged + 1
            if len(cuts) == 1:
                return

    def _within(self, block: Block, values: Column, movers: Sequence[str]) -> Column:
        """The values of a block after all answers that stay within it."""
        impossible = values == nothing(self._dtype)
        if impossible.all():
            return values
        ranks: dict[str, Column] = {}
        unseen = {dm: self._table.unseen(dm, block) for dm in movers}
        unchanged, turn = 0, 0
        while unchanged < len(movers):
            dm = movers[turn % len(movers)]
            if self._improving and dm not in ranks:
                ranks[dm] = self._table.ranked(dm, block)
            after = self._moved(self._table.reaches[dm], values, ranks.get(dm), unseen[dm], impossible)
            unchanged = unchanged + 1 if np.array_equal(after, values) else 1
            values, turn = after, turn + 1
            if self._once and turn == len(movers):
                break
        return values

    def _moved(self, reach: Reach, values: Column, ranks: Column | None, unseen: Mask | None, impossible: Mask) -> Column:
        """The values after one move of one decision maker, or none."""
        top = nothing(values.dtype)
        if ranks is None:
            after = values.copy() if unseen is None else np.where(unseen, top, values)
            matrix = reach.matrix(after)
            spread(matrix, reach.moves, most=False)
        else:
            if unseen is not None:
                ranks = np.where(unseen, ranks.dtype.type(0), ranks)
            width = np.promote_types(values.dtype, ranks.dtype)
            after = values.astype(width)
            matrix = reach.matrix(after)
            improve(matrix, reach.matrix(ranks.astype(width, copy=False)), reach.moves)
        reach.put_back(matrix, after)
        after = after.astype(values.dtype, copy=False)
        np.copyto(after, top, where=impossible)
        if unseen is not None:
            np.copyto(after, values, where=unseen)
        return after


def begin(table: Table, concept: SolutionConcept, dm: str, values: Store) -> None:
    """Fill a column with what a decision maker has where the others have answered: the rank, or the best that a further move gives."""
    for block in table.cut(dm).blocks():
        ranks = table.ranked(dm, block)
        save(values, block, _best(table, dm, block, ranks) if concept.counters else ranks)
        table.look()


def judge(table: Table, dm: str, values: Store | None, stable: Callable[[Column, Column], None]) -> int:
    """Compare what a decision maker can get by one move with what they have; how many places are stable.

    Parameters
    ----------
    table
        What all plays share.
    dm
        The decision maker.
    values
        What the places are worth to them once the others have answered; None where nobody answers.
    stable
        Takes runs (their numbers), and for each a row of bytes whose bits say which of its places are stable.
    """
    count = 0
    for block in table.cut(dm).blocks():
        ranks = table.ranked(dm, block)
        worth = ranks if values is None else load(values, block, ranks.dtype)
        runs = table.runs(block)
        if table.cubes is not None and dm in table.reaches:
            bits = table.cubes.judged(dm, block, worth, ranks, table.unseen(dm, block))
        else:
            staying = _best(table, dm, block, np.minimum(worth, ranks)) <= ranks
            staying &= ranks != nothing(ranks.dtype)
            bits = np.packbits(staying.reshape(runs.size, -1), axis=1, bitorder="little")
        count += int.from_bytes(bits.tobytes(), "little").bit_count()
        stable(runs, bits.reshape(runs.size, -1))
        table.look()
    return count


def _best(table: Table, dm: str, block: Block, worth: Column) -> Column:
    """The greatest worth to which one move of a decision maker, or none, leads; the greatest number where a combination can't occur."""
    reach, unseen = table.reaches.get(dm), table.unseen(dm, block)
    if reach is None:
        return worth.copy()
    if table.cubes is not None:
        return table.cubes.best(dm, block, worth, unseen)
    top = nothing(worth.dtype)
    never = worth == top if unseen is None else (worth == top) | unseen
    found = np.where(never, top, worth)
    matrix = reach.matrix(found)
    spread(matrix, reach.moves, most=True)
    reach.put_back(matrix, found)
    np.copyto(found, worth, where=never)
    return found
