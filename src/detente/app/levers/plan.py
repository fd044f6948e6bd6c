"""Whole plans as a kind of lever: the cheapest way to a wanted state out of all means, under prices and budgets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.analysis.claims.plan import Planned
from detente.analysis.unlock.edited import edited
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever, Levers
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import Plan, Plans
from detente.analysis.unlock.tries import of_plan
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.plan import account as told_of_all
from detente.explain.levers.plan import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace

NOT_ASKED = Levers[Planned]("plan", (), None, False, "not asked")


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[Planned]:
    """The cheapest plans out of measures, bans, changes of preference, edits of statements and joint moves.

    A part of the time goes to finding edits of statements that a plan could use.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> search(space, Goal(space.state(5), profile, "reach", space.set_of(space.state(8))), Sought()).found[0].by
    ('MoE', 'Uniroyal')
    """
    if goal.targets is None:
        return NOT_ASKED
    third = None if sought.seconds is None else sought.seconds / 3
    means = gathered(space, goal, red_lines=sought.red_lines, weights=sought.weights)
    means += edited(space, goal, most=1, seconds=third, progress=sought.progress)
    left = None if third is None else 2 * third
    found = plans(space, goal, means, Terms(prices=sought.prices, budgets=sought.budgets, seconds=left), progress=sought.progress)
    if not found.found and not found.stopped:
        return replace(found, least=0, complete=False, stopped="means")  # other means might do it
    return found


def account(space: StateSpace, _goal: Goal, levers: Levers[Any]) -> Explanation | None:
    """How many sets of means were tried, and how sure it is that nothing is cheaper."""
    return told_of_all(space, levers, listed=False) if isinstance(levers, Plans) else None


def _told(space: StateSpace, lever: Lever[Any]) -> Explanation:
    assert isinstance(lever, Plan)
    return told(space, lever)


KIND = LeverKind("plan", 7, frozenset({"reach", "only"}), search, _told, account, spared=True, tries=of_plan)
