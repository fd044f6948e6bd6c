"""Preference shifts as a kind of lever: the smallest changes of the parties' orders, counted in pairs of states."""

from __future__ import annotations

from detente.analysis.claims.shifted import Shifts
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.shifts import shift_levers
from detente.analysis.unlock.tries import of_orders
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.shifts import account, told
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[Shifts]:
    """The minimal changes of orders that give what is asked for.

    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, "hold", space.set_of(space.state(2)))
    >>> search(space, goal, Sought()).found[0].cost
    1
    """
    return shift_levers(space, goal, weights=sought.weights, red_lines=sought.red_lines, seconds=sought.seconds, progress=sought.progress)


KIND = LeverKind("preference", 2, frozenset({"hold", "break", "reach", "only"}), search, told, account, most_states=1000, tries=of_orders)
