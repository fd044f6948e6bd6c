"""Symmetric metarationality (SMR).

Howard 1971; Fraser & Hipel 1979, 1984; for two or more decision makers in the graph model Fang, Hipel & Kilgour
1993 (definition as given there; pages not checked).
"""

from .plain import PlainModel
from .sequences import reachable


def stable(model: PlainModel, i: str, s: int) -> bool:
    """For every t in R_i^+(s) there is u in R_{N-i}(t) with s at least as preferred as u and as every v in R_i(u)."""
    return all(
        any(
            model.at_least(i, s, u) and all(model.at_least(i, s, v) for v in model.moves(i, u))
            for u in reachable(model, model.others(i), t)
        )
        for t in model.improvements(i, s)
    )
