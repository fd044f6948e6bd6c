"""A sweep in short: in how many completions the status quo holds, and in how many something is better for everybody."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.analysis.sweep.subject import Subject
from detente.explain.shares import percent
from detente.explain.spreads import range_words
from detente.explain.subjects import value_words
from detente.text import plural

if TYPE_CHECKING:
    from detente.analysis.sweep.tally import Swept, Tally


def in_short(swept: Swept, shown: Collection[Subject] = ()) -> str | None:
    """How often the status quo holds and something is better for everybody, in one sentence; None where neither was asked.

    Where a count was not accepted by the checker, case by case, a second sentence says so.

    Parameters
    ----------
    swept
        The conclusions over the completions.
    shown
        The conclusions whose count the checker accepted.

    Examples
    --------
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> print(in_short(sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds", concept="SEQ")])))
    The 3 guesses can be settled in 12 ways: the status quo holds under SEQ in 33.3% of them. Worked out, not certified.
    """
    tallies = {tally.subject: tally for tally in swept.tallies}
    concepts = set(swept.profile.values())
    holds = Subject("holds", concept=min(concepts)) if len(concepts) == 1 else Subject("holds")  # where all behave alike it is asked so
    told = [subject for subject in (holds, Subject("gain")) if subject in tallies]
    clauses = [_clause(swept, tallies[subject]) for subject in told]
    if not clauses or not swept.conflict.guesses:
        return None
    guesses = len(swept.conflict.guesses)
    lead = "The guess" if guesses == 1 else f"The {guesses:,} guesses"
    certified = all(subject in shown for subject in told)
    said = f"{lead} can be settled in {plural(swept.count, 'way')}: {', and '.join(clauses)}."
    return said if certified else f"{said} Worked out, not certified."


def _clause(swept: Swept, tally: Tally) -> str:
    clause = value_words(swept.conflict, swept.profile, tally.subject, True)
    if (interval := tally.intervals.get(True)) is not None:
        return f"{clause} {range_words(interval.low, interval.high).replace('from', 'in from', 1)} of them, judged by a sample"
    if not tally.is_exact:
        return f"{clause} in none of {plural(tally.covered, 'way')} drawn by chance"
    share = Fraction(tally.counts.get(True, 0), tally.covered)
    weighing = f" (by weight {percent(tally.shares[True])})" if tally.weighed and 0 < share < 1 else ""
    return f"{clause} in {'all' if share == 1 else 'none' if not share else percent(share)} of them{weighing}"
