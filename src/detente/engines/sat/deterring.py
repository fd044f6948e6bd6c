"""Which states deter a decision maker from leaving one."""

from __future__ import annotations

from detente.engines.sat.moving import Moving
from detente.preference.settings import Settings


class Sanctions:
    """The states that are no better than an origin, and, where the concept asks for it, from which no move leads to a better one.

    That no move does is found out where it matters: a way out that is found once counts in all states that have it.

    Parameters
    ----------
    moving
        The moves, in whose literals it speaks.
    dm
        Key of the decision maker.
    state
        The origin (combination).
    counters
        Whether further moves of the decision maker count.
    """

    def __init__(self, moving: Moving, dm: str, state: int, counters: bool) -> None:
        self.moving, self.dm, self.state, self.counters = moving, dm, state, counters
        encoding = moving.encoding
        self.literals = [encoding.no_better(dm, moving.options, encoding.known(state))]
        """True together in every state that deters."""
        self.escapes: dict[int, int] = {}
        """The ways out that were found: own options taken after each, by the literal that denies it."""

    def further(self, state: int) -> int | None:
        """A way out of a combination, as the literal that denies it; None if there is none."""
        to = self.way_out(state) if self.counters else None
        if to is None:
            return None
        encoding, shared, own = self.moving.encoding, self.moving.options, self.moving.space.masks[self.dm]
        after = encoding.mixed(shared, own, encoding.known(to))
        literal = -encoding.every((encoding.move(self.dm, shared, after), encoding.prefers(self.dm, after, encoding.known(self.state))))
        self.escapes[literal] = to & own
        return literal

    def way_out(self, state: int) -> int | None:
        """Where a further move of the decision maker from a combination leads that is better than the origin: the best; None if nowhere."""
        here = Settings(self.moving.space, self.dm, state)
        ways = here.local.open & here.better(self.state)
        return here.local.combination(here.best(ways)) if ways else None
