"""The members of a set that are nearest to a state: those that the fewest changes of options lead to, and how many are how far away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from detente.analysis.many.clock import Clock
from detente.analysis.many.digits import split
from detente.analysis.many.tally import distance_from, parts_of, surveyed
from detente.space.members import Members
from detente.space.sets import bits_of

MAX_FROM = 1 << 8
"""Most combinations that a state may stand for whose distance from others is found."""


@dataclass(frozen=True, slots=True)
class Near:
    """How far the members of a set are from a state, in options that have to change, whoever owns them.

    Parameters
    ----------
    distance
        The least distance; 0 if the state itself is a member.
    count
        How many members are at it.
    states
        Some of these, the first by number.
    by_distance
        How many members are at which distance, the least first; with all members.
    """

    distance: int
    count: int
    states: tuple[int, ...]
    by_distance: dict[int, int]


def near(members: Members, state: int, most: int, clock: Clock | None = None) -> Near | None:
    """How far the members of a set are from a state, and the nearest of them.

    Parameters
    ----------
    members
        The set.
    state
        The state.  Of merged states the nearest combinations count.
    most
        How many of the nearest are given.
    clock
        A limit of time, or None.

    Returns
    -------
    Near or None
        None if the set is empty, or the state stands for more than `MAX_FROM` combinations.

    Raises
    ------
    LimitError
        S340 and S343, as for `detente.analysis.many.tally.totals`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> near(space.set_of(1, 2), 0, most=1)
    Near(distance=1, count=2, states=(1,), by_distance={1: 2})
    """
    start, width = members.space.members(state), len(members.space.conflict.options)
    if not members or len(start) > MAX_FROM:
        return None
    if len(start) > 1:
        return _from_merged(members, start, width, most)
    nearest, by_distance = surveyed(members, distance_from(state, width), most, merged=True, clock=clock)
    assert nearest is not None
    return Near(nearest.total, nearest.count, nearest.first, by_distance)


def _from_merged(members: Members, start: tuple[int, ...], width: int, most: int) -> Near:
    """The same from a merged state: whichever of its combinations is nearest counts."""
    at: dict[int, int] = {}
    for combination in start:
        for part in parts_of(members, distance_from(combination, width), merged=True):
            for distance, bits in split(part):
                at[distance] = at.get(distance, 0) | bits << part.first
    seen, found, nearest = 0, dict[int, int](), 0
    for distance, bits in sorted(at.items()):
        if new := bits & ~seen:
            found[distance] = new.bit_count()
            nearest = nearest or new
        seen |= bits
    distance = next(iter(found))
    return Near(distance, found[distance], tuple(islice(bits_of(nearest), most)), found)
