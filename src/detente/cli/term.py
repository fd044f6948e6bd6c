"""The terminal: how wide it is, whether it shows colour, and what becomes of output that nobody reads any more."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from detente.app.documents import ConflictPart


def cells(text: str) -> int:
    """How many columns a text takes: wide letters two, combining marks none.

    >>> cells("peace"), cells("平和")
    (5, 4)
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, width: int, align: str = "<") -> str:
    """The text with spaces up to a width; `align` is "<", ">" or "^".

    >>> pad("ab", 5, "^"), pad("ab", 4, ">")
    (' ab  ', '  ab')
    """
    free = max(0, width - cells(text))
    left = {"<": 0, ">": free, "^": free // 2}[align]
    return " " * left + text + " " * (free - left)


def quoted(word: str) -> str:
    """A word as it is typed in a shell: in quotation marks where it needs them.

    >>> quoted("Local"), quoted("status quo"), quoted("MoË")
    ('Local', "'status quo'", 'MoË')
    """
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)


def typed(conflict: ConflictPart) -> str:
    """The file that an answer is about as it is typed in a shell, with the viewpoint that its conflict is seen from.

    >>> from detente import analyze
    >>> typed(analyze("elmira", under="Nash").conflict)
    'elmira'
    """
    seen = "" if conflict.seen_from is None else f" --viewpoint {quoted(conflict.seen_from)}"
    return quoted(conflict.file or "FILE") + seen


def cut(text: str, width: int) -> str:
    """The text, shortened with an ellipsis where it is wider.

    >>> cut("ceasefire", 6), cut("truce", 6)
    ('cease…', 'truce')
    """
    if cells(text) <= width:
        return text
    while cells(text) > max(0, width - 1):
        text = text[:-1]
    return text + "…"


_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "green": "32", "cyan": "36"}
_STYLE = re.compile("(\x1b\\[(?:" + "|".join(["0", *_CODES.values()]) + ")m)")
_PLAIN = re.compile(r"[\w@%+=:,./-]+")
MIN_WIDTH, MAX_WIDTH = 60, 140
PATIENCE = 30
"""After how many seconds progress is told where nobody watches a terminal."""
PAUSE = 10
"""How many seconds then lie between what is told."""
BLINK = 0.1
"""How many seconds what is shown on a terminal stays at least."""


class Terminal:
    """Where results and remarks are written.

    Parameters
    ----------
    out, err
        Results go to the first, remarks and progress to the second.
    width
        Columns; by default those of the terminal (or of the variable COLUMNS), 80 where there is none.
    colour
        Whether results are styled; by default if the output is a terminal and NO_COLOR is not set.

    Examples
    --------
    >>> import io
    >>> terminal = Terminal(io.StringIO(), io.StringIO(), 80, colour=False)
    >>> terminal.style("bold", "x")
    'x'
    """

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None, width: int | None = None, colour: bool | None = None) -> None:
        self.out, self.err = out or sys.stdout, err or sys.stderr
        for stream in (self.out, self.err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")  # a terminal without the signs shows "?" instead of failing
        columns = shutil.get_terminal_size((80, 24)).columns
        self.width = max(MIN_WIDTH, min(MAX_WIDTH, width or columns))
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self.colour = (self.out.isatty() and not plain) if colour is None else colour
        self._broken = False
        self._progress = False
        self._began = self._shown_at = time.monotonic()

    def print(self, text: str = "") -> None:
        """Print a result; signs that would disturb the screen are shown by their numbers."""
        self.write("\n".join(map(self._shown, text.split("\n"))) + "\n")

    def _shown(self, line: str) -> str:
        """A line in which only this terminal's own styles are left to work."""
        if line.isprintable():
            return line
        from detente.explain.diagnostics import visible

        parts = _STYLE.split(line) if self.colour else [line]
        return "".join(part if self.colour and _STYLE.fullmatch(part) else visible(part) for part in parts)

    def write(self, text: str) -> None:
        """Print a text as it is (a document, a file), without a line break at its end.  If the reader has gone away, print nothing more."""
        self.clear()
        if self._broken:
            return
        try:
            self.out.write(text)
        except BrokenPipeError:
            self._broken = True

    def note(self, text: str) -> None:
        """Print a remark."""
        self.clear()
        colour, self.colour = self.colour, False
        print("\n".join(map(self._shown, text.split("\n"))), file=self.err, flush=True)
        self.colour = colour

    def progress(self, text: str) -> None:
        """Show what is being done: on a terminal in a line that is overwritten, elsewhere only when it takes long."""
        if self.err.isatty():
            if self._progress and time.monotonic() - self._shown_at < BLINK:
                return
            self.clear()
            self.err.write(f"\r{text[: self.width - 2]} …")
            self.err.flush()
            self._progress, self._shown_at = True, time.monotonic()
        elif time.monotonic() - self._began > PATIENCE:
            self.note(f"detente: {text}")
            self._began = time.monotonic() - PATIENCE + PAUSE

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._progress:
            self.err.write("\r\x1b[K")
            self.err.flush()
            self._progress = False

    def close(self) -> None:
        """Write out what is held back; a reader who has gone away is no error."""
        self.clear()
        try:
            self.out.flush()
        except BrokenPipeError:
            self._broken = True
        if self._broken and self.out is sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains when it flushes

    def style(self, name: str, text: str) -> str:
        """The text in a style ("bold", "dim", "red", "yellow", "green", "cyan"), where the output shows any."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour and text else text
