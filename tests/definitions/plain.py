"""A conflict as plain data, its states and moves found by looking at every combination and every pair.

This is the ground of the second statement of the definitions: it is written to be read and believed, not to be
fast, and it imports nothing from the program that it is compared with.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

Combination = Mapping[str, bool]
"""For each option, by name, whether it is taken."""

Condition = Callable[[Combination], bool]
"""Whether a combination meets it."""

PERMITTED = {
    "both": {(False, True), (True, False)},
    "only_on": {(False, True)},
    "only_off": {(True, False)},
}
"""The changes (from, to) of an option that its direction permits."""


@dataclass(frozen=True)
class State:
    """One state: its number (from 1) and the feasible combinations that it merges, in ascending order."""

    number: int
    members: tuple[Combination, ...]

    @property
    def combination(self) -> Combination:
        """The greatest member, which represents the state."""
        return self.members[-1]


Preference = Callable[[State], Any]
"""A sort key for states: the greater, the more preferred; equal keys are indifference."""


class PlainModel:
    """A conflict in option form (Fang, Hipel & Kilgour 1993; standard, page not checked).

    `options` are (name, owners, direction) with direction "both", "only_on" (N to Y) or "only_off" (Y to N). Option
    k of the list is bit k of a combination read as a number. `infeasible` tells the combinations that cannot occur;
    each of `merges` makes all feasible combinations that meet it one state; `unperceived[i]` are the combinations
    from and to which decision maker i makes no move; a ban (i, leaving, reaching) keeps i from turning a combination that
    meets `leaving` into one that meets `reaching`.
    """

    def __init__(
        self,
        options: Sequence[tuple[str, Sequence[str], str]],
        decision_makers: Sequence[str],
        prefers: Mapping[str, Preference],
        infeasible: Condition = lambda combination: False,
        merges: Sequence[Condition] = (),
        unperceived: Mapping[str, Condition] | None = None,
        bans: Sequence[tuple[str, Condition, Condition]] = (),
    ) -> None:
        assert all(direction in PERMITTED for _, _, direction in options)
        assert set(prefers) == set(decision_makers)
        self.options = list(options)
        self.decision_makers = list(decision_makers)
        self.infeasible = infeasible
        self.merges = list(merges)
        self.unperceived = dict(unperceived or {})
        self.bans = list(bans)
        self.states = self._states()
        self.numbers = [state.number for state in self.states]
        self.keys = {i: {state.number: prefers[i](state) for state in self.states} for i in decision_makers}
        self.arcs = {i: self._arcs(i) for i in decision_makers}

    def combinations(self) -> list[Combination]:
        """Every combination, feasible or not, in ascending order of the number it reads as."""
        names = [name for name, _, _ in self.options]
        # product() lets its last place vary fastest: the first option must stand last there.
        return [dict(zip(names, reversed(taken), strict=True)) for taken in product((False, True), repeat=len(names))]

    def _states(self) -> list[State]:
        order = self.combinations()
        classes = [[place] for place, combination in enumerate(order) if not self.infeasible(combination)]
        for merge in self.merges:
            together = [members for members in classes if any(merge(order[place]) for place in members)]
            apart = [members for members in classes if members not in together]
            one = sorted(place for members in together for place in members)
            classes = [*apart, one] if one else apart
        classes.sort(key=max)
        return [State(number, tuple(order[place] for place in members)) for number, members in enumerate(classes, start=1)]

    def _arcs(self, i: str) -> set[tuple[int, int]]:
        return {
            (s.number, t.number)
            for s in self.states
            for t in self.states
            if s is not t and any(self.may_change(i, a, b) for a in s.members for b in t.members)
        }

    def may_change(self, i: str, a: Combination, b: Combination) -> bool:
        """Whether i alone can turn combination a into b: only i's options differ, each in a permitted direction."""
        if i in self.unperceived and (self.unperceived[i](a) or self.unperceived[i](b)):
            return False
        if any(i == who and leaving(a) and reaching(b) for who, leaving, reaching in self.bans):
            return False
        return all(
            i in owners and (a[name], b[name]) in PERMITTED[direction] for name, owners, direction in self.options if a[name] != b[name]
        )

    def state(self, s: int) -> State:
        """The state numbered s."""
        return self.states[s - 1]

    def number_of(self, combination: Combination) -> int | None:
        """The number of the state to which a combination belongs; None if it is infeasible."""
        for state in self.states:
            if combination in state.members:
                return state.number
        return None

    def others(self, i: str) -> list[str]:
        """N - i: the decision makers other than i."""
        return [j for j in self.decision_makers if j != i]

    def at_least(self, i: str, s: int, t: int) -> bool:
        """Whether s is at least as preferred as t by i."""
        return bool(self.keys[i][s] >= self.keys[i][t])

    def better(self, i: str, t: int, s: int) -> bool:
        """Whether t is more preferred than s by i."""
        return not self.at_least(i, s, t)

    def moves(self, i: str, s: int) -> set[int]:
        """R_i(s): the states to which i can move from s."""
        return {t for t in self.numbers if (s, t) in self.arcs[i]}

    def improvements(self, i: str, s: int) -> set[int]:
        """R_i^+(s): the moves of i from s to a state that i prefers to s."""
        return {t for t in self.moves(i, s) if self.better(i, t, s)}

    def steps(self, i: str, s: int, improving: bool) -> set[int]:
        """R_i^+(s) if `improving`, else R_i(s)."""
        return self.improvements(i, s) if improving else self.moves(i, s)
