"""How many pairs of states a decision maker must come to compare differently, if given comparisons are to hold.

Let x be above y in an order, and let y be above x, or level with it, in another.  Then the pair (x, y) compares differently, and so does,
for every further state z from the level of y to that of x, these two included, (x, z) or (z, y): were both kept, x would be above y.
Whatever else must hold follows by transitivity.  A *packing* chooses such pairs, and such twos of pairs, without a pair in common; no
order in which the comparisons hold differs in fewer pairs than that.  Bounds of this kind are usual for aggregating rankings (Kemeny
1959, "Mathematics without numbers", Daedalus 88, 577-591, for the distance); the packing is this project's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from detente.model.formula import any_of
from detente.preference.order import Order
from detente.space.states import StateSpace

RedLines = Literal["excluded", "counted"]
"""Whether a pair of states of which just one crosses a red line of the decision maker must compare as before, or counts like others."""

MAX_KEPT = 1 << 18
"""Bounds that are remembered for one decision maker before all are forgotten."""


class Atom(NamedTuple):
    """A comparison: a decision maker prefers a state to another (`strict`), or finds it no worse.

    Parameters
    ----------
    dm
        Key of the decision maker.
    high, low
        The two states.
    strict
        Whether `high` is preferred; otherwise it may be level with `low`.

    Examples
    --------
    >>> Atom("A", 1, 2, True).opposite
    Atom(dm='A', high=2, low=1, strict=False)
    """

    dm: str
    high: int
    low: int
    strict: bool

    @property
    def opposite(self) -> Atom:
        """What holds just when this does not."""
        return Atom(self.dm, self.low, self.high, not self.strict)


Closure = dict[tuple[int, int], bool]
"""Comparisons with all that follow from them: (better or level, other) to whether it is strictly better."""


def closure(atoms: Iterable[Atom], known: Closure | None = None) -> Closure | None:
    """Comparisons of one decision maker with all that follow by transitivity; None if they contradict one another.

    Parameters
    ----------
    atoms
        The comparisons.
    known
        A closure that they are added to.

    Examples
    --------
    >>> closure([Atom("A", 1, 2, False), Atom("A", 2, 3, True)])
    {(1, 2): False, (2, 3): True, (1, 3): True}
    >>> closure([Atom("A", 1, 2, False), Atom("A", 2, 1, True)]) is None
    True
    """
    found = dict(known or {})
    for _, high, low, strict in atoms:
        ups = [(high, False), *((a, s) for (a, b), s in found.items() if b == high)]
        downs = [(low, False), *((b, s) for (a, b), s in found.items() if a == low)]
        for up, before in ups:
            for down, after in downs:
                certain = strict or before or after
                if up != down:
                    found[up, down] = found.get((up, down), False) or certain
                elif certain:
                    return None
    if any(strict and (low, high) in found for (high, low), strict in found.items()):
        return None
    return found


class Pairs:
    """The order of one decision maker, and lower bounds for the number of pairs that compare differently in another.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    red_lines
        "excluded" where pairs of which just one state crosses a red line must stay, "counted" where they count like others.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1), ("y", 2))))
    >>> pairs = Pairs(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))), "A")
    >>> pairs.least(frozenset([Atom("A", 0, 3, False)])), pairs.least(frozenset([Atom("A", 0, 1, True), Atom("A", 1, 2, True)]))
    (3, 3)
    """

    def __init__(self, space: StateSpace, dm: str, red_lines: RedLines = "excluded") -> None:
        self.rank = Order(space, dm).ranks
        states = sorted(self.rank, key=lambda state: (self.rank[state], state))
        self.place = {state: place for place, state in enumerate(states)}
        self.starts: list[int] = [0]
        """The number of states in levels before each rank; rank 0 is none."""
        for place, state in enumerate(states):
            if self.rank[state] >= len(self.starts):
                self.starts.append(place)
        self.starts.append(len(states))
        lines = space.conflict.decision_maker(dm).red_lines
        self.crossed = space.where_bits(any_of(*(line.never for line in lines))) if lines and red_lines == "excluded" else 0
        self._least: dict[frozenset[Atom], int | None] = {}

    def holds(self, high: int, low: int, strict: bool) -> bool:
        """Whether a comparison holds in the order as it is."""
        return self.rank[high] < self.rank[low] or (not strict and self.rank[high] == self.rank[low])

    def gap(self, high: int, low: int) -> int:
        """The number of pairs that compare differently at least, where a state must come to stand before, or level with, a better one."""
        ranks = self.rank[high], self.rank[low]
        return self.starts[max(ranks) + 1] - self.starts[min(ranks)] - 1

    def alone(self, atom: Atom) -> int | None:
        """The number of pairs that compare differently at least where one comparison holds; None if it can't."""
        _, high, low, strict = atom
        if self.holds(high, low, strict):
            return 0
        return None if high == low or (self.crossed >> high ^ self.crossed >> low) & 1 else self.gap(high, low)

    def between(self, high: int, low: int) -> int:
        """The other states from the level of one to that of another, as bits at their places."""
        ranks = self.rank[high], self.rank[low]
        bits = (1 << self.starts[max(ranks) + 1]) - (1 << self.starts[min(ranks)])
        return bits & ~(1 << self.place[high] | 1 << self.place[low])

    def least(self, atoms: frozenset[Atom]) -> int | None:
        """A number of pairs that must compare differently if all of some comparisons hold; None if they never hold together."""
        if atoms not in self._least:
            if len(self._least) > MAX_KEPT:
                self._least.clear()
            self._least[atoms] = self._packing(atoms)
        return self._least[atoms]

    def _packing(self, atoms: frozenset[Atom]) -> int | None:
        closed = closure(sorted(atoms))
        if closed is None:
            return None
        changed = {(high, low) for (high, low), strict in closed.items() if not self.holds(high, low, strict)}
        if any((self.crossed >> high ^ self.crossed >> low) & 1 for high, low in changed):
            return None
        used: dict[int, int] = {}
        for high, low in changed:
            used[high] = used.get(high, 0) | 1 << self.place[low]
            used[low] = used.get(low, 0) | 1 << self.place[high]
        total = sum(bits.bit_count() for bits in used.values()) // 2
        for high, low in sorted(changed, key=lambda pair: (-self.gap(*pair), pair)):
            free = self.between(high, low) & ~used[high] & ~used[low]
            total += free.bit_count()
            used[high] |= free
            used[low] |= free
            for state in used:
                if free >> self.place[state] & 1:
                    used[state] |= 1 << self.place[high] | 1 << self.place[low]
        return total
