"""Minimal sets: of some sets those that hold no other, and the minimal sets that meet each of them; sets are bit masks.

The second are the minimal transversals of a hypergraph (Berge 1989).  Sets that empty something and sets whose removal restores it are
each other's transversals wherever more of the first kind never helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MAX_SETS = 5000
"""Most minimal sets that are listed."""


class TooManyError(Exception):
    """There are more sets than are looked at; the text says of which kind."""


def least(sets: Iterable[int]) -> Iterator[int]:
    """Those of some sets that hold no other of them, the smaller first.

    >>> [bin(one) for one in least([0b111, 0b011, 0b100])]
    ['0b100', '0b11']
    """
    found: list[int] = []
    for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
        if not any(small & one == small for small in found):
            found.append(one)
            yield one


def hitting(sets: Iterable[int]) -> list[int]:
    """All minimal sets that have a member in common with each of some sets; none where one of these is empty.

    Raises `TooManyError` when there are more than `MAX_SETS` on the way.

    >>> [bin(one) for one in hitting([0b011, 0b110])]
    ['0b10', '0b101']
    """
    found = [0]
    for one in least(sets):
        hit = [old for old in found if old & one]
        missed = [old | 1 << k for old in found if not old & one for k in range(one.bit_length()) if one >> k & 1]
        found = list(least([*hit, *missed]))
        if len(found) > MAX_SETS:
            raise TooManyError("sets")
    return found
