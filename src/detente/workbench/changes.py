"""Changes to a conflict as they come from a browser, and the edits that they ask for.

Each kind of change is a small JSON object with its name under `change`; conditions are written as in conflict files.  What the page shows
as a what-if is a list of them, made one after the other on the conflict of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from detente.errors import ConflictError, DetenteError
from detente.explain.edits import fitting_words
from detente.model.ban import Ban
from detente.model.conflict import Conflict, Direction, RedLine
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRedLine,
    RemoveRule,
    RemoveStatement,
    ReplaceStatement,
    ReverseStatement,
    SetDirection,
    SetStatusQuo,
)
from detente.model.edit_bans import AddBan, RemoveBan
from detente.model.edit_beliefs import SetJoint
from detente.model.edit_rankings import MoveRanked, PlaceRanked, SetWeight
from detente.model.preference import Statement
from detente.model.rule import Infeasible
from detente.workbench.changes_base import BasisData, Condition, Key, OneChange, Place, Says, Taken, condition
from detente.workbench.changes_levers import AddOptionChange, DropMeasuresChange, OwnersChange, ShiftStateChange

MOST = 500
"""Most changes that one request may ask for."""


class _OfParty(OneChange):
    """A change at one place (from 1) of what belongs to a decision maker (`dm`)."""

    dm: Key
    place: Place


class MoveStatementChange(_OfParty):
    """A statement comes to stand at another place of its decision maker's list."""

    change: Literal["move statement"]
    to: Place

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return MoveStatement(self.dm, self.place, self.to)


class RemoveStatementChange(_OfParty):
    """A statement is no longer held."""

    change: Literal["remove statement"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return RemoveStatement(self.dm, self.place)


class ReverseStatementChange(_OfParty):
    """The opposite of a statement is held."""

    change: Literal["reverse statement"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return ReverseStatement(self.dm, self.place)


class AddStatementChange(_OfParty):
    """A further statement is held."""

    change: Literal["add statement"]
    when: Condition
    says: Says = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return AddStatement(self.dm, self.place, Statement(condition(self.when, conflict), says=self.says))


class ReplaceStatementChange(_OfParty):
    """Another statement is held instead."""

    change: Literal["replace statement"]
    when: Condition
    says: Says = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return ReplaceStatement(self.dm, self.place, Statement(condition(self.when, conflict), says=self.says))


class MoveRankedChange(OneChange):
    """A state, given by the options taken, is worth one step more, or less, in a decision maker's ranking."""

    change: Literal["move ranked state"]
    dm: Key
    taken: Taken
    up: bool

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return MoveRanked(self.dm, frozenset(self.taken), self.up)


class PlaceRankedChange(OneChange):
    """A state, given by the options taken, comes to stand before a level of a decision maker's ranking, or after the last, or joins one.

    `to` numbers the levels, from 1, that are left without the state.
    """

    change: Literal["place ranked state"]
    dm: Key
    taken: Taken
    to: Place
    tied: bool = False

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return PlaceRanked(self.dm, frozenset(self.taken), self.to, self.tied)


class WeightChange(OneChange):
    """A decision maker gives an option another weight, 0 for none."""

    change: Literal["set weight"]
    dm: Key
    option: Key
    weight: Annotated[int, Field(ge=-(10**12), le=10**12)]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetWeight(self.dm, self.option, self.weight)


class AddRedLineChange(_OfParty):
    """A further red line."""

    change: Literal["add red line"]
    never: Condition
    says: Says = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return AddRedLine(self.dm, self.place, RedLine(condition(self.never, conflict), says=self.says))


class RemoveRedLineChange(_OfParty):
    """One red line less."""

    change: Literal["remove red line"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return RemoveRedLine(self.dm, self.place)


class AddRuleChange(OneChange):
    """No state can meet a condition any more."""

    change: Literal["add rule"]
    place: Place
    never: Condition
    says: Says = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return AddRule(self.place, Infeasible(condition(self.never, conflict), says=self.says))


class RemoveRuleChange(OneChange):
    """One rule less."""

    change: Literal["remove rule"]
    place: Place

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return RemoveRule(self.place)


class DirectionChange(OneChange):
    """An option can be taken up, or given up, or both."""

    change: Literal["set direction"]
    option: Key
    direction: Literal["both", "only_on", "only_off"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetDirection(self.option, Direction(self.direction))


class AddBanChange(OneChange):
    """A decision maker has no move from some states to some others."""

    change: Literal["add ban"]
    place: Place
    by: Key
    leaving: Condition
    reaching: Condition
    says: Says = None
    basis: BasisData | None = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        basis = None if self.basis is None else self.basis.basis()
        return AddBan(self.place, Ban(self.by, condition(self.leaving, conflict), condition(self.reaching, conflict), basis, self.says))


class RemoveBanChange(OneChange):
    """One ban less."""

    change: Literal["remove ban"]
    place: Place

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return RemoveBan(self.place)


class JointChange(OneChange):
    """A coalition, by its number, can move in one step, or not."""

    change: Literal["set joint"]
    place: Place
    joint: bool

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetJoint(self.place, self.joint)


class StatusQuoChange(OneChange):
    """Another status quo, as the options taken."""

    change: Literal["set status quo"]
    taken: Taken

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetStatusQuo(frozenset(self.taken))


Change: TypeAlias = Annotated[
    MoveStatementChange
    | RemoveStatementChange
    | ReverseStatementChange
    | AddStatementChange
    | ReplaceStatementChange
    | MoveRankedChange
    | PlaceRankedChange
    | WeightChange
    | AddRedLineChange
    | RemoveRedLineChange
    | AddRuleChange
    | RemoveRuleChange
    | DirectionChange
    | AddBanChange
    | RemoveBanChange
    | JointChange
    | StatusQuoChange
    | ShiftStateChange
    | AddOptionChange
    | OwnersChange
    | DropMeasuresChange,
    Field(discriminator="change"),
]
"""Any of them."""
Changes: TypeAlias = Annotated[list[Change], Field(max_length=MOST)]
"""One after the other."""


def changed(conflict: Conflict, changes: Sequence[Change], says: Sequence[str] = ()) -> tuple[Conflict, tuple[str, ...]]:
    """A conflict after some changes, and each of them in words.

    Parameters
    ----------
    conflict
        The conflict.
    changes
        The changes, in order.
    says
        Those that were made before, in words.

    Raises
    ------
    EditError
        A change does not fit the conflict that those before it made: codes as of `Edit.apply`.
    ConflictError
        A condition can't be read.  Each diagnostic says which change it is about: its element is `changes/NUMBER`, counted from 1.

    Examples
    --------
    >>> from detente.cases import load
    >>> one, says = changed(load("elmira"), [StatusQuoChange(change="set status quo", taken=["Delay", "Insist"])])
    >>> one.status_quo == {"Delay", "Insist"}, says
    (True, ('The status quo is that Delay and Insist are taken and nothing else.',))
    """
    said = list(says)
    for number, change in enumerate(changes, len(said) + 1):
        try:
            edit = change.edit(conflict)
            after = edit.apply(conflict)
        except DetenteError as refused:
            element = f"changes/{number}"
            told = (replace(one, message=f"change {number}: {one.message}", element=element) for one in refused.diagnostics)
            kind = ConflictError if isinstance(refused, ConflictError) else type(refused)
            raise kind(told) from None
        said.append(fitting_words(edit, conflict))
        conflict = after
    return conflict, tuple(said)
