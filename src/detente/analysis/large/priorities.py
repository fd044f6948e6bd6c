"""Priority shifts in spaces of any size: single edits of ordered statements, each shown by witnesses; and what pressure comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from detente.analysis.claims.pressure import Pressed
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.statement_edits import Action, StatementEdit, changed_space
from detente.analysis.large.trial import LargeGoal, Profile, Trial
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority_found import Pressures, PriorityLevers
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.space.states import StateSpace

_GRAVITY: Mapping[Action, int] = {"move": 0, "drop": 1, "add": 2, "reverse": 3}


def priority_shifts(
    space: StateSpace, goal: LargeGoal, seconds: float | None = None, progress: Callable[[str], None] | None = None
) -> PriorityLevers:
    """The single edits of ordered statements that give what is asked for: each statement moved, dropped, reversed.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for.
    seconds
        How long it may take; None for as long as it takes.
    progress
        Told whose statements are looked at.

    Returns
    -------
    PriorityLevers
        For each statement, and for each of moving it up, moving it down, dropping and reversing it, the smallest edit that does; `tried`
        says how many were tried.  More edits than one are not tried together at this size.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> goal = LargeGoal(0, {"Syria": "SEQ", "Iraq": "SEQ"}, "hold", 1)
    >>> [(lever.by, lever.claim.edits[0].action) for lever in priority_shifts(space, goal).found][:1]
    [(('Syria',), 'move')]
    """
    say = progress or (lambda _: None)
    trial = Trial(space, goal, Clock(seconds))
    without = tuple(dm.key for dm in space.conflict.decision_makers if dm.preference is None or not dm.preference.statements())
    found: list[Lever[PriorityShift]] = []
    tried, stopped = 0, ""
    try:
        now = trial.outcome(space)
        if now is not None:
            shift = PriorityShift((), now)
            return PriorityLevers("priority shift", (Lever("priority shift", 0, (), goal.target, shift),), 0, True, "", (1,), 0, without)
        for dm in (party for party in goal.profile if party not in without):
            say(f"statements of {dm}")
            for options in _edits(space, dm):
                for edit in options:
                    tried += 1
                    outcome = trial.outcome(changed_space(space, [edit]), dm)
                    if outcome is not None:
                        shift = PriorityShift((edit,), outcome)
                        found.append(Lever("priority shift", 1, (dm,), goal.target, shift))
                        break
    except LimitError:
        stopped = "time"
    except KeyboardInterrupt:
        stopped = "interrupted"
    place = {dm: n for n, dm in enumerate(goal.profile)}
    found.sort(key=lambda lever: (_GRAVITY[lever.claim.edits[0].action], lever.claim.size, place[lever.by[0]], lever.claim.edits[0].place))
    counts = (1, tried) if not stopped else (1,)
    settled = found or stopped or trial.unsettled
    least = 1 if settled else 2
    stopped = stopped or ("time" if trial.unsettled else "")
    return PriorityLevers("priority shift", tuple(found), least, not stopped, stopped, counts, 0, without)


def _edits(space: StateSpace, dm: str) -> Iterator[list[StatementEdit]]:
    """The edits of one decision maker's statements, those of which the first that does stands for the others together."""
    preference = space.conflict.decision_maker(dm).preference
    count = len(preference.statements()) if preference is not None else 0
    for place in range(1, count + 1):
        yield [StatementEdit(dm, "move", place, to) for to in range(place - 1, 0, -1)]
        yield [StatementEdit(dm, "move", place, to) for to in range(place + 2, count + 1)]  # one place down is the next one's place up
        yield [StatementEdit(dm, "drop", place)]
        yield [StatementEdit(dm, "reverse", place)]


def pressed(
    space: StateSpace, start: int, profile: Profile, seconds: float | None = None, progress: Callable[[str], None] | None = None
) -> Pressures:
    """For each statement, at each place that it can have in its list, who leaves a state and who stays.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of their concept.
    seconds
        How long it may take; None for as long as it takes.
    progress
        Told whose statements are looked at.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("cuban-missile-crisis"), list_up_to=0)
    >>> found = pressed(space, space.status_quo, {"US": "SEQ", "USSR": "SEQ"})
    >>> len(found.found) + len(found.idle), found.stopped
    (17, '')
    """
    say = progress or (lambda _: None)
    trial = Trial(space, LargeGoal(start, profile, "break"), Clock(seconds))
    levers: list[Lever[Pressed]] = []
    without: list[str] = []
    stopped = ""
    try:
        for dm in profile:
            preference = space.conflict.decision_maker(dm).preference
            count = len(preference.statements()) if preference is not None else 0
            without += [dm] if not count else []
            say(f"pressure: {dm}")
            for place in range(1, count + 1):
                found = []
                for to in range(1, count + 1):
                    there = space if to == place else changed_space(space, [StatementEdit(dm, "move", place, to)])
                    witnesses = trial.everybody(there, start, None if to == place else dm)
                    if witnesses is None:
                        break
                    found.append(witnesses)
                if len(found) < count:
                    stopped = "time"
                    continue
                claim = Pressed(dm, place, start, tuple(profile.items()), tuple(found))
                leaving = dict(claim.left)
                away = [abs(place - to) for to, leavers in leaving.items() if leavers != leaving[place]]
                levers.append(Lever("pressure", min(away, default=0), (dm,), None, claim))
    except LimitError:
        stopped = "time"
    except KeyboardInterrupt:
        stopped = "interrupted"
    moving = sorted((lever for lever in levers if lever.cost), key=lambda lever: lever.cost)
    return Pressures(tuple(moving), tuple(lever for lever in levers if not lever.cost), tuple(without), (), stopped)
