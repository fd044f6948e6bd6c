"""Nash stability.

Nash 1950, 1951; for the graph model Fang, Hipel & Kilgour 1993 (definition as given there; pages not checked).
"""

from .plain import PlainModel


def stable(model: PlainModel, i: str, s: int) -> bool:
    """R_i^+(s) is empty."""
    return model.improvements(i, s) == set()
