"""Status-quo analysis and shortest paths.

V_i^(h) after Li, Kilgour & Hipel 2005, J. Oper. Res. Soc. 56:699 (from memory of the literature; pages not checked).
"""

from .plain import PlainModel

Path = tuple[tuple[str, int], ...]
"""Steps, each written (mover, state it leads to)."""


def status_quo(model: PlainModel, s: int, h: int, improving: bool = False) -> dict[str, set[int]]:
    """V_i^(h)(s) for each i, or V_i^(h)+(s) if `improving`: where at most h legal steps, the last by i, can lead."""
    empty: dict[str, set[int]] = {i: set() for i in model.decision_makers}
    if h == 0:
        return empty
    before = status_quo(model, s, h - 1, improving)
    return {
        i: before[i] | model.steps(i, s, improving) | {u for j in model.others(i) for t in before[j] for u in model.steps(i, t, improving)}
        for i in model.decision_makers
    }


def reached(model: PlainModel, s: int, h: int, improving: bool = False) -> set[int]:
    """V^(h)(s), or V^(h)+(s): where at most h legal steps of anybody can lead, s itself only if they return to it."""
    return set().union(*status_quo(model, s, h, improving).values())


def shortest_paths(model: PlainModel, s: int, goal: int, improving: bool = False) -> set[Path]:
    """All shortest legal sequences from s to the goal, of moves or of improvements; the empty one if s is the goal."""
    if s == goal:
        return {()}
    seen: set[tuple[str, int]] = set()
    layer: set[Path] = {((i, t),) for i in model.decision_makers for t in model.steps(i, s, improving)}
    while layer:
        arrived = {path for path in layer if path[-1][1] == goal}
        if arrived:
            return arrived
        seen |= {path[-1] for path in layer}
        layer = {
            (*path, (j, u))
            for path in layer
            for j in model.others(path[-1][0])
            for u in model.steps(j, path[-1][1], improving)
            if (j, u) not in seen
        }
    return set()


def distances(model: PlainModel, s: int, improving: bool = False) -> dict[int, int]:
    """How many steps at the least lead to each state that any steps lead to, whoever takes them, also twice in a row."""
    found, layer, length = {s: 0}, {s}, 0
    while layer:
        length += 1
        layer = {u for t in layer for i in model.decision_makers for u in model.steps(i, t, improving)} - set(found)
        found |= dict.fromkeys(layer, length)
    return found
