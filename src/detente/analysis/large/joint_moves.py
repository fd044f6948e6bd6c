"""Joint moves in spaces of any size, as levers: groups that can bring about what all of them prefer, each shown by witnesses."""

from __future__ import annotations

from detente.analysis.claims.together import Together
from detente.analysis.large.seek import Seek
from detente.analysis.large.standstill import LargeStandstill
from detente.analysis.large.trial import LargeGoal, Profile
from detente.analysis.large.verdicts import Verdicts
from detente.analysis.unlock.lever import Lever, Levers
from detente.concepts.witness import is_staying
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.formula import TRUE, Formula
from detente.space.states import StateSpace

MOST_MOVES = 8
"""Most joint moves that are told."""


def _standstill(space: StateSpace, start: int, profile: Profile, clock: Clock, where: Formula = TRUE) -> LargeStandstill:
    return LargeStandstill(space, start, profile, Seek(space, start, clock, where), Verdicts(space, profile, clock), clock)


def joint_moves(space: StateSpace, goal: LargeGoal, seconds: float | None = None) -> Levers[Together]:
    """Groups that can bring about what all of them prefer: to the target where there is one, else to what holds and is near.

    Parameters
    ----------
    space
        The space.
    goal
        "break": what groups could leave the start for; "reach": the target, which has to hold.
    seconds
        How long it may take; None for as long as it takes.

    Returns
    -------
    Levers
        For "break" those that are found first, those that hold before others, `complete` only where there is none; for "reach" the one
        group, of which nobody can be left out, if the target holds and is within its reach.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("gaza-hostage-talks"), list_up_to=0)
    >>> found = joint_moves(space, LargeGoal(space.status_quo, {dm: "SEQ" for dm in space.masks}, "break"))
    >>> found.found[0].by, found.found[0].claim.holds
    (('Israel', 'Hamas'), True)
    """
    standstill = _standstill(space, goal.start, goal.profile, Clock(seconds))
    try:
        states, stopped = ([goal.target], "") if goal.target is not None else _gains(standstill)
        found = []
        for state in states:
            claim = _together(standstill, state)
            if claim is not None and (goal.want == "break" or claim.holds):
                found.append(Lever("coalition", len(claim.coalition), claim.coalition, state, claim))
    except LimitError:
        return Levers("coalition", (), 0, False, "time")
    found.sort(key=lambda lever: (not lever.claim.holds, ((lever.target or 0) ^ goal.start).bit_count(), lever.cost))
    complete = goal.target is not None or (not found and not stopped)
    return Levers("coalition", tuple(found), (found[0].cost if found else None) if complete else 2, complete, stopped)


def _gains(standstill: LargeStandstill) -> tuple[list[int], str]:
    """States that two or more could bring about and prefer, those that hold first, and why these are not all."""
    held = standstill.holding.among(standstill.shared, most=MOST_MOVES, counts=lambda state: bool(standstill.smallest_group(state)))
    nearest = standstill.seek.nearest(standstill.shared)
    near = [nearest.state] if nearest.state is not None else []
    states = list(dict.fromkeys([*held.states, *near]))
    return states, "" if not states and nearest.sure else "many"


def _together(standstill: LargeStandstill, state: int) -> Together | None:
    group = standstill.smallest_group(state)
    ends = standstill.witnesses(state)
    if not group or ends is None:
        return None
    starts = standstill.witnesses(standstill.start) or ()
    return standstill.together(group, state, ends, starts if all(map(is_staying, starts)) else ())
