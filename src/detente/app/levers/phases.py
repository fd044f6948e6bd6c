"""Phases as a kind of lever: orders in which a package can be carried out step by step, or where the best of them breaks down."""

from __future__ import annotations

from typing import Any

from detente.analysis.claims.phases import Phased
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.phases import phase_levers, phases
from detente.analysis.unlock.tries import of_phases
from detente.analysis.unlock.unravel import least_broken, repaired
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.phases import account as told_of_all
from detente.explain.levers.phases import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, _sought: Sought) -> Levers[Phased]:
    """Orders of steps from the start to wanted states that hold.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> search(space, Goal(space.state(5), profile, "reach", space.set_of(space.state(8))), Sought()).found[0].cost
    1
    """
    return phase_levers(space, goal)


def account(space: StateSpace, goal: Goal, _levers: Levers[Any]) -> Explanation | None:
    """Of one wanted state: in how many orders it can be carried out, or where the best order breaks down and what would mend it."""
    if goal.targets is None or goal.targets.count != 1 or goal.targets.contains(goal.start):
        return None
    found = phases(space, goal.start, goal.targets.first(1)[0], goal.profile)
    broken = least_broken(found.steps) if found.none is not None else None
    return told_of_all(space, found, broken, None if broken is None else repaired(space, broken, goal.profile))


KIND = LeverKind("phases", 5, frozenset({"reach", "only"}), search, told, account, tries=of_phases)
