"""Text in lines of a width."""

from __future__ import annotations

from detente.cli.term import cells


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
