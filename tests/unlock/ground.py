"""A conflict as the program and as the second statement have it, side by side, and what goes from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from random import Random

from detente.concepts.registry import all_concepts
from detente.model.conflict import Conflict
from detente.model.position import Fallback, StatedPosition
from detente.preference.shifted import Shift
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.definitions.adapter import plain_model
from tests.definitions.changed import Changed
from tests.definitions.inverse import Orders
from tests.definitions.orders import Levels, keys, levels
from tests.definitions.plain import PlainModel

SMALL = Shape(most_decision_makers=3, most_options=3, most_states=5, red_lines=0.1)
"""Small enough for all orders of everybody to be tried."""

MIDDLE = Shape(most_decision_makers=4, most_options=5, most_states=16, red_lines=0.2)
"""Small enough for the definitions to be asked about every state."""


class Ground:
    """A conflict twice: states of the program are combinations, those of the second statement numbers."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.space = StateSpace(conflict)
        self.model: PlainModel = plain_model(conflict)
        self.parties = tuple(self.model.decision_makers)
        self._state = dict(zip(self.model.numbers, self.space.states.each(), strict=True))
        self._number = {state: number for number, state in self._state.items()}

    def state(self, number: int) -> int:
        """The program's state of a number."""
        return self._state[number]

    def number(self, state: int) -> int:
        """The number of a state of the program."""
        return self._number[state]

    def numbers(self, states: StateSet | Iterable[int]) -> set[int]:
        """The numbers of some states of the program."""
        return {self._number[state] for state in (states.each() if isinstance(states, StateSet) else states)}

    def of_bits(self, bits: int) -> set[int]:
        """The numbers of a set of states that is held as an integer."""
        return self.numbers(StateSet(self.space, bits))

    def states(self, numbers: Iterable[int]) -> StateSet:
        """Some states as a set of the program."""
        return self.space.set_of(*(self._state[number] for number in numbers))

    @cached_property
    def orders(self) -> Orders:
        """The orders of all decision makers."""
        return tuple(levels(self.model.keys[i]) for i in self.parties)

    def order(self, i: str) -> Levels:
        """The order of one decision maker."""
        return self.orders[self.parties.index(i)]

    def shifted(self, shifts: Iterable[Shift]) -> Mapping[str, Levels]:
        """The orders after single states were moved just above, just below or level with all that are tied with another."""
        after = dict(zip(self.parties, self.orders, strict=True))
        for shift in shifts:
            order, moved, other = after[shift.dm], self.number(shift.state), self.number(shift.past)
            past, side = order[other - 1], 0 if shift.level else 1 if shift.up else -1
            after[shift.dm] = levels({t: (past, side) if t == moved else (level, 0) for t, level in enumerate(order, start=1)})
        return after

    def after(self, shifts: Iterable[Shift]) -> Changed:
        """The model after single states were moved in orders."""
        return Changed(self.model, {i: keys(order) for i, order in self.shifted(shifts).items()})

    def crossing(self, i: str) -> set[int]:
        """The states that cross a red line of i."""
        lines = self.conflict.decision_maker(i).red_lines
        return {s for line in lines for s in self.numbers(self.space.where(line.never))}

    def apart(self, i: str) -> set[tuple[int, int]]:
        """The pairs of states, the lower number first, of which just one crosses a red line of i."""
        crossing = self.crossing(i)
        return {(s, t) for s in self.model.numbers for t in self.model.numbers if s < t and (s in crossing) != (t in crossing)}


def grounds(count: int, seed: object, shape: Shape, least: int = 2) -> Iterator[tuple[str, Ground]]:
    """So many random conflicts of at least `least` states, each with a name that tells how to draw it again."""
    made = 0
    for name, conflict in random_conflicts(100 * count, f"{seed}", shape):
        ground = Ground(conflict)
        if len(ground.model.numbers) >= least:
            made += 1
            yield name, ground
        if made == count:
            return
    raise AssertionError(f"fewer than {count} of the random models have {least} states")


def random_profile(ground: Ground, random: Random, keys_: Sequence[str] = ()) -> dict[str, str]:
    """One concept for all, or one for each."""
    known = list(keys_) or [concept.key for concept in all_concepts()]
    if random.random() < 0.6:
        return dict.fromkeys(ground.parties, random.choice(known))
    return {i: random.choice(known) for i in ground.parties}


def with_positions(conflict: Conflict, random: Random) -> Conflict:
    """The conflict with positions of some decision makers, which may be infeasible, and now and then a fallback."""
    keys = [option.key for option in conflict.options]

    def some() -> frozenset[str]:
        return frozenset(key for key in keys if random.random() < 0.5)

    positions = tuple(StatedPosition(dm.key, some()) for dm in conflict.decision_makers if random.random() < 0.8)
    return replace(conflict, positions=positions, fallback=Fallback(some()) if random.random() < 0.3 else None)


def without_red_lines(conflict: Conflict) -> Conflict:
    """The conflict with no red line."""
    return replace(conflict, decision_makers=tuple(replace(dm, red_lines=()) for dm in conflict.decision_makers))
