"""What is asked of a lever: from which state, towards which states, under which behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.space.sets import StateSet

Want = Literal["hold", "break", "reach", "only"]
"""What is to be had.

"hold"
    a wanted state is an equilibrium;
"break"
    the start is none: somebody leaves it;
"reach"
    a wanted state is an equilibrium, the start is none or is left together, and a way of improvements, or of a move that a group makes
    together and that all of it gain by, leads from the start to the wanted state;
"only"
    as "reach", and improvements lead from the start to no other equilibrium.
"""


@dataclass(frozen=True)
class Goal:
    """What is to be had, and under which behaviour.

    Parameters
    ----------
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    want
        What is to be had.
    targets
        The wanted states, any of which will do; None where only leaving the start is asked for.

    Examples
    --------
    >>> Goal(0, {"A": "SEQ"}, "break").targets is None
    True
    """

    start: int
    profile: Mapping[str, str]
    want: Want
    targets: StateSet | None = None
