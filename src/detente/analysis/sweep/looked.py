"""Levers that a sweep looked for in the conflict as it is written, and which of them still work in most completions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.analysis.sweep.attempt import Attempt
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import Swept, Tally

EACH = 2
"""Most levers of each kind that are tried; of edits of statements, for each decision maker."""


@dataclass(frozen=True)
class Looked:
    """Levers that were looked for.

    Parameters
    ----------
    attempts
        Those that were found and are tried in every completion, of each kind the cheapest first.
    each
        Most of each kind; of edits of statements, for each decision maker.
    named, measures
        Whether levers that lead to named states were looked for as well, and plans out of the file's measures.
    reason
        Why none was looked for: "left" where somebody leaves the status quo as it is written, or the code of what can't be had; None
        where they were.

    Examples
    --------
    >>> Looked((), reason="left").attempts
    ()
    """

    attempts: tuple[Attempt, ...]
    each: int = EACH
    named: bool = False
    measures: bool = False
    reason: str | None = None


def surviving(swept: Swept) -> tuple[tuple[Subject, ...], bool]:
    """Which of the levers that a sweep (`swept`) tried works in most completions, all where several do; and whether that is settled.

    It is settled where it was counted, and where the range of what was drawn of the one is above those of all others.

    >>> from detente.analysis.sweep.levers import lever_subjects, levers_of
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> objection = load("half-known-objection")
    >>> profile = {"Quarry": "SEQ", "Village": "SEQ"}
    >>> levers = levers_of(objection, profile)
    >>> most, settled = surviving(sweep(objection, profile, lever_subjects(levers)))
    >>> len(levers), len(most), settled
    (5, 5, True)
    """
    tallies = [tally for tally in swept.tallies if tally.subject.is_on_levers and len(tally.subject.attempts) == 1]
    shares = {tally.subject: tally.shares.get(1, Fraction(0)) for tally in tallies}
    best = max(shares.values(), default=Fraction(0))
    most = [tally for tally in tallies if shares[tally.subject] == best]
    rest = max((_most(tally) for tally in tallies if shares[tally.subject] != best), default=Fraction(-1))
    settled = all(tally.is_exact for tally in most) or len(most) == 1
    return tuple(tally.subject for tally in most), settled and all(_least(tally) > rest for tally in most)


def _most(tally: Tally) -> float | Fraction:
    """The greatest share of completions in which a lever may work."""
    if tally.is_exact:
        return tally.shares.get(1, Fraction(0))
    return tally.intervals[1].high if 1 in tally.intervals else tally.unseen or 0.0


def _least(tally: Tally) -> float | Fraction:
    """The least share of completions in which a lever may work."""
    if tally.is_exact:
        return tally.shares.get(1, Fraction(0))
    return tally.intervals[1].low if 1 in tally.intervals else 0.0
