"""Tipping points: the nearest edits of a conflict with which a conclusion changes, and conclusions that survive every edit, or every pair.

All single edits are tried, and all pairs of edits for the conclusions that no single one changes; what an edit is, and which there are, is
said in `detente.model.near`.  Nothing is drawn by chance: what survives, survives them all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from time import monotonic

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.near_found import Flip, Point, Tipped
from detente.analysis.sweep.nearby import Batch, Nearest
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.tree import Tree, Value
from detente.errors import Cannot, LimitError
from detente.model.conflict import Conflict
from detente.model.near import nearness

LEAST_SECONDS = 0.5
"""However little time there is: so long a conclusion may take for each batch of edits."""
SHOWN = 100
"""How many of the pairs of edits that change a conclusion are kept: the nearest."""


class _TimeOverError(Exception):
    """The time for a conclusion is over."""


def tipping(
    conflict: Conflict,
    profile: Mapping[str, str],
    subjects: Sequence[Subject],
    *,
    pairs: bool = True,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Tipped:
    """How near conclusions on a conflict are to others, by single edits and, where none of these changes anything, by pairs.

    Parameters
    ----------
    conflict
        The conflict.  Its guesses and viewpoints count for nothing: edits are made of it as it is written.
    profile
        For each decision maker (key) the key of a concept.
    subjects
        The conclusions.
    pairs
        Whether pairs of edits are tried as well.
    seconds
        How long single edits may take, and pairs again, about; None for as long as it takes.  A conclusion that takes
        three times its part of the time for single edits is given up (U505).
    progress
        Is told what is done.

    Raises
    ------
    LimitError
        S350 if somebody's statements tell too many levels apart, S301 if the states are too many to be listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> river = load("euphrates-1975")
    >>> found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> [(point.subject.kind, point.written, len(point.flips), point.survives) for point in found.points], found.singles
    ([('holds', False, 12, 0), ('gain', False, 5, 0)], 44)
    """
    return _Trial(conflict, profile, subjects, progress).run(pairs, seconds)


class _Trial:
    """What single edits, and pairs, make of conclusions."""

    def __init__(
        self, conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject], progress: Callable[[str], None] | None
    ) -> None:
        self.nearest, self.profile, self.progress = Nearest(conflict), profile, progress
        self.refused: dict[Subject, str] = {}
        self.taken: defaultdict[Subject, float] = defaultdict(float)
        self.each: float | None = None
        self.written: dict[Subject, Value] = {}
        written = self.nearest.written()
        for subject in dict.fromkeys(subjects):
            self._note_written(subject, written)

    def _note_written(self, subject: Subject, batch: Batch) -> None:
        codes: dict[Value, int] = {}
        try:
            self._coded(batch, Question(subject, Play(batch.frame), self.profile), codes)
        except (Cannot, LimitError) as refused:
            self.refused[subject] = refused.diagnostics[0].code
        else:
            (self.written[subject],) = codes

    def run(self, pairs: bool, seconds: float | None) -> Tipped:
        """All single edits, then all pairs for the conclusions that survive these."""
        singles = {subject: _Tally(value) for subject, value in self.written.items()}
        self.each = None if seconds is None else seconds / max(1, len(singles))
        for batch in self.nearest.singles():
            self._try(batch, singles)
            self._say(f"{sum(next(iter(singles.values())).counts.values()) if singles else 0:,} single edits")
        self.each = None
        left = [subject for subject, tally in singles.items() if not tally.flips and subject not in self.refused]
        doubles = {subject: _Tally(self.written[subject]) for subject in left}
        tried, complete = self._try_pairs(doubles, seconds) if pairs and left else (0, False)
        points = tuple(
            self._point(subject, tally, doubles.get(subject) if tried or complete else None, complete)
            for subject, tally in singles.items()
            if subject not in self.refused
        )
        many = self.nearest.count(2) if pairs and left else None
        return Tipped(self.nearest.conflict, self.profile, points, self.nearest.count(1), many, tried, self.refused)

    def _say(self, what: str) -> None:
        if self.progress is not None:
            self.progress(what)

    def _point(self, subject: Subject, single: _Tally, double: _Tally | None, complete: bool) -> Point:
        flips = tuple(sorted(single.flips, key=lambda flip: nearness(flip.edits)))
        if double is None:
            return Point(subject, self.written[subject], single.counts, flips)
        near = tuple(nsmallest(SHOWN, double.flips, key=lambda flip: nearness(flip.edits)))
        return Point(subject, self.written[subject], single.counts, flips, double.counts if complete else None, near)

    def _try_pairs(self, doubles: Mapping[Subject, _Tally], seconds: float | None) -> tuple[int, bool]:
        """Try pairs until the time is up: how many were tried, and whether these are all."""
        until = None if seconds is None else monotonic() + seconds
        tried = 0
        for batch in self.nearest.pairs():
            if until is not None and monotonic() > until:
                return tried, False
            self._try(batch, doubles)
            tried += batch.count
            self._say(f"{tried:,} pairs of edits")
        return tried, True

    def _try(self, batch: Batch, tallies: Mapping[Subject, _Tally]) -> None:
        play = Play(batch.frame)
        for subject, tally in tallies.items():
            if subject in self.refused:
                continue
            codes: dict[Value, int] = {tally.written: 0}
            begun = monotonic()
            try:
                found = self._coded(batch, Question(subject, play, self.profile), codes, self._until(subject))
            except (Cannot, LimitError) as refused:
                self.refused[subject] = refused.diagnostics[0].code
                continue
            except _TimeOverError:
                self.refused[subject] = "U505"
                continue
            finally:
                self.taken[subject] += monotonic() - begun
            values = list(codes)
            for code, count in zip(*np.unique(found, return_counts=True), strict=True):
                tally.counts[values[code]] += int(count)
            tally.flips += [Flip(batch.edits(row), values[found[row]]) for row in np.flatnonzero(found).tolist()]

    def _until(self, subject: Subject) -> float | None:
        """When a conclusion is given up: once it has taken three times its part of the time."""
        if self.each is None:
            return None
        return monotonic() + max(LEAST_SECONDS, 3 * self.each - self.taken[subject])

    @staticmethod
    def _coded(batch: Batch, question: Question, codes: dict[Value, int], until: float | None = None) -> npt.NDArray[np.int16]:
        orders = question.frame.orders
        rows = {dm: orders[dm].of[ways] for dm, ways in batch.rows.items()}

        def conclude(cell: Cell) -> Value:
            if until is not None and monotonic() > until:
                raise _TimeOverError
            return question.conclude(cell)

        return Tree(orders, conclude).coded(rows, codes)


@dataclass
class _Tally:
    """What edits made of one conclusion."""

    written: Value
    counts: Counter[Value] = field(default_factory=Counter)
    flips: list[Flip] = field(default_factory=list)
