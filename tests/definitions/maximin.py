"""Maximin_h (Rego & Vieira 2019; from memory): what a decision maker can guarantee in h alternating steps against all others.

The focal decision maker moves first; then the others, by a legal sequence or not at all; then the focal decision maker, by a move or not
at all, and so on, h steps in all.  The others bring about what is worst for them.
"""

from __future__ import annotations

from .plain import PlainModel
from .sequences import reachable


def guarantees(model: PlainModel, i: str, s: int, at: int, h: int, focal: bool) -> bool:
    """Whether i can bring it about that the state after h more steps from `at` is preferred to s."""
    if h == 0:
        return model.better(i, at, s)
    if focal:
        return any(guarantees(model, i, s, t, h - 1, False) for t in model.moves(i, at) | {at})
    return all(guarantees(model, i, s, u, h - 1, True) for u in reachable(model, model.others(i), at) | {at})


def stable(model: PlainModel, i: str, s: int, h: int) -> bool:
    """Whether i can not guarantee a state preferred to s by leaving it: no move to t guarantees it in the h - 1 steps after."""
    return not any(guarantees(model, i, s, t, h - 1, False) for t in model.moves(i, s))
