"""The drawing of what everybody prefers: for each decision maker the states that are shown, side by side, the most preferred first.

Places are those of an order and nothing more: that two states stand far apart does not say that one is preferred by much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from detente.report.palette import Party
from detente.report.plain import cut, width
from detente.report.svg import element, head, join, path, picture

MAX_STATES = 10
"""Most states in the drawing."""
GAP, SIDE, TOP, ROW, LABEL, LEAST = 14.0, 16.0, 34.0, 66.0, 12.5, 340.0


@dataclass(frozen=True, slots=True)
class Ordered:
    """A state in the drawing: number, whether it is the status quo, whether an equilibrium, and its rank by decision maker's key."""

    number: int
    status_quo: bool
    equilibrium: bool
    ranks: Mapping[str, int]


def ordering(states: Sequence[Ordered], parties: Sequence[Party], name: str) -> Markup:
    """The drawing.

    Parameters
    ----------
    states
        What to show.
    parties
        The decision makers, a row each.
    name
        Beginning of the identifiers in the drawing, unique on the page.

    Examples
    --------
    >>> a = Party("A", "Ann", "A", 1)
    >>> states = [Ordered(1, True, False, {"A": 2}), Ordered(2, False, True, {"A": 1})]
    >>> "Ann: state 2, then state 1 (the status quo)" in ordering(states, [a], "o")
    True
    """
    slot = max(width(f"{state.number:,}") for state in states) * 13 + 24
    long = max(2 * SIDE + len(states) * (slot + GAP) - GAP, LEAST)
    rows, said = [], []
    for i, party in enumerate(parties):
        row, words = _row(states, party, slot, long, TOP + ROW * i)
        rows.append(row)
        said.append(f"{party.name}: {words}")
    ends = [
        element("text", "most preferred", x=SIDE, y=16, class_="small start"),
        element("text", "least preferred", x=long - SIDE, y=16, class_="small end"),
    ]
    title = "The states shown, in each decision maker's order of preference"
    return picture(long, TOP + ROW * len(parties), title, "; ".join(said), name, *ends, *rows, least=min(long, 560.0))


def _row(states: Sequence[Ordered], party: Party, slot: float, long: float, y: float) -> tuple[Markup, str]:
    """One decision maker's order, and the same in words."""
    room = max(11.0, width(party.letter) * 6 + 6)
    parts = [
        element("rect", x=SIDE, y=y - 3, width=2 * room, height=18, rx=4, class_=f"chip p{party.colour}"),
        element("text", party.letter, x=SIDE + room, y=y + 10.2, class_="letter"),
        element("text", cut(party.name, (long - 2 * SIDE - 2 * room - 8) / LABEL), x=SIDE + 2 * room + 8, y=y + 10.6, class_="words"),
    ]
    middle = y + 36
    ordered = sorted(states, key=lambda state: (state.ranks[party.key], not state.status_quo, state.number))
    x, words = SIDE, []
    for _, tied in groupby(ordered, key=lambda state: state.ranks[party.key]):
        level = list(tied)
        for place, state in enumerate(level):
            if x > SIDE:
                start = x - GAP
                if place:
                    parts.append(element("text", "=", x=x - GAP / 2, y=middle + 4.5, class_="number"))
                else:
                    parts.append(path([(start + 2, middle), (x - 2, middle)], class_="rule"))
            parts.append(_state(state, x, middle, slot))
            x += slot + GAP
        words.append(" and ".join(f"state {s.number:,}" + (" (the status quo)" if s.status_quo else "") for s in level))
    return element("g", *parts), ", then ".join(words)


def _state(state: Ordered, x: float, y: float, wide: float) -> Markup:
    rings = [element("rect", x=x, y=y - 14, width=wide, height=28, rx=14, class_="box now" if state.status_quo else "box")]
    if state.equilibrium:
        rings.append(element("rect", x=x + 3.2, y=y - 10.8, width=wide - 6.4, height=21.6, rx=10.8, class_="box inner"))
    if state.status_quo:
        rings.append(head((x + 15, y), (1, 0), 8, class_="ink"))
    centre = x + wide / 2 + (5 if state.status_quo else 0)
    return join([*rings, element("text", f"{state.number:,}", x=centre, y=y + 4.6, class_="words middle strongtext")])
