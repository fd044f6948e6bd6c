"""What a bargain hangs on: how many states would be better for everybody if one statement of somebody came to stand past another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from detente.analysis.bargain import Bargain
from detente.model.preference import Criterion, Meets
from detente.preference.compared import compared_by
from detente.preference.order import criteria_of


@dataclass(frozen=True, slots=True)
class After:
    """What is better than the start once a decision maker's statements stand in another order.

    Parameters
    ----------
    better_for_all
        How many states everybody prefers to the start.
    worse_for_none
        How many states are worse for nobody and better for somebody.
    """

    better_for_all: int
    worse_for_none: int


@dataclass(frozen=True, slots=True)
class Hinge:
    """Two statements of a decision maker, and what is better than the start when one of them is moved past the other.

    Parameters
    ----------
    dm
        Key of the decision maker.
    upper, lower
        The places of the two statements, from 1; the upper one is the more important as the conflict has it.
    lowered
        What is better when the upper one is moved to just below the lower one; all others keep their order.
    raised
        What is better when the lower one is moved to just above the upper one.  For neighbours that is the same order.
    """

    dm: str
    upper: int
    lower: int
    lowered: After
    raised: After

    @property
    def empties(self) -> bool:
        """Whether no state is better for everybody in either order."""
        return not self.lowered.better_for_all and not self.raised.better_for_all

    @property
    def distance(self) -> int:
        """How many places apart the two statements are."""
        return self.lower - self.upper


def hinges(bargain: Bargain) -> tuple[Hinge, ...]:
    """For each two statements of each decision maker: what would be better than the start if one of them stood past the other.

    Parameters
    ----------
    bargain
        The start, and what is better as things are.

    Returns
    -------
    tuple of Hinge
        In the order of the conflict, neighbours first; decision makers whose preference is no list of statements have none.

    Examples
    --------
    >>> from detente.analysis.bargain import bargain
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> found = hinges(bargain(space, space.status_quo))
    >>> [(hinge.dm, hinge.upper, hinge.lower) for hinge in decisive(found)]
    [('Israel', 6, 8)]
    """
    space, found = bargain.space, []
    table = cache(space.where_bits)
    for dm in space.conflict.decision_makers:
        own = tuple(dm.preference.criteria()) if dm.preference else ()
        red = criteria_of(dm)[: len(criteria_of(dm)) - len(own)]

        @cache
        def after(criteria: tuple[Criterion, ...], key: str = dm.key) -> After:
            return _counted(bargain, key, *compared_by(space, key, bargain.start, criteria, table))

        last = sum(isinstance(criterion, Meets) for criterion in own)
        pairs = [(upper, upper + apart) for apart in range(1, last) for upper in range(1, last - apart + 1)]
        for upper, lower in pairs:
            lowered, raised = (after((*red, *_moved(own, start, to))) for start, to in ((upper, lower), (lower, upper)))
            found.append(Hinge(dm.key, upper, lower, lowered, raised))
    return tuple(found)


def _moved(criteria: tuple[Criterion, ...], place: int, to: int) -> tuple[Criterion, ...]:
    """Criteria with the one at a place, from 1, moved to another place."""
    rest = criteria[: place - 1] + criteria[place:]
    return (*rest[: to - 1], criteria[place - 1], *rest[to - 1 :])


def _counted(bargain: Bargain, dm: str, better: int, tied: int) -> After:
    """How many states are better for all, and worse for none, with other states better and tied for one decision maker."""
    above, no_worse, gain = better, better | tied, better
    for other in bargain.better:
        if other != dm:
            above &= bargain.better[other].bits
            no_worse &= bargain.no_worse[other].bits
            gain |= bargain.better[other].bits
    return After(above.bit_count(), (no_worse & gain).bit_count())


def decisive(found: Sequence[Hinge]) -> tuple[Hinge, ...]:
    """Of some hinges the closest pairs that leave nothing better for everybody, whichever of the two is moved past the other.

    A pair is left out if another such pair of the same decision maker lies between its places.
    """
    empty = [hinge for hinge in found if hinge.empties]

    def inner(one: Hinge, other: Hinge) -> bool:
        return one is not other and one.dm == other.dm and other.upper <= one.upper and one.lower <= other.lower

    return tuple(hinge for hinge in empty if not any(inner(other, hinge) for other in empty))


def nearest(found: Sequence[Hinge]) -> tuple[str, int, int] | None:
    """Of some hinges a shortest move of one statement that leaves nothing better for everybody: whose, its place, its new place.

    The first of several in the order of the hinges; None if there is none.
    """
    for hinge in sorted(found, key=lambda hinge: hinge.distance):
        if not hinge.lowered.better_for_all:
            return hinge.dm, hinge.upper, hinge.lower
        if not hinge.raised.better_for_all:
            return hinge.dm, hinge.lower, hinge.upper
    return None
