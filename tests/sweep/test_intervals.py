"""Intervals of Clopper and Pearson: their tails are exact, they cover at their level, and they are no wider than they must be."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from detente.analysis.sweep.intervals import Interval, binomial_interval, unseen, upper_tail


def exactly(hits: int, of: int, share: Fraction) -> Fraction:
    """The chance of at least so many hits, added up."""
    return sum((comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1)), Fraction(0))


@pytest.mark.parametrize("of", [1, 2, 7, 30, 90])
def test_tails_are_those_of_the_binomial_distribution(of: int) -> None:
    for hits in range(1, of + 1):
        for share in (Fraction(1, 1000), Fraction(1, 7), Fraction(1, 2), Fraction(4, 5), Fraction(999, 1000)):
            assert upper_tail(hits, of, float(share)) == pytest.approx(float(exactly(hits, of, share)), rel=1e-9, abs=1e-300)


def test_tails_at_the_ends() -> None:
    assert upper_tail(3, 10, 0.0) == 0
    assert upper_tail(3, 10, 1.0) == 1


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(3, 10, 0.0667, 0.6525), (0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129), (1, 20, 0.0013, 0.2487)],
)
def test_intervals_as_they_are_tabulated(hits: int, of: int, low: float, high: float) -> None:
    """Those of level 0.95 that every table has."""
    found = binomial_interval(hits, of, 0.95)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("of", [4, 25, 60])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_intervals_cover_at_their_level_whatever_the_share(of: int, level: float) -> None:
    """The chance to be covered, added up over all that could be drawn."""
    every = [binomial_interval(hits, of, level) for hits in range(of + 1)]
    for step in range(101):
        share = step / 100
        covered = sum(comb(of, hits) * share**hits * (1 - share) ** (of - hits) for hits in range(of + 1) if share in every[hits])
        assert covered >= level - 1e-12, (share, covered)


def test_ends_are_where_the_tails_are_rare() -> None:
    for hits, of in ((1, 9), (40, 50), (700, 1000), (123_456, 1_000_000)):
        found = binomial_interval(hits, of, 0.9)
        assert upper_tail(hits, of, found.low) == pytest.approx(0.05, rel=1e-4)
        assert 1 - upper_tail(hits + 1, of, found.high) == pytest.approx(0.05, rel=1e-4)


def test_what_was_not_drawn_is_rare() -> None:
    assert unseen(1_000, 0.95) == binomial_interval(0, 1_000, 0.95).high
    assert unseen(1_000, 0.95) == pytest.approx(1 - 0.025 ** (1 / 1_000), rel=1e-6)
    assert unseen(10_000, 0.95) < unseen(1_000, 0.95)


def test_shares_are_in_an_interval() -> None:
    assert Fraction(1, 3) in Interval(0.3, 0.4)
    assert Fraction(1, 4) not in Interval(0.3, 0.4)
