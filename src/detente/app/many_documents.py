"""The parts of documents that tell of large sets of states and know nothing of other parts."""

from __future__ import annotations

from detente.app.document_base import Part, Whole


class ConditionsPart(Part):
    """Conditions that hold together: as one `formula` that `--where` understands, and the elements of the conflict that they speak of."""

    formula: str
    elements: tuple[str, ...]


class LinePart(ConditionsPart):
    """One line of a description: the `count` states that have what is shared and meet it all belong to the set.

    `further` of them belong to no line before, `share` is that as a part of all members; `where` is the whole condition, with what is
    shared.
    """

    count: Whole
    further: Whole
    share: float
    where: str


class TablePart(Part):
    """A file into which all states were written: its name, and how many rows and bytes it has."""

    file: str
    rows: Whole
    bytes: int
