"""Changes to which parts of a conflict can be left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.front import Front


@dataclass(frozen=True, slots=True)
class SetFronts(Edit):
    """Other fronts, all of them.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> edit = SetFronts((Front("North", "the north", ("x",)),))
    >>> edit.inverted(one).apply(edit.apply(one)) == one
    True
    """

    fronts: tuple[Front, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these fronts."""
        return replace(conflict, fronts=self.fronts)

    def undone(self, before: Conflict) -> Edit:
        """The fronts of before."""
        return SetFronts(before.fronts)
