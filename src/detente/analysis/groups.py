"""What groups of decision makers can bring about from one state: by moves one after the other, or by moving at once.

A group's *sequences* are the legal sequences of its members, in which nobody moves twice in a row (R_H of Kilgour, Hipel, Fang and Peng
2001).  In its *joint move* the members change options of their own at the same time, as when they sign; what lies between does not
matter, so a joint move may lead where each order of single moves would pass a state that cannot occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from detente.analysis.images import Images
from detente.analysis.joint import joint_is_all, joint_targets
from detente.analysis.reach import Reach, reach
from detente.space.states import StateSpace

MAX_MOVERS = 12
"""Most decision makers with options for whom all groups are looked at (4,095 groups)."""

Group = tuple[str, ...]
"""The members of a group: keys, in the order of the conflict."""


class Groups:
    """What every group of decision makers can bring about from one state; sets are integers with a bit for each combination.

    Parameters
    ----------
    space
        The space.
    start
        A state.
    images
        The images to use, when there are some of this space already.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> groups = Groups(space, 0)
    >>> groups.all(), bin(groups.brought_about(("A", "B"))), bin(groups.jointly(("B",)))
    ((('A',), ('B',), ('A', 'B')), '0b1110', '0b100')
    """

    def __init__(self, space: StateSpace, start: int, images: Images | None = None) -> None:
        self.space = space
        self.start = start
        self.images = images or Images(space)
        self.movers: Group = tuple(dm.key for dm in space.conflict.decision_makers if space.masks[dm.key])
        """The decision makers that own an option; nobody else can bring anything about."""
        self._reach: dict[Group, Reach] = {}
        self._joint: dict[Group, int] = {}

    def all(self) -> tuple[Group, ...]:
        """Every group of decision makers with options, the smallest first; of more than `MAX_MOVERS` only all of them together."""
        if len(self.movers) > MAX_MOVERS:
            return (self.movers,)
        return tuple(group for size in range(1, len(self.movers) + 1) for group in combinations(self.movers, size))

    def reach(self, members: Sequence[str]) -> Reach:
        """All that legal sequences of a group's moves reach."""
        group = self.group(members)
        if group not in self._reach:
            self._reach[group] = reach(self.space, self.start, "any", group, images=self.images)
        return self._reach[group]

    def in_turn(self, members: Sequence[str]) -> int:
        """The states other than the start that legal sequences of a group's moves reach."""
        return self.reach(members).states.bits & ~(1 << self.start)

    def jointly(self, members: Sequence[str]) -> int:
        """The states other than the start that a group reaches by a joint move, see `detente.analysis.claims.joint`."""
        group = self.group(members)
        if group not in self._joint:
            self._joint[group] = joint_targets(self.space, group, self.start)
        return self._joint[group]

    def brought_about(self, members: Sequence[str]) -> int:
        """The states other than the start that a group reaches, by moves one after the other or by a joint move."""
        joint = self.jointly(members)
        return joint if joint_is_all(self.space) else joint | self.in_turn(members)

    def group(self, members: Sequence[str]) -> Group:
        """Some decision makers (keys) in the order of the conflict, without those that own no option."""
        return tuple(dm for dm in self.movers if dm in members)
