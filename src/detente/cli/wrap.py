"""Text in lines of a width, and counts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.cli.term import cells
from detente.text import counted, listing


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """A paragraph in lines that are no wider than `width`, but for single words that are.

    Parameters
    ----------
    text
        Words with spaces between them.
    width
        Columns.
    first, rest
        What the first line, and each further line, begins with.

    Examples
    --------
    >>> wrapped("one two three", 9, "- ", "  ")
    ['- one two', '  three']
    """
    following = first if rest is None else rest
    lines, line = [], first
    empty = True
    for word in text.split():
        if not empty and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line, empty = following, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line] if not empty else lines


def joined(parts: Sequence[str], width: int, between: str = " · ") -> list[str]:
    """Short facts beside one another, in lines that break between facts only.

    >>> joined(["3 options", "9 states"], 15)
    ['3 options ·', '9 states']
    """
    lines = [""]
    for part in parts:
        if lines[-1] and cells(lines[-1]) + cells(between) + cells(part) > width:
            lines[-1] += between.rstrip()
            lines.append("")
        lines[-1] += between + part if lines[-1] else part
    return lines


def under(counts: Mapping[str, int]) -> str:
    """Counts for concepts, those that are the same together.

    >>> under({"Nash": 3, "GMR": 5, "SMR": 5})
    '3 under Nash, 5 under GMR and SMR'
    """
    together: dict[int, list[str]] = {}
    for key, count in counts.items():
        together.setdefault(count, []).append(key)
    return ", ".join(f"{counted(count)} under {listing(keys)}" for count, keys in sorted(together.items()))
