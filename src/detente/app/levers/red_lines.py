"""Red lines as a kind of lever: what they leave better for everybody is told of the start, not goal by goal."""

from __future__ import annotations

from typing import Any

from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.red_lines import told
from detente.space.states import StateSpace


def search(_space: StateSpace, _goal: Goal, _sought: Sought) -> Levers[Any]:
    """Nothing: dropping a red line makes something better for everybody, which is not yet to have it reached; see `app.red_lines`.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> search(space, Goal(space.state(5), {}, "break"), Sought()).stopped
    'not asked'
    """
    return Levers("red-lines", (), None, False, "not asked")


KIND = LeverKind("red-lines", 4, frozenset(), search, told)
