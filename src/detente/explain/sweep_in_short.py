"""A sweep in one sentence: in how many completions the status quo holds, and in how many something is better for everybody."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from detente.analysis.sweep.subject import Subject
from detente.explain.shares import percent
from detente.explain.spreads import range_words
from detente.explain.subjects import value_words
from detente.text import plural

if TYPE_CHECKING:
    from detente.analysis.sweep.tally import Swept, Tally

FIRST = (Subject("holds"), Subject("gain"))
"""What a mediator asks first of what is guessed."""


def in_short(swept: Swept) -> str | None:
    """How often the status quo holds and something is better for everybody, in one sentence; None where neither was asked.

    Parameters
    ----------
    swept
        The conclusions over the completions.

    Examples
    --------
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> print(in_short(sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, FIRST[:1])))
    The 3 guesses can be settled in 12 ways: the status quo holds under SEQ in 33.3% of them.
    """
    tallies = {tally.subject: tally for tally in swept.tallies}
    clauses = [_clause(swept, tallies[subject]) for subject in FIRST if subject in tallies]
    if not clauses or not swept.conflict.guesses:
        return None
    guesses = len(swept.conflict.guesses)
    lead = "The guess" if guesses == 1 else f"The {guesses:,} guesses"
    return f"{lead} can be settled in {plural(swept.count, 'way')}: {', and '.join(clauses)}."


def _clause(swept: Swept, tally: Tally) -> str:
    clause = value_words(swept.conflict, swept.profile, tally.subject, True)
    if (interval := tally.intervals.get(True)) is not None:
        return f"{clause} {range_words(interval.low, interval.high).replace('from', 'in from', 1)} of them, judged by a sample"
    if not tally.is_exact:
        return f"{clause} in none of {plural(tally.covered, 'way')} drawn by chance"
    share = Fraction(tally.counts.get(True, 0), tally.covered)
    weighing = f" (by weight {percent(tally.shares[True])})" if tally.weighed and 0 < share < 1 else ""
    return f"{clause} in {'all' if share == 1 else 'none' if not share else percent(share)} of them{weighing}"
