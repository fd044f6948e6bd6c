"""All states at once compared with one: sets as integers, so that a million states take a few operations for each criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detente.model.formula import Formula
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.preference.sums import by_sum
from detente.space.states import StateSpace


def compared(space: StateSpace, dm: str, state: int) -> tuple[int, int]:
    """The states that a decision maker prefers to one, and those that are the same to them (with the state itself), as integers.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    state
        The state that all are compared with.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> compared(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))), "A", 0)
    (10, 5)
    """
    return compared_by(space, dm, state, criteria_of(space.conflict.decision_maker(dm)))


def compared_by(
    space: StateSpace, dm: str, state: int, criteria: Iterable[Criterion], where: Callable[[Formula], int] | None = None
) -> tuple[int, int]:
    """The same as `compared`, by other criteria than the decision maker's own.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker, for messages.
    state
        The state that all are compared with.
    criteria
        The criteria, most important first.
    where
        Gives the combinations that meet a condition, where these are remembered; by default the space is asked.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> compared_by(space, "A", 0, [Meets(Taken("x"))])
    (2, 1)
    """
    better, tied = 0, space.states.bits
    where = where or space.where_bits
    for criterion in criteria:
        match criterion:
            case Meets(formula):
                table = where(formula)
                if table >> state & 1:
                    tied &= table
                else:
                    better |= tied & table
                    tied &= ~table
            case Sums(weights):
                mine = sum(weight for key, weight in weights if state >> space.conflict.option_index[key] & 1)
                above, same = by_sum(dict(weights), space.columns, space.everything, mine)
                better |= tied & above
                tied &= same
            case Listed():
                scores = listed_scores(space, space.conflict.decision_maker(dm), criterion)
                place = scores.get(state, 0)
                better |= tied & sum(1 << s for s, score in scores.items() if score > place)
                same = sum(1 << s for s, score in scores.items() if score == place)
                tied &= same if place else ~sum(1 << s for s in scores)
    return better & space.states.bits, tied & space.states.bits
