"""Joint moves as a kind of lever: groups that can bring a state about together and all prefer it."""

from __future__ import annotations

from dataclasses import replace

from detente.analysis.claims.together import Together
from detente.analysis.unlock.coalitions import coalition_levers
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.tries import of_joint_move
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.coalitions import told
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, _sought: Sought) -> Levers[Together]:
    """The groups that give what is asked for by moving together; preferences, moves and rules stay as they are.

    Of those of the same size what holds comes first, then what is nearest to the start.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> goal = Goal(space.state(5), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"}, "break")
    >>> [(lever.by, space.number(lever.target)) for lever in search(space, goal, Sought()).found]
    [(('MoE', 'Uniroyal'), 8)]
    """
    found = _found(space, goal)
    nearest = sorted(found.found, key=lambda lever: (lever.cost, not lever.claim.holds, (lever.claim.to ^ goal.start).bit_count()))
    return replace(found, found=tuple(nearest))


def _found(space: StateSpace, goal: Goal) -> Levers[Together]:
    declared = [coalition.members for coalition in space.conflict.coalitions]
    return coalition_levers(space, goal, declared if len(space.conflict.decision_makers) > 10 and declared else None)


KIND = LeverKind("coalitions", 0, frozenset({"break", "reach", "only"}), search, told, tries=of_joint_move)
