"""Whether a state that meets a condition is better for everybody, answered in many conflicts at once."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.claims.base import need
from detente.analysis.claims.cases import Among, Case
from detente.analysis.claims.whether import Whether
from detente.model.conflict import Conflict
from detente.model.parse import parse_formula
from detente.space.states import StateSpace


@dataclass(frozen=True)
class WhetherGain(Whether):
    """Whether some state that meets a condition is better for everybody than a state.

    That there is one is shown by a state that everybody prefers in the whole case; that there is none by states for each decision maker
    none of which they prefer in any conflict of the case, together all that meet the condition.

    Parameters
    ----------
    state
        As for `Whether`: what is compared with.
    where
        The condition, written; None for any state.

    Examples
    --------
    >>> from detente.cases import load
    >>> WhetherGain(None, "Modify").expect(load("elmira"))
    """

    where: str | None

    def expect(self, conflict: Conflict) -> None:
        """Refuse a condition that can't be read."""
        need(bool(conflict.decision_makers), "conflict: of nobody")
        wanted(StateSpace(conflict), self.where)

    def answer(self, among: Among, case: Case, state: int) -> bool:
        """A state is better for everybody, or for each state somebody does not prefer it."""
        need(not case.witnesses, "case: of another question")
        if case.better is not None:
            preferred(among, case, state, self.where)
            return True
        left = uncovered(among, case, state, self.where)
        need(not left, "against: a state is left out")
        return False


def wanted(space: StateSpace, where: str | None) -> int:
    """The states of a space that meet a condition (`where`, written; None: all), as an integer.

    >>> from detente.cases import load
    >>> wanted(StateSpace(load("chicken")), None)
    15
    """
    return space.states.bits if where is None else space.where(parse_formula(where)).bits


def preferred(among: Among, case: Case, state: int, where: str | None) -> None:
    """Refuse a case whose state that is called better for everybody than another is not, or does not meet a condition.

    Parameters
    ----------
    among
        The orders that there may be.
    case
        The case.
    state
        The state that it is compared with.
    where
        The condition, written; None for any state.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> among = Among(space, dict.fromkeys(space.masks, 1), lambda dm: [space.conflict.decision_maker(dm)])
    >>> preferred(among, Case((), (1, 1), (), better=0), 3, None)
    """
    better = case.better
    assert better is not None
    need(not case.against, "case: of another answer")
    need(better >= 0 and bool(wanted(among.space, where) >> better & 1), f"better: {better} is no such state")
    for dm, ways in zip(among.keys, case.ways, strict=True):
        need(not ways & ~among.above(dm, better, state), f"better: {dm} may not prefer {better}")


def uncovered(among: Among, case: Case, state: int, where: str | None) -> int:
    """The states that meet a condition and of which a case does not list that somebody never prefers them to a state, as an integer.

    Parameters
    ----------
    among
        The orders that there may be.
    case
        The case; refused if somebody prefers a state that is listed as theirs.
    state
        The state that all are compared with.
    where
        The condition, written; None for any state.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> among = Among(space, dict.fromkeys(space.masks, 1), lambda dm: [space.conflict.decision_maker(dm)])
    >>> bin(uncovered(among, Case((), (1, 1), (), against=(0b1100, 0b1010)), 3, None))
    '0b1'
    """
    need(len(case.against) == len(among.keys), "against: not states for every decision maker")
    left = wanted(among.space, where)
    for dm, ways, states in zip(among.keys, case.ways, case.against, strict=True):
        need(states >= 0 and not states & among.better_in_some(dm, ways, state), f"against: {dm} may prefer a state of theirs")
        left &= ~states
    return left
