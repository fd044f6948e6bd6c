"""All improvements of one decision maker from one state, and those of them that a sequence of the others answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.concepts.witness import Group
from detente.engines.sat.search import Flips
from detente.model.formula import Formula, holds
from detente.preference.order import Order
from detente.preference.settings import Settings
from detente.space.local import columns_of
from detente.space.states import StateSpace

_TRIALS = 24  # changes that are tried to be left out of one answer


class Improvements:
    """The improvements from a state, as settings of the decision maker's own options, and those that are not answered yet.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    state
        The state (combination).
    """

    def __init__(self, space: StateSpace, dm: str, state: int) -> None:
        self.space, self.dm, self.state = space, dm, state
        self.here = Settings(space, dm, state)
        self.all = self.here.local.open & self.here.better(state)
        self.left = self.all
        self._orders: dict[str, Order] = {}

    def best(self) -> int:
        """The improvement that the decision maker likes best; of several one that changes few options."""
        return self.here.local.combination(self.here.best(self.left))

    def next(self) -> int:
        """An improvement that is not answered yet, and changes few options."""
        return self.here.local.combination(self.here.nearest(self.left))

    def answered(self, path: Flips, *, improving: bool, counters: bool) -> int:
        """The improvements that a sequence of the others answers."""
        now, found = self.here, self.all
        for mover, bits in path:
            found &= now.step(mover, bits, improving=improving)
            now = now.flipped(bits)
        better = now.better(self.state)
        found &= ~better
        return found & ~now.onward(better) if counters and found else found

    def shorter(self, start: int, path: Flips, *, improving: bool, counters: bool) -> Flips:
        """The same answer to one improvement without changes that it does not need, one after the other, as far as few trials show."""
        trials = _TRIALS if not counters or self.here.local.settings <= 1 << 10 else _TRIALS // 6
        for place in reversed(range(len(path))):
            for bit in _bits(path[place][1]):
                mover, bits = path[place]
                if bits == 1 << bit or not trials:
                    continue  # a step changes something
                trials -= 1
                fewer = (*path[:place], (mover, bits ^ (1 << bit)), *path[place + 1 :])
                if self.answers(start, fewer, improving=improving, counters=counters):
                    path = fewer
        return path

    def answers(self, start: int, path: Flips, *, improving: bool, counters: bool) -> bool:
        """Whether a sequence of the others answers one improvement."""
        now, last = start, ""
        for mover, bits in path:
            to = now ^ bits
            if mover == last or not self._is_move(mover, now, to) or (improving and not self._order(mover).prefers(to, now)):
                return False
            now, last = to, mover
        mine = self._order(self.dm)
        if mine.prefers(now, self.state):
            return False
        if not counters:
            return True
        there = Settings(self.space, self.dm, now)
        return not there.local.open & there.better(self.state)

    def _is_move(self, dm: str, now: int, to: int) -> bool:
        space, bits = self.space, now ^ to
        if bits & ((space.only_on & now) | (space.only_off & ~now)) or not space.is_feasible(to):
            return False
        if not (space.perceives(dm, now) and space.perceives(dm, to)):
            return False
        bans, index = (ban for ban in space.conflict.bans if ban.by == dm), space.conflict.option_index

        def met(formula: Formula, state: int) -> bool:
            return holds(formula, lambda key: bool(state >> index[key] & 1))

        return not any(met(ban.leaving, now) and met(ban.reaching, to) for ban in bans)

    def _order(self, dm: str) -> Order:
        if dm not in self._orders:
            self._orders[dm] = Order(self.space, dm)
        return self._orders[dm]

    def needed(self, groups: Iterable[Group]) -> tuple[Group, ...]:
        """Groups without those whose members others hold as well."""
        found = list(groups)
        for group in tuple(found):
            rest = self.all
            for other in found:
                if other is not group:
                    rest &= ~self.here.matching(other.taken, other.not_taken)
            if not rest:
                found.remove(group)
        return tuple(found)

    def group(self, start: int, path: Flips, *, improving: bool, counters: bool) -> Group:
        """A group around one improvement that a sequence answers, as wide as can be; its members count as answered."""
        answered = self.answered(path, improving=improving, counters=counters)
        local = self.here.local
        others, at = self.all & ~answered, local.setting(start)
        if not answered >> at & 1:
            raise AssertionError(f"the answer {path} to {start} does not work")
        kept: list[int] = []
        places = sorted(range(len(local.own)), key=lambda j: (local.here ^ at) >> j & 1)  # rather by what the improvement changes
        columns = [column if at >> j & 1 else ~column for j, column in enumerate(columns_of(len(local.own)))]
        for k, place in enumerate(places):
            wider = others
            for j in (*kept, *places[k + 1 :]):
                wider &= columns[j]
            if wider:
                kept.append(place)
        taken = sum(1 << local.own[j] for j in kept if at >> j & 1)
        not_taken = sum(1 << local.own[j] for j in kept if not at >> j & 1)
        self.left &= ~self.here.matching(taken, not_taken)
        return Group(taken, not_taken, path)


def _bits(number: int) -> Iterator[int]:
    return (k for k in range(number.bit_length()) if number >> k & 1)
