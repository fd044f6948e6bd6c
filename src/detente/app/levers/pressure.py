"""Pressure as a kind of lever: a statement that rises or falls in a party's priorities, and what the start comes to at each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detente.analysis.claims.pressure import Pressed
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority_found import Pressures
from detente.analysis.unlock.tries import of_places
from detente.app.levers.base import LeverKind, Sought
from detente.app.levers.priority import has_statements
from detente.explain.levers.pressure import account as told_of_all
from detente.explain.levers.pressure import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[Pressed]:
    """The statements whose place makes a difference to who leaves the start, those for which the fewest places do first.

    >>> from detente.cases import load
    >>> space = StateSpace(load("cuban-missile-crisis"))
    >>> search(space, Goal(space.state(7), {"US": "SEQ", "USSR": "SEQ"}, "break"), Sought()).found[0].cost
    1
    """
    if not has_statements(space):
        return Levers("pressure", (), None, False, "not asked")
    found = pressures(space, goal.start, goal.profile, seconds=sought.seconds, progress=sought.progress)
    least = found.found[0].cost if found.found else None
    settled = found.complete and not found.unfit
    return Found("pressure", found.found, least if settled else 0, settled, found.stopped, found)


@dataclass(frozen=True)
class Found(Levers[Pressed]):
    """The levers, with all that every statement comes to at every place (`of`)."""

    of: Pressures | None = None


def account(space: StateSpace, _goal: Goal, levers: Levers[Any]) -> Explanation | None:
    """How many statements were tried, and at how many their place makes no difference."""
    return Explanation(told_of_all(space, levers.of)) if isinstance(levers, Found) and levers.of is not None else None


KIND = LeverKind("pressure", 3, frozenset({"break"}), search, told, account, tries=of_places)
