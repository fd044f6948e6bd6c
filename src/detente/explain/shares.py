"""Shares in words.  A share is always a share of completions of a model, and never a likelihood."""

from __future__ import annotations

from fractions import Fraction

from detente.text import counted, plural


def percent(share: Fraction) -> str:
    """A share from 0 to 1 in percent, with one decimal; never 0 or 100 for what is not.

    >>> [percent(Fraction(one)) for one in ("0", "1", "1/2", "1/3", "9999999/10000000", "1/10000000")]
    ['0%', '100%', '50%', '33.3%', 'more than 99.9%', 'less than 0.1%']
    """
    tenths = round(share * 1000)
    if tenths == 1000 and share < 1:
        return "more than 99.9%"
    if tenths == 0 and share > 0:
        return "less than 0.1%"
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def percent_of(share: float) -> str:
    """A share that was worked out in fractions of two, in percent: to nine decimals it is what was meant.

    >>> percent_of(0.1), percent_of(1 / 3)
    ('10%', '33.3%')
    """
    return percent(Fraction(share).limit_denominator(10**9))


def of_completions(count: int, total: int, noun: str = "completion", several: str | None = None) -> str:
    """Some of all completions: "in all 12 completions", "in 3 of 12 completions (25%)", "in none of 12 completions".

    Parameters
    ----------
    count
        How many.
    total
        How many there are, at least 1.
    noun
        What one of them is called.
    several
        What any other number of them is called; by default `noun` with an s.

    Examples
    --------
    >>> of_completions(12, 12), of_completions(3, 12), of_completions(0, 12), of_completions(1, 1)
    ('in all 12 completions', 'in 3 of 12 completions (25%)', 'in none of 12 completions', 'in the only completion')
    >>> of_completions(12, 12, "completion drawn", "completions drawn")
    'in all 12 completions drawn'
    """
    if total == 1:
        return f"in the only {noun}" if count else f"not in the only {noun}"
    if count in (0, total):
        return f"in {'all' if count else 'none of'} {plural(total, noun, several)}"
    return f"in {counted(count)} of {plural(total, noun, several)} ({percent(Fraction(count, total))})"


def bits(amount: float) -> str:
    """An amount of information in bits, with two decimals; never 0 for what is not.

    >>> bits(0.0), bits(0.9182958), bits(0.0003)
    ('0 bits', '0.92 bits', 'less than 0.01 bits')
    """
    if amount <= 0:
        return "0 bits"
    return "less than 0.01 bits" if amount < 0.005 else f"{amount:.2f} bits"
