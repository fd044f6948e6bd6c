"""Strength of preference, and strength with unknown preferences.

Hamouda, Kilgour & Hipel 2004 (Group Decision and Negotiation) and 2006 (Applied Mathematics and Computation); degrees: Xu, Hipel &
Kilgour 2009; hybrids: Xu, Hipel, Kilgour & Chen 2010 (all from the literature that restates them; pages not checked).  A sanction is one
of level k if the sanctioned state is worse by a degree of at least k; level 0 is general stability, level 2 strong stability.  Steps of
those who answer are improvements of any degree.
"""

from __future__ import annotations

from .by_sets import Sets
from .pairs import PairModel
from .unknown import DETERRED_BY_UNKNOWN, LEAVES_FOR_UNKNOWN


def sets(pairs: PairModel, level: int) -> Sets:
    """Leaves for whatever is preferred by any degree; deterred by what is no better (level 0), or worse by at least the level."""

    def better(i: str, s: int) -> set[int]:
        return {t for t in pairs.model.moves(i, s) if pairs.degree(i, t, s) > 0}

    def deterred(i: str, s: int, u: int) -> bool:
        return pairs.degree(i, u, s) <= 0 if level == 0 else pairs.degree(i, s, u) >= level

    return Sets(better, deterred, better)


def hybrid(pairs: PairModel, index: str, level: int) -> Sets:
    """The same with a treatment of what is unknown: an unknown comparison has no degree."""

    def better_or_unknown(i: str, s: int) -> set[int]:
        return {t for t in pairs.model.moves(i, s) if pairs.unknown(i, t, s) or pairs.degree(i, t, s) > 0}

    def better(i: str, s: int) -> set[int]:
        return {t for t in pairs.model.moves(i, s) if not pairs.unknown(i, t, s) and pairs.degree(i, t, s) > 0}

    def deterred(i: str, s: int, u: int) -> bool:
        if pairs.unknown(i, s, u):
            return DETERRED_BY_UNKNOWN[index]
        return pairs.degree(i, u, s) <= 0 if level == 0 else pairs.degree(i, s, u) >= level

    return Sets(better_or_unknown if LEAVES_FOR_UNKNOWN[index] else better, deterred, better_or_unknown)
