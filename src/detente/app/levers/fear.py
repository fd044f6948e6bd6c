"""Fear as a kind of lever: others' moves that hold somebody who would gain by leaving."""

from __future__ import annotations

from time import monotonic

from detente.analysis.claims.fear import SanctionCore
from detente.analysis.unlock.fear import KIND as NAME
from detente.analysis.unlock.fear import sanction_cores
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever, Levers
from detente.analysis.unlock.tries import of_removed
from detente.app.levers.base import LeverKind, Sought
from detente.explain.levers.fear import told
from detente.space.states import StateSpace


def search(space: StateSpace, goal: Goal, sought: Sought) -> Levers[SanctionCore]:
    """For each decision maker whom fear holds at the start all minimal sets of others' moves, by the option that they take up or give up.

    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> [(lever.by, lever.cost) for lever in search(space, Goal(0, dict.fromkeys(space.masks, "SEQ"), "break"), Sought()).found]
    [(('Column',), 1), (('Row',), 1)]
    """
    found: list[Lever[SanctionCore]] = []
    least: list[int] = []
    complete, stopped = True, ""
    until = None if sought.seconds is None else monotonic() + sought.seconds
    for dm in space.masks:
        left = None if until is None else max(until - monotonic(), 1e-3)
        cores = sanction_cores(space, goal.start, dm, goal.profile[dm], grouping="option", seconds=left, progress=sought.progress).cores
        found += cores.found
        least += [] if cores.least is None else [cores.least]
        complete, stopped = complete and cores.complete, stopped or cores.stopped
    levers = tuple(sorted(found, key=lambda lever: lever.cost))
    return Levers(NAME, levers, min(least, default=None), complete, stopped)


KIND = LeverKind("fear", 6, frozenset({"break"}), search, told, tries=of_removed)
