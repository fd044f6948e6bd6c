"""The strip of a path: states as boxes, the mover on each arrow, and under each state everybody's rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.report.palette import Party
from detente.report.plain import cut, width
from detente.report.svg import element, head, path, picture

BOX, GAP, ROW = 92.0, 76.0, 18.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on a path: its number, its name if it has one, whether it is an equilibrium, and its rank for decision makers by key."""

    number: int
    name: str | None
    equilibrium: bool
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Leg:
    """A step: the mover's key, and whether it is better (1), as good (0) or worse (-1) for the mover at once."""

    mover: str
    gain: int


def strip(stops: Sequence[Stop], legs: Sequence[Leg], parties: Sequence[Party], name: str, in_a_row: int = 4) -> Markup:
    """The drawing of a path.

    Parameters
    ----------
    stops, legs
        The states, and the steps between them (one less).
    parties
        The decision makers as they are shown.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    in_a_row
        How many states stand side by side before the strip is continued below.

    Examples
    --------
    >>> a = Party("A", "Ann", "A", 1)
    >>> drawn = strip([Stop(1, None, False, {"A": 2}), Stop(2, None, True, {"A": 1})], [Leg("A", 1)], [a], "p")
    >>> "Path from state 1 to state 2" in drawn
    True
    """
    by_key = {party.key: party for party in parties}
    columns = min(in_a_row, len(stops))
    height = 66 + ROW * len(parties) + 26
    parts: list[Markup] = []
    for place, stop in enumerate(stops):
        x, y = 14 + (place % columns) * (BOX + GAP), 14 + (place // columns) * height
        parts.append(_stop(stop, stops[place - 1] if place else None, parties, x, y))
        if place < len(legs):
            parts.append(_leg(legs[place], by_key[legs[place].mover], x + BOX, y + 22, last=place % columns == columns - 1))
    steps = "; ".join(f"{by_key[leg.mover].name} moves to state {stop.number:,}" for leg, stop in zip(legs, stops[1:], strict=True))
    wide = 28 + columns * BOX + (columns - (len(stops) <= columns)) * GAP
    rows = (len(stops) + columns - 1) // columns
    title = f"Path from state {stops[0].number:,} to state {stops[-1].number:,}"
    return picture(wide, rows * height, title, f"{steps}.", name, *parts, least=min(wide, 440.0))


def _stop(stop: Stop, before: Stop | None, parties: Sequence[Party], x: float, y: float) -> Markup:
    parts = [element("rect", x=x, y=y, width=BOX, height=44, rx=6, class_="box")]
    if stop.equilibrium:
        parts.append(element("rect", x=x + 3.6, y=y + 3.6, width=BOX - 7.2, height=36.8, rx=3, class_="box"))
    middle = x + BOX / 2
    parts.append(element("text", f"{stop.number:,}", x=middle, y=y + (20 if stop.name else 27), class_="number"))
    if stop.name:
        parts.append(element("text", cut(stop.name, 7.2), x=middle, y=y + 34, class_="small"))
    for i, party in enumerate(p for p in parties if p.key in stop.ranks):
        rank, line = stop.ranks[party.key], y + 64 + ROW * i
        was = before.ranks.get(party.key, rank) if before else rank
        parts += [
            element("text", party.letter, x=x + 20, y=line, class_="letter"),
            element("text", f"{rank:,}", x=x + 62, y=line, class_="words end"),
            element("text", "▲" if rank < was else "▼" if rank > was else "", x=x + 70, y=line, class_="small start"),
        ]
    title = f"State {stop.number:,}" + (f", {stop.name}" if stop.name else "")
    return element("g", element("title", cut(title, 240)), *parts)


def _leg(leg: Leg, party: Party, x: float, y: float, *, last: bool) -> Markup:
    """An arrow with its mover; at the end of a row it points to the row below."""
    kind = f"p{party.colour} {'strong' if leg.gain > 0 else 'weak'}"
    end = (x + GAP - 20, y) if last else (x + GAP - 4, y)
    middle, said = x + GAP / 2 - (8 if last else 0), {1: "improvement", 0: "as good for them", -1: "worse for them"}[leg.gain]
    room = max(10.0, width(party.letter) * 6 + 5)
    parts = [
        path([(x + 4, y), (end[0] - 7, y)], class_=f"move {kind}"),
        head(end, (1, 0), class_=f"tip {kind}"),
        element("rect", x=middle - room, y=y - 9, width=2 * room, height=18, rx=4, class_=f"chip p{party.colour}"),
        element("text", party.letter, x=middle, y=y + 4, class_="letter"),
    ]
    if leg.gain <= 0:
        parts.append(element("text", {0: "no gain", -1: "a loss"}[leg.gain], x=middle, y=y + 22, class_="small"))
    if last:
        parts.append(element("text", "…", x=end[0] + 8, y=y + 3, class_="number"))
    return element("g", element("title", f"{party.name}: {said}"), *parts)
