"""A drawing of the report as a file of its own."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

STYLES = ("tokens.css", "drawing.css")
"""The style sheets that drawings need."""


def standalone(svg: Markup) -> str:
    """The text of an SVG file that needs nothing besides itself: the drawing (`svg`) with its style.

    >>> from detente.report.svg import picture
    >>> standalone(picture(10, 5, "A title", "What it shows.", "d")).count("<style>")
    1
    """
    templates = files("detente.report") / "templates"
    style = "\n".join((templates / name).read_text(encoding="utf-8").strip() for name in STYLES)
    opening, rest = str(svg).split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}>\n<style>\n{style}\n</style>{rest}\n'
