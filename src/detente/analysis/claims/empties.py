"""Claims about red lines and rules in spaces of any size: kept alone they leave nothing better for everybody, and no part of them does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.none_such import NoneSuch
from detente.analysis.claims.red_lines import Element, Elements
from detente.analysis.claims.ruled_out import without
from detente.model.formula import Formula, holds
from detente.preference.order import Order
from detente.space.states import StateSpace


def gained_by_all(space: StateSpace, start: int, where: Formula, dropped: Elements, state: int) -> bool:
    """Whether, without some red lines and rules, a combination can occur, meets a condition, and is better for everybody than the start.

    Parameters
    ----------
    space
        The space.
    start
        The start.
    where
        The condition.
    dropped
        The red lines and rules.
    state
        The combination.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import TRUE
    >>> gained_by_all(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), list_up_to=0), 0, TRUE, (), 1)
    False
    """
    lines = frozenset((dm, n) for dm, n in dropped if dm is not None)
    there = space.of(without(space.conflict, lines, frozenset(n for dm, n in dropped if dm is None)))
    if there.state_of(state) != state or not holds(where, space.conflict.taken(state).__contains__):
        return False
    return all(Order(there, dm.key).prefers(state, start) for dm in space.conflict.decision_makers)


@dataclass(frozen=True)
class Empties(Claim):
    """Some red lines and rules, kept alone, leave nothing better for everybody than the start, and without any one of them something is.

    Parameters
    ----------
    every
        All red lines, and rules if these are among the elements.
    kept
        Those that are kept.
    none
        That nothing is better for everybody with just these kept.
    lost
        For each of them a combination that is better for everybody with just the others of them kept.

    Examples
    --------
    >>> Empties.kind
    'empties'
    """

    kind: ClassVar[str] = "empties"
    every: Elements
    kept: Elements
    none: NoneSuch
    lost: tuple[tuple[Element, int], ...]

    def check(self, space: StateSpace) -> None:
        """Check the proof, and each combination."""
        question = self.none.question
        need(len(set(self.kept)) == len(self.kept) and set(self.kept) <= set(self.every), f"kept: {self.kept}")
        dropped = [element for element in self.every if element not in self.kept]
        need((question.kind, set(question.dropped)) == ("gain", set(dropped)), "none: about something else")
        self.none.check(space)
        need([element for element, _ in self.lost] == list(self.kept), "lost: not one for each")
        for element, state in self.lost:
            shown = gained_by_all(space, self.none.start, self.none.where, (*dropped, element), state)
            need(shown, f"lost: {state} is not better for everybody without {element}")
