"""The dilemmas of drama theory, read off the states that decision makers demand and the state that comes about otherwise.

Drama theory (Howard 1994, 1999) looks at the moment at which everybody has said what they demand and what they will do if it is refused.
What then stands in the way of an agreement, or of trust in it, are dilemmas; a confrontation without any is resolved, or flatly refused.
See `detente.analysis.claims.dilemmas` for the six tests.
"""

from __future__ import annotations

from detente.analysis.certificate import Checker
from detente.analysis.claims.dilemmas import Dilemmas, arising, fallback_of, stated
from detente.space.states import StateSpace


def dilemmas(space: StateSpace) -> Dilemmas | None:
    """The dilemmas that the stated positions give rise to.

    Parameters
    ----------
    space
        The space; positions and fallback are those that its conflict states.  No position is ever derived from a preference.

    Returns
    -------
    Dilemmas | None
        The claim, to be checked before it is told; None where no decision maker has a stated position that can occur.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.position import StatedPosition
    >>> from detente.preference.prioritization import OptionPrioritization, Statement
    >>> gain = OptionPrioritization((Statement(parse_formula("pay")), Statement(parse_formula("not work"))))
    >>> a, b = DecisionMaker("A", "A", gain), DecisionMaker("B", "B", OptionPrioritization((Statement(parse_formula("work")),)))
    >>> deal = StatedPosition("A", frozenset({"work", "pay"}))
    >>> options = (Option("work", "work", ("A",)), Option("pay", "pay", ("B",)))
    >>> conflict = Conflict("a bargain", (a, b), options, status_quo=frozenset(), positions=(deal,))
    >>> [(found.kind, found.by, found.of) for found in dilemmas(StateSpace(conflict)).found]
    [('cooperation', 'A', 'A')]
    """
    positions = stated(space)
    return arisen(space, positions, fallback_of(space)) if positions else None


def arisen(space: StateSpace, positions: tuple[tuple[str, int], ...], fallback: int | None) -> Dilemmas:
    """The dilemmas that given positions and a given fallback give rise to, whether or not the conflict states them.

    Parameters
    ----------
    space
        The space.
    positions
        In the order of the decision makers, who demands which state.
    fallback
        What comes about if no position is accepted; None if there is no such state.
    """
    checker = Checker(space)
    compared = {state for _, state in positions} | ({fallback} if fallback is not None else set())
    orders = tuple((dm, _levels(checker, dm, compared)) for dm in checker.decision_makers)
    return Dilemmas(positions, fallback, orders, tuple(arising(checker, positions, fallback)))


def _levels(checker: Checker, dm: str, states: set[int]) -> tuple[tuple[int, ...], ...]:
    """The states in levels, the most preferred first."""
    levels: list[tuple[int, ...]] = []
    left = sorted(states)
    while left:
        best = tuple(s for s in left if not any(checker.prefers(dm, other, s) for other in left))
        levels.append(best)
        left = [s for s in left if s not in best]
    return tuple(levels)
