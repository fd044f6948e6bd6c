"""Red lines and rules as a kind of lever: where nothing is better for everybody, the smallest sets that would have to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detente.analysis.claims.red_lines import Restoring
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.red_lines import RedLineConflicts, red_line_conflicts
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.red_lines import account as told_of_all
from detente.explain.levers.red_lines import told
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Found(Levers[Restoring]):
    """The levers, with what red lines and rules leave as they are (`of`)."""

    of: RedLineConflicts | None = None


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[Restoring]:
    """The minimal sets of red lines that would have to go for something to be better for everybody; not asked where something is.

    >>> from detente.cases import load
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> search(space, Goal(space.status_quo, dict.fromkeys(space.masks, "SEQ"), "break"), Sought()).stopped
    'not asked'
    """
    found = red_line_conflicts(space, goal.start, progress=sought.progress)
    if found.now:
        return Found("red-lines", (), None, False, "not asked")
    levers = found.restoring
    return Found("red-lines", levers.found, levers.least, levers.complete, levers.stopped, found)


def account(space: StateSpace, _goal: Goal, levers: Levers[Any]) -> Explanation | None:
    """Which red lines together leave nothing better for everybody."""
    return told_of_all(space, levers.of) if isinstance(levers, Found) and levers.of is not None else None


KIND = LeverKind("red-lines", 4, frozenset({"break"}), search, told, account)
