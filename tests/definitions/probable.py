"""Probabilistic preferences: Rego & dos Santos 2015, IEEE Transactions on SMC: Systems, doi 10.1109/TSMC.2014.2379626.

The abstract was read (it names (alpha, beta)-symmetric metarationality, without a gamma); the definitions are from memory.  P_i(t, s) is
how probably i strictly prefers t to s; R_i^{+gamma}(s) are the moves with P_i(t, s) > gamma.
"""

from __future__ import annotations

from fractions import Fraction

from .pairs import PairModel
from .sequences import reached


def gains(pairs: PairModel, i: str, s: int, gamma: Fraction) -> set[int]:
    """R_i^{+gamma}(s)."""
    return {t for t in pairs.model.moves(i, s) if pairs.probability(i, t, s) > gamma}


def stable(pairs: PairModel, key: str, i: str, s: int, alpha: Fraction, beta: Fraction, gamma: Fraction) -> bool:
    """alpha-Nash, (alpha, beta)-GMR and -SMR, (alpha, beta, gamma)-SEQ; SSEQ, by the same pattern, is this project's own."""
    model, others = pairs.model, pairs.model.others(i)
    leaves = gains(pairs, i, s, 1 - alpha)

    def deters(u: int) -> bool:
        return pairs.probability(i, u, s) <= 1 - beta

    if key == "Nash":
        return leaves == set()
    if key == "GMR":
        return all(any(deters(u) for u in reached(model.moves, others, t)) for t in leaves)
    if key == "SMR":
        return all(any(deters(u) and all(deters(v) for v in model.moves(i, u)) for u in reached(model.moves, others, t)) for t in leaves)

    def credible(j: str, x: int) -> set[int]:
        return gains(pairs, j, x, gamma)

    if key == "SEQ":
        return all(any(deters(u) for u in reached(credible, others, t)) for t in leaves)
    return all(any(deters(u) and all(deters(v) for v in model.moves(i, u)) for u in reached(credible, others, t)) for t in leaves)
