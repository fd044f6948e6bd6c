"""What a change of a conflict changes in its conclusions: the same questions asked before and after, and the answers compared.

States are told apart by the options taken: a state is the same before and after if it stands for the same combinations of the same options.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from detente.analysis.overview import preferred, worse
from detente.space.sets import StateSet
from detente.space.states import StateSpace


class Look:
    """What is asked of a conflict, before a change and after it.

    Parameters
    ----------
    space
        The states of the conflict.
    stable
        For each concept (key) and each decision maker (key) the stable states.
    profile
        For each decision maker (key) a concept (key) of their own, where that is asked as well.

    Examples
    --------
    >>> from detente.analysis.stability import analyse
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> seen = Look(space, analyse(space, [concept("SEQ")], SingleEngine(space)).stable)
    >>> list(seen.ways), seen.equilibria("SEQ").count, seen.better_for_all.count
    (['SEQ'], 3, 0)
    """

    def __init__(self, space: StateSpace, stable: Mapping[str, Mapping[str, StateSet]], profile: Mapping[str, str] | None = None) -> None:
        self.space, self.profile, self._stable = space, profile, stable
        self.parties = tuple(dm.key for dm in space.conflict.decision_makers)
        self.ways: dict[str | None, Mapping[str, str]] = {key: dict.fromkeys(self.parties, key) for key in stable}
        """Each behaviour that is asked about: concepts by their keys, the profile as None; for each decision maker their concept."""
        if profile is not None:
            self.ways[None] = profile

    def stable(self, way: str | None, dm: str) -> StateSet:
        """The states at which a decision maker (`dm`, a key) stays under a behaviour (`way`, a key of `ways`)."""
        return self._stable[self.ways[way][dm]][dm]

    def equilibria(self, way: str | None) -> StateSet:
        """The states at which everybody stays under a behaviour (`way`, a key of `ways`)."""
        return reduce(StateSet.__and__, (self.stable(way, dm) for dm in self.parties), self.space.states)

    @cached_property
    def better_for_all(self) -> StateSet | None:
        """The states that everybody prefers to the status quo; None where there is no status quo."""
        now = self.space.status_quo
        return None if now is None else reduce(StateSet.__and__, (preferred(self.space, dm, now) for dm in self.parties))

    @cached_property
    def worse_for_none(self) -> StateSet | None:
        """The states that somebody prefers to the status quo and that are worse for nobody; None where there is no status quo."""
        now = self.space.status_quo
        if now is None:
            return None
        unharmed = reduce(StateSet.__sub__, (worse(self.space, dm, now) for dm in self.parties), self.space.states)
        return unharmed & reduce(StateSet.__or__, (preferred(self.space, dm, now) for dm in self.parties))

    @cached_property
    def named(self) -> dict[str, int | None]:
        """The states that the file names; None for one that its rules exclude."""
        conflict = self.space.conflict
        return {named.name: self.space.state_of(conflict.combination(named.taken)) for named in conflict.named_states}


@dataclass(frozen=True, slots=True)
class SetChange:
    """A set of states before and after.

    Parameters
    ----------
    before, after
        The set; None where there is none, as there is no status quo to compare with.
    gained
        Its members after that were not before, as states after; None where states are not compared.
    lost
        Its members before that are not after, as states before; None where states are not compared.
    """

    before: StateSet | None
    after: StateSet | None
    gained: StateSet | None
    lost: StateSet | None

    @property
    def same(self) -> bool:
        """Whether it is the same set."""
        if self.gained is None or self.lost is None:
            return self.before is None and self.after is None
        return not self.gained and not self.lost


class Changing:
    """Two conflicts compared: what was asked of one before a change, and of the other after it.

    Parameters
    ----------
    before, after
        What was asked of them; the same concepts.

    Examples
    --------
    >>> from detente.analysis.stability import analyse
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.edit import SetStatusQuo
    >>> from detente.space.states import StateSpace
    >>> one, other = StateSpace(load("elmira")), StateSpace(SetStatusQuo(frozenset({"Delay", "Insist"})).apply(load("elmira")))
    >>> found = Changing(*(Look(space, analyse(space, [concept("SEQ")], SingleEngine(space)).stable) for space in (one, other)))
    >>> found.equilibria("SEQ").same, found.moved, found.same
    (True, True, False)
    """

    def __init__(self, before: Look, after: Look) -> None:
        self.before, self.after = before, after
        options = [[option.key for option in one.space.conflict.options] for one in (before, after)]
        self.comparable = options[0] == options[1] and before.parties == after.parties
        """Whether single states are compared: the same options and decision makers, in the same order."""
        self.shared = self._shared() if self.comparable else 0
        """The states that there are before and after, as bits."""
        self._turned: dict[tuple[str | None, str], tuple[StateSet, StateSet]] = {}

    @property
    def ways(self) -> tuple[str | None, ...]:
        """The behaviours that were asked about before and after: a mixed profile asks fewer concepts of fewer decision makers."""
        return tuple(way for way in self.after.ways if way in self.before.ways)

    def _shared(self) -> int:
        one, other = self.before.space, self.after.space
        both = one.states.bits & other.states.bits
        merged = {state for state in {*one.classes, *other.classes} if one.members(state) != other.members(state)}
        return both & ~sum(1 << state for state in merged)

    def sets(self, before: StateSet | None, after: StateSet | None) -> SetChange:
        """What is different between a set of states before, and one after; None for no set."""
        if not self.comparable or (before is None and after is None):
            return SetChange(before, after, None, None)
        old = 0 if before is None else before.bits
        new = 0 if after is None else after.bits
        gained, lost = new & ~(old & self.shared), old & ~(new & self.shared)
        return SetChange(before, after, StateSet(self.after.space, gained), StateSet(self.before.space, lost))

    def equilibria(self, way: str | None) -> SetChange:
        """The equilibria under a behaviour (`way`, a key of `Look.ways`)."""
        return self.sets(self.before.equilibria(way), self.after.equilibria(way))

    @cached_property
    def states(self) -> SetChange:
        """All states."""
        return self.sets(self.before.space.states, self.after.space.states)

    @cached_property
    def better_for_all(self) -> SetChange:
        """The states that everybody prefers to the status quo that there is."""
        return self.sets(self.before.better_for_all, self.after.better_for_all)

    @cached_property
    def worse_for_none(self) -> SetChange:
        """The states that somebody prefers to the status quo that there is and that are worse for nobody."""
        return self.sets(self.before.worse_for_none, self.after.worse_for_none)

    def turned(self, way: str | None, dm: str) -> tuple[StateSet, StateSet]:
        """Of the states that there are before and after: where a decision maker stays now and left, and where they leave now and stayed."""
        if (way, dm) not in self._turned:
            old, new, space = self.before.stable(way, dm).bits, self.after.stable(way, dm).bits, self.after.space
            self._turned[way, dm] = StateSet(space, new & ~old & self.shared), StateSet(space, old & ~new & self.shared)
        return self._turned[way, dm]

    def names(self, order: tuple[int, int]) -> tuple[str, ...]:
        """The names of states that either has: those of the one (`order`: 0 for before, 1 for after) first, then those of the other."""
        looks = self.before, self.after
        return tuple(dict.fromkeys(name for side in order for name in looks[side].named))

    def is_shared(self, state: int) -> bool:
        """Whether a state is there before and after."""
        return bool(self.shared >> state & 1)

    @property
    def moved(self) -> bool:
        """Whether the status quo is another state, or there is one only before or only after."""
        one, other = self.before.space.status_quo, self.after.space.status_quo
        return one != other or (one is not None and not self.is_shared(one))

    @cached_property
    def same(self) -> bool:
        """Whether nothing that is asked is different."""
        if not self.comparable or self.moved or not self.states.same or self.before.named != self.after.named:
            return False
        if not (self.better_for_all.same and self.worse_for_none.same):
            return False
        ways = [(way, dm) for way in self.ways for dm in self.after.parties]
        return not any(one or other for way, dm in ways for one, other in [self.turned(way, dm)])
