"""Edits of the ordered statements of a preference, as claims hold them: numbers and words, so that a claim can be written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.model.conflict import Conflict
from detente.model.edit import AddStatement, Edit, MoveStatement, RemoveStatement, ReverseStatement, apply_all
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.space.states import StateSpace

Action = Literal["move", "drop", "reverse", "add"]
"""What is done to a statement."""


@dataclass(frozen=True, slots=True)
class StatementEdit:
    """One edit of a decision maker's ordered statements.

    Parameters
    ----------
    dm
        Key of the decision maker.
    action
        What is done.
    place
        The place of the statement (from 1, as the list then is); for "add" the place that it gets.
    to
        For "move" the place that it gets; otherwise 0.
    when, says
        For "add" the condition, written, and the statement in words; otherwise empty.

    Examples
    --------
    >>> StatementEdit("A", "move", 3, 1).edit(), StatementEdit("A", "move", 3, 1).size
    (MoveStatement(dm='A', place=3, to=1), 2)
    """

    dm: str
    action: Action
    place: int
    to: int = 0
    when: str = ""
    says: str = ""

    @property
    def size(self) -> int:
        """The number of places that the statement is moved; 1 for what is no move."""
        return abs(self.place - self.to) if self.action == "move" else 1

    def edit(self) -> Edit:
        """The edit of the model.  Raises `ValueError` if there is no such action, `FormulaError` if a condition can't be read."""
        match self.action:
            case "move":
                return MoveStatement(self.dm, self.place, self.to)
            case "drop":
                return RemoveStatement(self.dm, self.place)
            case "reverse":
                return ReverseStatement(self.dm, self.place)
            case "add":
                return AddStatement(self.dm, self.place, Statement(parse_formula(self.when), says=self.says or None))
        raise ValueError(f"{self.action!r} is no edit of a statement")


def changed_conflict(conflict: Conflict, edits: Iterable[StatementEdit]) -> Conflict:
    """The conflict after edits of statements, made one after the other.

    Raises `EditError` (M130, M131) if one does not fit.

    >>> from detente.cases import load
    >>> before = load("euphrates-1975")
    >>> after = changed_conflict(before, [StatementEdit("Syria", "drop", 1)])
    >>> [len(c.decision_maker("Syria").preference.statements()) for c in (before, after)]
    [4, 3]
    """
    return apply_all((edit.edit() for edit in edits), conflict)


def changed_space(space: StateSpace, edits: Iterable[StatementEdit]) -> StateSpace:
    """The space of the conflict after edits of statements: the same states and moves, with other preferences.

    >>> from detente.cases import load
    >>> before = StateSpace(load("euphrates-1975"))
    >>> changed_space(before, [StatementEdit("Syria", "drop", 1)]).states.count == before.states.count
    True
    """
    return space.of(changed_conflict(space.conflict, edits))
