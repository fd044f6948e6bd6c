"""Preferences that are not known: the four treatments a, b, c, d of Li, Hipel, Kilgour & Fang 2004.

IEEE Transactions on Systems, Man, and Cybernetics A 34:507 (the opening was read; the sixteen definitions as the literature restates
them).  Whoever is aggressive (a, c) leaves also for what may be better; whoever is conservative (c, d) is deterred also by what may be
worse.  Sequences of credible answers may step to what is unknown under all four.  SSEQ with them is this project's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from .by_sets import Sets
from .pairs import PairModel

INDICES = ("a", "b", "c", "d")
LEAVES_FOR_UNKNOWN = {"a": True, "b": False, "c": True, "d": False}
DETERRED_BY_UNKNOWN = {"a": False, "b": False, "c": True, "d": True}

IMPLIES: Mapping[str, tuple[str, ...]] = {"a": ("b", "c", "d"), "b": ("d",), "c": ("d",), "d": ()}
"""a => b => d and a => c => d (theory of the same paper); nothing between b and c."""


def improvements_or_unknown(pairs: PairModel, i: str, s: int) -> set[int]:
    """R_i^{+,U}(s)."""
    return {t for t in pairs.model.moves(i, s) if pairs.known_better(i, t, s) or pairs.unknown(i, t, s)}


def known_improvements(pairs: PairModel, i: str, s: int) -> set[int]:
    """R_i^+(s)."""
    return {t for t in pairs.model.moves(i, s) if pairs.known_better(i, t, s)}


def sets(pairs: PairModel, index: str) -> Sets:
    """The sets of an index."""
    leaves = improvements_or_unknown if LEAVES_FOR_UNKNOWN[index] else known_improvements

    def deterred(i: str, s: int, u: int) -> bool:
        return pairs.known_no_better(i, u, s) or (DETERRED_BY_UNKNOWN[index] and pairs.unknown(i, u, s))

    return Sets(lambda i, s: leaves(pairs, i, s), deterred, lambda j, t: improvements_or_unknown(pairs, j, t))
