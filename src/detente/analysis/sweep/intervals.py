"""Intervals for shares that were drawn by chance: exact ones, for every size of sample.

The interval of Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26, 404-413: all shares under which neither so few nor so many hits would be a rare event.  It covers the true share at least
as often as its level says, whatever the share is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lgamma, log, log1p

TINY = 1e-300
CLOSE = 1e-16
STEPS = 100
"""Halvings of the range in which an end is sought; the last is far below what floating point tells apart."""
OUTWARD = 1e-9
"""By how much, relative to itself, an end is moved outward, so that no rounding makes an interval too narrow."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which ends a share lies, as far as a sample says.

    Parameters
    ----------
    low, high
        The ends, from 0 to 1.

    Examples
    --------
    >>> 0.25 in Interval(0.2, 0.3), 0.5 in Interval(0.2, 0.3)
    (True, False)
    """

    low: float
    high: float

    def __contains__(self, share: float | Fraction) -> bool:
        """Whether a share lies in it."""
        return self.low <= share <= self.high


def binomial_interval(hits: int, of: int, level: float) -> Interval:
    """The interval of Clopper and Pearson for a share of which so many `hits` were seen among so many (`of`) that were drawn.

    Parameters
    ----------
    hits, of
        How many of the drawn have a property, and how many were drawn.
    level
        With which chance, at least, an interval made in this way covers the true share; between 0 and 1.

    Examples
    --------
    >>> found = binomial_interval(3, 10, 0.95)
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.0667 0.6525'
    """
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: upper_tail(hits, of, p) > tail) * (1 - OUTWARD)
    high = 1.0 if hits == of else 1 - _solve(lambda p: upper_tail(of - hits, of, p) > tail) * (1 - OUTWARD)
    return Interval(low, high)


def unseen(of: int, level: float) -> float:
    """The greatest share that something may have of which nothing was seen among so many (`of`) that were drawn, at a `level`.

    >>> f"{unseen(1000, 0.95):.5f}"
    '0.00368'
    """
    return binomial_interval(0, of, level).high


def upper_tail(hits: int, of: int, share: float) -> float:
    """How often at least so many `hits` come up (at least 1) among so many (`of`) that are drawn, for a true `share`.

    It is the regularized incomplete beta function of `share` with parameters `hits` and `of - hits + 1`.

    >>> round(upper_tail(2, 3, 0.5), 12)
    0.5
    """
    if share <= 0 or share >= 1:
        return float(share >= 1)
    a, b = float(hits), float(of - hits + 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(share) + b * log1p(-share))
    if share < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, share) / a
    return 1 - front * _fraction(b, a, 1 - share) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by the method of Lentz (Press and others 2007, section 6.4)."""
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    found, m = d, 0
    while True:
        m += 1
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / _off_zero(1 + term * d), _off_zero(1 + term / c)
            found *= d * c
        if abs(d * c - 1) < CLOSE * 10 or m > 100_000:
            return found


def _off_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _solve(exceeds: Callable[[float], bool]) -> float:
    """The least share from which on a rising function exceeds what it is held against."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if exceeds(middle) else (middle, high)
    return low
