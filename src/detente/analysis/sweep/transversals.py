"""Minimal sets that meet each of some sets, within a limit of work; sets are bit masks.

All of them are had by a search in depth that gives up a branch as soon as a member is not needed (Murakami and Uno 2014, "Efficient
algorithms for dualizing large-scale hypergraphs", Discrete Applied Mathematics 170, 83-94); those of the smallest size by trying one size
after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.analysis.claims.hitting import TooManyError, least
from detente.space.sets import bits_of

WORK = 5_000_000
"""How many sets may be looked at, about, before a search gives up."""


class _Budget:
    def __init__(self, work: int) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Use up some work; raises `TooManyError` when there is none left."""
        self.left -= work
        if self.left < 0:
            raise TooManyError("sets that meet others")


def all_transversals(sets: Sequence[int], work: int = WORK) -> list[int]:
    """All minimal sets that have a member in common with each of some sets, the smaller first.

    Raises `TooManyError` when that takes more `work`.

    >>> [bin(one) for one in all_transversals([0b011, 0b110])]
    ['0b10', '0b101']
    """
    edges = list(least(sets))
    return sorted(_extended(0, -1, edges, _Budget(work)), key=lambda one: (one.bit_count(), one))


def _extended(chosen: int, allowed: int, edges: Sequence[int], budget: _Budget) -> Iterator[int]:
    budget.spend(len(edges) + 1)
    open_ = [edge for edge in edges if not edge & chosen]
    if not open_:
        yield chosen
        return
    edge = min((edge & allowed for edge in open_), key=lambda each: (each.bit_count(), each))
    allowed &= ~edge
    for member in bits_of(edge):
        allowed_now, wider = allowed, chosen | 1 << member
        if _needed(wider, edges, budget):
            yield from _extended(wider, allowed_now, edges, budget)
        allowed |= 1 << member


def _needed(chosen: int, edges: Sequence[int], budget: _Budget) -> bool:
    """Whether each member of a set meets an edge that no other member meets."""
    budget.spend(len(edges))
    alone = 0
    for edge in edges:
        met = edge & chosen
        if met and not met & (met - 1):
            alone |= met
    return alone == chosen


def smallest_transversals(sets: Sequence[int], work: int = WORK) -> tuple[int, list[int] | None]:
    """The size of the smallest sets that meet each of some sets, with all of that size, the lower first.

    When that takes more `work` the size is one that they have at least, and the list is None.

    >>> smallest_transversals([0b011, 0b110, 0b1000])
    (2, [10])
    """
    edges, size = list(least(sets)), 0
    budget = _Budget(work)
    try:
        while True:
            found = sorted(set(_of_size(0, size, edges, budget)))
            if found:
                return size, found
            size += 1
    except TooManyError:
        return size, None


def _of_size(chosen: int, size: int, edges: Sequence[int], budget: _Budget) -> Iterator[int]:
    budget.spend(len(edges) + 1)
    edge = next((edge for edge in edges if not edge & chosen), None)
    if edge is None:
        yield chosen
    elif size:
        for member in bits_of(edge):
            yield from _of_size(chosen | 1 << member, size - 1, edges, budget)
