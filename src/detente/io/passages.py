"""Citations on one line: `article ¶3 by officials`."""

from __future__ import annotations

from collections.abc import Collection

from detente.model.checks import MAX_NAME
from detente.model.evidence import Citation
from detente.model.shape import Noun

_BY = " by "


class Unread(Exception):
    """A citation can't be read: what is wrong and where in its text; with `noun`, that no such thing is called `word`."""

    def __init__(self, message: str, offset: int, word: str, noun: Noun | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = max(1, len(word))
        self.word = word
        self.noun = noun


def read_passage(text: str, sources: Collection[str], asserters: Collection[str]) -> dict[str, str]:
    """The attributes of a citation: source, place in it, and asserter where one is named.

    The source is the longest known key that the text begins with; the asserter is what follows the last " by ".  A place that
    holds " by " itself is written as a mapping, not on one line.

    Raises `Unread`.

    >>> read_passage("article ¶3 by officials", ["article"], ["officials"])
    {'source': 'article', 'at': '¶3', 'by': 'officials'}
    """
    source = _longest_start(text, sources)
    rest = text[len(source) :]
    place, found, asserter = rest.rpartition(_BY)
    if not found:
        place, asserter = rest, ""
    if found and asserter.strip() not in asserters:
        raise Unread("no such asserter", len(text) - len(asserter.lstrip()), asserter.strip(), Noun.ASSERTER)
    if not place.strip():
        raise Unread("the citation does not say where in the source", 0, text)
    read = {"source": source, "at": place.strip()}
    return {**read, "by": asserter.strip()} if found else read


def _longest_start(text: str, sources: Collection[str]) -> str:
    """The longest known source that the text begins with, followed by a space or the end."""
    ends = [i for i, character in enumerate(text[: MAX_NAME + 1]) if character == " "]
    ends += [len(text)] if len(text) <= MAX_NAME else []
    for end in reversed(ends):
        if text[:end] in sources:
            return text[:end]
    raise Unread("no such source", 0, text[: ends[0]] if ends else text[:MAX_NAME], Noun.SOURCE)


def written_passage(citation: Citation, sources: Collection[str], asserters: Collection[str]) -> str | None:
    """A citation on one line, or None where that would not read back as the same.

    >>> written_passage(Citation("article", "¶3", "officials"), ["article"], ["officials"])
    'article ¶3 by officials'
    """
    if citation.quote is not None:
        return None
    text = f"{citation.source} {citation.at}" + (f"{_BY}{citation.by}" if citation.by is not None else "")
    try:
        read = read_passage(text, sources, asserters)
    except Unread:
        return None
    same = read == {"source": citation.source, "at": citation.at, **({"by": citation.by} if citation.by is not None else {})}
    return text if same and "\n" not in text else None
