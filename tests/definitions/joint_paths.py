"""Shortest ways on which groups may also act at once, stated as plainly as can be: all sequences of steps, one length after the other."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from .plain import PlainModel
from .together import Group, joint_moves


def parts(acting: Collection[Group]) -> list[Group]:
    """Everybody who can take a step: each part of each group."""
    return sorted({part for group in acting for n in range(1, len(group) + 1) for part in combinations(group, n)})


def steps(model: PlainModel, acting: Collection[Group], s: int, gains: bool) -> set[tuple[Group, int]]:
    """The steps from a state: who takes it, no smaller part of whom could, and where it leads."""
    can = {
        (part, t) for part in parts(acting) for t in joint_moves(model, part, s) if not gains or all(model.better(dm, t, s) for dm in part)
    }
    return {(part, t) for part, t in can if not any((other, t) in can and set(other) < set(part) for other in parts(acting))}


def shortest(model: PlainModel, acting: Collection[Group], s: int, goal: int, gains: bool, *, again: bool = False) -> int | None:
    """The number of steps of a shortest way; None if there is none.  `again`: the same may act twice in a row."""
    seen, layer, length = {(s, Group())}, {(s, Group())}, 0
    while layer:
        if any(state == goal for state, _ in layer):
            return length
        layer = {(t, part) for state, last in layer for part, t in steps(model, acting, state, gains) if again or part != last} - seen
        seen |= layer
        length += 1
    return None
