"""The same small conflict twice: with its states listed, and seen as if they were too many to be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.deadlock.diagnose import profile_table
from detente.analysis.stability import StabilityTable
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.conformance.seeds import FIXED, fresh

RULED = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.6, merged=0.0, kinds=("prefers", "weights"))
"""With red lines and rules that can be dropped."""
OPEN = Shape(
    most_decision_makers=4, most_options=5, most_states=32, one_way=0.15, rules=0.1, red_lines=0.1, merged=0.0, kinds=("prefers", "weights")
)
"""Much can be done, so that groups gain and others spoil it."""
CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")


class Twice:
    """A conflict with its states listed (`listed`) and not (`unlisted`); states are combinations in both."""

    def __init__(self, name: str, listed: StateSpace) -> None:
        self.name, self.listed = name, listed
        self.unlisted = StateSpace(listed.conflict, list_up_to=0)
        self.parties = tuple(listed.masks)
        self.states = tuple(listed.states.each())

    def profile(self, random: Random) -> dict[str, str]:
        """One concept for all, or one for each."""
        if random.random() < 0.6:
            return dict.fromkeys(self.parties, random.choice((*CONCEPTS, "SEQ", "Nash")))
        return {dm: random.choice(CONCEPTS) for dm in self.parties}

    def table(self, profile: dict[str, str]) -> StabilityTable:
        """Which states are stable for whom."""
        return profile_table(self.listed, profile)


def twice(count: int, part: object, *shapes: Shape) -> Iterator[Twice]:
    """So many random conflicts of each shape, half of them the same in every run."""
    for shape in shapes or (RULED, OPEN):
        for seed in (FIXED, fresh()):
            made = 0
            for name, conflict in random_conflicts(20 * count, f"{seed} {part}", shape):
                space = StateSpace(conflict)
                if space.states.count > 1:
                    yield Twice(name, space)
                    made += 1
                if made * 2 >= count:
                    break
