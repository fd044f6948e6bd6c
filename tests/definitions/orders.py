"""All weak orders and all strict rankings of m states, and the distance between two.

d counts the unordered pairs of states that compare differently: a strict preference turned round, a tie broken and a tie made count one
each. On strict rankings it is the distance of Kendall 1938 (Biometrika 30:81; page not checked).
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations, product
from typing import Any

Levels = tuple[int, ...]
"""The level of each state in the order of their numbers: the greater, the more preferred; the levels in use are 0, 1, ..., k - 1."""


def levels(keys: Mapping[int, Any]) -> Levels:
    """The order that sort keys of the states 1, ..., m make."""
    different = sorted(set(keys.values()))
    return tuple(different.index(keys[s]) for s in sorted(keys))


def keys(order: Levels) -> dict[int, int]:
    """Sort keys of the states 1, ..., m that make the order."""
    return dict(enumerate(order, start=1))


def weak_orders(m: int) -> Iterator[Levels]:
    """Every weak order of m states: 1, 3, 13, 75, 541 of 1, 2, 3, 4, 5."""
    for order in product(range(m), repeat=m):
        if set(order) == set(range(max(order, default=-1) + 1)):
            yield order


def strict_rankings(m: int) -> Iterator[Levels]:
    """Every order of m states without ties."""
    return permutations(range(m))


def compared(order: Levels, s: int, t: int) -> int:
    """1 if s is more preferred than t, -1 if less, 0 if they are tied."""
    return (order[s - 1] > order[t - 1]) - (order[s - 1] < order[t - 1])


def changed_pairs(one: Levels, other: Levels) -> set[tuple[int, int]]:
    """The pairs of states, the lower number first, that compare differently in two orders."""
    return {(s, t) for s, t in combinations(range(1, len(one) + 1), 2) if compared(one, s, t) != compared(other, s, t)}


def distance(one: Levels, other: Levels) -> int:
    """The number of pairs that compare differently."""
    return len(changed_pairs(one, other))
