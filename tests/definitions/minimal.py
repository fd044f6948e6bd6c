"""Minimal sets by inclusion, found by trying every subset."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TypeVar

T = TypeVar("T")


def subsets(elements: Iterable[T]) -> list[frozenset[T]]:
    """Every subset, the smaller first."""
    listed = list(elements)
    return [frozenset(chosen) for size in range(len(listed) + 1) for chosen in combinations(listed, size)]


def minimal_sets(elements: Iterable[T], works: Callable[[frozenset[T]], bool]) -> set[frozenset[T]]:
    """The subsets that work and of which no proper subset works."""
    working = [chosen for chosen in subsets(elements) if works(chosen)]
    return {chosen for chosen in working if not any(other < chosen for other in working)}
