"""What an explanation is made of: sentences that know the states they speak of and the elements of the conflict that they rest on."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or a few sentences that belong together.

    Parameters
    ----------
    text
        Plain English.
    states
        The states (combinations) that it speaks of, in the order of mention.
    elements
        Paths of the elements of the conflict that it rests on ("decision makers/Local/prefers/2"), so that evidence can be numbered.
    """

    text: str
    states: tuple[int, ...] = ()
    elements: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, with the list that belongs to it.

    Parameters
    ----------
    lead
        The sentences of the paragraph.
    items
        A complete list; whoever shows it may cut it and say how many more there are.
    """

    lead: tuple[Sentence, ...]
    items: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict in one sentence, and the paragraphs that say why.

    >>> why = Part((Sentence("It has two reasons:"),), (Sentence("one"), Sentence("another")))
    >>> print(Explanation(Sentence("In this model A stays."), (why,)).text(limit=1))
    In this model A stays.
    <BLANKLINE>
      It has two reasons:
        one
        1 more: --all
    """

    verdict: Sentence
    parts: tuple[Part, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order, lists in full."""
        yield self.verdict
        for part in self.parts:
            yield from part.lead
            yield from part.items

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements that the sentences rest on, in the order of first use."""
        return tuple(dict.fromkeys(element for sentence in self.sentences() for element in sentence.elements))

    @property
    def states(self) -> tuple[int, ...]:
        """The states that the sentences speak of, in the order of first mention."""
        return tuple(dict.fromkeys(state for sentence in self.sentences() for state in sentence.states))

    def text(self, limit: int | None = 5, width: int = 100, more: str = "--all") -> str:
        """The explanation for a terminal.

        Parameters
        ----------
        limit
            How many items of a list are shown; None for all.
        width
            Longest line.
        more
            How the reader sees the rest of a list that is cut.
        """
        lines = _wrapped(self.verdict.text, width)
        for part in self.parts:
            lines += ["", *_wrapped(" ".join(map(str, part.lead)), width, 2, 2)]
            cut = len(part.items) if limit is None or len(part.items) <= limit else limit
            for item in part.items[:cut]:
                lines += _wrapped(item.text, width, 4, 6)
            if cut < len(part.items):
                lines.append(f"    {len(part.items) - cut:,} more: {more}")
        return "\n".join(lines)


_TOGETHER = re.compile(r"(?<=\d) (?=▸)|(?<=▸) (?=\d)|(?<=state) (?=\d)")


def _wrapped(text: str, width: int, first: int = 0, later: int = 0) -> list[str]:
    """The text in lines; a move and the number of a state are not broken."""
    whole = _TOGETHER.sub("\N{NO-BREAK SPACE}", text)
    lines = textwrap.wrap(whole, width, initial_indent=" " * first, subsequent_indent=" " * later, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
