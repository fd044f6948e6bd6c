"""The drawing of a condensed graph of improvements: groups of states from left to right, arrows where some lead on, ends at the right.

Layers, crossings and places are found as Sugiyama, Tagawa and Toda (1981) do it, without chance: a group stands to the left of all that it
leads to, arrows that others make superfluous are left out, and a few sweeps put each group near what it is joined to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, pairwise

from markupsafe import Markup

from detente.analysis.basins import Condensed, Group, Lead
from detente.report.names import names_of
from detente.report.neighbourhood import pill_width
from detente.report.palette import Party
from detente.report.plain import cut, width
from detente.report.svg import Point, element, head, number, picture
from detente.space.states import StateSpace
from detente.text import listing, plural

BOX, HIGH, GAP, ROW, LANE, SIDE = 112.0, 42.0, 84.0, 62.0, 26.0, 16.0
NAMED = 22.0
"""How much of an end's name is written beside it, in units of its size."""
HEADING = "Where improvements lead"
CAPTION = (
    "Improvements, one after the other and by anybody, lead from left to right, and end at the right. A double outline: nobody has an "
    "improvement from this state (a Nash equilibrium). A box: states from which the same ends can be reached. An arrow: from some "
    "states of the box an improvement leads into the next, by those whose letters it bears (+1: one more). Arrows are left out where "
    "others lead there by way of a third box. ▸ marks the status quo, or the box that it is in."
)
NOT_APART = " Ends that are not told apart are taken as one: a box leads to at least one of them."
ROUND = " In a cycle improvements go round and lead to no other state."
LETTERS = 5.6
"""Room for letters on an arrow, in units of their size."""
SWEEPS = 8
"""How often the layers are gone through to find an order, and places."""


def drawn(space: StateSpace, parties: Sequence[Party], found: Condensed, name: str = "basins", *, selectable: bool = False) -> Markup:
    """The drawing.

    Parameters
    ----------
    space, parties
        The states, and how the decision makers are shown.
    found
        The condensed graph.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    selectable
        Whether boxes carry the number of one of their states as `data-state`.

    Examples
    --------
    >>> from detente.analysis.basins import condensed
    >>> from detente.cases import load
    >>> from detente.report.palette import parties_of
    >>> space = StateSpace(load("elmira"))
    >>> "from each of 2 states improvements can lead to 8 and 9" in drawn(space, parties_of(space.conflict), condensed(space))
    True
    """
    kept = reduced(found.leads)
    placed = _placed(found.groups, kept)
    across = {
        spot: SIDE + 8 + (len(placed.layers) - 1 - depth) * (BOX + GAP) for depth, layer in enumerate(placed.layers) for spot in layer
    }
    ports = placed.ports()
    arrows = []
    for lead, course in zip(kept, placed.courses, strict=True):
        points = [(across[spot], placed.heights[spot]) for spot in course]
        points[0] = (across[lead.start] + BOX, points[0][1] + ports[lead.start, course[1]])
        points[-1] = (across[lead.end] - 3, points[-1][1] + ports[lead.end, course[-2]])
        arrows.append(_arrow(lead, points, [party for party in parties if party.key in lead.by]))
    boxes = [
        element(
            "g",
            element("title", said(space, found, place)),
            *_box(space, found, place, across[place], placed.heights[place]),
            data_state=f"{space.number(group.first)}" if selectable else None,
        )
        for place, group in enumerate(found.groups)
    ]
    beside = max((width(_beside(space, group)) * 12.5 for group in found.groups if group.kind == "equilibrium"), default=0.0)
    widest = max((pill_width(space, group.first) + 8 for group in found.groups if group.kind == "equilibrium"), default=0.0)
    wide = max(across.values()) + max(BOX, widest + beside) + SIDE
    high = max(height + placed.room(spot) / 2 for spot, height in placed.heights.items()) + SIDE
    title = f"{HEADING}: {plural(space.states.count, 'state')} and {plural(found.ends, 'end')}"
    still = space.states.count == found.ends  # else some of the ends that are not told apart are cycles
    moving = [place for place, group in enumerate(found.groups) if group.kind in ("leading", "cycle")]
    about = "; ".join(said(space, found, place) for place in moving) or ("no improvements" if still else "improvements go round")
    return picture(wide, high, title, f"{about}.", name, *arrows, *boxes, least=min(wide, max(560.0, 0.7 * wide)), styled=not selectable)


def caption_of(found: Condensed) -> str:
    """How the drawing of a condensed graph is to be read (`found`), with what holds where it has cycles, or ends that are not told apart.

    >>> from detente.analysis.basins import condensed
    >>> from detente.cases import load
    >>> caption_of(condensed(StateSpace(load("elmira")))) == CAPTION
    True
    """
    kinds = {group.kind for group in found.groups}
    several = any(group.kind == "other ends" and group.count > 1 for group in found.groups)
    return CAPTION + (ROUND if "cycle" in kinds else "") + (NOT_APART if several else "")


def reduced(leads: Sequence[Lead]) -> list[Lead]:
    """The arrows that are drawn: those that no others lead to by way of a third group.

    >>> [(one.start, one.end) for one in reduced([Lead(2, 1, {}), Lead(1, 0, {}), Lead(2, 0, {})])]
    [(2, 1), (1, 0)]
    """
    after: dict[int, set[int]] = {}
    for lead in leads:
        after.setdefault(lead.start, set()).add(lead.end)
    reached: dict[int, set[int]] = {}

    def beyond(group: int) -> set[int]:
        if group not in reached:
            reached[group] = set().union(*({to} | beyond(to) for to in after.get(group, ())))
        return reached[group]

    return [lead for lead in leads if not any(lead.end in beyond(to) for to in after[lead.start])]


def said(space: StateSpace, found: Condensed, place: int) -> str:
    """What one group is, in words."""
    group = found.groups[place]
    called = called_of(space, found, place)
    if group.kind == "leading":
        several = [found.groups[end].kind == "other ends" and found.groups[end].count > 1 for end in group.ends]
        ends = zip(group.ends, several, strict=True)
        where = listing([f"{'at least one of ' if some else ''}{called_of(space, found, end)}" for end, some in ends])
        alone = "" if len(group.ends) > 1 else " and to none that is told apart" if several[0] else " alone"
        each = "each of " if group.states > 1 else ""
        return f"from {each}{plural(group.states, 'state')} improvements can lead to {where}{alone}"
    if group.kind == "equilibrium":
        return f"nobody has an improvement from state {called}"
    if group.kind == "cycle":
        return f"improvements go round among {plural(group.states, 'state')}, {called}, and lead to no other"
    return f"{called} that {'is' if group.count == 1 else 'are'} not told apart, {plural(group.states, 'state')}"


def called_of(space: StateSpace, found: Condensed, place: int) -> str:
    """What an end is called in a list: by its number, or as a cycle with one of its states."""
    group = found.groups[place]
    if group.kind == "cycle":
        return f"the cycle with {space.number(group.first):,}"
    return plural(group.count, "other end") if group.kind == "other ends" else f"{space.number(group.first):,}"


def box_of(space: StateSpace, found: Condensed, place: int) -> str:
    """A group as a cell of a table names it: by its state, or by how many it has and one of them."""
    group = found.groups[place]
    if group.kind != "leading" or group.states == 1:
        return called_of(space, found, place)
    return f"{plural(group.states, 'state')} with {space.number(group.first):,}"


# -- places ------------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Drawing:
    """The layers, with what stands in each from top to bottom: groups, and arrows that pass by (numbers from -1 down)."""

    layers: list[list[int]]
    courses: list[list[int]]
    heights: dict[int, float] = field(default_factory=dict)
    joined: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def sweep(self, towards: int) -> None:
        """Put each layer in the order of what it is joined to in the layer before (-1, to the right) or behind (1)."""
        layers = range(len(self.layers)) if towards < 0 else range(len(self.layers) - 1, -1, -1)
        for layer in layers:
            if 0 <= layer + towards < len(self.layers):
                at = {spot: place for place, spot in enumerate(self.layers[layer + towards])}
                own = {spot: place for place, spot in enumerate(self.layers[layer])}
                self.layers[layer].sort(key=lambda spot: (self._middle(spot, towards, at, own[spot]), own[spot]))

    def settle(self, towards: int) -> None:
        """Put each layer as near as its order allows to what it is joined to."""
        layers = range(len(self.layers)) if towards < 0 else range(len(self.layers) - 1, -1, -1)
        for layer in layers:
            spots = self.layers[layer]
            ends = list(accumulate(map(self.room, spots)))
            offsets = [end - self.room(spot) / 2 for end, spot in zip(ends, spots, strict=True)]
            wanted = [self._middle(spot, towards, self.heights, self.heights[spot]) for spot in spots]
            moved = _in_order([want - offset for want, offset in zip(wanted, offsets, strict=True)])
            self.heights |= {spot: offset + move for spot, offset, move in zip(spots, offsets, moved, strict=True)}

    def room(self, spot: int) -> float:
        """How much of the height a group, or an arrow that passes, takes."""
        return ROW if spot >= 0 else LANE

    def ports(self) -> dict[tuple[int, int], float]:
        """How far from the middle of a group its arrows leave it, or arrive, by the group and what they lead to or come from."""
        found: dict[tuple[int, int], float] = {}
        for (spot, _), others in self.joined.items():
            step = min(9.0, 26.0 / len(others))
            for place, other in enumerate(sorted(others, key=lambda one: (self.heights[one], one))):
                found[spot, other] = (place - (len(others) - 1) / 2) * step
        return found

    def _middle(self, spot: int, towards: int, at: Mapping[int, float], otherwise: float) -> float:
        found = [at[other] for other in self.joined.get((spot, towards), ())]
        return sum(found) / len(found) if found else otherwise


def _in_order(wanted: list[float]) -> list[float]:
    """The nearest values that never descend (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for value in wanted:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [((a * m + b * n) / (m + n), m + n)]
    return [value for value, count in blocks for _ in range(count)]


def _placed(groups: Sequence[Group], kept: Sequence[Lead]) -> _Drawing:
    """Where everything stands."""
    after: dict[int, list[int]] = {}
    for lead in kept:
        after.setdefault(lead.start, []).append(lead.end)
    depth: dict[int, int] = {}

    def deep(group: int) -> int:
        if group not in depth:
            depth[group] = max((1 + deep(to) for to in after.get(group, ())), default=0)
        return depth[group]

    drawing = _Drawing([[] for _ in range(max(map(deep, range(len(groups)))) + 1)], [])
    for place in range(len(groups)):
        drawing.layers[depth[place]].append(place)
    passing = 0
    for lead in kept:
        course = [lead.start]
        for layer in range(depth[lead.start] - 1, depth[lead.end], -1):
            passing -= 1
            drawing.layers[layer].append(passing)
            course.append(passing)
        course.append(lead.end)
        drawing.courses.append(course)
        for one, other in pairwise(course):
            drawing.joined.setdefault((one, -1), []).append(other)
            drawing.joined.setdefault((other, 1), []).append(one)
    for sweep in range(SWEEPS):
        drawing.sweep(1 if sweep % 2 else -1)
    for spots in drawing.layers:
        drawing.heights |= {
            spot: end - drawing.room(spot) / 2 for spot, end in zip(spots, accumulate(map(drawing.room, spots)), strict=True)
        }
    for sweep in range(SWEEPS):
        drawing.settle(1 if sweep % 2 else -1)
    top = min(height - drawing.room(spot) / 2 for spot, height in drawing.heights.items())
    drawing.heights = {spot: height - top + SIDE for spot, height in drawing.heights.items()}
    return drawing


# -- what is drawn -----------------------------------------------------------------------------------------------------
def _arrow(lead: Lead, course: Sequence[Point], movers: Sequence[Party]) -> Markup:
    """One arrow from box to box, past others: in its mover's colour where there is just one, with their letters."""
    kind = f"p{movers[0].colour} strong" if len(movers) == 1 else "several"
    (x, y), *rest = course
    line, (middle, there) = f"M{number(x)} {number(y)}", (x, y)
    for place, (left, down) in enumerate(rest):
        end = left - (9 if place == len(rest) - 1 else 0)
        bend = (x + end) / 2
        line += f"C{number(bend)} {number(y)} {number(bend)} {number(down)} {number(end)} {number(down)}"
        if place == 0:
            middle, there = (x + 3 * bend) / 4, y + 0.35 * (down - y)
        x, y = (end + BOX, down) if place < len(rest) - 1 else (left, down)
        line += f"L{number(x)} {number(y)}" if place < len(rest) - 1 else ""
    letters = " ".join(party.letter for party in movers)
    for shown in range(len(movers) - 1, 0, -1):  # of many movers as many as there is room for
        if width(letters) <= LETTERS:
            break
        letters = " ".join([*(party.letter for party in movers[:shown]), f"+{len(movers) - shown}"])
    room = width(letters) * 5.6 + 3
    middle = max(middle, course[0][0] + room + 3)
    counts = ", ".join(f"{party.name} from {plural(lead.by[party.key], 'state')}" for party in movers)
    return element(
        "g",
        element("title", f"improvements that lead on: {counts}"),
        element("path", d=line, class_=f"move {kind}"),
        head((x, y), (1, 0), class_=f"tip {kind}"),
        element("rect", x=middle - room, y=there - 7.5, width=2 * room, height=15, rx=7.5, class_="fill"),
        element("text", letters, x=middle, y=there + 4, class_="letter"),
    )


def _box(space: StateSpace, found: Condensed, place: int, x: float, y: float) -> list[Markup]:
    group = found.groups[place]
    if group.kind == "equilibrium":
        wide = pill_width(space, group.first)
        return [
            _outline(x, y, wide, 34.0, 17.0, 0.0),
            _outline(x, y, wide, 34.0, 17.0, 3.6),
            element("text", f"{space.number(group.first):,}", x=x + wide / 2, y=y + 4.8, class_="number"),
            element("text", _beside(space, group), x=x + wide + 8, y=y + 4.4, class_="words"),
        ]
    label, below = _counted(space, group)
    below = f"▸ {below}" if group.holds_status_quo else below
    return [
        _outline(x, y, BOX, HIGH, 6.0, 0.0),
        element("text", label, x=x + BOX / 2, y=y + (-1.5 if below else 4.8), class_="number"),
        element("text", below, x=x + BOX / 2, y=y + 13.5, class_="small"),
    ]


def _beside(space: StateSpace, group: Group) -> str:
    """What stands beside an end that is a state."""
    name = names_of(space).get(group.first) or ("the status quo" if group.holds_status_quo else "")
    return cut(f"▸ {name}" if group.holds_status_quo else name, NAMED)


def _outline(x: float, y: float, wide: float, high: float, round_: float, inside: float) -> Markup:
    inner = round_ - inside
    return element(
        "rect", x=x + inside, y=y - high / 2 + inside, width=wide - 2 * inside, height=high - 2 * inside, rx=max(inner, 2.0), class_="box"
    )


def _counted(space: StateSpace, group: Group) -> tuple[str, str]:
    """What stands in a box: how many states, or ends, and in small letters what more there is to say."""
    if group.kind == "cycle":
        return f"cycle of {group.states:,}", f"with {space.number(group.first):,}"
    if group.states == 1:
        return f"{space.number(group.first):,}", "1 state"
    if group.kind == "other ends":
        return plural(group.count, "other end"), "" if group.states == group.count else plural(group.states, "state")
    share = Fraction(100 * group.states, space.states.count)
    part = "over 99" if 99 < share < 100 else f"{round(share)}" if share >= 1 else "under 1"
    return plural(group.states, "state"), f"{part}% of all"
