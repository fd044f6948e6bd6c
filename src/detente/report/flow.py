"""The flow of a conflict from one state: the most probable ways to its ends, left to right, as a tree that can be read in black and white.

Each arrow bears its mover's letter and the probability that it comes next; an end has a double border, its probability in figures and as a
bar.  An arrow that is no improvement for its mover is dashed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from detente.report.palette import Party
from detente.report.plain import cut, width
from detente.report.svg import element, head, join, path, picture

BOX, HIGH, GAP, ROW, SIDE = 92.0, 44.0, 96.0, 74.0, 14.0
BAR = 84.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move: the mover's key, its probability in words, and whether it is an improvement for the mover.

    >>> Arrow("A", "50%", True).said
    '50%'
    """

    mover: str
    said: str
    gain: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A state in the flow, with the moves that follow.

    Parameters
    ----------
    number
        Its number.
    name
        Its name, or None.
    end
        Whether it is left no more.
    share
        For an end its probability, from 0 to 1; None where none is to be shown.
    lines
        What stands beside an end: its probability in words, and more.
    after
        Each following state with the move to it.

    Examples
    --------
    >>> Node(1, None, False, after=((Arrow("A", "100%", True), Node(2, None, True, 1.0)),)).leaves
    1
    """

    number: int
    name: str | None
    end: bool
    share: float | None = None
    lines: tuple[str, ...] = ()
    after: tuple[tuple[Arrow, Node], ...] = field(default=())

    @property
    def leaves(self) -> int:
        """How many rows it takes."""
        return sum(node.leaves for _, node in self.after) or 1

    @property
    def depth(self) -> int:
        """How many moves follow at most."""
        return max((1 + node.depth for _, node in self.after), default=0)


def flow(start: Node, parties: Sequence[Party], name: str, selectable: bool = False) -> Markup:
    """The drawing.

    Parameters
    ----------
    start
        Where it begins.
    parties
        The decision makers as they are shown.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    selectable
        Whether each state carries its number (`data-state`), for a page on which states can be selected; such a page takes no style within
        its elements.

    Examples
    --------
    >>> one = Node(1, None, False, after=((Arrow("A", "100%", True), Node(2, "deal", True, 1.0, ("100%",))),))
    >>> drawn = flow(one, [Party("A", "Ann", "A", 1)], "f")
    >>> "Ann moves from state 1 to state 2 (100%)" in drawn
    True
    """
    by_key = {party.key: party for party in parties}
    beside = max((width(line) for line in _lines(start)), default=0) * 13.6
    wide = 2 * SIDE + BOX + start.depth * (BOX + GAP) + 12 + max(beside, BAR if _has_bar(start) else 0)
    high = 2 * SIDE + start.leaves * ROW
    parts = list(_drawn(start, by_key, SIDE, SIDE, selectable))
    told = "; ".join(_told(start, by_key)) or f"state {start.number:,} is left by no move"
    title = f"How it goes on from state {start.number:,}"
    return picture(wide, high, title, f"{told}.", name, join(parts), least=min(wide, 480.0), styled=not selectable)


def _lines(node: Node) -> Iterator[str]:
    yield from node.lines
    for _, following in node.after:
        yield from _lines(following)


def _has_bar(node: Node) -> bool:
    return node.share is not None or any(_has_bar(following) for _, following in node.after)


def _told(node: Node, parties: dict[str, Party]) -> Iterator[str]:
    for arrow, following in node.after:
        ended = f", where it ends{': ' + ', '.join(following.lines) if following.lines else ''}" if following.end else ""
        gain = "" if arrow.gain else ", no improvement for them"
        said = f" ({arrow.said})" if arrow.said else ""
        yield f"{parties[arrow.mover].name} moves from state {node.number:,} to state {following.number:,}{said}{gain}{ended}"
        yield from _told(following, parties)


def _drawn(node: Node, parties: dict[str, Party], x: float, top: float, selectable: bool) -> Iterator[Markup]:
    """A state and all that follows, in the rows below `top`."""
    middle = top + node.leaves * ROW / 2
    row = top
    for arrow, following in node.after:
        there = row + following.leaves * ROW / 2
        yield _arrow(arrow, parties[arrow.mover], (x + BOX, middle), (x + BOX + GAP, there))
        yield from _drawn(following, parties, x + BOX + GAP, row, selectable)
        row += following.leaves * ROW
    yield _box(node, x, middle - HIGH / 2, selectable)


def _box(node: Node, x: float, y: float, selectable: bool) -> Markup:
    parts = [element("rect", x=x, y=y, width=BOX, height=HIGH, rx=6, class_="box")]
    if node.end:
        parts.append(element("rect", x=x + 3.6, y=y + 3.6, width=BOX - 7.2, height=HIGH - 7.2, rx=3, class_="box inner"))
    middle = x + BOX / 2
    parts.append(element("text", f"{node.number:,}", x=middle, y=y + (20 if node.name else 27), class_="number"))
    if node.name:
        parts.append(element("text", cut(node.name, 7.2), x=middle, y=y + 34, class_="small"))
    beside, line = x + BOX + 10, y + 12
    if node.lines and not node.after:
        down = 0.0 if node.share is not None else (3 - len(node.lines)) * 7.5
        for place, said in enumerate(node.lines):
            style = "words start strongtext" if not place else "small start"
            parts.append(element("text", said, x=beside, y=line + 15 * place + down, class_=style))
        if node.share is not None:
            at = line + 15 * len(node.lines) - 6
            parts.append(element("rect", x=beside, y=at, width=BAR, height=8, class_="bar plain"))
            parts.append(element("rect", x=beside, y=at, width=max(BAR * node.share, 0.8), height=8, class_="bar solid"))
    title = f"State {node.number:,}" + (f", {node.name}" if node.name else "")
    return element("g", element("title", cut(title, 240)), *parts, data_state=f"{node.number}" if selectable else None)


def _arrow(arrow: Arrow, party: Party, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    kind = f"p{party.colour} {'strong' if arrow.gain else 'weak'}"
    (x, y), (to, there) = (start[0] + 3, start[1]), (end[0] - 4, end[1])
    bend = x + 26
    points = [(x, y), (to - 7, there)] if y == there else [(x, y), (bend - 14, y), (bend, there), (to - 7, there)]
    at = bend + (to - 7 - bend) / 2
    room = max(10.0, width(party.letter) * 6 + 5)
    parts = [
        path(points, class_=f"move {kind}"),
        head((to, there), (1, 0), class_=f"tip {kind}"),
        element("rect", x=at - room, y=there - 9, width=2 * room, height=18, rx=4, class_=f"chip p{party.colour}"),
        element("text", party.letter, x=at, y=there + 4, class_="letter"),
    ]
    if arrow.said:
        parts.append(element("text", arrow.said, x=at, y=there + 22, class_="small halo"))
    said = f"{party.name}{': ' + arrow.said if arrow.said else ''}{'' if arrow.gain else ', no improvement for them'}"
    return element("g", element("title", said), *parts)
