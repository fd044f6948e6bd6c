"""The problems of one file, up to a limit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from detente.errors import Diagnostic, Position, Problems, Severity
from detente.text import did_you_mean, listing, shortened

MAX_ERRORS = 50
"""Most errors of one file that are told."""
_COMPARED = 500
"""Most known words that a wrong one is compared with; comparing takes time."""


class Enough(Exception):
    """So many errors were found that reading stops; the report holds them."""


@dataclass(slots=True)
class Report(Problems):
    """Collects problems as `Problems` does, and stops reading when there are too many.

    >>> report = Report()
    >>> report.error("M113", "no such key")
    >>> len(report.found)
    1
    """

    def error(self, code: str, message: str, where: Position | None = None, **more: str | None) -> None:
        """Note an error; raises `Enough` (after a note, F617) when `MAX_ERRORS` are reached."""
        Problems.error(self, code, message, where, **more)
        if sum(d.severity is Severity.ERROR for d in self.found) >= MAX_ERRORS:
            self.note("F617", f"reading stopped after {MAX_ERRORS} errors", help="correct these first; there may be more")
            raise Enough

    def take(self, found: Iterable[Diagnostic], locate: Callable[[Diagnostic], Diagnostic] = lambda d: d) -> None:
        """Note diagnostics that were made elsewhere, each with the place that `locate` gives it."""
        self.found.extend(map(locate, islice(found, MAX_ERRORS)))


def suggestion(wrong: str, known: Collection[str], show: Callable[[str], str] | None = None) -> str:
    """`did you mean "X"? `, or nothing where no known word is close.

    >>> suggestion("Aceept", ["Delay", "Accept"])
    'did you mean "Accept"? '
    """
    close = did_you_mean(wrong, [word for word in islice(known, _COMPARED) if len(word) <= 200])
    return "" if close is None else f"did you mean {show(close) if show else quoted(close)}? "


def quoted(word: str) -> str:
    """A word of the file in quotation marks, fit for a message."""
    return f'"{shortened(word)}"'


def known_words(noun: str, known: Collection[str]) -> str:
    """What there is to choose from: `options are A, B and C`.

    >>> known_words("option", ["A", "B"]), known_words("source", [])
    ('options are A and B', 'there is no source in the file')
    """
    if not known:
        return f"there is no {noun} in the file"
    shown = [shortened(word, 40) for word in islice(known, 16)]
    if len(known) == 1:
        return f"the only {noun} is {shown[0]}"
    return f"{noun}s are {', '.join(shown)} and {len(known) - 16:,} more" if len(known) > 16 else f"{noun}s are {listing(shown)}"
