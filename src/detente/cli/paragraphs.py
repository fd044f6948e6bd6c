"""Paragraphs of explanations in the terminal."""

from __future__ import annotations

from detente.app.documents import ParagraphPart
from detente.cli.wrap import wrapped


def paragraph_lines(paragraph: ParagraphPart, width: int, items: int | None, indent: str = "") -> list[str]:
    """A paragraph with its list, which is cut after some items where a number is given.

    >>> from detente.app.documents import SentencePart
    >>> part = ParagraphPart(role="part", sentences=(SentencePart(text="Two:"),), items=(SentencePart(text="a"), SentencePart(text="b")))
    >>> paragraph_lines(part, 80, 1)
    ['Two:', '  a', '  1 more: --all']
    """
    lines = wrapped(" ".join(sentence.text for sentence in paragraph.sentences), width, indent)
    shown = paragraph.items if items is None else paragraph.items[:items]
    for item in shown:
        lines += wrapped(item.text, width, f"{indent}  ", f"{indent}    ")
    more = len(paragraph.items) - len(shown) + paragraph.more
    if more:
        lines.append(f"{indent}  {more:,} more" + (": --all" if len(shown) < len(paragraph.items) else ""))
    return lines
