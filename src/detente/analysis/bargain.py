"""The states that everybody prefers to one, and how each could be had: alone, by improvements, only together, or not at all.

Z(s) = {x : x >_i s for every i} is the set of mutual gains; W(s) holds the states at which nobody is worse off than at s and
somebody is better off.  Z is the ordinal counterpart of a zone of possible agreement, measured against the standstill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.analysis.groups import MAX_MOVERS, Group, Groups
from detente.analysis.images import Images
from detente.analysis.reach import Reach, reach
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Together:
    """States that take a group of decision makers, and that no part of the group can bring about.

    Parameters
    ----------
    members
        The group (keys, in the order of the conflict), all of whose members have to move.
    states
        The states.
    in_turn
        Those of them that some legal sequence of the group's moves reaches; the rest can be had by a joint move alone.
    """

    members: Group
    states: StateSet
    in_turn: StateSet


@dataclass(frozen=True, slots=True)
class Ways:
    """How states can be had from a start; every state is in one of `alone`, `by_improvements`, `together`, `out_of_reach`.

    Parameters
    ----------
    alone
        The states that one decision maker reaches by a single move.
    alone_by
        For each decision maker (key) who has such a move, the states that it leads to.
    by_improvements
        The states that no single move reaches, and that a legal sequence of improvements does.
    together
        The states that several decision makers can bring about, and only with a move that is no gain for its mover when it is made, or
        by moving at once.
    groups
        The smallest groups for the states in `together`, by their size; a state may be in several.
    smallest
        Whether `groups` are the smallest ones; False where there are too many decision makers to look at all groups.
    out_of_reach
        The states that neither moves of any number nor a joint move of all reach.
    """

    alone: StateSet
    alone_by: Mapping[str, StateSet]
    by_improvements: StateSet
    together: StateSet
    groups: tuple[Together, ...]
    smallest: bool
    out_of_reach: StateSet


@dataclass(frozen=True)
class Bargain:
    """The states better than a start, and the ways there.

    Parameters
    ----------
    space
        The space.
    start
        The state that all is compared with.
    better
        For each decision maker (key) the states that they prefer to the start.
    no_worse
        For each decision maker the states that they find no worse than the start, itself among them.
    groups
        What groups can bring about from the start.
    """

    space: StateSpace
    start: int
    better: Mapping[str, StateSet]
    no_worse: Mapping[str, StateSet]
    groups: Groups = field(repr=False, compare=False)

    @cached_property
    def better_for_all(self) -> StateSet:
        """Z: the states that every decision maker prefers to the start."""
        found = self.space.states
        for states in self.better.values():
            found &= states
        return found

    @cached_property
    def worse_for_none(self) -> StateSet:
        """W: the states at which nobody is worse off than at the start and somebody is better off; Z is a part of it."""
        found, gain = self.space.states, self.space.set_of()
        for dm, states in self.no_worse.items():
            found &= states
            gain |= self.better[dm]
        return found & gain

    @cached_property
    def moves(self) -> Reach:
        """All that legal sequences of anybody's moves reach from the start."""
        return self.groups.reach(self.groups.movers)

    @cached_property
    def improving(self) -> Reach:
        """All that legal sequences of improvements reach from the start.

        Raises `LimitError` (S304) when somebody tells too many groups of states apart for their improvements to be followed.
        """
        return reach(self.space, self.start, "improving", images=self.groups.images)

    def preferring(self, state: int) -> Group:
        """The decision makers who prefer a state to the start."""
        return tuple(dm for dm, states in self.better.items() if state in states)

    def by_gainers(self) -> Iterator[tuple[Group, StateSet]]:
        """All states other than the start, parted by who prefers them to it; only groups for which there are states."""
        parts: list[tuple[Group, int]] = [((), self.space.states.bits & ~(1 << self.start))]
        for dm, states in self.better.items():
            parts = [
                (group, bits)
                for before, old in parts
                for group, bits in (((*before, dm), old & states.bits), (before, old & ~states.bits))
                if bits
            ]
        yield from ((group, StateSet(self.space, bits)) for group, bits in parts)

    def ways(self, states: StateSet) -> Ways:
        """How some states, the start not among them, can be had from the start.

        Raises `LimitError` (S304) when the improvements are too many to follow.
        """
        groups, space = self.groups, self.space
        single = {dm: StateSet(space, groups.in_turn((dm,)) & states.bits) for dm in groups.movers}
        alone = space.set_of()
        for found in single.values():
            alone |= found
        by_improvements = (states & self.improving.states) - alone
        possible = StateSet(space, groups.brought_about(groups.movers))
        together = (states & possible) - alone - by_improvements
        return Ways(
            alone,
            {dm: found for dm, found in single.items() if found},
            by_improvements,
            together,
            tuple(self._smallest(together)),
            len(groups.movers) <= MAX_MOVERS,
            states - possible,
        )

    def _smallest(self, states: StateSet) -> Iterator[Together]:
        """For each group the states of a set that it can bring about, and no part of it can."""
        had: dict[Group, int] = {}
        for group in self.groups.all() if states else ():
            parts = [had[part] for part in (group[:k] + group[k + 1 :] for k in range(len(group))) if part in had]
            before = 0
            for part in parts:
                before |= part
            found = self.groups.brought_about(group) & states.bits
            had[group] = found | before
            if new := found & ~before:
                yield Together(group, StateSet(self.space, new), StateSet(self.space, new & self.groups.in_turn(group)))


def bargain(space: StateSpace, start: int, images: Images | None = None) -> Bargain:
    """The states better than one for everybody, those worse for nobody, and how they could be had.

    Works on sets: a hundred thousand states take a few operations on big integers for each criterion of preference.

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
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> found = bargain(space, space.state(5))
    >>> [space.number(state) for state in found.better_for_all.each()]
    []
    >>> [(space.number(state), found.preferring(state)) for state in (space.state(8),)]
    [(8, ('MoE', 'Uniroyal'))]
    """
    better, no_worse = {}, {}
    for dm in space.conflict.decision_makers:
        above, same = compared(space, dm.key, start)
        better[dm.key], no_worse[dm.key] = StateSet(space, above), StateSet(space, above | same)
    return Bargain(space, start, better, no_worse, Groups(space, start, images))
