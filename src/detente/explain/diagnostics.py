"""Diagnostics as a person reads them: what is wrong, the line of the file with carets below the place, and what to do.

The form is that of the Rust compiler.  Nothing that a file holds can disturb the screen: control and direction characters are shown
by their numbers, tabs as spaces, and characters that take two columns have two carets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from detente.errors import Diagnostic, Position
from detente.text import plural

WIDTH = 100
"""Widest part of a source line that is shown, in columns."""
TAB = "    "
"""What a tab is shown as."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_SUGGESTION = re.compile(r"(did you mean (?:[^?\"]|\"[^\"]*\")*\?)\s*(.*)", re.DOTALL)


def render(diagnostic: Diagnostic, text: str = "") -> str:
    r"""A diagnostic with the source line that it is about.

    Parameters
    ----------
    diagnostic
        What to show.
    text
        The text of the file in which its position lies; without it, or without a position, no source line is shown.

    Examples
    --------
    >>> where = Position("elmira.yaml", 2, 9, 6)
    >>> help = 'did you mean "Accept"? options are Delay and Accept'
    >>> print(render(Diagnostic("M104", 'no option is called "Aceept"', where, "Aceept", help), "prefers:\n  - not Aceept | Insist"))
    error[M104]: no option is called "Aceept"
     --> elmira.yaml:2:9
      |
    2 |   - not Aceept | Insist
      |         ^^^^^^ did you mean "Accept"?
      |
    help: options are Delay and Accept          detente explain-code M104
    """
    lines = [f"{diagnostic.severity}[{diagnostic.code}]: {visible(diagnostic.message)}"]
    hint, help = _split(diagnostic.help or "")
    where = diagnostic.where
    source = _line(text, where.line) if where is not None else None
    if where is not None:
        margin = " " * len(str(where.line))
        lines.append(f"{margin}--> {visible(where.label)}")
        if source is not None:
            shown, before, width = _window(source, where)
            lines += [
                f"{margin} |",
                f"{where.line} | {shown}".rstrip(),
                f"{margin} | {' ' * before}{'^' * width} {hint}".rstrip(),
                f"{margin} |",
            ]
    if source is None and hint:
        help = f"{hint} {help}".rstrip()
    more = f"detente explain-code {diagnostic.code}"
    help = visible(help)
    if not help:
        lines.append(f"help: {more}")
    elif len(help) + len(more) + 16 <= 2 * WIDTH:
        lines.append(f"help: {help}          {more}")
    else:
        lines += [f"help: {help}", f"      {more}"]
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], text: str = "") -> str:
    """Several diagnostics, with a count of errors and warnings at the end.

    >>> print(render_all([Diagnostic("M100", "there is no decision maker")]))
    error[M100]: there is no decision maker
    help: detente explain-code M100
    <BLANKLINE>
    1 error
    """
    shown = list(diagnostics)
    counts = {noun: sum(d.severity == noun for d in shown) for noun in ("error", "warning", "note")}
    total = ", ".join(plural(count, noun) for noun, count in counts.items() if count)
    return "\n\n".join([*(render(d, text) for d in shown), *([total] if total else [])])


def visible(text: str) -> str:
    r"""A text in which nothing is hidden: tabs as spaces, and what can't be seen as its number.

    >>> visible("a\tb\x1b[31m\u202e")
    'a    b<U+001B>[31m<U+202E>'
    """
    return "".join(map(_shown, text))


def columns(text: str) -> int:
    """How many columns of a terminal a visible text takes.

    >>> columns("ab"), columns("水")
    (2, 2)
    """
    return sum(map(_columns, text))


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return TAB if character == "\t" else f"<U+{ord(character):04X}>"


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _split(help: str) -> tuple[str, str]:
    """The suggestion that a help begins with, and the rest of it."""
    match = _SUGGESTION.match(help)
    return (visible(match[1]), match[2]) if match else ("", help)


def _line(text: str, number: int) -> str | None:
    """A line of the text by its number, or None if it does not have so many."""
    start = 0
    for _ in range(number - 1):
        end = _LINE_END.search(text, start)
        if end is None:
            return None
        start = end.end()
    end = _LINE_END.search(text, start)
    return text[start : end.start() if end else len(text)] if text else None


def _window(source: str, where: Position) -> tuple[str, int, int]:
    """The part of a source line that is shown, how many columns stand before the place in it, and how many it takes."""
    first = min(where.column - 1, len(source))
    last = min(first + max(1, where.length), len(source))
    head, middle, tail = source[:first], source[first:last], source[last:]
    left = _fitting(head[::-1][: 2 * WIDTH], WIDTH // 2)[::-1]
    inner = _fitting(middle[: 2 * WIDTH], WIDTH)
    room = WIDTH - columns(visible(left)) - columns(visible(inner))
    right = _fitting(tail[: 2 * WIDTH], max(room, 0)) if len(inner) == len(middle) else ""
    cut_left, cut_right = len(left) < len(head), len(left) + len(inner) + len(right) < len(source) - (len(head) - len(left))
    before = ("…" if cut_left else "") + visible(left)
    shown = before + visible(inner) + visible(right) + ("…" if cut_right else "")
    return shown, columns(before), max(1, columns(visible(inner)))


def _fitting(text: str, width: int) -> str:
    """The beginning of a text that takes at most so many columns."""
    used = 0
    for place, character in enumerate(text):
        used += columns(_shown(character))
        if used > width:
            return text[:place]
    return text
