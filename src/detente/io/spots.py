"""Where the entries of a mapping or list stand in a text, with the comments that belong to them.

In block style an entry has its own lines, and the comment lines directly above it; in flow style it has its characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.io.nodes import Items, Node, Pairs, Scalar

_PREFIX = re.compile(r"(?:[&!][^\s]*\s+)*")
_COLON = re.compile(r"\s*:")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*$")


class Unplaced(Exception):
    """A part of a text can't be changed by itself; what stands around it has to be written anew."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry of a mapping or list: its comments begin at `lead`, it stands from `start` (its key, dash or value) to `stop`."""

    lead: int
    start: int
    stop: int


def opening(text: str, node: Node) -> int:
    """Where a node begins behind anchors and tags."""
    match = _PREFIX.match(text, node.start, max(node.end, node.start))
    return match.end() if match else node.start


def is_flow(text: str, node: Items | Pairs) -> bool:
    """Whether a mapping or list stands in brackets.

    >>> is_flow("a: [1]", Items(3, 6)), is_flow("- 1", Items(0, 3))
    (True, False)
    """
    return text[opening(text, node) : opening(text, node) + 1] in ("[", "{")


def line_start(text: str, at: int) -> int:
    """Where the line of a character begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a character ends, before its line end."""
    match = re.compile(r"[^\r\n]*").match(text, at)
    return match.end() if match else at


# -- flow style --------------------------------------------------------------------------------------------------------
def flow_spots(text: str, node: Items | Pairs) -> list[Spot]:
    """The entries of a mapping or list in brackets; raises `Unplaced` where one is an alias.

    >>> one = Items(0, 6, [Scalar("1", 1, 2), Scalar("2", 4, 5)])
    >>> [(spot.start, spot.stop) for spot in flow_spots("[1, 2]", one)]
    [(1, 2), (4, 5)]
    """
    spots: list[Spot] = []
    at = opening(text, node) + 1
    for entry in node.pairs if isinstance(node, Pairs) else node.items:
        key, value = entry if isinstance(entry, tuple) else (None, entry)
        start = value.start if key is None else key.start
        stop = value.end if key is None or value.end > value.start else _after_colon(text, key)
        stop = start + len(text[start:stop].rstrip())
        if start < at or stop > node.end or (key is not None and value.start < key.end) or (key is None and stop == start):
            raise Unplaced
        spots.append(Spot(start, start, stop))
        at = stop
    return spots


def _after_colon(text: str, key: Scalar) -> int:
    match = _COLON.match(text, key.end)
    return match.end() if match else key.end


# -- block style -------------------------------------------------------------------------------------------------------
def block_spots(text: str, node: Items | Pairs) -> list[Spot]:
    r"""The entries of a mapping or list on lines of its own; raises `Unplaced` where they don't each begin a line.

    >>> text = "- a\n# of b\n- b\n"
    >>> [text[spot.lead : spot.stop] for spot in block_spots(text, Items(0, len(text), [Scalar("a", 2, 3), Scalar("b", 13, 14)]))]
    ['- a', '# of b\n- b']
    """
    starts = [key.start for key, _ in node.pairs] if isinstance(node, Pairs) else _dashes(text, node)
    column = starts[0] - line_start(text, starts[0])
    bound = line_start(text, node.end)
    if text[bound : node.end].strip():
        bound = node.end
    spots: list[Spot] = []
    for number, start in enumerate(starts):
        own = line_start(text, start)
        if number and (text[own:start].strip(" ") or start - own != column or start <= starts[number - 1]):
            raise Unplaced
        after = line_start(text, starts[number + 1]) if number + 1 < len(starts) else bound
        above = spots[-1].stop if spots else 0
        lead = start if text[own:start].strip(" ") else _lead(text, own, column, above)
        spots.append(Spot(lead, start, _stop(text, start, after, column)))
    return spots


def _dashes(text: str, node: Items) -> list[int]:
    """Where the dashes of a list stand."""
    first = opening(text, node)
    indent = " " * (first - line_start(text, first))
    later = (
        match.end() - 1 for match in re.finditer(rf"(?:(?<=\n)|(?<=\r)){indent}-(?=\s|$)", text[: node.end]) if match.end() - 1 > first
    )
    found = [first, *later]
    if text[first : first + 1] != "-" or len(found) != len(node.items):
        raise Unplaced
    return found


def _lead(text: str, own: int, column: int, above: int) -> int:
    """Where the comment lines directly above a line begin."""
    while own > above:
        before = line_start(text, own - (2 if text[own - 2 : own] == "\r\n" else 1))
        line = text[before:own]
        if before < above or not _is_comment(line, column):
            break
        own = before
    return own


def _is_comment(line: str, column: int) -> bool:
    """Whether a line is a comment that stands no deeper than a column."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) <= column


def _stop(text: str, start: int, after: int, column: int) -> int:
    """Where the lines of an entry end: before blank lines and comments that stand no deeper than it."""
    while after > start:
        last = after - (2 if text[after - 2 : after] == "\r\n" else 1 if text[after - 1] in "\r\n" else 0)
        before = line_start(text, last)
        line = text[before:last]
        if before <= start or (line.strip() and not _is_comment(line, column)):
            return last
        after = before
    return after


def comment_of(text: str, key_end: int, value: Node) -> str:
    r"""The comment on the line of a key, with the white space before it; empty where there is none.

    >>> comment_of("a: 1  # one\n", 1, Scalar("1", 3, 4))
    '  # one'
    """
    end = line_end(text, key_end)
    at = key_end
    if value.start < end:
        if not key_end <= value.start or value.end > end:
            return ""
        at = value.end
    match = _COMMENT.search(text, at, end)
    return match[0] if match and not text[at : match.start()].strip(" \t:") else ""
