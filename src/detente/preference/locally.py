"""A decision maker's comparison of everything that somebody can bring about from one combination, with one state, all at once."""

from __future__ import annotations

from collections.abc import Iterable

from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.preference.sums import by_sum
from detente.space.local import Local
from detente.space.sets import bits_of


def compared_locally(local: Local, dm: str, state: int, criteria: Iterable[Criterion] | None = None) -> tuple[int, int]:
    """The settings that a decision maker prefers to a state, and those that are the same to them.

    Parameters
    ----------
    local
        The settings: what somebody, not necessarily the same decision maker, can bring about.
    dm
        Key of the decision maker who compares.
    state
        The state that the settings are compared with.
    criteria
        Criteria to use, most important first; by default the decision maker's own.

    Returns
    -------
    tuple
        Two sets of settings, feasible or not, as integers.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))), list_up_to=0)
    >>> compared_locally(space.local("A", 0), "A", 0)
    (10, 5)
    """
    space = local.space
    decider = space.conflict.decision_maker(dm)
    better, tied = 0, local.everything
    there = space.local(local.dm, state)
    for criterion in criteria_of(decider) if criteria is None else criteria:
        match criterion:
            case Meets(formula):
                table = local.table(formula)
                if there.table(formula) >> there.here & 1:
                    tied &= table
                else:
                    better |= tied & table
                    tied &= ~table
            case Sums(weights):
                mine = sum(weight for key, weight in weights if state >> space.conflict.option_index[key] & 1)
                above, same = by_sum(dict(weights), local.columns, local.everything, mine)
                better |= tied & above
                tied &= same
            case Listed():
                scores = listed_scores(space, decider, criterion)
                mine = scores.get(state, 0)
                placed = {setting: scores.get(local.combination(setting), 0) for setting in bits_of(tied)}
                better |= sum(1 << setting for setting, score in placed.items() if score > mine)
                tied = sum(1 << setting for setting, score in placed.items() if score == mine)
    return better, tied
