"""JSON with positions and limits, for files that somebody else's program wrote.

The standard reader forgets where a value stood, keeps the last of two equal keys and takes `NaN`.  This one keeps the place of every
value, refuses what RFC 8259 does not allow, and stops at stated limits of length, depth and number of values.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from detente.errors import ConflictError, Diagnostic, Position
from detente.text import did_you_mean, shortened

MAX_TEXT = 8_000_000
"""Longest text that is read, in characters."""
MAX_DEPTH = 40
"""Deepest nesting of lists and objects that is read."""
MAX_VALUES = 500_000
"""Most values that are read."""
MAX_DIGITS = 18
"""Longest whole number that is read, in digits."""

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z_]{1,40}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRINGS = json.JSONDecoder()

Value: TypeAlias = "bool | int | float | str | list[Node] | dict[str, Node] | None"


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands: characters `start` to `end` (exclusive) of the text."""

    value: Value
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What the value is, in words.

        >>> Node(True, 0, 4).kind, Node([], 0, 2).kind
        ('true or false', 'a list')
        """
        names = {bool: "true or false", int: "a whole number", float: "a fraction", str: "a text", list: "a list", dict: "an object"}
        return names.get(type(self.value), "null")


class JsonText:
    """A JSON text, read into nodes.

    Parameters
    ----------
    text
        The text; a byte order mark at its beginning is passed over.
    name
        Name of the file, for positions.

    Raises
    ------
    ConflictError
        I700 (not JSON), I701 (a limit), I703 (a key stands twice in one object).

    Examples
    --------
    >>> read = JsonText('{"a": [1, 2]}', "f.gmcr")
    >>> read.where(read.root.value["a"]).label
    'f.gmcr:1:7'
    """

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self._values = 0
        if len(text) > MAX_TEXT:
            raise self._error("I701", f"the text is longer than {MAX_TEXT:,} characters", 0)
        at = self._skip(1 if text.startswith("\ufeff") else 0)
        if at == len(text):
            raise self._error(
                "I700", "the file is empty", 0, help="a .gmcr file is a JSON text; save it again with the program that made it"
            )
        self.root, at = self._value(at, 1)
        at = self._skip(at)
        if at < len(text):
            raise self._error("I700", f"after the end of the JSON text stands {self._shown(at)}", at)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]

    def place(self, start: int, end: int) -> Position:
        """The position of some characters; as long as they stand on one line."""
        line = bisect_right(self._line_starts, start) - 1
        last = self._line_starts[line + 1] - 1 if line + 1 < len(self._line_starts) else len(self.text)
        return Position(self.name, line + 1, start - self._line_starts[line] + 1, max(1, min(end, last) - start))

    def where(self, node: Node) -> Position:
        """The position of a value."""
        return self.place(node.start, node.end)

    # -- reading ---------------------------------------------------------------------------------------------------
    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _shown(self, at: int) -> str:
        return f'"{shortened(self.text[at : at + 20], 12)}"' if at < len(self.text) else "the end of the file"

    def _error(self, code: str, message: str, at: int, end: int | None = None, help: str | None = None) -> ConflictError:
        where = self.place(at, at + 1 if end is None else end)
        return ConflictError([Diagnostic(code, message, where, self.text[at : at + 40] or None, help)])

    def _value(self, at: int, depth: int) -> tuple[Node, int]:
        """The value that begins at a character, and where what follows it begins."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error("I701", f"the file holds more than {MAX_VALUES:,} values", at)
        if depth > MAX_DEPTH:
            raise self._error("I701", f"lists and objects are nested deeper than {MAX_DEPTH} levels", at)
        first = self.text[at : at + 1]
        if first == "{":
            return self._object(at, depth)
        if first == "[":
            return self._list(at, depth)
        if first == '"':
            return self._string(at)
        return self._plain(at)

    def _plain(self, at: int) -> tuple[Node, int]:
        word = _WORD.match(self.text, at)
        if word and word[0] in _WORDS:
            return Node(_WORDS[word[0]], at, word.end()), word.end()
        if word:
            known = did_you_mean(word[0], _WORDS)
            hint = f'write "{known}"' if known else "a number is written with digits; a text stands in double quotation marks"
            raise self._error("I700", f"{word[0]} is no JSON value", at, word.end(), hint)
        match = _NUMBER.match(self.text, at)
        if match is None:
            raise self._error("I700", f"a value was expected, and {self._shown(at)} found", at)
        if match.end() - at > MAX_DIGITS:
            raise self._error("I701", f"a number is longer than {MAX_DIGITS} characters", at, match.end())
        number = float(match[0]) if match[1] or match[2] else int(match[0])
        return Node(number, at, match.end()), match.end()

    def _string(self, at: int) -> tuple[Node, int]:
        try:
            text, end = _STRINGS.raw_decode(self.text, at)
        except json.JSONDecodeError as problem:
            message = f"a text can't be read: {problem.msg[0].lower()}{problem.msg[1:].removesuffix(' at')}"
            raise self._error("I700", message, min(problem.pos, len(self.text))) from None
        if _SURROGATE.search(text):
            raise self._error("I700", "a text holds half of a surrogate pair, which is no character", at, end)
        return Node(text, at, end), end

    def _list(self, start: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        at = self._skip(start + 1)
        while self.text[at : at + 1] != "]" or items:
            node, at = self._value(at, depth + 1)
            items.append(node)
            at = self._skip(at)
            if self.text[at : at + 1] != ",":
                break
            at = self._skip(at + 1)
        return self._closed(items, "]", start, at)

    def _object(self, start: int, depth: int) -> tuple[Node, int]:
        items: dict[str, Node] = {}
        at = self._skip(start + 1)
        while self.text[at : at + 1] != "}" or items:
            if self.text[at : at + 1] != '"':
                raise self._error("I700", f"a key in double quotation marks was expected, and {self._shown(at)} found", at)
            key, after = self._string(at)
            if key.value in items:
                message = f'the key "{shortened(str(key.value))}" stands twice in one object'
                raise self._error("I703", message, at, after, "keep one of them")
            colon = self._skip(after)
            if self.text[colon : colon + 1] != ":":
                raise self._error("I700", f'":" was expected after a key, and {self._shown(colon)} found', colon)
            node, at = self._value(self._skip(colon + 1), depth + 1)
            items[str(key.value)] = node
            at = self._skip(at)
            if self.text[at : at + 1] != ",":
                break
            at = self._skip(at + 1)
        return self._closed(items, "}", start, at)

    def _closed(self, items: list[Node] | dict[str, Node], end: str, start: int, at: int) -> tuple[Node, int]:
        if self.text[at : at + 1] != end:
            raise self._error("I700", f'"," or "{end}" was expected, and {self._shown(at)} found', at)
        return Node(items, start, at + 1), at + 1
