"""Claims about priorities: if decision makers ordered their statements otherwise, what is asked for would be so.

What is certified is that the change does it.  That no smaller change does is found out by settling every one, which an engine does: it
is computed, and not certified.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.statement_edits import StatementEdit, changed_space
from detente.errors import DetenteError
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class PriorityShift(Claim):
    """After these edits of ordered statements what was asked for is so.

    Parameters
    ----------
    edits
        The edits, made one after the other; none if what was asked for is so already.
    outcome
        What is so in the changed conflict, with the witnesses for every decision maker.
    also
        Of a single move: the other places for the statement, further on in the same direction, that have been found to do as well,
        each with what is so then.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> outcome = Outcome("hold", 0, (("A", "Nash"),), 0b10, 1, (Stays("Nash", "A", 1, ()),))
    >>> PriorityShift((), outcome).check(space)
    """

    kind: ClassVar[str] = "priority shift"
    edits: tuple[StatementEdit, ...]
    outcome: Outcome
    also: tuple[tuple[int, Outcome], ...] = ()

    @property
    def size(self) -> int:
        """The number of places that statements are moved, with 1 for each that is dropped, reversed or added."""
        return sum(edit.size for edit in self.edits)

    def check(self, space: StateSpace) -> None:
        """Raise `RefusedError` unless what was asked for is so after the edits, and after the same move to each further place."""
        _after(space, self.edits, self.outcome)
        asked = _asked(self.outcome)
        if self.also:
            need(len(self.edits) == 1 and self.edits[0].action == "move", "also: not of one move")
            edit = self.edits[0]
            places = [edit.to, *(place for place, _ in self.also)]
            down = edit.to > edit.place
            need(places == sorted(set(places), reverse=not down), f"also: places {places} are not further and further on")
            for place, outcome in self.also:
                need(_asked(outcome) == asked, f"also: something else is asked for at place {place}")
                _after(space, (StatementEdit(edit.dm, "move", edit.place, place),), outcome)


def _asked(outcome: Outcome) -> tuple[object, ...]:
    """What was asked for."""
    return outcome.want, outcome.start, outcome.profile, outcome.targets


def _after(space: StateSpace, edits: tuple[StatementEdit, ...], outcome: Outcome) -> None:
    """Check an outcome in the conflict as it is after edits."""
    for edit in edits:
        need(not (edit.action == "move" and edit.place == edit.to), "edits: a statement is moved to where it is")
        need(edit.action == "add" or not (edit.when or edit.says), "edits: words for what is not added")
        need(edit.action == "move" or edit.to == 0, "edits: a place for what is not moved")
    try:
        outcome.verify(changed_space(space, edits))
    except DetenteError as problem:
        need(False, f"edits: {problem}")
