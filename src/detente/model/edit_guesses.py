"""Changes to what is not certain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.guess import Guess


@dataclass(frozen=True, slots=True)
class SetGuesses(Edit):
    """Other `guesses`, all of them.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.direction import Direction
    >>> from detente.model.guess import Alternative, AsWritten
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> edit = SetGuesses((Guess("g", "direction", "x", (), (Alternative(AsWritten()), Alternative(Direction.ONLY_ON))),))
    >>> edit.apply(one).guesses[0].key, edit.inverted(one).apply(edit.apply(one)) == one
    ('g', True)
    """

    guesses: tuple[Guess, ...]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these guesses."""
        return replace(conflict, guesses=self.guesses)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """These guesses."""
        return self.guesses

    def undone(self, before: Conflict) -> Edit:
        """The guesses of before."""
        return SetGuesses(before.guesses)
