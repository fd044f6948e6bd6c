"""What the report says of a deadlock, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """A sentence in parts, each with the place on the page that it leads to (or ""), and the numbers of its evidence."""

    parts: tuple[tuple[str, str], ...]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedBlock:
    """Sentences that lead, then a list, of which `more` is shown on demand."""

    lead: tuple[Linked, ...]
    items: tuple[Linked, ...] = ()
    more: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class GainRow:
    """Some states that are better than the start: a condition in words, how many, how many of them hold, and how they can be had."""

    condition: str
    count: int
    hold: int
    ways: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class GainTable:
    """The states better than the start, by condition; `common` is what all of them have in common, in words."""

    id: str
    heading: str
    common: str
    rows: tuple[GainRow, ...]


@dataclass(frozen=True, slots=True)
class Spelt:
    """A state that the section speaks of and that the table of states does not show: its number, name, and what is done in it."""

    id: int
    name: str | None
    words: str


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """The section on the deadlock: sentences, tables of what everybody would prefer, the dilemmas, the states spoken of."""

    title: str
    verdict: Linked
    blocks: tuple[LinkedBlock, ...]
    gains: tuple[GainTable, ...]
    demands: tuple[LinkedBlock, ...]
    no_demands: str
    states: tuple[Spelt, ...]
