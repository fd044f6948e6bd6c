"""The drawing of a conflict: states along the decision makers' own axes, improvements strong, other moves faint.

Every move of a decision maker is parallel to their axis, so the direction of an arrow says who moves, without colour; a letter on
each improvement says it again.  A double ring marks an equilibrium under the concept that the caption names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.preference.order import Order
from detente.report.layout import NAME_ROOM, RADIUS, Layout, bend, free_of, hull, layout, near, nearest
from detente.report.links import Link, links
from detente.report.names import names_of
from detente.report.palette import Party
from detente.report.plain import cut, width
from detente.report.svg import Point, element, head, join, path, picture, unit
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import plural

MAX_LINKS = 150
"""Most moves that are drawn together; above, only improvements are, and above that nothing."""
LEGEND = 380.0
"""Room that the legend needs in any case."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing and what its caption must add: whether moves that are no improvement were left out."""

    svg: Markup
    improvements_only: bool
    moves: tuple[Link, ...]


def whole(
    space: StateSpace,
    orders: Mapping[str, Order],
    parties: Sequence[Party],
    equilibria: StateSet,
    under: str,
    name: str = "moves",
    *,
    selectable: bool = False,
) -> Drawn | None:
    """All states and moves in one picture, or None where the picture could not be read.

    Parameters
    ----------
    space, orders
        The states, and the order of each decision maker over them.
    parties
        The decision makers as they are shown.
    equilibria, under
        Which states get a double ring, and the short name of the concept that makes them equilibria.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    selectable
        Whether states carry their numbers as `data-state`, and moves their mover and ends as `data-mover`, `data-from` and `data-to`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.report.links import orders_of
    >>> from detente.report.palette import parties_of
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> space = StateSpace(conflict)
    >>> whole(space, orders_of(space), parties_of(conflict), space.set_of(1), "Nash").improvements_only
    False
    """
    places = layout(space)
    if places is None:
        return None
    found = links(space, orders, space.states.each(), MAX_LINKS * 8)
    if found is None:
        return None
    shown = found if len(found) <= MAX_LINKS else [link for link in found if link.improves]
    if len(shown) > MAX_LINKS:
        return None
    shown.sort(key=lambda link: (link.improves, link.start, link.end, link.mover))
    letters = {party.key: party for party in parties}
    rings = _nodes(places, equilibria, names_of(space), selectable)
    arrows = [_arrow(places, link, letters[link.mover], selectable) for link in shown]
    wide = max(places.width, LEGEND)
    compass, below = _compass(places, parties, wide)
    about = f"{plural(space.states.count, 'state')} as numbered circles; equilibria under {under} have a double ring."
    svg = picture(
        places.width, places.height + below, f"States and moves, with the equilibria under {under}", about, name, *arrows, *rings, compass,
        least=min(wide, max(360.0, 0.7 * wide)), styled=not selectable,
    )  # fmt: skip
    return Drawn(svg, len(shown) < len(found), tuple(sorted(found, key=lambda link: (link.start, link.end, link.mover))))


# -- states ------------------------------------------------------------------------------------------------------------
def _nodes(places: Layout, equilibria: StateSet, names: Mapping[int, str], selectable: bool) -> list[Markup]:
    space = places.space
    result = []
    for state in space.states.each():
        points = shape_of(places, state)
        ring = [_outline(points, RADIUS + 1.2, "node edge"), _outline(points, RADIUS - 0.6, "node fill")]
        if equilibria.contains(state):
            ring += [_outline(points, RADIUS - 3.4, "node edge"), _outline(points, RADIUS - 4.8, "node fill")]
        x, y = sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
        parts = [*ring, element("text", f"{space.number(state):,}", x=x, y=y + 4.8, class_="number")]
        if state == space.status_quo:
            left = min(p[0] for p in points) - RADIUS - 6
            parts.append(head((left, y), (1, 0), 13, class_="ink"))
        name = names.get(state)
        if name is not None:
            parts.append(element("text", cut(name, NAME_ROOM), x=x, y=y + 17 if len(points) > 1 else y + RADIUS + 14, class_="small halo"))
        title = element("title", node_title(space, state, equilibria, name))
        result.append(element("g", title, *parts, data_state=f"{space.number(state)}" if selectable else None))
    return result


def node_title(space: StateSpace, state: int, equilibria: StateSet | frozenset[int], name: str | None) -> str:
    """What a pointer held over a state shows: number, name, what is taken, and how it is marked."""
    conflict, choice = space.conflict, space.choice(state)
    taken = [option.name for option, letter in zip(conflict.options, choice, strict=True) if letter == "Y"]
    either = [option.name for option, letter in zip(conflict.options, choice, strict=True) if letter == "-"]
    parts = [f"State {space.number(state):,}" + (f", {name}" if name else ""), f"taken: {', '.join(taken) or 'nothing'}"]
    parts += [f"either way: {', '.join(either)}"] if either else []
    parts += ["status quo"] if state == space.status_quo else []
    parts += ["equilibrium"] if state in equilibria else []
    return cut("; ".join(parts), 400)


def shape_of(places: Layout, state: int) -> list[Point]:
    """Where a state stands: one point, or for a merged state the corners around all that it stands for, if nothing else lies there."""
    points = places.places_of(state)
    if len(points) < 2:
        return points
    shape = hull(points)
    members = set(places.space.members(state))
    others = [place for c, place in places.places.items() if c not in members]
    return shape if free_of(shape, others, 2.2 * RADIUS) else [places.places[state]]


def _outline(points: list[Point], radius: float, class_: str) -> Markup:
    if len(points) == 1:
        return element("circle", cx=points[0][0], cy=points[0][1], r=radius, class_=class_)
    around = points if len(points) == 2 else [*points, points[0]]
    return path(around, class_=f"{class_} wide", stroke_width=2 * radius)


# -- moves -------------------------------------------------------------------------------------------------------------
def _arrow(places: Layout, link: Link, party: Party, selectable: bool) -> Markup:
    start, end, aside = _course(places, link)
    along = unit((end[0] - start[0], end[1] - start[1]))
    middle = ((start[0] + end[0]) / 2 + along[1] * aside, (start[1] + end[1]) / 2 - along[0] * aside)
    a, middle, b = _outside((start, middle, end), shape_of(places, link.start), shape_of(places, link.end))
    leave, arrive = unit((middle[0] - a[0], middle[1] - a[1])), unit((b[0] - middle[0], b[1] - middle[1]))
    strong, faint = f"p{party.colour} strong", f"p{party.colour} faint"
    tails = (7.0 if link.back else 0.0, 7.0 if link.forth else 0.0)  # the line ends inside its arrowheads
    first = (a[0] + leave[0] * tails[0], a[1] + leave[1] * tails[0])
    last = (b[0] - arrive[0] * tails[1], b[1] - arrive[1] * tails[1])
    parts = [path([first, middle, last] if aside else [first, last], class_=f"move {strong if link.improves else faint}")]
    if link.forth:
        parts.append(head(b, arrive, class_=f"tip {strong if link.gain > 0 else faint}"))
    if link.back:
        parts.append(head(a, (-leave[0], -leave[1]), class_=f"tip {strong if link.gain < 0 else faint}"))
    if link.improves:
        x, y = _at((a, middle, b), 0.42 if aside else 0.5)  # not where lines of states cross
        room = max(7.5, width(party.letter) * 5.2 + 3)
        parts += [
            element("rect", x=x - room, y=y - 7.5, width=2 * room, height=15, rx=7.5, class_="fill"),
            element("text", party.letter, x=x, y=y + 4, class_="letter"),
        ]
    named = move_data(places.space, party, link.start, link.end) if selectable else {}
    return element("g", element("title", move_title(places.space, link, party)), *parts, **named)


def move_data(space: StateSpace, party: Party, start: int, end: int) -> dict[str, str]:
    """What tells a move apart in a drawing that is looked at on a page: whose it is, and its ends by number."""
    return {"data_mover": party.key, "data_from": f"{space.number(start)}", "data_to": f"{space.number(end)}"}


def _course(places: Layout, link: Link) -> tuple[Point, Point, float]:
    """From where to where a move is drawn, and how far it is bent to pass by the states between."""
    space = places.space
    start, end = nearest(_ends(places, link.start), _ends(places, link.end), [line.step for line in places.lines])
    own = {*space.members(link.start), *space.members(link.end)}
    passed = {place for c, place in places.places.items() if c not in own and near(place, start, end) < RADIUS + 6}
    return start, end, bend(len(passed))


Curve = tuple[Point, Point, Point]


def _outside(curve: Curve, first: list[Point], last: list[Point]) -> Curve:
    """The part of a curve between the outlines of the two states that it joins."""
    distance = RADIUS + 2.5
    steps = 60 + int(abs(curve[2][0] - curve[0][0]) + abs(curve[2][1] - curve[0][1]))
    times = [i / steps for i in range(steps + 1)]
    leaves = next((t for t in times if free_of(first, [_at(curve, t)], distance)), 0.0)
    arrives = next((t for t in times if t > leaves and not free_of(last, [_at(curve, t)], distance)), 1.0)
    a, middle, b = curve
    control = tuple(
        (1 - leaves) * (1 - arrives) * a[k] + (leaves + arrives - 2 * leaves * arrives) * middle[k] + leaves * arrives * b[k]
        for k in (0, 1)
    )
    return _at(curve, leaves), (control[0], control[1]), _at(curve, arrives)


def _at(curve: Curve, t: float) -> Point:
    (ax, ay), (mx, my), (bx, by) = curve
    return ((1 - t) ** 2 * ax + 2 * t * (1 - t) * mx + t * t * bx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * my + t * t * by)


def _ends(places: Layout, state: int) -> list[Point]:
    return places.places_of(state) if len(shape_of(places, state)) > 1 else [places.places[state]]


def move_title(space: StateSpace, link: Link, party: Party) -> str:
    """What a pointer held over a move shows: who moves, from where to where, and whether it is an improvement."""
    a, b = space.number(link.start), space.number(link.end)
    said = []
    if link.forth:
        said.append(f"{a:,} to {b:,}: " + ("improvement" if link.gain > 0 else "indifferent" if link.gain == 0 else "a loss"))
    if link.back:
        said.append(f"{b:,} to {a:,}: " + ("improvement" if link.gain < 0 else "indifferent" if link.gain == 0 else "a loss"))
    return f"{party.name}, {'; '.join(said)}"


# -- legend ------------------------------------------------------------------------------------------------------------
def _compass(places: Layout, parties: Sequence[Party], wide: float) -> tuple[Markup, float]:
    """Which direction is whose, with the letter that stands on the arrows; returns the row and its height."""
    by_owner = {line.owner: line.step for line in places.lines}
    parts, x, y = [], 20.0, places.height + 14
    for party in parties:
        name = cut(party.name, 23)
        room = 50 + width(name) * 12.5 + 22
        if x + room > wide and x > 20:
            x, y = 20.0, y + 24
        if party.key in by_owner:
            dx, dy = unit(by_owner[party.key])
            tip = (x + 12 + dx * 11, y + dy * 11)
            class_ = f"p{party.colour} strong"
            parts += [
                path([(x + 12 - dx * 11, y - dy * 11), (x + 12 + dx * 5, y + dy * 5)], class_=f"move {class_}"),
                head(tip, (dx, dy), class_=f"tip {class_}"),
            ]
        parts += [
            element("text", party.letter, x=x + 32, y=y + 4.4, class_="letter start"),
            element("text", name, x=x + 38 + max(12.0, width(party.letter) * 13), y=y + 4.4, class_="legend"),
        ]
        x += room
    return join(parts), y + 20 - places.height
