"""Sums over options on sets held as bits: as binary digits, a set of combinations for each digit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Costs: TypeAlias = Sequence[tuple[int, int]]
"""For each option in order what it costs where it is not taken, and where it is: whole numbers."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some combinations with their sums.

    Parameters
    ----------
    first
        The combination of bit 0.
    bits
        The combinations; at least one.
    base
        What is added to the sum of each.
    digits
        The binary digits of the sums, the lowest first: for each the bits whose sums have it.
    """

    first: int
    bits: int
    base: int
    digits: tuple[int, ...]


def column(place: int, width: int) -> int:
    """The bits, of so many (a power of two), in which the option at a place is taken.

    >>> bin(column(1, 8))
    '0b11001100'
    """
    block, size = ((1 << (1 << place)) - 1) << (1 << place), 2 << place
    while size < width:
        block |= block << size
        size *= 2
    return block


def parts_of_bits(first: int, bits: int, costs: Costs) -> Iterator[Part]:
    """The sums of combinations held as bits, whose first is 0 in all options that tell them apart.

    Parameters
    ----------
    first
        The combination of bit 0.
    bits
        The combinations, at least one.
    costs
        The costs of the options that tell them apart, the lowest first.

    Examples
    --------
    >>> next(parts_of_bits(0, 0b1110, [(0, 1), (0, 1)]))
    Part(first=0, bits=14, base=0, digits=(6, 8))
    """
    width = 1 << len(costs)
    columns = [column(place, width) if lack != have else 0 for place, (lack, have) in enumerate(costs)]
    yield _summed(first, bits, 0, costs, columns)


def parts_in_blocks(blocks: Iterable[tuple[int, int]], width: int, costs: Costs) -> Iterator[Part]:
    """The sums of combinations held as blocks of so many bits (a power of two): the first combination of each, and its bits.

    >>> [part.base for part in parts_in_blocks([(0, 1 << 3), (1 << 16, 1)], 1 << 16, [(0, 1)] * 17)]
    [0, 1]
    """
    inner = min(len(costs), width.bit_length() - 1)
    columns = [column(place, 1 << inner) for place in range(inner)]
    for first, bits in blocks:
        base = sum(cost[first >> place & 1] for place, cost in enumerate(costs[inner:], start=inner))
        yield _summed(first, bits, base, costs[:inner], columns)


def _summed(first: int, bits: int, base: int, costs: Costs, columns: Sequence[int]) -> Part:
    """The sums of combinations: of each option the lesser cost in the base, the difference in the digits, with carry."""
    digits: list[int] = []
    for (lack, have), taken in zip(costs, columns, strict=True):
        base += min(lack, have)
        more = abs(have - lack)
        dearer = bits & taken if have > lack else bits & ~taken
        for place in range(more.bit_length()):
            carry, at = dearer if more >> place & 1 else 0, place
            while carry:
                digits += [0] * (at + 1 - len(digits))
                digits[at], carry, at = digits[at] ^ carry, digits[at] & carry, at + 1
    return Part(first, bits, base, tuple(digits))


def split(part: Part) -> Iterator[tuple[int, int]]:
    """Each sum that occurs, with the bits that have it.

    >>> list(split(Part(0, 0b1110, 5, (0b0110, 0b1000))))
    [(6, 6), (7, 8)]
    """
    waiting = [(part.base, part.bits, len(part.digits))]
    while waiting:
        amount, bits, place = waiting.pop()
        if not place:
            yield amount, bits
            continue
        digit = part.digits[place - 1]
        for more, these in ((1 << place - 1, bits & digit), (0, bits & ~digit)):
            if these:
                waiting.append((amount + more, these, place - 1))


def lowest(part: Part) -> tuple[int, int]:
    """The least sum, with the bits that have it.

    >>> lowest(Part(0, 0b1110, 5, (0b0110, 0b1000)))
    (6, 6)
    """
    amount, bits = part.base, part.bits
    for place in reversed(range(len(part.digits))):
        rest = bits & ~part.digits[place]
        if rest:
            bits = rest
        else:
            amount += 1 << place
    return amount, bits
