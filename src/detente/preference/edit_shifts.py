"""The edit that moves one state in the order of a decision maker, however the preference is written (see `preference.shifted`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from detente.errors import EditError
from detente.model.conflict import Conflict
from detente.model.edit import PreferenceEdit
from detente.model.formula import any_of
from detente.model.guess import Guess, shifted
from detente.model.parts import need_option, party_there, with_party
from detente.preference.order import Order
from detente.preference.ranking import StateRanking
from detente.preference.shifted import Shift, Shifted
from detente.space.states import StateSpace

MOST = 1 << 16
"""Most states of which a ranking is made."""


@dataclass(frozen=True, slots=True)
class ShiftState(PreferenceEdit):
    """One state comes to stand elsewhere in a decision maker's order; all other pairs of states compare as before.

    Few orders can be said by statements or weights once a single state is moved, so the preference becomes a ranking of all states, and
    what it rested on goes.  Red lines stay, and no state can be moved across one.

    Parameters
    ----------
    dm
        Key of the decision maker.
    taken
        The state that is moved, as the options taken.
    past
        The state next to which it comes to stand, as the options taken, together with all states that are tied with that one.
    how
        "above" these, so that it is preferred to them, "below" them, or "level" with them.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.edit_rankings import levels_of
    >>> one = load("chicken")
    >>> first, *_, (last,) = levels_of(one.decision_makers[0])
    >>> after = ShiftState(one.decision_makers[0].key, last, first[0], "above").apply(one)
    >>> levels_of(after.decision_makers[0])[:2] == ((last,), first)
    True
    """

    dm: str
    taken: frozenset[str]
    past: frozenset[str]
    how: Literal["above", "below", "level"]

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the state moved.

        Raises `EditError` (M130 for what is not there, M136 where the state can't be moved there).
        """
        party = party_there(conflict, self.dm)
        space = StateSpace(conflict)
        if not space.is_listed or space.states.count > MOST:
            raise _refused(f"the states are too many for a ranking of {self.dm} that lists them all", self.dm)
        state, past = (self._state(space, taken) for taken in (self.taken, self.past))
        if state == past:
            raise _refused("a state can't be moved past itself", space.choice(state))
        made = Shifted(Order(space, self.dm), Shift(self.dm, state, past, self.how == "above", self.how == "level"))
        states = sorted(space.states.each(), key=made.key, reverse=True)
        levels = tuple(tuple(conflict.taken(one) for one in level) for _, level in groupby(states, made.key))
        crossing = space.where_bits(any_of(*(line.never for line in party.red_lines))) if party.red_lines else 0
        worse, better = ([one for one in states if crossing >> one & 1 == side] for side in (1, 0))
        if worse and better and made.key(worse[0]) >= made.key(better[-1]):
            message = f"{self.dm} prefers every state that crosses none of its red lines to every state that crosses one"
            raise _refused(message, space.choice(state), "take the red line away first")
        return with_party(conflict, self.dm, lambda dm: replace(dm, preference=StateRanking(levels)))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """No statement is open any more."""
        return shifted(guesses, "statement", self.dm, lambda _: None)

    def _state(self, space: StateSpace, taken: frozenset[str]) -> int:
        """The state in which these options are taken."""
        for key in sorted(taken):
            need_option(space.conflict, key)
        found = space.state_of(space.conflict.combination(taken))
        if found is None:
            shown = "{" + ", ".join(sorted(taken)) + "}"
            raise _refused(f"{shown} can't occur, so that nobody ranks it", shown)
        return found


def shift_edit(conflict: Conflict, shift: Shift) -> ShiftState:
    """The edit that makes a shift in the order of a decision maker of a conflict.

    >>> from detente.cases import load
    >>> shift_edit(load("chicken"), Shift("Row", 0, past=3)).how
    'above'
    """
    how: Literal["above", "below", "level"] = "level" if shift.level else "above" if shift.up else "below"
    return ShiftState(shift.dm, conflict.taken(shift.state), conflict.taken(shift.past), how)


def _refused(message: str, value: str, help: str | None = None) -> EditError:
    found = EditError.of("M136", message, value=value, help=help)
    assert isinstance(found, EditError)
    return found
