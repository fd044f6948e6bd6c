"""Scalable vector graphics, written by our own hand: elements, escaped, with numbers rounded so that equal input gives equal text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from detente.report.plain import visible

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(3.0), number(2.25), number(-0.01)
    ('3', '2.2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *inside: str | Markup, **attributes: str | float | None) -> Markup:
    """One element; text inside is escaped, markup is not; `class_` is written `class`, `_` in a name `-`, None leaves out.

    >>> element("text", "a < b", x=1.0, class_="n")
    Markup('<text x="1" class="n">a &lt; b</text>')
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value)) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(part if isinstance(part, Markup) else escape(visible(part)) for part in inside)
    return Markup(f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>")  # noqa: S704 - every part is escaped above


def join(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other, a line each."""
    return Markup("\n").join(parts)


def picture(
    width: float, height: float, title: str, about: str, name: str, *parts: Markup, least: float | None = None, styled: bool = True
) -> Markup:
    """A whole drawing with its title and description; `name` must be unique on the page, `least` is its least width on a screen.

    For a page that takes no style within its elements (`styled` is False) the least width is `data-least`.

    >>> picture(10, 5, "A title", "What it shows.", "d").startswith('<svg xmlns=')
    True
    """
    head = (element("title", title, id=f"{name}-title"), element("desc", about, id=f"{name}-about"))
    return element(
        "svg", Markup("\n"), join((*head, *parts)), Markup("\n"),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {number(width)} {number(height)}", width=width, height=height,
        role="img", aria_labelledby=f"{name}-title", aria_describedby=f"{name}-about",
        style=f"min-width:{number(least)}px" if least and styled else None,
        data_least=None if styled else least,
    )  # fmt: skip


_LEAST = re.compile(r'^(<svg [^>]*?) style="min-width:([0-9.]+)px"')


def unstyled(drawn: Markup) -> Markup:
    """A whole drawing (`drawn`) for a page that takes no style within its elements: its least width is `data-least`.

    >>> drawn = [picture(10, 5, "A title", "What it shows.", "d", least=8, styled=styled) for styled in (True, False)]
    >>> unstyled(drawn[0]) == drawn[1] == unstyled(drawn[1])
    True
    """
    return Markup(_LEAST.sub(r'\1 data-least="\2"', str(drawn), count=1))  # noqa: S704 - our own drawing


def path(points: Iterable[Point], **attributes: str | float | None) -> Markup:
    """A line through points; with three points the middle one bends it (a quadratic curve).

    >>> path([(0, 0), (5, 5), (10, 0)])
    Markup('<path d="M0 0Q5 5 10 0"/>')
    """
    listed = [f"{number(x)} {number(y)}" for x, y in points]
    shape = f"M{listed[0]}Q{listed[1]} {listed[2]}" if len(listed) == 3 else "M" + "L".join(listed)
    return element("path", d=shape, **attributes)


def head(tip: Point, toward: Point, size: float = 9.0, **attributes: str | float | None) -> Markup:
    """An arrowhead with its tip at a point, pointing along a direction.

    >>> head((10, 0), (1, 0), 8)
    Markup('<path d="M10 0L2 3.4L2 -3.4Z"/>')
    """
    (x, y), (dx, dy) = tip, unit(toward)
    back, side = (x - dx * size, y - dy * size), size * 0.42
    corners = [tip, (back[0] - dy * side, back[1] + dx * side), (back[0] + dy * side, back[1] - dx * side)]
    return element("path", d="M" + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + "Z", **attributes)


def unit(direction: Point) -> Point:
    """The direction with length one; a zero direction points right.

    >>> unit((0, 3))
    (0.0, 1.0)
    """
    length = (direction[0] ** 2 + direction[1] ** 2) ** 0.5
    return (direction[0] / length, direction[1] / length) if length else (1.0, 0.0)
