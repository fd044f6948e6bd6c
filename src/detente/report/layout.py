"""Where the states stand: along the decision makers' own axes.

A decision maker's move changes their own options alone, so with one direction for each decision maker every move is parallel to its
mover's axis.  Places depend on the conflict alone: no search, no randomness, no layout library.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

from detente.report.names import names_of
from detente.report.plain import width
from detente.report.svg import Point
from detente.space.sets import bits_of
from detente.space.states import Axis, StateSpace

MAX_STATES = 300
"""Most states that are drawn together."""
MAX_WIDTH, MAX_HEIGHT = 1200.0, 1100.0
"""Largest drawing of all states; a larger one could not be read on a page."""
RADIUS = 17.0
"""Radius of a state."""
NAME_ROOM = 13.0
"""How much of a state's name is written under it, in units of its size."""
STEP_X, STEP_Y = 74.0, 62.0
"""Distance along the third axis, which leads up and to the right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One axis of the drawing: whose it is (key, None for options without an owner), the choices along it, and one step."""

    owner: str | None
    choices: tuple[int, ...]
    step: Point


@dataclass(frozen=True)
class Layout:
    """The places of the combinations of a space, its axes, and the size of the whole."""

    space: StateSpace
    lines: tuple[Line, ...]
    places: dict[int, Point]
    width: float
    height: float

    def places_of(self, state: int) -> list[Point]:
        """The places of a state's combinations; several for a merged state."""
        return sorted({self.places[member] for member in self.space.members(state)})


def layout(space: StateSpace) -> Layout | None:
    """The places of all states, or None where they could not be read: more than three axes, or too many states.

    Parameters
    ----------
    space
        The states of a conflict.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> two = Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",))))
    >>> found = layout(StateSpace(two))
    >>> found.places[1][1] == found.places[0][1], found.places[2][0] == found.places[0][0]
    (True, True)
    """
    if space.states.count > MAX_STATES:
        return None
    combinations = list(bits_of(space.feasible))
    used = [(axis, _choices(axis, combinations)) for axis in space.axes]
    used = [(axis, choices) for axis, choices in used if len(choices) > 1]
    if len(used) > 3 or not combinations:
        return None
    widest = max((min(width(name), NAME_ROOM) * 11 + 14 for name in names_of(space).values()), default=0.0)
    lines = _lines(used, widest)
    rough = {c: _place(c, lines) for c in combinations}
    beside = max(60.0, widest / 2)
    left, top = min(x for x, _ in rough.values()) - beside - 10, min(y for _, y in rough.values()) - 40 - _over(lines)
    places = {c: (x - left, y - top) for c, (x, y) in rough.items()}
    right, bottom = max(x for x, _ in places.values()) + beside, max(y for _, y in places.values()) + 50
    if right > MAX_WIDTH or bottom > MAX_HEIGHT:
        return None
    return Layout(space, tuple(line for _, line in lines), places, right, bottom)


def _choices(axis: Axis, combinations: list[int]) -> tuple[int, ...]:
    mask = (1 << axis.width) - 1
    return tuple(sorted({c >> axis.offset & mask for c in combinations}))


def _lines(used: list[tuple[Axis, tuple[int, ...]]], widest: float) -> list[tuple[Axis, Line]]:
    """The longest axis leads to the right, the next down, the third up and to the right; equal ones in the order of the conflict.

    Where moves pass by states between, lines of states stand further apart, so that what is bent around one does not meet another.
    """
    by_length = sorted(used, key=lambda pair: -len(pair[1]))
    longest, second, third = (len(by_length[i][1]) if i < len(by_length) else 1 for i in range(3))
    above, beside = (bend(count - 2) / 2 - 12 if count > 2 else 0.0 for count in (longest, second))
    steps: list[Point] = [(STEP_X * third + 40, 0.0), (0.0, STEP_Y * third + 34), (STEP_X, -STEP_Y)]
    if third < 2:
        steps = [(max(112.0 + beside, widest), 0.0), (0.0, 92.0 + above)]
    lines = [(axis, Line(axis.owner, choices, step)) for (axis, choices), step in zip(by_length, steps, strict=False)]
    return sorted(lines, key=lambda pair: pair[0].offset)


def bend(passed: int) -> float:
    """How far a move is bent aside that passes by so many states; none, if it passes by none.

    >>> bend(0), bend(1) < bend(2)
    (0.0, True)
    """
    return 66.0 + 34.0 * (min(passed, 3) - 1) if passed else 0.0


def _over(lines: list[tuple[Axis, Line]]) -> float:
    """The room above the first line of states for moves that are bent over it."""
    across = max((len(line.choices) for _, line in lines if line.step[1] == 0), default=0)
    return max(0.0, bend(across - 2) / 2 - 20) if across > 2 else 0.0


def _place(combination: int, lines: list[tuple[Axis, Line]]) -> Point:
    x = y = 0.0
    for axis, line in lines:
        along = line.choices.index(combination >> axis.offset & ((1 << axis.width) - 1))
        x, y = x + line.step[0] * along, y + line.step[1] * along
    return (x, y)


def hull(points: list[Point]) -> list[Point]:
    """The corners of the smallest convex shape around points, in order (Andrew 1979).

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(these: list[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in these:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def near(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a straight line between two points.

    >>> near((5, 3), (0, 0), (10, 0)), near((-3, 4), (0, 0), (10, 0))
    (3.0, 5.0)
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length)) if length else 0.0
    return float(((point[0] - start[0] - along * dx) ** 2 + (point[1] - start[1] - along * dy) ** 2) ** 0.5)


def free_of(shape: list[Point], points: list[Point], distance: float) -> bool:
    """Whether points lie outside a convex shape, by at least a distance.

    >>> square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    >>> free_of(square, [(15.0, 5.0)], 4), free_of(square, [(5.0, 5.0)], 4)
    (True, False)
    """
    edges = list(pairwise([*shape, shape[0]]))
    for point in points:
        inside = len(shape) > 2 and all(_turn(a, b, point) >= 0 for a, b in edges)
        if inside or min(near(point, a, b) for a, b in edges) < distance:
            return False
    return True


def nearest(ones: list[Point], others: list[Point], along: list[Point]) -> tuple[Point, Point]:
    """The two places, one of each list, between which a move is drawn: parallel to an axis if possible, and the shortest."""

    def how(pair: tuple[Point, Point]) -> tuple[bool, float, tuple[Point, Point]]:
        (a, b), (c, d) = pair
        askew = min((abs((c - a) * v - (d - b) * u) for u, v in along), default=0.0)
        return (askew > 1, (c - a) ** 2 + (d - b) ** 2, pair)

    return min(product(ones, others), key=how)
