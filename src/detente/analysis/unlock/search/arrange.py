"""Orders in which given comparisons hold, near to the order as it is: single states are moved, all others stay as they are.

A state's *place* is a whole number, smaller where it is more preferred.  The states of rank r have place r * STEP; states that are moved
come to stand on such a place, level with those, or between two.  That states which no comparison names need not be moved is this
project's own result: of two such states, moving both never helps.  The arrangement found is not always the nearest; the search proves
that it is, or goes on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from detente.analysis.claims.comparisons import Atom, Closure, Pairs, closure
from detente.preference.shifted import Shift

STEP = 1 << 64
"""How far the places of neighbouring ranks are apart; it can be halved often enough."""
ROUNDS = 4
"""How often single states are tried in other places before an arrangement is taken as it is."""

Places = dict[int, int]
"""Moved states and their places."""


class Arranger:
    """Arranges the states of one decision maker.

    Parameters
    ----------
    pairs
        Their order.
    """

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.rank = pairs.rank
        uncrossed = [rank for state, rank in self.rank.items() if not pairs.crossed >> state & 1]
        self.border = max(uncrossed, default=0) * STEP + STEP // 2
        """Where the states that cross no red line end, if those that cross one may not pass; otherwise behind all."""
        self._known: dict[frozenset[Atom], tuple[Places, ...]] = {}

    def place(self, state: int, moved: Mapping[int, int]) -> int:
        """The place of a state."""
        found = moved.get(state)
        return self.rank[state] * STEP if found is None else found

    def arrangements(self, atoms: frozenset[Atom]) -> tuple[Places, ...]:
        """One or two arrangements in which comparisons hold that do not contradict one another: the nearer first, raising before lowering.

        No state is moved past the border between those that cross a red line and those that do not, where it is closed.
        """
        if atoms not in self._known:
            self._known[atoms] = self._arranged(atoms)
        return self._known[atoms]

    def _arranged(self, atoms: frozenset[Atom]) -> tuple[Places, ...]:
        closed = closure(sorted(atoms))
        assert closed is not None, "the comparisons contradict one another"
        if all(self.pairs.holds(high, low, strict) for (high, low), strict in closed.items()):
            return ({},)
        made = []
        for up in (True, False):
            places = self._one_way(closed, up)
            self._improve(closed, places)
            made.append({state: place for state, place in places.items() if place != self.rank[state] * STEP})
        made.sort(key=self.cost)
        return (made[0],) if made[0] == made[1] else tuple(made)

    def _one_way(self, closed: Closure, up: bool) -> Places:
        """All states that comparisons name, with places that are had by raising only, or by lowering only."""
        states = sorted({state for pair in closed for state in pair}, key=lambda state: (self.rank[state], state))
        places = {state: self.rank[state] * STEP for state in states}
        beyond: dict[int, list[tuple[int, bool]]] = {state: [] for state in states}
        for (high, low), strict in closed.items():
            beyond[high if up else low].append((low if up else high, strict))
        done: set[int] = set()
        for state in sorted(states, key=lambda state: (sum(other in beyond for other, _ in beyond[state]), state)):
            level = [other for other, strict in beyond[state] if not strict and (state, False) in beyond[other]]
            met = next((places[other] for other in level if other in done), None)
            if met is not None:
                places[state] = met
            else:
                group = {state, *level}
                past = [(places[other], strict) for member in group for other, strict in beyond[member] if other not in group]
                own = [places[member] for member in group]
                places[state] = self._past(places, past, min(own) if up else max(own), up)
            done.add(state)
        return places

    def _past(self, places: Places, past: list[tuple[int, bool]], own: int, up: bool) -> int:
        """The nearest place to a state's own that lies past some places, or level with those that need not be passed."""
        if all((own == place and not strict) or (own < place if up else own > place) for place, strict in past):
            return own
        return self.beside(places, min(place for place, _ in past) if up else max(place for place, _ in past), up)

    def beside(self, places: Mapping[int, int], limit: int, up: bool) -> int:
        """A place just before another (`up`), or just after it."""
        if up:
            near = max(
                [self.border] * (limit > self.border) + [(limit - 1) // STEP * STEP, *(place for place in places.values() if place < limit)]
            )
        else:
            near = min(
                [self.border] * (limit < self.border) + [(limit // STEP + 1) * STEP, *(place for place in places.values() if place > limit)]
            )
        return (near + limit) // 2

    def _improve(self, closed: Closure, places: Places) -> None:
        """Move single states, as far as the comparisons leave room, to where fewer pairs compare differently."""
        for _ in range(ROUNDS):
            better = False
            for state in sorted(places):
                best, at = self._price(state, places[state], places), places[state]
                for place in self._tries(state, places):
                    price = self._price(state, place, places)
                    if price < best and self._fits(state, place, closed, places):
                        best, at = price, place
                if at != places[state]:
                    places[state], better = at, True
            if not better:
                return

    def _tries(self, state: int, places: Places) -> Iterable[int]:
        """Places worth trying for a state: its own, and beside, or level with, the others that are moved."""
        yield self.rank[state] * STEP
        for other, place in list(places.items()):
            if other != state:
                yield place
                yield self.beside(places, place, True)
                yield self.beside(places, place, False)

    def _fits(self, state: int, place: int, closed: Closure, places: Places) -> bool:
        """Whether a state stays on its side of the border, and its comparisons hold, when it has a place."""
        if (place < self.border) != (self.rank[state] * STEP < self.border):
            return False
        for (high, low), strict in closed.items():
            if state in (high, low):
                above = place if high == state else places[high]
                below = place if low == state else places[low]
                if above > below or (strict and above == below):
                    return False
        return True

    def _price(self, state: int, place: int, places: Mapping[int, int]) -> int:
        """How many pairs of one state compare differently when it has a place."""
        rank, starts = self.rank[state], self.pairs.starts
        at, on = place // STEP, place % STEP == 0
        if on and at == rank:
            first, last = 1, 0
        elif place < rank * STEP:
            first, last = at if on else at + 1, rank
        else:
            first, last = rank, at
        total = starts[last + 1] - starts[first] - (first <= rank <= last) if first <= last else 0
        for other, theirs in places.items():
            if other != state:
                changed = self._sign(rank, self.rank[other]) != self._sign(place, theirs)
                total += changed - (first <= self.rank[other] <= last)
        return total

    def cost(self, moved: Mapping[int, int]) -> int:
        """How many pairs compare differently in an arrangement."""
        twice = sum(
            self._sign(self.rank[one], self.rank[other]) != self._sign(place, moved[other])
            for one, place in moved.items()
            for other in moved
            if one < other
        )
        return sum(self._price(state, place, moved) for state, place in moved.items()) - twice

    @staticmethod
    def _sign(one: int, other: int) -> int:
        return (one > other) - (one < other)

    def shifts(self, dm: str, moved: Mapping[int, int]) -> tuple[Shift, ...]:
        """Shifts, one after the other, that make an arrangement."""
        resting = sorted({rank * STEP: state for state, rank in self.rank.items() if state not in moved}.items())
        made: list[Shift] = []
        settled = list(resting)
        for state, place in sorted(moved.items(), key=lambda item: (item[1], item[0])):
            at = bisect_left(settled, (place, -1))
            if at < len(settled) and settled[at][0] == place:
                made.append(Shift(dm, state, settled[at][1], level=True))
                continue
            past = settled[at - 1][1] if at else settled[0][1] if settled else next(other for other in moved if other != state)
            made.append(Shift(dm, state, past, up=not at))
            settled.insert(at, (place, state))
        return tuple(made)
