"""What would be better for everybody if red lines and rules were dropped."""

from __future__ import annotations

from functools import reduce
from operator import and_

from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.preference.compared import compared
from detente.space.states import StateSpace


class Dropping:
    """What dropping red lines and rules would make better for everybody than a start.

    Parameters
    ----------
    space
        The space.
    start
        The start.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> Dropping(space, 0).possible
    0
    """

    def __init__(self, space: StateSpace, start: int) -> None:
        self.space = space
        self.start = start
        self.rules = can_drop_rules(space.conflict)
        """Whether rules are dropped too."""
        self.bare = StateSpace(without(space.conflict, None, None if self.rules else frozenset()))
        """The space without red lines, and without rules if these are dropped."""
        better = {dm.key: self._better(dm.key) for dm in space.conflict.decision_makers}
        self.against = tuple((dm, self.bare.states.bits & ~bits) for dm, bits in better.items())
        """For each decision maker the combinations that they do not prefer to the start, whatever is dropped."""
        self.possible = reduce(and_, better.values(), self.bare.states.bits)
        """The combinations that everybody prefers to the start if the right red lines and rules are dropped, as an integer."""

    def _better(self, dm: str) -> int:
        """What a decision maker prefers to the start if some of their red lines are dropped.

        Without any of them it is what they would prefer.  Keeping only one that the start crosses makes better what does not cross it.
        """
        preferred = compared(self.bare, dm, self.start)[0]
        lines = [self.bare.where_bits(line.never) for line in self.space.conflict.decision_maker(dm).red_lines]
        crossing = [bits for bits in lines if bits >> self.start & 1]
        better = preferred
        for bits in crossing:
            better |= self.bare.states.bits & ~bits
        return better
