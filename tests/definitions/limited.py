"""Limited moves L_h, non-myopic stability and Stackelberg equilibrium.

Kilgour 1984, 1985; Fang, Hipel & Kilgour 1989 (European Journal of Operational Research 41:86; the opening was read); the recursion from
memory.  Whoever has the move stays, and the play ends, or moves to the state from which they anticipate what they like best.  With ties
there may be several states in which the play is anticipated to end; who counts on such a set counts on what is worst for themselves (own).
More than two decision makers: `apart` and `together` are this project's own.
"""

from __future__ import annotations

from collections.abc import Collection

from .plain import PlainModel
from .sequences import reachable

Ends = frozenset[int]


def worst(model: PlainModel, i: str, ends: Collection[int]) -> int:
    """One of the ends that i likes least."""
    return next(s for s in sorted(ends) if all(model.at_least(i, t, s) for t in ends))


def chosen(model: PlainModel, i: str, s: int, ends: dict[int, Ends]) -> Ends:
    """Where the play ends if i has the move at s, with the ends after each move of theirs."""
    best = [t for t in ends if all(model.at_least(i, worst(model, i, ends[t]), worst(model, i, ends[other])) for other in ends)]
    if not best or not model.better(i, worst(model, i, ends[best[0]]), s):
        return frozenset({s})
    return frozenset().union(*(ends[t] for t in best))


class Limited:
    """Where plays are anticipated to end; looked up again where it was found once."""

    def __init__(self, model: PlainModel, together: bool = False) -> None:
        self.model, self.together = model, together
        self.known: dict[tuple[str, str, int, int], Ends] = {}

    def apart(self, i: str, s: int, h: int) -> Ends:
        """I has the move at s, with h moves to go; after it any one of the others has the move (with two, the other: L_h as printed)."""
        if h == 0:
            return frozenset({s})
        if ("apart", i, s, h) not in self.known:
            after = {t: self._next(i, t, h - 1) for t in self.model.moves(i, s)}
            self.known["apart", i, s, h] = chosen(self.model, i, s, after)
        return self.known["apart", i, s, h]

    def _next(self, i: str, t: int, h: int) -> Ends:
        """Whatever the play can end in if one of the others has the move at t; t where there are no others."""
        return frozenset().union(*(self.apart(j, t, h) for j in self.model.others(i))) or frozenset({t})

    def by_turns(self, i: str, s: int, h: int) -> Ends:
        """I has the move at s; after it the rest together, then i again."""
        if h == 0:
            return frozenset({s})
        if ("i", i, s, h) not in self.known:
            after = {t: self.rest(i, t, h - 1) for t in self.model.moves(i, s)}
            self.known["i", i, s, h] = chosen(self.model, i, s, after)
        return self.known["i", i, s, h]

    def rest(self, i: str, t: int, h: int) -> Ends:
        """The others of i have the move together at t: they leave it for what is better for them all, and unbeaten."""
        if h == 0:
            return frozenset({t})
        if ("rest", i, t, h) not in self.known:
            model, others = self.model, self.model.others(i)
            ends = {u: self.by_turns(i, u, h - 1) for u in reachable(model, others, t)}

            def beats(one: dict[str, int], other: dict[str, int]) -> bool:
                return all(model.at_least(k, one[k], other[k]) for k in others) and any(model.better(k, one[k], other[k]) for k in others)

            worth = {u: {k: worst(model, k, ends[u]) for k in others} for u in ends}
            gains = [u for u in ends if beats(worth[u], dict.fromkeys(others, t))]
            kept = [u for u in gains if not any(beats(worth[other], worth[u]) for other in gains)]
            self.known["rest", i, t, h] = frozenset().union(*(ends[u] for u in kept)) if kept else frozenset({t})
        return self.known["rest", i, t, h]

    def stable(self, i: str, s: int, h: int) -> bool:
        """L_h (or a variant of it for more than two): i anticipates to stay."""
        return (self.by_turns(i, s, h) if self.together else self.apart(i, s, h)) == frozenset({s})


def non_myopic(limited: Limited, i: str, s: int) -> bool:
    """NM: L_h-stable for all h from some h on; the sets of ends of everybody at every state repeat in the end."""
    model = limited.model
    seen: list[tuple[Ends, ...]] = []
    while True:
        h = len(seen)
        if limited.together:
            now = tuple(found for t in model.numbers for found in (limited.by_turns(i, t, h), limited.rest(i, t, h)))
        else:
            now = tuple(limited.apart(j, t, h) for t in model.numbers for j in model.decision_makers)
        if now in seen:
            return all(limited.stable(i, s, before) for before in range(seen.index(now), h))
        seen.append(now)


def stackelberg(model: PlainModel, leader: str, s: int) -> bool:
    """Equilibrium with a leader, of two: L_2-stable for the leader, L_1-stable for the other."""
    (follower,) = model.others(leader)
    limited = Limited(model)
    return limited.stable(leader, s, 2) and limited.stable(follower, s, 1)
