"""Sentences and their evidence: numbers are given in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from detente.report.content import Block, Element, Explanation, Ground, Note, Said

Data = Mapping[str, Any]
SHOWN_ITEMS, KEPT_ITEMS = 6, 60
"""How many items of a list are shown at once, and how many are in the file at all."""


class Notes:
    """The numbered list of evidence as it grows.

    Parameters
    ----------
    elements
        The elements of the conflict by path.

    Examples
    --------
    >>> notes = Notes({"rules/1": Element("rules/1", "Rule 1", "not both", None, Ground("assumed"))})
    >>> notes.said({"text": "So it is.", "elements": ["rules/1"]})
    Said(text='So it is.', notes=(1,))
    >>> [note.element.label for note in notes.listed()]
    ['Rule 1']
    """

    def __init__(self, elements: Mapping[str, Element]) -> None:
        self._elements = elements
        self._numbers: dict[str, int] = {}

    def said(self, sentence: Data) -> Said:
        """A sentence with the numbers of its evidence."""
        paths = dict.fromkeys(sentence.get("elements", ()))
        return Said(sentence["text"], tuple(self._numbers.setdefault(path, len(self._numbers) + 1) for path in paths))

    def block(self, paragraph: Data) -> Block:
        """A paragraph: its leading sentences, and its list cut into what is shown, what is kept, and what is only counted."""
        lead = tuple(map(self.said, paragraph["sentences"]))
        items = paragraph.get("items") or ()
        kept = tuple(map(self.said, items[:KEPT_ITEMS]))
        first = len(kept) if len(kept) <= SHOWN_ITEMS + 2 else SHOWN_ITEMS
        return Block(lead, kept[:first], kept[first:], len(items) - len(kept) + int(paragraph.get("more", 0)))

    def blocks(self, paragraphs: Sequence[Data]) -> tuple[Block, ...]:
        """Several paragraphs; empty ones are left out."""
        return tuple(self.block(p) for p in paragraphs if p["sentences"] or p.get("items"))

    def listed(self) -> tuple[Note, ...]:
        """The list so far."""
        return tuple(
            Note(number, self._elements.get(path, Element(path, "Element", path, None, Ground("given"))))
            for path, number in self._numbers.items()
        )


def once(explanations: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """Explanations of one decision maker at one state, in which nothing is said twice.

    A paragraph that an earlier one of them has word for word is left out; a list that an earlier one has is referred to.

    >>> cases = tuple(Said(f"Case {i}.") for i in range(3))
    >>> blocks = {key: (Block((Said(f"Under {key}:"),), cases),) for key in ("Nash", "GMR")}
    >>> first, second = once([Explanation(key, True, Said("Stays."), blocks[key]) for key in ("Nash", "GMR")])
    >>> second.blocks
    (Block(lead=(Said(text='Under GMR:', notes=()),), items=(), more=(), left_out=0, same_as='Nash'),)
    """
    given: set[Block] = set()
    lists: dict[tuple[Said, ...], str] = {}
    result = []
    for explanation in explanations:
        blocks = []
        for block in explanation.blocks:
            listed = (*block.items, *block.more)
            if block in given:
                continue
            if listed and listed in lists:
                blocks.append(Block(block.lead, same_as=lists[listed]))
            else:
                blocks.append(block)
                lists.setdefault(listed, explanation.concept)
            given.add(block)
        result.append(replace(explanation, blocks=tuple(blocks)))
    return tuple(result)
