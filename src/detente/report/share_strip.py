"""The strip of shares: for each state of interest in which share of edits, or of completions, it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.report.shading import Share, labels, patterns, per_cent, small_width
from detente.report.shading import bar as filled
from detente.report.svg import element, picture

LABEL, CELL, GAP, SIDE, TOP, HIGH = 232.0, 150.0, 16.0, 10.0, 40.0, 14.0
FIGURE = 58.0


@dataclass(frozen=True, slots=True)
class StateShare:
    """A state: the share of each column in which it holds (None: not worked out), and whether it does in the conflict as written.

    >>> StateShare("the status quo", (1,), True).holds
    True
    """

    label: str
    shares: tuple[Share | None, ...]
    holds: bool | None = None


def share_strip(rows: Sequence[StateShare], columns: Sequence[str], title: str, about: str, name: str) -> Markup | None:
    """The drawing; None where there is no state.

    Parameters
    ----------
    rows
        The states, a strip each.
    columns
        What the shares are of, one name for each.
    title, about
        What the drawing is called, and what it shows, for those who do not see it; what each strip says is added.
    name
        Beginning of the identifiers in the drawing, unique on the page.

    Examples
    --------
    >>> drawn = share_strip([StateShare("the deal", (0.5, None), False)], ["single edits", "completions"], "Where it holds", "Shares.", "s")
    >>> "the deal: does not hold as written; single edits 50%, completions not worked out" in drawn
    True
    """
    if not rows:
        return None
    parts = [patterns(name)]
    for place, column in enumerate(columns):
        parts += labels(column, CELL - 8, _x(place), 14, most=2)
    y = TOP
    for row in rows:
        drawn, high = _row(row, columns, name, y)
        parts.append(drawn)
        y += high
    said = "; ".join(_words(row, columns) for row in rows)
    wide = SIDE + LABEL + len(columns) * (GAP + CELL) + SIDE
    return picture(wide, y, title, f"{about} {said}.", name, *parts, least=min(wide, 480.0))


def _x(place: int) -> float:
    return SIDE + LABEL + GAP + place * (CELL + GAP)


def _words(row: StateShare, columns: Sequence[str]) -> str:
    written = {True: "holds as written; ", False: "does not hold as written; ", None: ""}[row.holds]
    figures = ", ".join(
        f"{column} {'not worked out' if share is None else per_cent(share)}" for column, share in zip(columns, row.shares, strict=True)
    )
    return f"{row.label}: {written}{figures}"


def _row(row: StateShare, columns: Sequence[str], name: str, y: float) -> tuple[Markup, float]:
    mark = {True: "● ", False: "○ ", None: ""}[row.holds]
    said = labels(f"{mark}{row.label}", LABEL, SIDE, y + 11)
    parts = [element("title", _words(row, columns)), *said]
    for place, share in enumerate(row.shares):
        x, room = _x(place), CELL - FIGURE
        if share is None:
            parts.append(element("text", "–", x=x, y=y + 11, class_="small start"))
            continue
        parts.append(filled(name, 1, x, y, room, HIGH))
        if share:
            parts.append(filled(name, 0, x, y, float(share) * room, HIGH))
        figure = per_cent(share)
        short = figure if small_width(figure) <= FIGURE + 8 else figure.replace("more than ", "> ").replace("less than ", "< ")
        parts.append(element("text", short, x=x + room + 6, y=y + 11, class_="small start"))
    return element("g", *parts), max(15.0 * len(said), HIGH) + 10
