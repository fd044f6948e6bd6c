"""Edits of bans, one more or one less, and of the measures that could be tried."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.model.ban import Ban
from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.measure import Measure
from detente.model.parts import at, inserted, without


@dataclass(frozen=True, slots=True)
class AddBan(Edit):
    """A further ban, which becomes number `place` (from 1).

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> AddBan(1, Ban("A")).apply(one).bans[0].by
    'A'
    """

    place: int
    ban: Ban

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the ban."""
        return replace(conflict, bans=inserted(conflict.bans, self.place, self.ban, "ban"))

    def undone(self, before: Conflict) -> Edit:
        """Without the ban."""
        return RemoveBan(self.place)


@dataclass(frozen=True, slots=True)
class RemoveBan(Edit):
    """One ban less: number `place` (from 1)."""

    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the ban."""
        return replace(conflict, bans=without(conflict.bans, self.place, "ban"))

    def undone(self, before: Conflict) -> Edit:
        """With the ban, where it was."""
        return AddBan(self.place, at(before.bans, self.place, "ban"))


@dataclass(frozen=True, slots=True)
class SetMeasures(Edit):
    """Other measures that could be tried, in place of all that the conflict has."""

    measures: tuple[Measure, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these measures."""
        return replace(conflict, measures=self.measures)

    def undone(self, before: Conflict) -> Edit:
        """The measures of before."""
        return SetMeasures(before.measures)
