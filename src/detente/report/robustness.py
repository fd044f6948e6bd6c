"""The drawing of how much is settled: for each conclusion a bar, shared out among its values by how many completions give each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from detente.report.shading import SHADES, Share, bar, in_lines, labels, patterns, per_cent, small_width, whisker
from detente.report.svg import element, picture
from detente.text import plural

LABEL, BAR, GAP, SIDE = 232.0, 392.0, 16.0, 10.0
HIGH, LINE, SWATCH = 18.0, 15.0, 9.0


@dataclass(frozen=True, slots=True)
class Portion:
    """A value of a conclusion and the share of completions that give it; where it is drawn by chance, with an interval.

    >>> Portion("yes", Fraction(3, 4)).share
    Fraction(3, 4)
    """

    label: str
    share: Share
    low: Share | None = None
    high: Share | None = None


@dataclass(frozen=True, slots=True)
class Robustness:
    """A conclusion: what is concluded on, its values, and which of them (its place) the conflict has as it is written, if any.

    >>> Robustness("The status quo holds", (Portion("yes", 1),), 0).written
    0
    """

    label: str
    portions: tuple[Portion, ...]
    written: int | None = None


def robustness(rows: Sequence[Robustness], title: str, about: str, name: str) -> Markup | None:
    """The drawing; None where there is nothing to draw.

    The value that the conflict has as it is written comes first in each bar, and is solid.

    Parameters
    ----------
    rows
        The conclusions, a bar each; the shares of each are 1 together.
    title, about
        What the drawing is called, and what it shows, for those who do not see it; what each bar says is added.
    name
        Beginning of the identifiers in the drawing, unique on the page.

    Examples
    --------
    >>> row = Robustness("The status quo holds", (Portion("no", 0.25), Portion("yes", 0.75)), written=1)
    >>> drawn = robustness([row], "How much is settled", "Shares.", "r")
    >>> "The status quo holds: yes 75% (as written), no 25%" in drawn
    True
    """
    if not rows:
        return None
    y, parts = 8.0, [patterns(name)]
    for row in rows:
        drawn, high = _row(row, name, y)
        parts.append(drawn)
        y += high
    said = "; ".join(_words(row) for row in rows)
    wide = SIDE + LABEL + GAP + BAR + SIDE
    return picture(wide, y, title, f"{about} {said}.", name, *parts, least=560.0)


def _ordered(row: Robustness) -> list[tuple[int, Portion]]:
    """The portions of a bar with their shades: as written first and solid; those beyond what can be told apart as one."""
    first = [] if row.written is None else [(0, row.portions[row.written])]
    others = [portion for place, portion in enumerate(row.portions) if place != row.written and portion.share]
    room = len(SHADES) - 1
    if len(others) > room:
        kept, rest = others[: room - 1], others[room - 1 :]
        others = [*kept, Portion(plural(len(rest), "other value"), sum(Fraction(portion.share) for portion in rest))]
    return [*first, *enumerate(others, start=1)]


def _words(row: Robustness) -> str:
    return f"{row.label}: {', '.join(_said(shade, portion) for shade, portion in _ordered(row))}"


def _said(shade: int, portion: Portion) -> str:
    between = "" if portion.low is None or portion.high is None else f" ({per_cent(portion.low)} to {per_cent(portion.high)})"
    return f"{portion.label} {per_cent(portion.share)}{between}{'' if shade else ' (as written)'}"


def _row(row: Robustness, name: str, y: float) -> tuple[Markup, float]:
    """A bar with its label and, below it, what each shade stands for; and the height of all."""
    portions, start, x = _ordered(row), SIDE + LABEL + GAP, SIDE + LABEL + GAP
    said = labels(row.label, LABEL, SIDE, y + 13)
    parts = [element("title", _words(row)), *said]
    for shade, portion in portions:
        wide = float(portion.share) * BAR
        if portion.share:
            parts.append(bar(name, shade, x, y, wide, HIGH))
        x += wide
    first = portions[0][1]
    if portions[0][0] == 0 and first.low is not None and first.high is not None:
        parts.append(whisker(start + float(first.low) * BAR, start + float(first.high) * BAR, y + HIGH / 2, 4.5))
    items = [_said(shade, portion) for shade, portion in portions]
    lines, places = 0, in_lines([small_width(item) + SWATCH + 20 for item in items], BAR)
    for (shade, _), item, (line, left) in zip(portions, items, places, strict=True):
        below = y + HIGH + 14 + LINE * line
        parts.append(bar(name, shade, start + left, below - SWATCH, SWATCH, SWATCH))
        parts.append(element("text", item, x=start + left + SWATCH + 4, y=below, class_="small start"))
        lines = max(lines, line + 1)
    return element("g", *parts), max(15.0 * len(said) + 6, HIGH + LINE * lines + 8) + 12
