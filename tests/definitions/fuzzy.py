"""Fuzzy preferences: Bashar, Kilgour & Hipel 2012, IEEE Transactions on Fuzzy Systems (from memory; the thesis' abstract was read).

alpha^i(s, t) = r^i(s, t) - r^i(t, s) is the relative certainty with which i prefers s to t; i acts on it from a threshold gamma_i on,
which is more than 0 and at most 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .by_sets import Sets
from .pairs import PairModel


def relative_certainty(pairs: PairModel, i: str, s: int, t: int) -> Fraction:
    """alpha^i(s, t)."""
    return pairs.certainty(i, s, t) - pairs.certainty(i, t, s)


def sets(pairs: PairModel, gamma: Mapping[str, Fraction]) -> Sets:
    """Leaves for fuzzy improvements, deterred by what is none."""

    def improvements(i: str, s: int) -> set[int]:
        return {t for t in pairs.model.moves(i, s) if relative_certainty(pairs, i, t, s) >= gamma[i]}

    return Sets(improvements, lambda i, s, u: relative_certainty(pairs, i, u, s) < gamma[i], improvements)
