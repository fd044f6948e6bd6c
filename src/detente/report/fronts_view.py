"""What the report says of fronts: the account in sentences, and a table of the sets of fronts that tell something."""

from __future__ import annotations

from dataclasses import dataclass

from detente.report.content import Block, Said
from detente.report.gathering import Data, Notes

ROWS = 32
"""Most sets of fronts that the table shows."""
SAID = {True: "the same", False: "other", None: "not settled"}


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A set of fronts: for each front whether it is in the model, how many options there are, whether the conclusions are the same."""

    fronts: tuple[bool, ...]
    options: int
    decision_makers: int
    conclusions: str


@dataclass(frozen=True, slots=True)
class FrontsView:
    """The section on fronts; `more` counts the sets that the table leaves out."""

    verdict: Said
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    rows: tuple[FrontRow, ...]
    more: int


def fronts_view(document: Data | None, notes: Notes) -> FrontsView | None:
    """The section, from the document of `fronts`; None without one.

    >>> fronts_view(None, Notes({})) is None
    True
    """
    if document is None:
        return None
    keys = [front["key"] for front in document["fronts"]]
    sizes = {0, 1, len(keys) - 1, len(keys)}
    sets = document["sets"]
    telling = [one for one in sets if len(one["fronts"]) in sizes or one["fronts"] in document["enough"] or one["same"] is not True]
    shown = sets if len(sets) <= ROWS else telling[: ROWS - 1] + sets[-1:] if len(telling) > ROWS else telling
    first, *rest = document["paragraphs"]
    return FrontsView(
        verdict=notes.said(first["sentences"][0]),
        blocks=notes.blocks(rest),
        names=tuple(front["name"] for front in document["fronts"]),
        rows=tuple(_row(one, keys) for one in shown),
        more=len(sets) - len(shown),
    )


def _row(one: Data, keys: list[str]) -> FrontRow:
    return FrontRow(tuple(key in one["fronts"] for key in keys), one["options"], one["decision_makers"], SAID[one["same"]])
