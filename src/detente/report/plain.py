"""Text that others wrote, made safe to show: control characters and directional overrides become visible."""

from __future__ import annotations

import re
import textwrap
import unicodedata

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    r"""The text with every character that could hide or reorder other text replaced by its name.

    Letters of every script stay, and so do the marks that a script needs (joiners, direction marks of a single place); control
    characters, directional embeddings, overrides and isolates (Unicode Technical Report 36) do not.

    Parameters
    ----------
    text
        Anything.

    Returns
    -------
    str
        Text that is valid in HTML and XML and is read in the order in which it is written.

    Examples
    --------
    >>> visible("a\u202eb"), visible("tab\tline\x00")
    ('a‹U+202E›b', 'tab\tline‹U+0000›')
    """
    return _HIDDEN.sub(lambda hit: f"‹U+{ord(hit[0]):04X}›", text)


def width(text: str) -> float:
    """How wide a text is in the report's sans-serif letters, in units of its size; a guess that errs to the wide side.

    >>> round(width("iii"), 2) < round(width("WWW"), 2) < round(width("統計局"), 2)
    True
    """
    return sum(_width(c) for c in text)


def _width(c: str) -> float:
    if unicodedata.east_asian_width(c) in "WF":
        return 1.1
    if unicodedata.combining(c):
        return 0.0
    if c in "iljtf.,:;'|!()[] ":
        return 0.36
    return 0.8 if c in "mwMW@%" or c.isupper() else 0.6


def cut(text: str, room: float) -> str:
    """The text if it fits into so many units of its size, else its beginning and an ellipsis.

    >>> cut("a short one", 20), cut("a very long name indeed", 6)
    ('a short one', 'a very lon…')
    """
    if width(text) <= room:
        return text
    used, kept = 0.7, []
    for c in text:
        used += _width(c)
        if used > room:
            break
        kept.append(c)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, room: float) -> list[str]:
    """The text in lines of at most so many units; a word that is longer is broken.

    >>> wrapped("one two three four", 6)
    ['one two', 'three four']
    """
    lines, line = [], ""
    for word in text.split():
        for piece in textwrap.wrap(word, max(1, int(room / 0.8))) if width(word) > room else [word]:
            longer = f"{line} {piece}" if line else piece
            if line and width(longer) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines
