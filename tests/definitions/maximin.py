"""Maximin_h: Rego & Vieira 2019 (from memory): what a decision maker can guarantee within h alternating moves against all others.

The focal decision maker and the others together take turns; whoever has the move may stay, and the play ends.  The others bring about what
is worst for the focal decision maker, by legal sequences of moves.  That staying ends the play makes it what L_h is against others whose
preferences are opposite, as the literature says of it (Soares et al. 2026, abstract).
"""

from __future__ import annotations

from .plain import PlainModel
from .sequences import reachable


def guarantees(model: PlainModel, i: str, s: int, at: int, h: int) -> bool:
    """Whether i, who has the move at `at` with h moves to go, can bring it about that the play ends in a state preferred to s."""
    if model.better(i, at, s):
        return True
    return h > 0 and any(not prevented(model, i, s, t, h - 1) for t in model.moves(i, at))


def prevented(model: PlainModel, i: str, s: int, at: int, h: int) -> bool:
    """Whether the others, who have the move at `at`, can keep the play from ending in a state that i prefers to s."""
    if not model.better(i, at, s):
        return True
    return h > 0 and any(not guarantees(model, i, s, u, h - 1) for u in reachable(model, model.others(i), at))


def stable(model: PlainModel, i: str, s: int, h: int) -> bool:
    """Maximin_h: i can not guarantee a state preferred to s."""
    return not guarantees(model, i, s, s, h)


def guarantees_all_the_way(model: PlainModel, i: str, s: int, at: int, h: int, focal: bool = True) -> bool:
    """The same where staying does not end the play: h turns are taken whatever happens.  With it Maximin_3 is not SMR (own)."""
    if h == 0:
        return model.better(i, at, s)
    if focal:
        return any(guarantees_all_the_way(model, i, s, t, h - 1, False) for t in model.moves(i, at) | {at})
    return all(guarantees_all_the_way(model, i, s, u, h - 1, True) for u in reachable(model, model.others(i), at) | {at})
