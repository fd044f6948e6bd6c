"""What the program finds stable under readings, on conflicts with statements about pairs of states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.beliefs import KINDS, with_pairs
from detente.testing.models import Shape, random_conflict

FIVE = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, rules=0.9)

Cells = frozenset[tuple[str, int]]
"""Pairs of a decision maker and a state."""


class Asked:
    """One conflict; what is stable under a concept is worked out when it is asked for."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict, self.space = conflict, StateSpace(conflict)
        self.engine = SingleEngine(self.space)
        self._found: dict[str, Cells] = {}

    def stable(self, key: str) -> Cells:
        """The states that are stable under a concept (key), each with its decision maker."""
        if key not in self._found:
            asked = concept(key)
            sets = {dm: self.engine.stable(asked, dm) for dm in self.engine.decision_makers}
            self._found[key] = frozenset((dm, state) for dm, found in sets.items() for state in found.each())
        return self._found[key]


def drawn(count: int, seed: object, kinds: Sequence[str] = KINDS) -> Iterator[tuple[str, Asked]]:
    """Random conflicts with statements about pairs of some kinds, each with a name that tells how to draw it again."""
    for number in range(count):
        name = f"{seed}:{number}"
        rng = Random(name)
        yield name, Asked(with_pairs(rng, random_conflict(rng, SHAPE), kinds))


def without(kind: str) -> tuple[str, ...]:
    """All kinds of statements about pairs but one."""
    return tuple(other for other in KINDS if other != kind)
