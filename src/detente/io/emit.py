"""Plain data as YAML that a person likes to read: few quotes, short things on one line, long texts in blocks.

What it writes is a small part of YAML 1.2 that readers of YAML 1.1 understand in the same way: a text that one of them would take for
a number, a date, a truth value or nothing stands in quotes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

Data: TypeAlias = "str | int | float | list[Data] | dict[str, Data] | None"
"""What JSON can say, without truth values; a number with a fraction is one that reads back exactly."""

WIDTH = 120
"""Longest line that is aimed at, in characters."""

_NOT_PLAIN = re.compile(
    r"""
    [-?:,\[\]{}\#&*!|>'"%@`=~.\ ] .*      # begins with a sign that has a meaning
    | .* (?: :\ | \ \#) .*                # holds what ends a key, or begins a comment
    | .* [:\ ]                            # ends so
    | [-+.]? [0-9] [-+0-9_.,:eExXoObBTtZz\ a-fA-F]*   # a number, a date or a time
    | (?: null | true | false | yes | no | on | off | y | n | \.?nan | [-+]?\.?inf )
    | <<
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FLOW_SIGNS = re.compile(r"[,\[\]{}:?]")


class Brief(dict[str, Data]):
    """A mapping that is written on one line where it fits."""


class Column(list["Data"]):
    """A list that is written with one item below the other, however short it is."""


def unseen(character: str) -> bool:
    r"""Whether a character can't be seen and is no space: a control, a line separator, a direction mark, or no character at all.

    >>> unseen("\u202e"), unseen("\xa0")
    (True, False)
    """
    return not character.isprintable() and unicodedata.category(character) != "Zs"


def _has_unseen(text: str) -> bool:
    return not text.isprintable() and any(map(unseen, text))


def emitted(data: dict[str, Data], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping.

    >>> list(emitted({"a": {"b": ["x", "no"]}, "c": None}))
    ['a:', '  b: [x, "no"]', 'c:']
    """
    for key, value in data.items():
        yield from entry_lines(f"{' ' * indent}{scalar(key)}:", value, indent)


def entry_lines(head: str, value: Data, indent: int) -> Iterator[str]:
    """The lines of a value that stands after `head` (a key and a colon) in a mapping that begins at column `indent`.

    >>> list(entry_lines("  a:", "x", 2)), list(entry_lines("a:", {"b": None}, 0))
    (['  a: x'], ['a:', '  b:'])
    """
    if value is None:
        yield head
    elif isinstance(value, str):
        yield from _text(head, value, indent + 2)
    elif (line := _one_line(head, value)) is not None:
        yield line
    elif isinstance(value, dict):
        yield head
        yield from emitted(value, indent + 2)
    else:
        yield head
        yield from item_lines(value if isinstance(value, list) else [value], indent + 2)


def item_lines(items: list[Data], indent: int) -> Iterator[str]:
    """The lines of a list whose dashes stand at column `indent`, an item after the other.

    >>> list(item_lines(["a", {"b": 1, "c": None}], 2))
    ['  - a', '  - b: 1', '    c:']
    """
    dash = " " * indent + "-"
    for item in items:
        if isinstance(item, str):
            yield from _text(dash, item, indent + 2)
        elif (line := _one_line(dash, item)) is not None:
            yield line
        else:
            lines = (
                emitted(item, indent + 2) if isinstance(item, dict) else item_lines(item if isinstance(item, list) else [item], indent + 2)
            )
            for number, line in enumerate(lines):
                yield line if number else f"{dash} {line.lstrip(' ')}"


def _one_line(head: str, value: Data) -> str | None:
    """A value on the line of its head, or None where it does not fit there; what is empty always does."""
    part = flow(value)
    if part is None or (isinstance(value, list | dict) and value and len(head) + 1 + len(part) > WIDTH):
        return None
    return f"{head} {part}"


def flow(data: Data) -> str | None:
    """The data on one line, or None where it is better laid out on several."""
    if data is None:
        return "null"
    if isinstance(data, int | float):
        return str(data)
    if isinstance(data, str):
        return None if "\n" in data else scalar(data, inside=True)
    if isinstance(data, Column):
        return None
    if data == {}:
        return "{}"
    if isinstance(data, list):
        parts = [flow(item) for item in data]
    elif isinstance(data, Brief):
        parts = [None if (part := flow(value)) is None else f"{scalar(key, inside=True)}: {part}" for key, value in data.items()]
    else:
        return None
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any(isinstance(item, dict) for item in (data if isinstance(data, list) else ())):
        return None
    return f"[{', '.join(known)}]" if isinstance(data, list) else f"{{{', '.join(known)}}}"


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    """The lines of a text after `head`: on the same line, or as a block below it."""
    margin = " " * indent
    if "\n" in text and _can_be_block(text):
        yield f"{head} {'|' if text.endswith(chr(10)) else '|-'}"
        yield from (f"{margin}{line}" if line else "" for line in text.removesuffix("\n").split("\n"))
        return
    line = scalar(text)
    folded = _folded(text, WIDTH - indent) if len(head) + 1 + len(line) > WIDTH else []
    if len(folded) > 1:
        yield f"{head} >-"
        yield from (margin + part for part in folded)
    else:
        yield f"{head} {line}"


def scalar(text: str, inside: bool = False) -> str:
    """A text on one line, in quotes where it needs them; `inside` brackets more do.

    >>> scalar("a, b"), scalar("a, b", inside=True), scalar("12"), scalar('say "x"')
    ('a, b', '"a, b"', '"12"', 'say "x"')
    """
    if _has_unseen(text):
        return f'"{"".join(map(escape, text))}"'
    if text and not _NOT_PLAIN.fullmatch(text) and not (inside and _FLOW_SIGNS.search(text)):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def escape(character: str) -> str:
    r"""A character inside double quotes.

    >>> escape("a"), escape('"'), escape(chr(0x202E))
    ('a', '\\"', '\\u202e')
    """
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if not unseen(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escaped(text: str) -> str:
    r"""A text of JSON with what can't be seen in it as escapes, but line ends and tabs, which only its layout has.

    >>> escaped('["\u202e"]')
    '["\\u202e"]'
    """
    return "".join(json.dumps(c)[1:-1] if c not in "\n\t" and unseen(c) else c for c in text)


def _can_be_block(text: str) -> bool:
    """Whether a literal block gives the text back: nothing unseen, no odd white space at its beginning, end or in empty lines."""
    if _has_unseen(text.replace("\n", "")) or text[0] in " \n" or text.endswith("\n\n") or not text.strip():
        return False
    return not any(line.strip(" ") == "" and line for line in text.split("\n"))


def _folded(text: str, width: int) -> list[str]:
    """The lines of a folded block that gives the text back, or nothing where that can't be."""
    if _has_unseen(text) or "  " in text or text != text.strip(" ") or not text:
        return []
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > max(width, 40):
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
