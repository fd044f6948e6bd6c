"""Sets of states: counted, searched, sampled and combined without ever being listed by accident.

A set is one big integer with a bit for each combination; Python's integers count, intersect and complement a million states
in microseconds.  There is deliberately no `__iter__` and no `__len__`: a listing is asked for by `first(n)` or `each()`.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING

from detente.model.formula import Formula

if TYPE_CHECKING:
    from detente.space.states import StateSpace

_CHUNK = 1 << 13  # bits looked at together when members are listed


def bits_of(number: int) -> Iterator[int]:
    """The places of the one-bits of a big number, ascending; linear in its size.

    >>> list(bits_of(0b101001))
    [0, 3, 5]
    """
    data = number.to_bytes((number.bit_length() + 7) // 8, "little")
    for start in range(0, len(data), _CHUNK // 8):
        chunk = int.from_bytes(data[start : start + _CHUNK // 8], "little")
        while chunk:
            low = chunk & -chunk
            yield start * 8 + low.bit_length() - 1
            chunk ^= low


class Places:
    """The places of the one-bits of a big integer, found and counted in small steps; built once in time linear in its size.

    Parameters
    ----------
    number
        The integer.

    Examples
    --------
    >>> places = Places(0b101001)
    >>> places.place(3), places.bit(3), places.count
    (2, 5, 3)
    """

    def __init__(self, number: int) -> None:
        self._data = number.to_bytes((number.bit_length() + 7) // 8, "little")
        step = _CHUNK // 8
        chunks = (int.from_bytes(self._data[start : start + step], "little").bit_count() for start in range(0, len(self._data), step))
        self._before = [0, *accumulate(chunks)]
        self.count = self._before[-1]
        """How many one-bits there are."""

    def _chunk(self, at: int) -> int:
        return int.from_bytes(self._data[at * _CHUNK // 8 : (at + 1) * _CHUNK // 8], "little")

    def place(self, bit: int) -> int:
        """The place, from 1, of a one-bit among all.  Raises KeyError if the bit is not one."""
        at, within = divmod(bit, _CHUNK)
        chunk = self._chunk(at) if bit >= 0 else 0
        if not chunk >> within & 1:
            raise KeyError(bit)
        return self._before[at] + (chunk & ((2 << within) - 1)).bit_count()

    def bit(self, place: int) -> int:
        """The one-bit with a place, the inverse of `place`.  Raises KeyError if there are not so many, or `place` is not positive."""
        if not 1 <= place <= self.count:
            raise KeyError(place)
        at = bisect_left(self._before, place) - 1
        chunk, left, found, width = self._chunk(at), place - self._before[at], at * _CHUNK, _CHUNK
        while width > 1:
            width //= 2
            low = chunk & ((1 << width) - 1)
            if (ones := low.bit_count()) >= left:
                chunk = low
            else:
                chunk, left, found = chunk >> width, left - ones, found + width
        return found


@dataclass(frozen=True, slots=True)
class StateSet:
    """A set of states of one space.

    Parameters
    ----------
    space
        The space that the states belong to.
    bits
        Integer whose bit c is set iff the state with (greatest) combination c belongs to the set.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> some = space.set_of(0, 2)
    >>> some, some.first(5), (~some).first(5), 2 in some, (space.states - some).count
    (<2 of 4 states>, (0, 2), (1, 3), True, 2)
    """

    space: StateSpace
    bits: int

    @property
    def count(self) -> int:
        """How many states it holds."""
        return self.bits.bit_count()

    def contains(self, state: int) -> bool:
        """Whether a state (by its combination) belongs to it."""
        return bool(self.bits >> state & 1)

    __contains__ = contains

    def first(self, n: int) -> tuple[int, ...]:
        """The n members with the smallest numbers, or all if there are fewer (as combinations)."""
        members = bits_of(self.bits)
        return tuple(state for _, state in zip(range(n), members, strict=False))

    def each(self) -> Iterator[int]:
        """All members, ascending, one at a time."""
        return bits_of(self.bits)

    def nearest(self, state: int) -> int | None:
        """The member that the fewest options tell from a `state`, of several the one with the smallest number; None if there is none."""
        near, columns = 1 << state, self.space.columns.values()
        while self.bits:
            if found := self.bits & near:
                return (found & -found).bit_length() - 1
            near = reduce(or_, ((near & on) >> (1 << k) | (near & ~on) << (1 << k) for k, on in enumerate(columns)), near)
        return None

    def sample(self, n: int, seed: int) -> tuple[int, ...]:
        """Up to n different members, drawn at random with a seed, ascending; all if there are fewer than n."""
        if n >= self.count:
            return self.first(self.count)
        places = Places(self.bits)
        return tuple(places.bit(place + 1) for place in sorted(random.Random(seed).sample(range(self.count), n)))

    def where(self, formula: Formula) -> StateSet:
        """The members that meet a condition (`formula`; a merged state: by its greatest combination)."""
        return StateSet(self.space, self.bits & self.space.where_bits(formula))

    def __and__(self, other: StateSet) -> StateSet:
        return StateSet(self.space, self.bits & other.bits)

    def __or__(self, other: StateSet) -> StateSet:
        return StateSet(self.space, self.bits | other.bits)

    def __sub__(self, other: StateSet) -> StateSet:
        return StateSet(self.space, self.bits & ~other.bits)

    def __invert__(self) -> StateSet:
        return StateSet(self.space, self.space.states.bits & ~self.bits)

    def __bool__(self) -> bool:
        return self.bits != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StateSet) and self.bits == other.bits and self.space.conflict is other.space.conflict

    def __hash__(self) -> int:
        return hash(self.bits)

    def __repr__(self) -> str:
        return f"<{self.count} of {self.space.states.count} states>"
