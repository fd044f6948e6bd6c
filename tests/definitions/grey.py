"""Grey preferences: Kuang, Bashar, Hipel & Kilgour 2015, IEEE Transactions on SMC: Systems (how grey numbers are compared is our own).

A grey preference is a union of intervals; its kernel is the mean of the middles of its disjoint intervals (Liu, Fang, Yang & Forrest
2012; from memory).  The kernel of the grey relative certainty 2 r - 1 is compared with the threshold as a fuzzy one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .by_sets import Sets
from .pairs import Interval, PairModel


def disjoint(intervals: Sequence[Interval]) -> list[Interval]:
    """The same union, intervals that touch or overlap made one."""
    made: list[Interval] = []
    for low, high in sorted(intervals):
        if made and low <= made[-1][1]:
            made[-1] = (made[-1][0], max(high, made[-1][1]))
        else:
            made.append((low, high))
    return made


def kernel(intervals: Sequence[Interval]) -> Fraction:
    """The mean of the middles of the disjoint intervals."""
    apart = disjoint(intervals)
    return sum(((low + high) / 2 for low, high in apart), Fraction(0)) / len(apart)


def relative_certainty(pairs: PairModel, i: str, s: int, t: int) -> Fraction:
    """The kernel of the grey relative certainty with which i prefers s to t."""
    return kernel([(2 * low - 1, 2 * high - 1) for low, high in pairs.grey(i, s, t)])


def sets(pairs: PairModel, gamma: Mapping[str, Fraction]) -> Sets:
    """Leaves for grey improvements, deterred by what is none."""

    def improvements(i: str, s: int) -> set[int]:
        return {t for t in pairs.model.moves(i, s) if relative_certainty(pairs, i, t, s) >= gamma[i]}

    return Sets(improvements, lambda i, s, u: relative_certainty(pairs, i, u, s) < gamma[i], improvements)
