"""Which red lines together leave no state that everybody prefers to a start, and which must go for there to be one."""

from collections.abc import Mapping, Sequence
from typing import Any

from .bargain import better_for_all
from .changed import Changed
from .minimal import minimal_sets
from .plain import PlainModel

Line = tuple[str, frozenset[int]]
"""A red line: whose, and the states that cross it."""


def keeping(model: PlainModel, base: Mapping[str, Mapping[int, Any]], lines: Sequence[Line], kept: frozenset[int]) -> Changed:
    """The model with some of the red lines only (by place); `base` are the sort keys without any."""

    def key(i: str, s: int) -> tuple[bool, Any]:
        return (not any(owner == i and s in crossed for place, (owner, crossed) in enumerate(lines) if place in kept), base[i][s])

    return Changed(model, {i: {s: key(i, s) for s in model.numbers} for i in model.decision_makers})


def bargains(
    model: PlainModel, base: Mapping[str, Mapping[int, Any]], lines: Sequence[Line], kept: frozenset[int], start: int, among: set[int]
) -> set[int]:
    """The members of Z(start), among some states, when only some red lines are kept."""
    return better_for_all(keeping(model, base, lines, kept), start) & among


def emptying(
    model: PlainModel, base: Mapping[str, Mapping[int, Any]], lines: Sequence[Line], start: int, among: set[int]
) -> set[frozenset[int]]:
    """All minimal sets of red lines that, kept alone, leave nothing."""
    return minimal_sets(range(len(lines)), lambda kept: not bargains(model, base, lines, kept, start, among))


def restoring(
    model: PlainModel, base: Mapping[str, Mapping[int, Any]], lines: Sequence[Line], start: int, among: set[int]
) -> set[frozenset[int]]:
    """All minimal sets of red lines whose removal leaves something."""
    every = frozenset(range(len(lines)))
    return minimal_sets(every, lambda dropped: bool(bargains(model, base, lines, every - dropped, start, among)))
