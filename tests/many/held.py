"""The same sets of states held in other ways, as simply as possible: one by one, as a decision tree, in blocks of bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Self, TypeVar

from detente.model.evaluate import evaluator
from detente.model.formula import Formula
from detente.space.states import StateSpace

T = TypeVar("T")


@dataclass(frozen=True)
class OneByOne:
    """A set as its members, which can do no more than any set can."""

    space: StateSpace
    states: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.states)

    def contains(self, state: int) -> bool:
        return state in self.states

    def first(self, n: int) -> tuple[int, ...]:
        return tuple(sorted(self.states)[:n])

    def sample(self, n: int, seed: int) -> tuple[int, ...]:
        return tuple(sorted(Random(seed).sample(sorted(self.states), min(n, len(self.states)))))

    def each(self) -> Iterator[int]:
        return iter(sorted(self.states))

    def where(self, formula: Formula) -> Self:
        test = evaluator(formula, self.space.conflict.option_index)
        return type(self)(self.space, frozenset(state for state in self.states if test(state)))

    def __and__(self, other: Self, /) -> Self:
        return type(self)(self.space, self.states & other.states)

    def __or__(self, other: Self, /) -> Self:
        return type(self)(self.space, self.states | other.states)

    def __sub__(self, other: Self, /) -> Self:
        return type(self)(self.space, self.states - other.states)

    def __bool__(self) -> bool:
        return bool(self.states)


class AsTree(OneByOne):
    """The same as a decision tree, whose equal branches are one: what a decision diagram does."""

    def fold(self, nothing: T, everything: T, join: Callable[[int, T, T], T], free: Callable[[int, T], T] | None) -> T:
        assert free is not None

        def value(states: frozenset[int], place: int) -> T:
            if place < 0:
                return everything if states else nothing
            without = frozenset(state for state in states if not state >> place & 1)
            taken = frozenset(state & ~(1 << place) for state in states - without)
            if without == taken:
                return free(place, value(without, place - 1)) if without else nothing
            return join(place, value(without, place - 1), value(taken, place - 1))

        return value(self.states, len(self.space.conflict.options) - 1)


class InFours(OneByOne):
    """The same in blocks of four combinations."""

    width = 4

    def blocks(self) -> Iterator[tuple[int, int]]:
        for first in range(0, self.space.conflict.combinations, 4):
            bits = sum(1 << bit for bit in range(4) if first + bit in self.states)
            if bits:
                yield first, bits


WAYS = (OneByOne, AsTree, InFours)
"""The ways of holding sets."""
