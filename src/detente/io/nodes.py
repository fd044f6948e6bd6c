"""The parts of a YAML document with their places in the text.

A node knows the characters that it stands on, so that a problem can be shown where it is, down to one word inside a condition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from detente.errors import Position

_SHORT_ESCAPES = {"x": 2, "u": 4, "U": 8}
_PREFIX = re.compile(r"(?:[&!][^\s]*\s+)*")
_SPACE = re.compile(r"\s*")
_BLOCK_HEADER = re.compile(r"[|>][^\n\r]*")


@dataclass(slots=True, eq=False)
class Scalar:
    """A single value: its text, the characters `start` to `end` that it stands on, and its style (None: without quotes)."""

    text: str
    start: int
    end: int
    style: str | None = None

    @property
    def is_null(self) -> bool:
        """Whether the place is empty: nothing, `~` or `null` without quotes."""
        return self.style is None and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True, eq=False)
class Items:
    """A list."""

    start: int
    end: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Pairs:
    """A mapping; its keys are single values and differ."""

    start: int
    end: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """The key and the value that stand under a key, or None."""
        return next(((k, v) for k, v in self.pairs if k.text == key), None)


Node: TypeAlias = Scalar | Items | Pairs


def pairs_under(node: Node | None, key: str) -> list[tuple[Scalar, Node]]:
    """The entries of the mapping that stands under a `key` of a `node`, if one does.

    >>> pairs_under(None, "options")
    []
    """
    entry = node.get(key) if isinstance(node, Pairs) else None
    return entry[1].pairs if entry is not None and isinstance(entry[1], Pairs) else []


def kind_of(node: Node) -> str:
    """What a node is, in words.

    >>> kind_of(Items(0, 0)), kind_of(Scalar("", 0, 0))
    ('a list', 'nothing')
    """
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else "a single value"
    return "a list" if isinstance(node, Items) else "a mapping"


@dataclass(frozen=True)
class SourceText:
    """A text with a name, and the lines and columns of its characters."""

    text: str
    name: str

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]

    def place(self, start: int, end: int) -> Position:
        r"""The position of the characters from `start` to `end`, as far as they stand on one line.

        >>> SourceText("a: 1\nb: 2", "f.yaml").place(5, 6).label
        'f.yaml:2:1'
        """
        starts = self._line_starts
        line = bisect_right(starts, start) - 1
        last = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.text)
        if line + 1 < len(starts) and self.text[last - 1 : last + 1] == "\r\n":
            last -= 1
        stop = max(start + 1, min(end, last))
        return Position(self.name, line + 1, start - starts[line] + 1, len(self.text[start:stop].rstrip()) or 1)

    def where(self, node: Node) -> Position:
        """The position of a node: the first line of it."""
        return self.place(node.start, node.end)

    def inside(self, scalar: Scalar, offset: int, length: int) -> Position:
        """The position of some characters of a scalar's text; of the whole scalar where that can't be told."""
        places = offsets(self.text[scalar.start : scalar.end], scalar.text, scalar.style)
        if places is None:
            return self.where(scalar)
        places.append(scalar.end - scalar.start)
        first = places[min(offset, len(places) - 1)]
        last = places[min(offset + length, len(places)) - 1] + 1
        return self.place(scalar.start + first, scalar.start + max(last, first + 1))


def offsets(raw: str, value: str, style: str | None) -> list[int] | None:
    r"""For each character of a scalar's value, where it stands in the text that the scalar was written as.

    Follows YAML's quotes, escapes, folded lines and indentation; None where the two can't be brought together.

    >>> offsets('"a\\x62c"', "abc", '"')
    [1, 2, 6]
    """
    at = match.end() if (match := _PREFIX.match(raw)) else 0
    if style in ("|", ">"):
        at = match.end() if (match := _BLOCK_HEADER.match(raw, at)) else at
    elif style in ("'", '"'):
        at += 1
    places: list[int] = []
    while len(places) < len(value):
        if at >= len(raw):
            rest = value[len(places) :]
            return places + [len(raw)] * len(rest) if not rest.strip() else None
        step = _escape(raw, at) if style == '"' and raw[at] == "\\" else 0
        if step and raw[at + 1 : at + 2] in "\r\n":
            at = _space_end(raw, at + 1)
        elif step:
            places.append(at)
            at += step
        elif raw[at] == value[len(places)]:
            places.append(at)
            at += 2 if style == "'" and raw[at] == "'" else 1
        elif raw[at] in "\r\n":
            if value[len(places)] in " \n":
                places.append(at)
            at = _space_end(raw, at) if style not in ("|", ">") else at + 1
        elif raw[at] in " \t":
            at += 1
        else:
            return None
    return places


def _space_end(raw: str, at: int) -> int:
    """Where the white space that begins at a character ends."""
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _escape(raw: str, at: int) -> int:
    """How many characters an escape in double quotes takes."""
    return 2 + _SHORT_ESCAPES.get(raw[at + 1 : at + 2], 0)
