"""Priority shifts as a kind of lever: the fewest and smallest edits of ordered statements."""

from __future__ import annotations

from typing import Any

from detente.analysis.claims.priority import PriorityShift
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.priority import priority_levers
from detente.analysis.unlock.priority_found import PriorityLevers
from detente.analysis.unlock.tries import of_statements
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.priority import account as told_of_all
from detente.explain.levers.priority import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[PriorityShift]:
    """The minimal edits of the decision makers' statements that give what is asked for.

    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, "hold", space.set_of(space.state(2)))
    >>> search(space, goal, Sought()).found[0].by
    ('Syria',)
    """
    if not has_statements(space):
        return Levers("priority", (), None, False, "not asked")
    return priority_levers(space, goal, most=sought.edits, seconds=sought.seconds, progress=sought.progress)


def has_statements(space: StateSpace) -> bool:
    """Whether anybody's preference is given by ordered statements.

    >>> from detente.cases import load
    >>> has_statements(StateSpace(load("elmira"))), has_statements(StateSpace(load("euphrates-1975")))
    (False, True)
    """
    return any(dm.preference is not None and dm.preference.statements() for dm in space.conflict.decision_makers)


def account(_space: StateSpace, _goal: Goal, levers: Levers[Any]) -> Explanation | None:
    """How many changes were settled, and whose priorities could not be changed."""
    return Explanation(told_of_all(levers)) if isinstance(levers, PriorityLevers) else None


KIND = LeverKind("priority", 1, frozenset({"hold", "break", "reach", "only"}), search, told, account, tries=of_statements)
