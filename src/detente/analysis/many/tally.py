"""Sums over options, for all members of a set at once: how many members have which sum, and those with the least.

A sum adds a cost for each option, one if it is taken and another if not: the number of options in which a state differs from a given
one, or a weighted preference.  On bits the sums are held as binary digits, a set for each digit; on a decision diagram they are
added from the leaves up, each node once.  Either way no member is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Protocol, TypeVar, runtime_checkable

from detente.analysis.many.clock import Clock
from detente.analysis.many.digits import Costs, Part, lowest, parts_in_blocks, parts_of_bits, split
from detente.errors import LimitError
from detente.space.members import Members
from detente.space.sets import StateSet, bits_of
from detente.text import plural

T = TypeVar("T")
FEW = 1 << 16
"""Up to so many members of a set in blocks are looked at one by one."""
_NO_LIMIT = Clock()
MAX_EACH = 1 << 20
"""Most members of a set that are looked at one by one, where it is held in a way that has nothing better."""


@runtime_checkable
class Folding(Protocol):
    """A set held as a decision diagram: whatever can be worked out from the leaves up, each node once."""

    def fold(self, nothing: T, everything: T, join: Callable[[int, T, T], T], free: Callable[[int, T], T] | None) -> T:
        """The value of the root: of `nothing`, of `everything`, of a node from an option's place and the values without and with it."""
        ...


@runtime_checkable
class InBlocks(Protocol):
    """A set held as blocks of bits, all of one width (a power of two)."""

    width: int

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The first combination of each block that has members, and the block's bits."""
        ...


@dataclass(frozen=True, slots=True)
class Least:
    """The members with the least sum: the sum, how many there are, and the first of them by number."""

    total: int
    count: int
    first: tuple[int, ...]


def distance_from(state: int, options: int) -> list[tuple[int, int]]:
    """Costs whose sum is the number of options, of so many, in which a combination differs from a given one.

    >>> distance_from(0b01, 2)
    [(1, 0), (0, 1)]
    """
    return [(1, 0) if state >> place & 1 else (0, 1) for place in range(options)]


def total(costs: Costs, state: int) -> int:
    """The sum for one combination.

    >>> total([(0, 5), (1, 7)], 0b01)
    6
    """
    return sum(cost[state >> place & 1] for place, cost in enumerate(costs))


def totals(members: Members, costs: Costs, *, merged: bool = False, clock: Clock | None = None) -> dict[int, int]:
    """How many members have which sum, least sum first.

    Parameters
    ----------
    members
        The set.
    costs
        The costs.
    merged
        Whether a merged state counts with the least of the combinations that it stands for, and not with the greatest combination.
    clock
        A limit of time, or None.

    Raises
    ------
    LimitError
        S340 if the set is held in a way in which its members can only be listed one by one, and has more than `MAX_EACH`; S343 if the
        time is up.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> totals(space.states, distance_from(0b11, 2))
    {0: 1, 1: 2, 2: 1}
    """
    counted: Counter[int] = Counter()
    if isinstance(members, Folding):
        counted = members.fold(Counter(), Counter({0: 1}), _adding(costs), _freely(_adding(costs)))
    else:
        for part in parts_of(members, costs, merged=merged, clock=clock):
            for amount, bits in split(part):
                counted[amount] += bits.bit_count()
    return dict(sorted((key, count) for key, count in counted.items() if count))


def least(members: Members, costs: Costs, most: int, *, merged: bool = False, clock: Clock | None = None) -> Least | None:
    """The members with the least sum; None of an empty set.

    Parameters
    ----------
    members
        The set.
    costs
        The costs.
    most
        How many of them are given, the first by number.
    merged, clock
        As for `totals`.

    Raises
    ------
    LimitError
        S340 and S343, as for `totals`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> least(space.set_of(1, 2, 3), [(0, 2), (0, 2)], most=1)
    Least(total=2, count=2, first=(1,))
    """
    if isinstance(members, Folding):
        join = _least_of(costs, most)
        return members.fold(None, Least(0, 1, (0,)), join, _freely(join))
    best: Least | None = None
    for part in parts_of(members, costs, merged=merged, clock=clock):
        best = _better(best, _least_in(part, most), most)
    return best


def surveyed(
    members: Members, costs: Costs, most: int, *, merged: bool = False, clock: Clock | None = None
) -> tuple[Least | None, dict[int, int]]:
    """What `least` and `totals` give, in one pass where the set is held as bits.

    Parameters
    ----------
    members, costs, most, merged, clock
        As for these.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> surveyed(space.set_of(2, 3), distance_from(2, 5), most=1)
    (Least(total=0, count=1, first=(2,)), {0: 1, 1: 1})
    """
    if isinstance(members, Folding):
        return least(members, costs, most), totals(members, costs)
    best, counted = None, Counter[int]()
    for part in parts_of(members, costs, merged=merged, clock=clock):
        best = _better(best, _least_in(part, most), most)
        for amount, bits in split(part):
            counted[amount] += bits.bit_count()
    return best, dict(sorted(counted.items()))


def _least_in(part: Part, most: int) -> Least:
    amount, bits = lowest(part)
    return Least(amount, bits.bit_count(), tuple(part.first + bit for bit in islice(bits_of(bits), most)))


def parts_of(members: Members, costs: Costs, *, merged: bool = False, clock: Clock | None = None) -> Iterator[Part]:
    """The members as bits, with their sums; a merged state by its greatest combination, or (`merged`) by that with the least sum."""
    if isinstance(members, StateSet):
        classes = members.space.classes
        alone = [state for state in classes if members.contains(state)] if merged else []
        bits = members.bits & ~sum(1 << state for state in alone)
        if bits:
            yield from parts_of_bits(0, bits, costs)
        for state in alone:
            yield Part(state, 1, min(total(costs, member) for member in classes[state]), ())
    elif isinstance(members, InBlocks) and members.count > FEW:
        for part in parts_in_blocks(members.blocks(), members.width, costs):
            (clock or _NO_LIMIT).check()
            yield part
    elif members.count > MAX_EACH:
        message = f"a set of {plural(members.count, 'state')} is held in a way in which its members can only be listed one by one"
        raise LimitError.of("S340", message, help=f"at most {MAX_EACH:,} are; ask an engine that holds sets as diagrams or bits")
    else:
        for state in members.each():
            yield Part(state, 1, total(costs, state), ())


def _adding(costs: Costs) -> Callable[[int, Counter[int], Counter[int]], Counter[int]]:
    def join(place: int, without: Counter[int], taken: Counter[int]) -> Counter[int]:
        found: Counter[int] = Counter()
        for cost, counted in zip(costs[place], (without, taken), strict=True):
            for amount, count in counted.items():
                found[amount + cost] += count
        return found

    return join


def _least_of(costs: Costs, most: int) -> Callable[[int, Least | None, Least | None], Least | None]:
    def join(place: int, without: Least | None, taken: Least | None) -> Least | None:
        lack, have = costs[place]
        found = None if without is None else Least(without.total + lack, without.count, without.first)
        if taken is not None:
            found = _better(found, Least(taken.total + have, taken.count, tuple(state | 1 << place for state in taken.first)), most)
        return found

    return join


def _freely(join: Callable[[int, T, T], T]) -> Callable[[int, T], T]:
    """What becomes of a value where an option makes no difference."""
    return lambda place, value: join(place, value, value)


def _better(best: Least | None, found: Least, most: int) -> Least:
    """The one with the lesser sum; of equal sums both together."""
    if best is None or found.total < best.total:
        return found
    if best.total < found.total:
        return best
    return Least(best.total, best.count + found.count, tuple(islice(merge(best.first, found.first), most)))
