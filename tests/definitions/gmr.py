"""General metarationality (GMR).

Howard 1971, *Paradoxes of Rationality*; for two or more decision makers in the graph model Fang, Hipel & Kilgour
1993 (definition as given there; pages not checked). A return to s itself counts as a sanction, since s is at
least as preferred as s.
"""

from .plain import PlainModel
from .sequences import reachable


def stable(model: PlainModel, i: str, s: int) -> bool:
    """For every t in R_i^+(s) there is u in R_{N-i}(t) with s at least as preferred as u by i."""
    return all(any(model.at_least(i, s, u) for u in reachable(model, model.others(i), t)) for t in model.improvements(i, s))
