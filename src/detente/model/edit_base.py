"""What an edit is: a change to a conflict as a value, which can be applied and undone; and lists of them (see `detente.model.edit`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.errors import ConflictError, EditError
from detente.model.checks_guesses import fitting
from detente.model.conflict import Conflict
from detente.model.guess import Guess


class Edit(ABC):
    """One change to a conflict."""

    @abstractmethod
    def change(self, conflict: Conflict) -> Conflict:
        """The changed conflict; what kinds of edits implement.  Callers use `apply`."""

    @abstractmethod
    def undone(self, before: Conflict) -> Edit:
        """The edit that undoes this one, applied to `before`, in all but guesses; kinds of edits implement it.  Callers use `inverted`."""

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """What becomes of the guesses of a conflict: what an edit sets or takes away is no longer open, and what is moved has another
        number.  By default they stay as they are; those that do not fit the changed conflict are left out by `apply`.
        """
        return guesses

    def inverted(self, before: Conflict) -> Edit:
        """The edit that undoes this one after it was applied to `before`.

        Raises `EditError` as `apply` does.
        """
        back = self.undone(before)
        if not before.guesses or back.apply(self.apply(before)).guesses == before.guesses:
            return back
        return Restoring(back, before.guesses)

    def apply(self, conflict: Conflict) -> Conflict:
        """The conflict with the change made.

        Raises
        ------
        EditError
            M130 (what it changes is not there), M131 (it has no statements), M132 (a key is taken), or whatever makes the result no
            conflict (M100 to M121).
        """
        try:
            if not conflict.guesses:
                return self.change(conflict)
            made = self.change(replace(conflict, guesses=()))
            return replace(made, guesses=fitting(made, self.carried(conflict.guesses)))
        except ConflictError as problem:
            raise EditError(problem.diagnostics) from None


@dataclass(frozen=True, slots=True)
class Restoring(Edit):
    """An `edit` that brings back the `guesses` of a conflict, of which the edit that it undoes left some out.

    >>> from detente.model.conflict import DecisionMaker, Direction, Option
    >>> from detente.model.edit import SetDirection
    >>> from detente.model.guess import Alternative, AsWritten
    >>> doubt = Guess("g", "direction", "x", (), (Alternative(AsWritten()), Alternative(Direction.ONLY_ON)))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), guesses=(doubt,))
    >>> edit = SetDirection("x", Direction.ONLY_OFF)
    >>> edit.apply(one).guesses, edit.inverted(one).apply(edit.apply(one)) == one
    ((), True)
    """

    edit: Edit
    guesses: tuple[Guess, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict after the edit, with the guesses."""
        return replace(self.edit.apply(replace(conflict, guesses=())), guesses=self.guesses)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The guesses that are brought back."""
        return self.guesses

    def undone(self, before: Conflict) -> Edit:
        """The edit undone, with the guesses of before."""
        return Restoring(self.edit.undone(replace(before, guesses=())), before.guesses)


def apply_all(edits: Iterable[Edit], conflict: Conflict) -> Conflict:
    """The conflict after several edits, one after the other.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.edit import RenameOption, SetStatusQuo
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> apply_all([SetStatusQuo(frozenset({"x"})), RenameOption("x", "deal")], one).status_quo
    frozenset({'deal'})
    """
    for edit in edits:
        conflict = edit.apply(conflict)
    return conflict


def invert_all(edits: Sequence[Edit], before: Conflict) -> tuple[Edit, ...]:
    """The edits that undo several ones, applied to the conflict `before` them, in the order in which they are to be applied.

    >>> from detente.model.conflict import DecisionMaker, Direction, Option
    >>> from detente.model.edit import RenameOption, SetDirection
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> edits = [RenameOption("x", "deal"), SetDirection("deal", Direction.ONLY_ON)]
    >>> apply_all(invert_all(edits, one), apply_all(edits, one)) == one
    True
    """
    undone: list[Edit] = []
    for edit in edits:
        undone.append(edit.inverted(before))
        before = edit.apply(before)
    return tuple(reversed(undone))
