"""The rank of each place for one decision maker, worked out run by run whenever it is needed: no column of ranks is stored.

The rank grows with preference, from 1; the greatest number stands where a combination can't occur.  Few ordered statements need no table:
each is a bit of the rank.  More statements, or weights, are folded together in *stages*; after a stage a scan over all places finds which
codes occur, and a table gives them new numbers without gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from math import gcd
from typing import TypeAlias

import numpy as np

from detente.engines.blocks.kernels import nothing
from detente.engines.blocks.layout import Column, Layout
from detente.engines.blocks.rows import Condition, Feasible, Kept
from detente.errors import Diagnostic, LimitError
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.space.states import StateSpace
from detente.text import plural

MAX_CODES = 1 << 22
"""Most codes that a stage of ranks may tell apart; a table has an entry of four bytes for each."""
_WIDTHS = ((254, np.uint8), (32765, np.uint16), ((1 << 31) - 3, np.uint32))  # most ranks by type; the sign bit is for comparisons

Unsigned: TypeAlias = np.dtype[np.unsignedinteger]


class Statements:
    """Scores by several ordered statements: one bit each, the most important highest."""

    def __init__(self, layout: Layout, wanted: Sequence[Meets], kept: Kept) -> None:
        self.above = 1 << len(wanted)
        """A number that no score reaches."""
        self._parts = [(Condition(layout, w.formula, kept), 1 << (len(wanted) - 1 - k)) for k, w in enumerate(wanted)]

    def put(self, high: int, base: int, out: Column) -> None:
        """Put base plus score of each place of a run into `out`."""
        first = True
        for condition, weight in self._parts:
            part = condition.scaled(high, weight, out.dtype)
            if part is True:
                base += weight
            elif not isinstance(part, bool):
                if first:
                    np.copyto(out, part)
                    first = False
                else:
                    np.add(out, part, out=out)
        if first:
            out.fill(base)
        elif base:
            np.add(out, out.dtype.type(base), out=out)


class Weights:
    """Scores by a sum of weights: the place of the sum among all sums that some combination has, or the sum above the least."""

    def __init__(self, layout: Layout, weights: Sequence[tuple[str, int]], dm: str) -> None:
        index = layout.conflict.option_index
        unit = gcd(*(weight for _, weight in weights)) or 1
        self._high = [(1 << index[key], weight // unit) for key, weight in weights if not layout.low_mask >> index[key] & 1]
        self._low = np.zeros(layout.run, np.int64)
        for key, weight in weights:
            self._low += ((layout.low >> index[key]) & 1) * (weight // unit) if layout.low_mask >> index[key] & 1 else 0
        sums = np.unique(self._low)
        for digit in layout.digits[layout.low_digits :]:
            steps = np.unique(np.array([self._sum(value) for value in digit.values], np.int64))
            if sums.size > MAX_CODES:
                break
            sums = np.unique(sums[:, None] + steps)
        if sums.size > MAX_CODES:
            raise _too_many(dm)
        self._sums = sums
        self.above = int(sums.size)
        """A number that no score reaches."""

    def _sum(self, high: int) -> int:
        return sum(weight for bit, weight in self._high if high & bit)

    def put(self, high: int, base: int, out: Column) -> None:
        """Put base plus score of each place of a run into `out`."""
        out[...] = np.searchsorted(self._sums, self._low + self._sum(high)) + base


class Places:
    """Scores by an explicit order of some states; all others have 0."""

    def __init__(self, layout: Layout, scores: dict[int, int]) -> None:
        self.above = max(scores.values(), default=0) + 1
        """A number that no score reaches."""
        self._by_high: dict[int, list[tuple[int, int]]] = {}
        within = {int(bits): place for place, bits in enumerate(layout.low)}
        for state, score in scores.items():
            self._by_high.setdefault(state & ~layout.low_mask, []).append((within[state & layout.low_mask], score))

    def put(self, high: int, base: int, out: Column) -> None:
        """Put base plus score of each place of a run into `out`."""
        out.fill(base)
        for place, score in self._by_high.get(high, ()):
            out[place] += score


Scores: TypeAlias = Statements | Weights | Places


class Ranks:
    """Ranks of one decision maker, run by run.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    layout
        Where its combinations stand.
    kept
        Where vectors are kept.
    look
        Called now and then while places are scanned for the codes that occur.
    tried
        Whether the scans are left out: ranks are then of no use but to see how long they take.

    Raises
    ------
    LimitError
        S312 if the preference tells too many ranks apart; S301 for an explicit ranking in a space that is not listed.
    ConflictError
        P201, P202 if a ranking does not fit the states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", -2), ("y", 1))))
    >>> space = StateSpace(Conflict("two", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> ranks, out = Ranks(space, "A", Layout(space.conflict), Kept(1000)), np.zeros(4, np.uint8)
    >>> ranks.put(0, out), out.tolist()
    (None, [3, 1, 4, 2])
    """

    def __init__(
        self, space: StateSpace, dm: str, layout: Layout, kept: Kept, look: Callable[[], None] = lambda: None, *, tried: bool = False
    ) -> None:
        self._layout, self.dm = layout, dm
        self._feasible = Feasible(layout, kept)
        self._kept, self._look, self._tried = kept, look, tried
        self.scans = 0
        """How many scans over all places were made, or left out."""
        self._stages: list[tuple[Scores, Column | None]] = []
        self._work = (np.empty(layout.run, np.uint32), np.empty(layout.run, np.uint32))
        levels, left = 1, list(criteria_of(space.conflict.decision_maker(dm)))
        while left or not self._stages:
            scores, taken = self._next(space, left, MAX_CODES // levels)
            if scores is not None:
                self._stages.append((scores, None))
                levels, left = levels * scores.above, left[taken:]
            elif self._stages and self._stages[-1][1] is None:
                levels = self._renumber(levels)
            else:
                raise _too_many(dm)
        if levels > _WIDTHS[1][0]:
            levels = self._renumber(levels)
        self.levels = levels
        """A number that no rank exceeds."""
        self.dtype: Unsigned = np.dtype(next(dtype for most, dtype in _WIDTHS if levels <= most))
        """The type that holds all ranks, and one greater number besides."""

    def _next(self, space: StateSpace, left: Sequence[Criterion], room: int) -> tuple[Scores | None, int]:
        """Scores by the next criteria that tell at most so many codes (`room`) apart, and how many these are; None if they can't."""
        statements = list(takewhile(lambda criterion: isinstance(criterion, Meets), left))
        if statements or not left:
            fitting = statements[: room.bit_length() - 1]
            found = Statements(self._layout, [c for c in fitting if isinstance(c, Meets)], self._kept)
            return (found, len(fitting)) if fitting or not left else (None, 0)
        criterion = left[0]
        scores: Scores
        if isinstance(criterion, Sums):
            scores = Weights(self._layout, criterion.weights, self.dm)
        elif isinstance(criterion, Listed):
            scores = Places(self._layout, listed_scores(space, space.conflict.decision_maker(self.dm), criterion))
        else:
            raise TypeError(f"{criterion} is no criterion that gives scores")
        return (scores, 1) if scores.above <= room else (None, 0)

    def put(self, high: int, out: Column) -> None:
        """Put the rank of each place of the run with given higher options into `out`; the greatest number where nothing can occur."""
        feasible = self._feasible(high)
        if feasible is False:
            out.fill(nothing(out.dtype))
            return
        if len(self._stages) == 1 and self._stages[0][1] is None:
            self._stages[0][0].put(high, 1, out)
        else:
            np.add(self._codes(high), 1, out=out, casting="unsafe")
        if not isinstance(feasible, bool):
            np.copyto(out, nothing(out.dtype), where=~feasible)

    def _codes(self, high: int) -> Column:
        """The code of each place after all stages so far."""
        codes, fresh = self._work
        codes.fill(0)
        for scores, table in self._stages:
            scores.put(high, 0, fresh)
            np.multiply(codes, np.uint32(scores.above), out=codes)
            np.add(codes, fresh, out=codes)
            if table is not None:
                codes = np.take(table, codes)
        return codes

    def _renumber(self, levels: int) -> int:
        """Give the codes of the last stage new numbers without gaps, by a scan over all places; how many there are."""
        self.scans += 1
        if self._tried:
            count = min(levels, _WIDTHS[1][0])
            self._stages[-1] = (self._stages[-1][0], (np.arange(levels) * count // levels).astype(np.uint32))
            return count
        present = np.zeros(levels, np.bool_)
        for run in range(self._layout.runs):
            if run % 64 == 0:
                self._look()
            high = self._layout.high(run)
            feasible = self._feasible(high)
            if feasible is not False:
                codes = self._codes(high)
                present[codes if feasible is True else codes[feasible]] = True
        table = np.cumsum(present, dtype=np.uint32)
        count = int(table[-1])
        self._stages[-1] = (self._stages[-1][0], np.maximum(table, 1) - np.uint32(1))
        return max(count, 1)


def _too_many(dm: str) -> LimitError:
    message = f"the preference of {dm} tells more than {plural(MAX_CODES, 'rank')} apart, before rules are looked at"
    help = "leave out the least important statements, or divide weights so that sums repeat"
    return LimitError([Diagnostic("S312", message, help=help)])
