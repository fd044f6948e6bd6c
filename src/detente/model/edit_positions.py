"""Changes to what decision makers demand, and to what is threatened if no position is accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.parts import party_there
from detente.model.position import Fallback, StatedPosition


@dataclass(frozen=True, slots=True)
class SetPositions(Edit):
    """Other positions, all of them.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> edit = SetPositions((StatedPosition("A", frozenset({"x"})),))
    >>> edit.inverted(one).apply(edit.apply(one)) == one
    True
    """

    positions: tuple[StatedPosition, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these positions.  Raises `EditError` (M130) where there is no such decision maker."""
        for position in self.positions:
            party_there(conflict, position.party)
        return replace(conflict, positions=self.positions)

    def undone(self, before: Conflict) -> Edit:
        """The positions of before."""
        return SetPositions(before.positions)


@dataclass(frozen=True, slots=True)
class SetFallback(Edit):
    """Another fallback; None for the status quo.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> SetFallback(Fallback(frozenset({"x"}))).apply(one).fallback.taken
    frozenset({'x'})
    """

    fallback: Fallback | None

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with this fallback."""
        return replace(conflict, fallback=self.fallback)

    def undone(self, before: Conflict) -> Edit:
        """The fallback of before."""
        return SetFallback(before.fallback)
