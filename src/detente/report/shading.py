"""Shades for shares that can be told apart without colour, and bars that are filled with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from markupsafe import Markup

from detente.explain.shares import percent
from detente.report.plain import cut, width, wrapped
from detente.report.svg import element, join, path

Share = Fraction | float
"""A share from 0 to 1."""

SHADES = ("solid", "plain", "hatched", "dotted", "crossed", "faint")
"""The shades, in the order in which they are given out."""
_LINES = {"hatched": ("M0 6L6 0",), "dotted": (), "crossed": ("M0 0L6 6", "M0 6L6 0")}
WORDS, SMALL = 12.5, 11.0
"""Sizes of letters, as in the style sheet of drawings."""


def patterns(name: str) -> Markup:
    """The patterns of a drawing whose identifiers begin with `name`; to be put in before bars are.

    >>> patterns("p").count("<pattern")
    3
    """
    made = []
    for shade, lines in _LINES.items():
        inside = [element("path", d=line, class_="hatch") for line in lines] or [element("circle", cx=3.0, cy=3.0, r=1.2, class_="ink")]
        ground = element("rect", width=6.0, height=6.0, class_="fill")
        made.append(
            element("pattern", ground, *inside, id=f"{name}-{shade}", width=6.0, height=6.0, patternUnits="userSpaceOnUse")
        )  # fmt: skip
    return element("defs", *made)


def bar(name: str, shade: int, x: float, y: float, wide: float, high: float) -> Markup:
    """A filled rectangle in the shade with a number; from the last shade on all are the same.

    >>> bar("p", 0, 0, 0, 5, 5)
    Markup('<rect x="0" y="0" width="5" height="5" class="bar solid"/>')
    """
    kind = SHADES[min(shade, len(SHADES) - 1)]
    fill = f"url(#{name}-{kind})" if kind in _LINES else None
    return element("rect", x=x, y=y, width=wide, height=high, fill=fill, class_="bar" if fill else f"bar {kind}")


def per_cent(share: Share) -> str:
    """A share in per cent, as the sentences have it.

    >>> per_cent(0.125)
    '12.5%'
    """
    return percent(Fraction(share))


def labels(text: str, room: float, x: float, y: float, most: int = 3) -> list[Markup]:
    """A label in lines of at most so much room, the first at `y`; what does not fit into the `most` lines is cut with an ellipsis.

    >>> [part.striptags() for part in labels("one two three four", 60, 0, 0, most=2)]
    ['one two', 'three fo…']
    """
    units = room / WORDS
    lines = wrapped(text, units)
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), units)]
    return [element("text", line, x=x, y=y + 15 * number, class_="words start") for number, line in enumerate(lines)]


def in_lines(widths: Iterable[float], room: float) -> Iterator[tuple[int, float]]:
    """For things of some widths, side by side: the line on which each stands and how far from its beginning.

    >>> list(in_lines([40, 40, 40], 100))
    [(0, 0.0), (0, 40.0), (1, 0.0)]
    """
    line, x = 0, 0.0
    for wide in widths:
        if x and x + wide > room:
            line, x = line + 1, 0.0
        yield line, x
        x += wide


def small_width(text: str) -> float:
    """How wide a small text is, in the units of a drawing; errs to the wide side.

    >>> small_width("i") < small_width("ii")
    True
    """
    return width(text) * SMALL


def whisker(low: float, high: float, y: float, half: float) -> Markup:
    """A line from one place to another with a short stroke at each end: an interval.

    >>> whisker(1, 5, 10, 3).count("<path")
    6
    """
    strokes = ([(low, y), (high, y)], [(low, y - half), (low, y + half)], [(high, y - half), (high, y + half)])
    return join([path(stroke, class_=kind) for kind in ("whisker under", "whisker") for stroke in strokes])
