"""Symmetric sequential stability (SSEQ).

Rêgo & Vieira 2017, *Group Decision and Negotiation*, doi 10.1007/s10726-016-9520-8 (only the introduction was
read; the definition is SEQ with the counter-move clause of SMR, as the literature describes it; page not checked).
"""

from .plain import PlainModel
from .sequences import reachable


def stable(model: PlainModel, i: str, s: int) -> bool:
    """For every t in R_i^+(s) there is u in R^+_{N-i}(t) with s at least as preferred as u and as every v in R_i(u)."""
    return all(
        any(
            model.at_least(i, s, u) and all(model.at_least(i, s, v) for v in model.moves(i, u))
            for u in reachable(model, model.others(i), t, improving=True)
        )
        for t in model.improvements(i, s)
    )
