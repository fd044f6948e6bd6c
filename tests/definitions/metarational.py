"""Generalized metarationalities MR_h and the credible ones CMR_h, h being the number of moves of everybody together.

Zeng, Fang, Hipel & Kilgour 2006 (Discrete Applied Mathematics 154:2430), 2007 (IEEE SMC-A 37:456); abstracts read, definitions from
memory.  After each move of the focal decision maker to something better than s the others must have an answer that is no better than s, and
from which the same is so again, as long as moves are left.
"""

from __future__ import annotations

from .plain import PlainModel
from .sequences import reachable


def gets_away(model: PlainModel, i: str, s: int, at: int, h: int, credible: bool) -> bool:
    """Whether i, from a state no better than s, has a move to something better than s that the others can't answer for good."""
    moves = model.improvements(i, at) if credible else model.moves(i, at)
    return h > 0 and any(model.better(i, t, s) and not answered(model, i, s, t, h - 1, credible) for t in moves)


def answered(model: PlainModel, i: str, s: int, at: int, h: int, credible: bool) -> bool:
    """Whether the others can lead from `at` to a state no better than s from which i does not get away."""
    return h > 0 and any(
        model.at_least(i, s, u) and not gets_away(model, i, s, u, h - 1, credible)
        for u in reachable(model, model.others(i), at, improving=credible)
    )


def stable(model: PlainModel, i: str, s: int, h: int, credible: bool = False) -> bool:
    """MR_h, or CMR_h if `credible`: i does not get away from s."""
    return not gets_away(model, i, s, s, h, credible)
