"""What forms show of a conflict file: its data, as a file is written with them, and where in the text each part of them stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field

from detente.app.document_base import Document, Part
from detente.errors import Problems
from detente.io.compose import compose
from detente.io.emit import Data
from detente.io.nodes import Items, Node, Pairs, Scalar, SourceText
from detente.io.writer import conflict_data
from detente.workbench.asked import Asked, Conflicts

MOST_PLACES = 20_000
"""Most places that are told, those that are least deep first."""
At: TypeAlias = tuple[int | str, ...]


class AskOutline(Asked):
    """What the forms of a file show: its data, and where in the text they stand.  Viewpoints and changes are left out of account."""


class PlacePart(Part):
    """Where a part of the data stands: the path to it, as forms take it, and its first and last character, as line and column from 1."""

    at: At
    first: tuple[int, int]
    last: tuple[int, int]


class OutlineDocument(Document):
    """The data of a conflict file as forms show them, and where in its text they stand; `whole` is whether all places are told."""

    schema_: Literal["detente.outline/1"] = Field(default="detente.outline/1", serialization_alias="schema", validation_alias="schema")
    name: str
    says: dict[str, Any]
    places: tuple[PlacePart, ...]
    whole: bool


def outlined(asked: AskOutline, conflicts: Conflicts) -> OutlineDocument:
    r"""The data of a text, and where in it they stand.

    Parameters
    ----------
    asked
        The text.
    conflicts
        Reads conflicts.

    Raises
    ------
    ConflictError
        The text can't be read.

    Examples
    --------
    >>> text = "detente: 1\ntitle: t\ndecision makers:\n  A: {options: {x: }}"
    >>> found = outlined(AskOutline(name="f.yaml", text=text), Conflicts())
    >>> found.says["decision makers"], [one.first for one in found.places if one.at == ("decision makers", "A")]
    ({'A': {'options': {'x': None}}}, [(4, 3)])
    """
    opened = conflicts.seen(Asked(name=asked.name, text=asked.text)).opened
    data = conflict_data(opened.conflict)
    if asked.name.lower().endswith(".gmcr"):  # which is written in another way
        return OutlineDocument(name=asked.name, says=data, places=(), whole=False)
    source = SourceText(opened.text, asked.name)
    found = _Places(source).of(compose(source, Problems()), data)
    return OutlineDocument(name=asked.name, says=data, places=tuple(found[:MOST_PLACES]), whole=len(found) <= MOST_PLACES)


class _Places:
    """The places of one text."""

    def __init__(self, source: SourceText) -> None:
        self.source = source

    def of(self, root: Node, data: Data) -> list[PlacePart]:
        """Where the parts of data stand, those that are least deep first; one more than is told where there are more."""
        found: list[PlacePart] = []
        left: deque[tuple[At, Node, Data]] = deque([((), root, data)])
        while left and len(found) <= MOST_PLACES:
            at, node, part = left.popleft()
            for step, start, inner, value in _inside(node, part):
                found.append(self.place((*at, step), start, inner))
                left.append(((*at, step), inner, value))
        return found

    def place(self, at: At, start: int, node: Node) -> PlacePart:
        """Where a part stands: from its key, or where it has none its value, to the last character of its value."""
        first = self.source.place(start, start)
        stop = self.source.place(end := max(start, self.end(start, node) - 1), end)
        return PlacePart(at=at, first=(first.line, first.column), last=(stop.line, stop.column))

    def end(self, start: int, node: Node) -> int:
        """Where the text of a node ends, without the blank lines and comments that follow it."""
        text, end = self.source.text, node.end
        while True:  # from the end, line by line: a file may have very many lines of comments there
            while end > start and text[end - 1].isspace():
                end -= 1
            own = text.rfind("\n", start, end) + 1 or start
            own = text.rfind("\r", own, end) + 1 or own
            if isinstance(node, Scalar) or own == start or not text[own:end].lstrip().startswith("#"):
                return end
            end = own


def _inside(node: Node, data: Data) -> Iterator[tuple[int | str, int, Node, Data]]:
    """What a node holds, as far as the data say it: the step to it, where it begins, its node, and its data."""
    if isinstance(node, Pairs) and isinstance(data, dict):
        yield from ((key.text, key.start, value, data[key.text]) for key, value in node.pairs if key.text in data)
    elif isinstance(node, Items) and isinstance(data, list) and len(data) == len(node.items):
        yield from ((step, item.start, item, data[step - 1]) for step, item in zip(_order(node.items, data), node.items, strict=True))
    elif isinstance(data, list) and len(data) == 1 and not isinstance(node, Items):
        yield 1, node.start, node, data[0]


def _order(items: Sequence[Node], data: list[Data]) -> Sequence[int]:
    """For each item of the text its number in the data: another where these are in an order of their own, as options that are taken."""
    texts = [item.text if isinstance(item, Scalar) else None for item in items]
    plain = [part if isinstance(part, str) else None for part in data]
    if texts != plain and None not in texts and None not in plain and sorted(map(str, texts)) == sorted(map(str, plain)):
        return [plain.index(text) + 1 for text in texts]
    return range(1, len(items) + 1)
