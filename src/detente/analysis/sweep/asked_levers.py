"""Whether levers that were found for the conflict as it is written work, asked of cells; and which is the cheapest that does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from detente.analysis.claims.joint import joint
from detente.analysis.sweep.asked_ways import Led
from detente.analysis.sweep.attempt import Attempt, Taken, Taking
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.changed import Changed, after
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.sought import Sought, better_than, for_groups
from detente.analysis.sweep.worlds import Lens

if TYPE_CHECKING:
    from detente.analysis.sweep.asked import Question


def lever(question: Question, cell: Cell) -> bool:
    """Whether a lever gives what it gives in the conflict as it is written."""
    (one,) = question.subject.attempts
    return works(after(question.play, one), question.profile, cell, one)


def cheapest(question: Question, cell: Cell) -> int | str:
    """The number, from 1, of the first of some levers that works; "" if none does, "-" if somebody leaves the status quo anyway."""
    play, profile, start = question.play, question.profile, question.play.frame.start
    assert start is not None
    if not play.holds(cell, profile, start):
        return "-"
    for number, one in enumerate(question.subject.attempts, start=1):
        if works(after(play, one), profile, Lens(cell, number), one):
            return number
    return ""


def works(play: Play, profile: Mapping[str, str], cell: Cell, one: Attempt) -> bool:
    """Whether what a lever is to give is so.

    Parameters
    ----------
    play
        The play after the lever.
    profile
        For each decision maker (key) the key of a concept.
    cell
        The cell, looked at after the lever.
    one
        The lever.
    """
    frame = play.frame
    start = frame.start
    if start is None or (isinstance(frame, Changed) and not frame.is_possible):
        return False
    if one.want == "break":
        return not play.holds(cell, profile, start)
    if one.want == "steps":
        return _taken(play, profile, cell, one.steps)
    target = _state(play, one.target)
    if target is None:
        return False
    if one.want == "together":
        able = frame.groups.brought_about(one.by) >> target & 1
        gain = able and all(cell.ask(dm, lambda orders: orders.prefers(target, start)) for dm in one.by)
        return bool(gain) and play.holds(cell, profile, target)
    if not play.holds(cell, profile, target):
        return False
    return one.want == "hold" or _reached(play, profile, cell, target, alone=one.want == "only")


def _state(play: Play, taken: Taken | None) -> int | None:
    """The state in which some options are taken; None if it can't occur."""
    return None if taken is None else play.frame.space.state_of(play.frame.conflict.combination(taken))


def _reached(play: Play, profile: Mapping[str, str], cell: Cell, target: int, *, alone: bool) -> bool:
    """Whether a way leads from the start to a state; and, if it is to be `alone`, improvements to nothing else that holds."""
    start, groups = play.frame.start, play.frame.groups
    assert start is not None
    sets = dict.fromkeys(profile, better_than(start))
    able, led = play.once(("to", target), lambda: for_groups(groups, 2, 1 << target)), Led(cell, profile, start)
    if Sought(cell, sets, able, start).any() is None and (play.holds(cell, profile, start) or not led.to(target)):
        return False
    return not alone or not any(play.holds(cell, profile, state) for state in led.everywhere() if state not in (target, start))


def _taken(play: Play, profile: Mapping[str, str], cell: Cell, steps: tuple[Taking, ...]) -> bool:
    """Whether each step of a plan is taken, and its end holds."""
    now = play.frame.start
    assert now is not None
    for step in steps:
        to = _state(play, step.to)
        if to is None or not _goes(play, profile, cell, now, step.movers, to):
            return False
        now = to
    return play.holds(cell, profile, now)


def _goes(play: Play, profile: Mapping[str, str], cell: Cell, now: int, movers: tuple[str, ...], to: int) -> bool:
    """Whether one party goes of its own accord, or all who take a joint move gain by it."""
    if len(movers) == 1:
        return play.leaves_by(cell, profile[movers[0]], movers[0], now, to)
    if not play.once(("joint", movers, now, to), lambda: joint(play.frame.space, movers, now, to) is not None):
        return False
    return all(cell.ask(dm, lambda orders: orders.prefers(to, now)) for dm in movers)
