"""All states at once compared with one: sets as integers, so that a million states take a few operations for each criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detente.model.formula import Formula
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
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
                above, same = _by_sum(space, dict(weights), state)
                better |= tied & above
                tied &= same
            case Listed():
                scores = listed_scores(space, space.conflict.decision_maker(dm), criterion)
                mine = scores.get(state, 0)
                better |= tied & sum(1 << s for s, score in scores.items() if score > mine)
                same = sum(1 << s for s, score in scores.items() if score == mine)
                tied &= same if mine else ~sum(1 << s for s in scores)
    return better & space.states.bits, tied & space.states.bits


def _by_sum(space: StateSpace, weights: dict[str, int], state: int) -> tuple[int, int]:
    """The combinations whose sum of weights is greater than that of a state, and those whose sum is the same.

    The sums of all combinations are held as binary digits, one set for each digit, and the weights added with carry.  A
    negative weight counts as its amount on the option not taken, which shifts all sums alike.
    """
    digits: list[int] = []
    mine = 0
    for key, weight in weights.items():
        column = space.columns[key] if weight > 0 else space.everything ^ space.columns[key]
        mine += abs(weight) * (column >> state & 1)
        for place in range(abs(weight).bit_length()):
            carry, at = column if abs(weight) >> place & 1 else 0, place
            while carry:
                digits += [0] * (at + 1 - len(digits))
                digits[at], carry, at = digits[at] ^ carry, digits[at] & carry, at + 1
    above, same = 0, space.everything
    for place in reversed(range(len(digits))):
        if mine >> place & 1:
            same &= digits[place]
        else:
            above |= same & digits[place]
            same &= ~digits[place]
    return above, same
