"""Limited moves L_h, non-myopic stability and Stackelberg equilibrium, for two decision makers.

Kilgour 1984, 1985; Fang, Hipel & Kilgour 1989 (European Journal of Operational Research 41:86; the opening was read); the recursion from
memory.  Whoever has the move stays, and the conflict ends, or moves to the state from which they anticipate what they like best; where
several moves are anticipated to end in states that they like equally, the rule here is to take the one that leads to the state with the
lowest number, and to stay unless the move ends in what they prefer.
"""

from __future__ import annotations

from .plain import PlainModel


def anticipated(model: PlainModel, i: str, s: int, h: int) -> int:
    """G_h(i, s): where the conflict ends if i has the move at s and looks h moves ahead."""
    (j,) = model.others(i)
    if h == 0 or not model.moves(i, s):
        return s
    ends = {t: anticipated(model, j, t, h - 1) for t in model.moves(i, s)}
    best = [t for t in ends if all(model.at_least(i, ends[t], ends[other]) for other in ends)]
    end = ends[min(best)]
    return end if model.better(i, end, s) else s


def stable(model: PlainModel, i: str, s: int, h: int) -> bool:
    """L_h: i anticipates to stay."""
    return anticipated(model, i, s, h) == s
