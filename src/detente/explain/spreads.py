"""How completions are spread over the values of a conclusion, in words: counted or drawn, with weights or without."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from detente.analysis.sweep.tree import Value
from detente.explain.shares import of_completions, percent
from detente.explain.subjects import answer_words
from detente.text import counted, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.tally import Tally


def spread_words(tally: Tally) -> str:
    """In how many completions a conclusion comes out how: "yes in 3 of 4 completions (75%), no in 1 (25%)".

    Parameters
    ----------
    tally
        What was counted of the conclusion.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> objection = load("half-known-objection")
    >>> spread_words(sweep(objection, {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds")]).tallies[0])
    'no in 8 of 12 completions (66.7%), yes in 4 (33.3%)'
    """
    return "; ".join([", ".join(_value(tally, value, place == 0) for place, value in enumerate(tally.shares)), *_applying(tally)])


def _value(tally: Tally, value: Value, first: bool) -> str:
    """One value with the completions that have it; the `first` names how many there are in all."""
    answer, count = answer_words(tally.subject, value), tally.counts[value]
    total = tally.covered
    if first:
        names = ("completion", "completions") if tally.is_exact else ("completion drawn", "completions drawn")
        where = of_completions(count, total, *names)
    else:
        where = f"in {counted(count)} ({percent(Fraction(count, total))})"
    more = []
    if tally.weighed and tally.is_exact:
        more.append(f"which weigh {percent(tally.shares[value])}")
    if (interval := tally.intervals.get(value)) is not None:
        more.append(f"{range_words(interval.low, interval.high)} of all")
    return f"{answer} {where}" + (f", {', '.join(more)}" if more else "")


def range_words(low: float, high: float) -> str:
    """An interval of shares."""
    return f"from {percent(Fraction(low).limit_denominator(10**7))} to {percent(Fraction(high).limit_denominator(10**7))}"


def _applying(tally: Tally) -> list[str]:
    """The shares among the completions in which the conclusion applies, where it does not in all."""
    if None not in tally.shares or not tally.applies:
        return []
    occurs = tally.covered - tally.counts[None]
    told = ", ".join(f"{answer_words(tally.subject, value)} in {percent(share)}" for value, share in tally.applies.items())
    return [f"of the {plural(occurs, 'completion')} in which it can occur {told}"]
