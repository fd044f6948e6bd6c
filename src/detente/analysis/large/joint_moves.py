"""Joint moves in spaces of any size, as levers: groups that can bring about what all of them prefer, each shown by witnesses."""

from __future__ import annotations

from detente.analysis.claims.together import Together
from detente.analysis.large.seek import Seek
from detente.analysis.large.standstill import LargeStandstill
from detente.analysis.large.trial import LargeGoal, Profile
from detente.analysis.large.verdicts import Verdicts
from detente.analysis.unlock.goal import Want
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
        For "break" those that are found first, those that hold before others, `complete` only where there is none; for "reach" all
        minimal groups, if the target holds.

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
        if goal.target is not None:
            return _to(standstill, goal.target, goal.want)
        states, stopped = _gains(standstill)
        claims = [claim for state in states if (claim := _together(standstill, state)) is not None]
    except LimitError:
        return Levers("coalition", (), 0, False, "time")
    claims.sort(key=lambda claim: (not claim.holds, (claim.to ^ goal.start).bit_count(), len(claim.coalition)))
    levers = tuple(Lever("coalition", len(claim.coalition), claim.coalition, claim.to, claim) for claim in claims)
    return Levers("coalition", levers, 2 if levers or stopped else None, not levers and not stopped, stopped)


def _to(standstill: LargeStandstill, target: int, want: Want) -> Levers[Together]:
    """All minimal groups that can bring a state about and prefer it, if it holds."""
    groups, ends = standstill.ways.minimal_groups(target), standstill.witnesses(target)
    if ends is None:
        return Levers("coalition", (), 0, False, "time")
    if want != "break" and not all(map(is_staying, ends)):
        return Levers("coalition", (), None, True)
    starts = standstill.witnesses(standstill.start) or ()
    held = starts if all(map(is_staying, starts)) else ()
    known = groups if groups is not None else tuple(group for group in (standstill.smallest_group(target),) if group)
    levers = tuple(Lever("coalition", len(group), group, target, standstill.together(group, target, ends, held)) for group in known)
    if groups is None:
        return Levers("coalition", levers, 2, False, "many")
    return Levers("coalition", levers, levers[0].cost if levers else None, True)


def _gains(standstill: LargeStandstill) -> tuple[list[int], str]:
    """States that two or more could bring about and prefer, those that hold first, and why these are not all."""
    asked = (standstill.shared, -standstill.seek.alone)
    held = standstill.holding.among(*asked, most=MOST_MOVES, counts=lambda state: bool(standstill.smallest_group(state)))
    nearest = standstill.seek.nearest(*asked)
    near = [nearest.state] if nearest.state is not None else []
    states = list(dict.fromkeys([*held.states, *near]))
    return states, "" if not states and nearest.sure else "many"


def _together(standstill: LargeStandstill, state: int) -> Together | None:
    group = standstill.smallest_group(state)
    if any(standstill.way((dm,), state) is not None for dm in group):
        return None  # one of them need not ask the others
    ends = standstill.witnesses(state)
    if not group or ends is None:
        return None
    starts = standstill.witnesses(standstill.start) or ()
    return standstill.together(group, state, ends, starts if all(map(is_staying, starts)) else ())
