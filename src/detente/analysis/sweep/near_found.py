"""What is found of conclusions and the changes near a conflict: which edits change each, and what came of analysing edited conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value
from detente.model.conflict import Conflict
from detente.model.near import Edits, not_edited


@dataclass(frozen=True)
class Flip:
    """Edits that change a conclusion.

    Parameters
    ----------
    edits
        The edits, made one after the other.
    value
        What is concluded then.
    """

    edits: Edits
    value: Value


@dataclass(frozen=True)
class Point:
    """How near a conclusion is to another.

    Parameters
    ----------
    subject
        The conclusion.
    written
        What is concluded of the conflict as it is written.
    singles
        For each value how many single edits give it.
    flips
        All single edits that give another value than `written`, nearest first.
    pairs
        For each value how many pairs of edits give it; None where pairs were not all looked at: because a single edit changes the
        conclusion already, they were not asked for, or the time was up.
    pair_flips
        The nearest pairs of edits among those looked at that give another value, at most `detente.analysis.sweep.tipping.SHOWN`.
    farther
        Some edits that give another value, found by a search where none of these do; fewer may do it as well.
    """

    subject: Subject
    written: Value
    singles: Mapping[Value, int]
    flips: tuple[Flip, ...]
    pairs: Mapping[Value, int] | None = None
    pair_flips: tuple[Flip, ...] = ()
    farther: Flip | None = None

    @property
    def nearest(self) -> Flip | None:
        """The nearest edits found that change it; None if none were found."""
        return next(iter((*self.flips, *self.pair_flips)), None)

    @property
    def told(self) -> Flip | None:
        """The edits that change it and are told: the nearest, or else those that were found farther away."""
        return self.nearest or self.farther

    @property
    def survives(self) -> int:
        """How many edits it survives, whichever they are: 0, 1 or 2."""
        if self.flips:
            return 0
        return 2 if self.pairs is not None and not self.pair_flips else 1


@dataclass(frozen=True, slots=True)
class Kept:
    """In how many of some changed conflicts a state holds: what a strip of shares shows.

    Parameters
    ----------
    subject
        The conclusion that the state holds.
    written
        Whether it holds as the conflict is written; None where it can't occur.
    holding
        In how many of the changed conflicts it holds.
    of
        In how many of them it can occur.
    """

    subject: Subject
    written: bool | None
    holding: int
    of: int


@dataclass(frozen=True)
class Tipped:
    """How near conclusions on a conflict are to others.

    Parameters
    ----------
    conflict
        The conflict as it is written, without guesses and viewpoints.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    points
        For each conclusion, in the order in which they were asked, how near it is to another.
    singles, pairs
        How many single edits there are, and how many pairs; None where pairs were not asked for or needed.
    pairs_tried
        How many of the pairs were tried.
    refused
        Conclusions that can't be asked of edits, with the code of the diagnostic that says why; U505 where the time was over.
    """

    conflict: Conflict
    profile: Mapping[str, str]
    points: tuple[Point, ...]
    singles: int
    pairs: int | None
    pairs_tried: int
    refused: Mapping[Subject, str] = field(default_factory=dict)

    @cached_property
    def not_edited(self) -> tuple[str, ...]:
        """The elements (their paths) that no edit leaves out."""
        return not_edited(self.conflict)

    def surviving(self, edits: int) -> tuple[Point, ...]:
        """The conclusions that survive every so many `edits` (1 or 2), whichever they are; without those that say nothing as it stands."""
        return tuple(point for point in self.points if point.written is not None and point.survives >= edits)

    def strip(self) -> tuple[Kept, ...]:
        """For each conclusion that a state holds, in how many of the conflicts that are one edit away it does."""
        about = [point for point in self.points if point.subject.kind == "holds"]
        return tuple(Kept(one.subject, one.written, one.singles.get(True, 0), _applying(one.singles)) for one in about)


def _applying(counts: Mapping[Value, int]) -> int:
    """In how many of some changed conflicts a conclusion says anything, where `counts` tells how many give each value."""
    return sum(count for value, count in counts.items() if value is not None)


@dataclass(frozen=True, slots=True)
class CheckedEdits:
    """What came of analysing edited conflicts from scratch.

    Parameters
    ----------
    edited
        The edits after which the conflict was analysed; first none, for the conflict as it is written.
    compared
        How many values were compared.
    accepted
        How many claims that show them the checker accepted.
    differences
        Conclusions that came out otherwise, or with a claim that was refused, after which edits; empty unless something is wrong with the
        program.

    Examples
    --------
    >>> CheckedEdits(((),), 2, 1, ()).agrees
    True
    """

    edited: tuple[Edits, ...]
    compared: int
    accepted: int
    differences: tuple[tuple[Subject, Edits], ...]

    @property
    def agrees(self) -> bool:
        """Whether everything agreed, and something was compared."""
        return not self.differences and self.compared > 0
