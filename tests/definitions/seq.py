"""Sequential stability (SEQ).

Fraser & Hipel 1979, 1984; for two or more decision makers in the graph model Fang, Hipel & Kilgour 1993
(definition as given there; pages not checked). Every step of a sanction is an improvement of its mover from the
state where it moves.
"""

from .plain import PlainModel
from .sequences import reachable


def stable(model: PlainModel, i: str, s: int) -> bool:
    """For every t in R_i^+(s) there is u in R^+_{N-i}(t) with s at least as preferred as u by i."""
    return all(any(model.at_least(i, s, u) for u in reachable(model, model.others(i), t, improving=True)) for t in model.improvements(i, s))
