"""Shortest sequences between two states of a space of any size, as they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.certificate import Kind
from detente.analysis.route import Route
from detente.space.states import StateSpace

MOST_STEPS = 24
"""Most moves of a sequence that is looked for, unless told otherwise."""


@dataclass(frozen=True)
class LargeRoutes:
    """A shortest legal sequence from a state to another, in a space of any size.

    Parameters
    ----------
    space
        The space.
    start, goal
        The states.
    kind
        Which moves it is made of.
    way
        The sequence; None if none was found.
    steps
        Its number of moves.
    shortest
        Whether it is shown that there is none with fewer moves.
    none
        Whether it is shown that there is none, whatever its length.
    looked
        Up to how many moves every length was settled.
    why_none
        What showed that there is none: "options" (an option that would have to change can't be changed, or not by them), "start" (no
        sequence from the start is so long), "goal" (no sequence that ends at the goal is so long), "listed" (all that is reached is
        listed); empty where it was not shown.
    lengths
        All that is reached, where it is listed: state, last mover (key) and the number of moves of a shortest sequence.
    """

    space: StateSpace
    start: int
    goal: int
    kind: Kind
    way: Route | None
    shortest: bool
    none: bool
    looked: int
    why_none: str = ""
    lengths: tuple[tuple[int, str, int], ...] = ()

    @property
    def steps(self) -> int | None:
        """Its number of moves; None if none was found."""
        return None if self.way is None else len(self.way.legs)


def needed_for(space: StateSpace, start: int, goal: int) -> Mapping[str, int]:
    """The decision makers without whose moves no sequence leads from a state to another, with the bits that nobody else can change.

    >>> from detente.cases import load
    >>> needed_for(StateSpace(load("chicken")), 1, 2)
    {'Row': 1, 'Column': 2}
    """
    found = {}
    for dm in (party.key for party in space.conflict.decision_makers):
        others = 0
        for other, mask in space.masks.items():
            others |= mask if other != dm else 0
        if alone := (start ^ goal) & space.masks[dm] & ~others:
            found[dm] = alone
    return found
