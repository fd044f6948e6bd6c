"""Edits of statements as means of a plan: what gives what is asked for by itself, and what makes a party prefer a wanted state."""

from __future__ import annotations

from collections.abc import Callable

from detente.analysis.claims.statement_edits import StatementEdit
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.planned import PRIORITY, Means
from detente.analysis.unlock.priority import priority_levers
from detente.preference.order import Order
from detente.space.states import StateSpace

NEAREST = 3
"""How many statements are tried, nearest first, that a party would have to move up to prefer a wanted state."""


def edited(
    space: StateSpace,
    goal: Goal,
    *,
    most: int = 1,
    most_targets: int = 20,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Means, ...]:
    """Edits of statements that bear on a goal.

    These are the priority shifts of at most so many edits that make a wanted state hold, or have it reached as well; and for each wanted
    state and each party that does not prefer it to the start, single edits with which it would: the nearest statements that speak for it
    moved up before the one that decides against it, and that one reversed.  Those of the fewest edits come first,
    then moves before what drops or reverses a statement, then the smallest.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for, with wanted states.
    most
        The most edits of a priority shift.
    most_targets
        Most wanted states for which edits of the second kind are made.
    seconds
        How long each search for priority shifts may take; None for as long as it takes.
    progress
        Is told what is done.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, "reach", space.set_of(space.state(2)))
    >>> {means.by for means in edited(space, goal)}
    {('Syria',)}
    """
    found: list[Means] = []
    if goal.targets is None:
        return ()
    for want in ("reach", "hold"):
        asked = Goal(goal.start, goal.profile, "reach" if want == "reach" else "hold", goal.targets)
        for lever in priority_levers(space, asked, most=most, seconds=seconds, progress=progress).found:
            if lever.claim.edits:
                found.append(Means(PRIORITY, lever.cost, lever.by, edits=lever.claim.edits))
    for target in goal.targets.first(most_targets):
        for dm in space.conflict.decision_makers:
            single = preferring(space, dm.key, target, goal.start)
            found += [Means(PRIORITY, 1, (dm.key,), edits=(edit,)) for edit in single]
    return tuple(dict.fromkeys(sorted(found, key=_how_much)))


def _how_much(means: Means) -> tuple[int, int, int]:
    """How much is asked: the number of edits, then the farthest-reaching kind (a move least, a reversal most), then their size."""
    kinds = ("move", "drop", "add", "reverse")
    return means.cost, max(kinds.index(edit.action) for edit in means.edits), sum(edit.size for edit in means.edits)


def preferring(space: StateSpace, dm: str, state: int, other: int) -> tuple[StatementEdit, ...]:
    """Single edits of a party's statements with which it would prefer one state to another that it does not prefer it to now.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the party.
    state, other
        The state that is to be preferred, and the other.

    Returns
    -------
    tuple
        The nearest statements that speak for the state, each moved up before the one that decides against it, and that one reversed;
        nothing if the party has no ordered statements, prefers the state already, or a red line decides.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(parse_formula("not x")), Statement(parse_formula("y"))))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> preferring(StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), options)), "A", 3, 0)[0]
    StatementEdit(dm='A', action='move', place=2, to=1, when='', says='')
    """
    order = Order(space, dm)
    statements = order.dm.preference.statements() if order.dm.preference is not None else ()
    high, low = order.key(state), order.key(other)
    lines = len(order.dm.red_lines) > 0
    if not statements or high > low or (lines and high[0] != low[0]):
        return ()
    values = list(zip(high[lines:], low[lines:], strict=True))[: len(statements)]
    against = next((k for k, (a, b) in enumerate(values) if a < b), None)
    if against is None:
        return ()
    speaking = [k for k, (a, b) in enumerate(values) if a > b and k > against][:NEAREST]
    moved = [StatementEdit(dm, "move", k + 1, against + 1) for k in speaking]
    return (*moved, StatementEdit(dm, "reverse", against + 1))
