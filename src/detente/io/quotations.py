"""Texts as paragraphs, places in them, and quotations up to white space, quotation marks and dashes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_LINE = re.compile(r"\r\n|\r|\n")
_PLACE = re.compile(r"\s*(?:¶{1,2}|par(?:a|agraph)?s?\b\.?)\s*(\d{1,7})(?:\s*(?:[-–—]|to)\s*¶?\s*(\d{1,7}))?\s*", re.IGNORECASE)
_QUOTES = re.compile("[\"'`´‘’‚‛“”„‟‹›«»′″‵‶「」『』〝〞＂＇]+")
_DASHES = re.compile(" ?[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}‒–—―−﹘﹣－]+ ?")
_IN_WORD = "[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]"
"""Letters of scripts that put spaces between words, and digits; other scripts may be quoted from within."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def places(at: str) -> range | None:
    """The paragraphs that a locator names, from 1; None if it names none (a page, a heading).

    >>> places("¶3"), places("¶ 3–5"), places("p. 12")
    (range(3, 4), range(3, 6), None)
    """
    match = _PLACE.fullmatch(at)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2] or first)
    return range(first, last + 1) if last >= first else None


def plain(text: str) -> str:
    r"""A text in the form in which quotations are compared.

    >>> plain("It's  “over” —\nthey said")
    'It"s "over"-they said'
    """
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).replace("…", "...")
    return _DASHES.sub("-", _QUOTES.sub('"', " ".join(text.split())))


def compared(quote: str) -> str:
    """A quotation in the form in which it is looked for: without quotation marks around it.

    >>> compared(" “a  deal” ")
    'a deal'
    """
    return plain(quote).strip('" ')


class Text:
    r"""The text of a source.

    Parameters
    ----------
    text
        The text; its paragraphs are its non-empty lines.

    Examples
    --------
    >>> text = Text("A headline\n\nThey met on “Monday”.\nNothing changed.")
    >>> text.count, text.find('on "Monday"'), text.find('Monday". Nothing'), text.find("on Tuesday")
    (3, range(2, 3), range(2, 4), None)
    """

    def __init__(self, text: str) -> None:
        paragraphs = [plain(line) for line in _LINE.split(text) if line.strip()]
        self.count = len(paragraphs)
        self._starts = [0]
        for paragraph in paragraphs:
            self._starts.append(self._starts[-1] + len(paragraph) + 1)
        self._whole = " ".join(paragraphs)

    @property
    def length(self) -> int:
        """How many characters are looked through when a quotation is not where it should be.

        >>> Text("one two").length
        7
        """
        return len(self._whole)

    def find(self, quote: str, among: range | None = None) -> range | None:
        r"""The paragraphs in which a quotation stands (several if it runs over an end), preferably among these; None if nowhere.

        It has to begin and end with whole words.

        >>> Text("rain\nrain and wind").find("rain", range(2, 3))
        range(2, 3)
        """
        wanted = compared(quote)
        if wanted not in self._whole:
            return None
        before = f"(?<!{_IN_WORD})" if re.match(_IN_WORD, wanted[:1]) else ""
        after = f"(?!{_IN_WORD})" if re.match(_IN_WORD, wanted[-1:]) else ""
        pattern = re.compile(before + re.escape(wanted) + after)
        match = None
        if among is not None and len(among) and among[-1] <= self.count:
            match = pattern.search(self._whole, self._starts[among[0] - 1], self._starts[among[-1]])
        match = match or pattern.search(self._whole)
        if match is None:
            return None
        return range(bisect_right(self._starts, match.start()), bisect_right(self._starts, match.end() - 1) + 1)
