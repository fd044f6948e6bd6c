"""Documents of tables that are looked at piece by piece: states, the moves of one state, and who stays at it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConceptPart, ConflictPart, DecisionMakerPart, NotKnownPart, OptionPart, StatePart, StatusQuoPart

Kind = Literal["better", "equal", "worse"]
Format = Literal["csv", "parquet"]


class RowPart(StatePart):
    """A state as a row: what it is, under which concepts it is an equilibrium, and who would leave it under each of the others.

    `equilibrium_under` and `leavers` are null where the states of the conflict are too many to be listed, and leave out concepts whose
    stable states are not known.
    """

    left_out = frozenset({"name"})

    status_quo: bool
    equilibrium_under: tuple[str, ...] | None
    leavers: dict[str, tuple[str, ...]] | None


class StatesDocument(Document):
    """States as rows of a table, some at a time.

    `rows` are those from `offset` on (the first has the offset 0), in the `order` asked for.
    `total` counts the states that meet the condition `where` (all, where that is null), and `equilibria` the equilibria among them; both
    are null where the states are too many to be listed: rows are then just the status quo and the states with names.  `place` is the
    offset of the state that was looked for, null where none was, or it does not meet the condition.
    """

    schema_: Literal["detente.state-table/1"] = Field(
        default="detente.state-table/1", serialization_alias="schema", validation_alias="schema"
    )
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    options: tuple[OptionPart, ...]
    concepts: tuple[ConceptPart, ...]
    where: str | None
    order: str
    reverse: bool
    offset: Whole
    total: Whole | None
    equilibria: dict[str, Whole] | None
    place: Whole | None
    rows: tuple[RowPart, ...]
    not_known: tuple[NotKnownPart, ...] = ()
    detente: str


class TableFileDocument(Document):
    """A file of states: its `text` (CSV), or its bytes in `base64` (Parquet); how many rows it has, and which condition they meet."""

    schema_: Literal["detente.table-file/1"] = Field(
        default="detente.table-file/1", serialization_alias="schema", validation_alias="schema"
    )
    conflict: ConflictPart
    format: Format
    where: str | None
    rows: Whole
    text: str | None
    base64: str | None
    not_known: tuple[NotKnownPart, ...] = ()
    detente: str


class MovePart(Part):
    """A move, by the state at its other end: what it is to the mover, the state after the move compared with the one before.

    An improvement is a move to a better state.
    """

    left_out = frozenset({"name"})

    state: Whole
    choice: str
    name: str | None = None
    kind: Kind


class MovesPart(Part):
    """One decision maker's moves in one direction: how many of each kind, and those that are given.

    The most preferred of the states at their other ends come first where they are few enough to be put in order, otherwise improvements
    come first, by number.  `counts` tells how many there are, given or not.
    """

    counts: dict[Kind, Whole]
    moves: tuple[MovePart, ...]


class PartyMovesPart(Part):
    """What one decision maker could do from a state, and from where they could bring it about; `to` is null where that was not found."""

    by: str
    from_: MovesPart = Field(serialization_alias="from", validation_alias="from")
    to: MovesPart | None


class DrawingPart(Part):
    """A drawing: SVG, with what it shows in words; the width below which it can't be read is its `data-least`.

    `shows` is "whole" for all states and moves, "state" for what everybody could do from one, "condensed" for groups of states.  In the
    drawing each state carries its number as `data-state`, each move its mover as `data-mover` and its ends as `data-from` and `data-to`.
    """

    shows: Literal["whole", "state", "condensed"]
    title: str
    caption: str
    svg: str


class MovesDocument(Document):
    """Every move from and to a state, by who makes it, and a drawing of the neighbourhood.

    `under` is the concept whose equilibria are marked in the drawing, null where none are; `drawing` is null where none can be read.
    """

    schema_: Literal["detente.moves/1"] = Field(default="detente.moves/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    state: StatePart
    moves: tuple[PartyMovesPart, ...]
    under: str | None
    drawing: DrawingPart | None
    detente: str


class GroupPart(Part):
    """States from which improvements, one after the other and by anybody, can lead to the same `ends`; groups are counted from 1.

    `kind` is "equilibrium" for a state from which nobody has an improvement (a Nash equilibrium), "cycle" for states among which
    improvements go round and lead to no other, "other ends" for all of these that are not told apart, "leading" for anything else.
    `ends` are the groups that can be reached and are not left, `ends_counted` how many ends the group is (0 if it is none), `first` one of
    its states: the status quo if it is one of them (`status_quo`), or else the one with the least number.  `equilibria` counts the
    equilibria under the concept that was asked for, null where none was or they are not known; `says` tells what the group is.
    """

    number: int
    kind: Literal["equilibrium", "cycle", "other ends", "leading"]
    states: Whole
    ends: tuple[int, ...]
    ends_counted: Whole
    first: StatePart
    status_quo: bool
    equilibria: Whole | None
    says: str


class LeadPart(Part):
    """Improvements from one group to another: for each decision maker who has such, from how many states of the first.

    `drawn` says that an arrow stands for it in the drawing; it does not where other improvements lead there by way of a third group.
    """

    from_: int = Field(serialization_alias="from", validation_alias="from")
    to: int
    by: dict[str, Whole]
    drawn: bool


class CondensedDocument(Document):
    """The graph of improvements, condensed: groups of states by the ends that improvements can lead to, and how one leads to another.

    `ends` counts the states and cycles that improvements do not leave, `under` is the concept whose equilibria are counted in each group.
    """

    schema_: Literal["detente.condensed/1"] = Field(default="detente.condensed/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    under: str | None
    ends: Whole
    groups: tuple[GroupPart, ...]
    leads: tuple[LeadPart, ...]
    drawing: DrawingPart
    not_known: tuple[NotKnownPart, ...] = ()
    detente: str


class UndecidedPart(Part):
    """A verdict that was not found, and why; `limit` says that a limit of time or memory was met, so that a greater one may help."""

    under: str
    by: str | None
    reason: str
    limit: bool


class StandingDocument(Document):
    """What becomes of one state: who stays at it under which concept, where those who leave would go, and what is better for whom.

    `standing` says of the state what an analysis says of the status quo; `not_known` what could not be found out, and why.
    """

    schema_: Literal["detente.standing/1"] = Field(default="detente.standing/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    concepts: tuple[ConceptPart, ...]
    standing: StatusQuoPart
    not_known: tuple[UndecidedPart, ...] = ()
    detente: str
