"""Reads exact numbers, and writes them: decimals and ratios of whole numbers, never rounded."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.io.bad import BAD, Bad
from detente.io.nodes import Items, Node, Scalar
from detente.model.pairs import is_long
from detente.model.shape import Decimal, Intervals

if TYPE_CHECKING:
    from detente.io.shaped import Shaped

_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
_RATIO = re.compile(r"[-+]?[0-9]{1,19}/0*[1-9][0-9]{0,18}")
_FORM = "write a decimal such as 0.25, or a ratio such as 1/4, with at most 18 digits"


def exact(text: str) -> Fraction | None:
    """The number that a text is, exactly; None if it is none.

    >>> exact("0.25"), exact("1/3"), exact("one half")
    (Fraction(1, 4), Fraction(1, 3), None)
    """
    number = Fraction(text) if _DECIMAL.fullmatch(text) or _RATIO.fullmatch(text) else None
    return None if number is None or is_long(number) else number


def number_text(value: Fraction) -> str | int | float:
    """A number as it is written: a whole number or a decimal where that is exact, else a ratio.

    >>> number_text(Fraction(1, 4)), number_text(Fraction(1, 3)), number_text(Fraction(2))
    (0.25, '1/3', 2)
    """
    if value.denominator == 1:
        return value.numerator
    near = value.numerator / value.denominator
    return near if exact(repr(near)) == value and "e" not in repr(near) else f"{value.numerator}/{value.denominator}"


def read_decimal(shaped: Shaped, shape: Decimal, node: Node, path: str) -> Fraction | Bad:
    """The number that stands at a place (`node`, `path`), read by its `shape`, or `BAD` after M140 was noted by what reads (`shaped`)."""
    text = node.text if isinstance(node, Scalar) else None
    number = None if text is None else exact(text)
    if number is None:
        return shaped.bad("M140", "a number was expected here", node, path, text, _FORM)
    if number > shape.most or number < shape.least or (shape.above and number == shape.least):
        least = f"more than {shape.least} and at most {shape.most}" if shape.above else f"between {shape.least} and {shape.most}"
        return shaped.bad("M140", f"the number must be {least}", node, path, text, "see the reference of conflict files")
    return number


def read_intervals(shaped: Shaped, shape: Intervals, node: Node, path: str) -> tuple[Fraction, ...] | Bad:
    """The ends of the intervals that stand at a place, as `read_decimal` reads; a number is an interval that begins and ends there."""
    inner = Decimal(shape.least, shape.most)
    if isinstance(node, Items) and not node.items:
        return shaped.bad("M140", "the list of numbers is empty", node, path, help="write at least one number, or [from, to]")
    found: list[Fraction] = []
    for part in node.items if isinstance(node, Items) else [node]:
        pair = part.items if isinstance(part, Items) else [part, part]
        if len(pair) != 2:
            return shaped.bad("M140", "an interval has two ends", part, path, help="write [from, to]")
        ends = [read_decimal(shaped, inner, end, path) for end in (pair if isinstance(part, Items) else pair[:1])]
        if any(isinstance(end, Bad) for end in ends):
            return BAD
        found += [end for end in (ends if isinstance(part, Items) else ends * 2) if not isinstance(end, Bad)]
        if found[-2] > found[-1]:
            return shaped.bad("M140", "the interval ends before it begins", part, path, help="write the lesser number first")
    if isinstance(node, Items) and len(node.items) == 2 and all(isinstance(part, Scalar) for part in node.items):
        low, high = (part.text for part in node.items if isinstance(part, Scalar))
        message = f"these are two single values, {low} and {high}, and nothing between them"
        shaped.report.warn(
            "M144", message, shaped.source.where(node), element=path, help=f"for all from {low} to {high} write [[{low}, {high}]]"
        )
    return tuple(found)
