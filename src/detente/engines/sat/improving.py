"""All improvements of one decision maker from one state, and those of them that a sequence of the others answers."""

from __future__ import annotations

from detente.concepts.witness import Group
from detente.engines.sat.search import Flips
from detente.preference.settings import Settings
from detente.space.local import columns_of
from detente.space.states import StateSpace


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
