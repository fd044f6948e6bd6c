"""What searches for priority shifts and pressure give: the levers, and an account of what was tried."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.claims.pressure import Pressed
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.unlock.lever import Lever, Levers

KIND = "priority shift"
"""Name of the kind of lever that edits statements."""
PRESSURE = "pressure"
"""Name of the kind of lever that moves one statement through all places."""


@dataclass(frozen=True)
class PriorityLevers(Levers[PriorityShift]):
    """The priority shifts for one goal; the cost of a lever is its number of edits.

    Parameters
    ----------
    tried
        For each number of edits, from none, how many changes were settled, as far as all of that number were: a change that contains a
        lever found before is left out, and counted.
    most
        The greatest number of edits that was asked for.
    without
        The decision makers (keys) who have no ordered statements, so that nothing of theirs could be edited.
    """

    tried: tuple[int, ...] = ()
    most: int = 0
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pressures:
    """What every statement comes to at every place.

    Parameters
    ----------
    found
        The statements whose place makes a difference to who leaves the state.  The cost of a lever is the number of places from where the
        statement is to the nearest place where somebody else, or nobody, leaves; ordered by it, then as in the conflict.
    idle
        The statements whose place makes no difference, as in the conflict.
    without
        The decision makers (keys) who have no ordered statements.
    unfit
        Statements, as (decision maker, number), whose places cannot all be tried, because a ranking that breaks the ties of the statements
        would then no longer list each group of tied states whole.
    stopped
        Why not all statements were looked at ("time", "interrupted"); empty if all were.
    """

    found: tuple[Lever[Pressed], ...]
    idle: tuple[Lever[Pressed], ...]
    without: tuple[str, ...] = ()
    unfit: tuple[tuple[str, int], ...] = ()
    stopped: str = ""

    @property
    def complete(self) -> bool:
        """Whether every statement was looked at."""
        return not self.stopped
