"""Edits of what decision makers think: pairs of states, thresholds, attitudes, viewpoints, and who moves jointly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.model.attitude import Attitude
from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.guess import Guess, after_adding, after_removing, shifted
from detente.model.pairs import PairStatement, Threshold
from detente.model.parts import at, inserted, party_there, with_party, without
from detente.model.viewpoint import Viewpoint

_PAIR = "statement about pairs"


@dataclass(frozen=True, slots=True)
class AddPair(Edit):
    """A further `statement` about pairs of a decision maker (`dm`), which becomes number `place` (from 1).

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> edit = AddPair("A", 1, PairStatement("unknown", Taken("x"), Taken("y")))
    >>> edit.inverted(one).apply(edit.apply(one)) == one
    True
    """

    dm: str
    place: int
    statement: PairStatement

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the statement."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, pairs=inserted(dm.pairs, self.place, self.statement, _PAIR)))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Statements about pairs after the new one have other numbers."""
        return shifted(guesses, "pair", self.dm, after_adding(self.place))

    def undone(self, before: Conflict) -> Edit:
        """Without the statement."""
        return RemovePair(self.dm, self.place)


@dataclass(frozen=True, slots=True)
class RemovePair(Edit):
    """One statement about pairs of a decision maker (`dm`) less: number `place` (from 1)."""

    dm: str
    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the statement."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, pairs=without(dm.pairs, self.place, _PAIR)))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The comparison is no longer open; those after it have other numbers."""
        return shifted(guesses, "pair", self.dm, after_removing(self.place))

    def undone(self, before: Conflict) -> Edit:
        """With the statement, where it was."""
        return AddPair(self.dm, self.place, at(party_there(before, self.dm).pairs, self.place, _PAIR))


@dataclass(frozen=True, slots=True)
class SetThresholds(Edit):
    """Other `thresholds` of a decision maker (`dm`), all of them."""

    dm: str
    thresholds: tuple[Threshold, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these thresholds."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, thresholds=self.thresholds))

    def undone(self, before: Conflict) -> Edit:
        """The thresholds of before."""
        return SetThresholds(self.dm, party_there(before, self.dm).thresholds)


@dataclass(frozen=True, slots=True)
class SetAttitudes(Edit):
    """Other `attitudes` of a decision maker (`dm`), all of them."""

    dm: str
    attitudes: tuple[Attitude, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these attitudes."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, attitudes=self.attitudes))

    def undone(self, before: Conflict) -> Edit:
        """The attitudes of before."""
        return SetAttitudes(self.dm, party_there(before, self.dm).attitudes)


@dataclass(frozen=True, slots=True)
class SetViewpoints(Edit):
    """Other `viewpoints`, all of them.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> SetViewpoints((Viewpoint("v", "v"),)).apply(one).viewpoints[0].key
    'v'
    """

    viewpoints: tuple[Viewpoint, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these viewpoints."""
        return replace(conflict, viewpoints=self.viewpoints)

    def undone(self, before: Conflict) -> Edit:
        """The viewpoints of before."""
        return SetViewpoints(before.viewpoints)


@dataclass(frozen=True, slots=True)
class SetJoint(Edit):
    """Whether the coalition number `place` (from 1) can move in one step (`joint`)."""

    place: int
    joint: bool

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the coalition so."""
        changed = replace(at(conflict.coalitions, self.place, "coalition"), joint=self.joint)
        return replace(conflict, coalitions=(*conflict.coalitions[: self.place - 1], changed, *conflict.coalitions[self.place :]))

    def undone(self, before: Conflict) -> Edit:
        """As it was before."""
        return SetJoint(self.place, at(before.coalitions, self.place, "coalition").joint)
