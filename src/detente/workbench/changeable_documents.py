"""What can be changed in a conflict, as the page shows it: each item as it stands, where it stood, and what was tried on it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.document_base import Document, Part, Whole
from detente.workbench.changes import Change


class ItemPart(Part):
    """A statement, a red line, a rule or a ban.

    `place` is its number now, from 1, and null where it was taken away; `was` its number before the changes, and null where one of them
    added it.  `says` are the file's own words, `means` what it says.  `by` is whose moves a ban is about.  `changes` are the numbers of
    those that spoke of it.
    """

    place: int | None
    was: int | None
    says: str | None
    means: str
    by: str | None = None
    changes: tuple[int, ...] = ()


class RankedPart(Part):
    """A state of a ranking: the options taken, its number if it is a state, its choice, and its level before, from 1."""

    taken: tuple[str, ...]
    state: Whole | None
    choice: str | None
    name: str | None
    was: int | None


class WeightPart(Part):
    """How much an option weighs for a decision maker, and how much it did."""

    option: str
    weight: int
    was: int


class PartyChangeablePart(Part):
    """What can be changed of what a decision maker wants; null for what they do not have.

    `levels` are those of their ranking, best first, and null as well where it is of more states than are given; `ranked` counts them.
    """

    key: str
    statements: tuple[ItemPart, ...] | None
    levels: tuple[tuple[RankedPart, ...], ...] | None
    ranked: int
    weights: tuple[WeightPart, ...] | None
    red_lines: tuple[ItemPart, ...]


class OptionChangeablePart(Part):
    """An option and in which directions it can be changed, now and before; null where there was no such option."""

    key: str
    name: str
    owners: tuple[str, ...]
    direction: Literal["both", "only_on", "only_off"]
    was: Literal["both", "only_on", "only_off"] | None


class JointPart(Part):
    """A coalition: whether it can move in one step, and could before."""

    place: int
    members: tuple[str, ...]
    name: str | None
    joint: bool
    was: bool


class QuoPart(Part):
    """The status quo as the options taken, now and before; null for none."""

    taken: tuple[str, ...] | None
    was: tuple[str, ...] | None


class MoveChangeablePart(Part):
    """A move from a state: by whom, to which state, what it is to them; and the ban that would forbid it, if one can."""

    by: str
    state: Whole
    choice: str
    name: str | None
    kind: Literal["better", "equal", "worse"]
    ban: Change | None


class ChangeableDocument(Document):
    """What can be changed in a conflict as it stands after changes (which `says` tells in words).

    `same` says that they come to nothing.  `here` are the options taken in a state that was asked about, `moves` the moves from it, and
    `moves_in_all` counts these; all are null where none was.
    """

    schema_: Literal["detente.changeable/1"] = Field(
        default="detente.changeable/1", serialization_alias="schema", validation_alias="schema"
    )
    same: bool
    says: tuple[str, ...]
    decision_makers: tuple[PartyChangeablePart, ...]
    rules: tuple[ItemPart, ...]
    bans: tuple[ItemPart, ...]
    options: tuple[OptionChangeablePart, ...]
    coalitions: tuple[JointPart, ...]
    status_quo: QuoPart
    here: tuple[str, ...] | None
    moves: tuple[MoveChangeablePart, ...] | None
    moves_in_all: Whole | None


class ChangesDocument(Document):
    """A list of changes after one more, or one less; each in words."""

    schema_: Literal["detente.changes/1"] = Field(default="detente.changes/1", serialization_alias="schema", validation_alias="schema")
    changes: tuple[Change, ...]
    says: tuple[str, ...]
    said: str
