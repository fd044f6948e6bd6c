"""Guarantees as a kind of lever: bans, joint moves and the measures of the file that make a wanted state hold, and have it reached."""

from __future__ import annotations

from detente.analysis.claims.guarantee import Guarantee
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.guarantee import guarantee_levers
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.tries import of_measures
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.guarantee import account as told_of_all
from detente.explain.levers.guarantee import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[Guarantee]:
    """All minimal sets of bans on leaving a wanted state and of at most one measure, in the order of their cost.

    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> goal = Goal(3, dict.fromkeys(space.masks, "Nash"), "hold", space.set_of(0))
    >>> [lever.by for lever in search(space, goal, Sought()).found]
    [('Row', 'Column')]
    """
    return guarantee_levers(space, goal, seconds=sought.seconds, progress=sought.progress)


def account(space: StateSpace, goal: Goal, _levers: Levers[Guarantee]) -> Explanation:
    """Which means were tried together."""
    return told_of_all(space, goal.want)


KIND = LeverKind("guarantee", 5, frozenset({"hold", "reach"}), search, told, account, spared=True, tries=of_measures)
