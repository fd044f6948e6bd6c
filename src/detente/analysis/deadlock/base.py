"""What a type of deadlock is, and what the tests of all types look up about a stuck state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import combinations
from operator import or_

from detente.analysis.bargain import Bargain
from detente.analysis.claims.standing import Profile as Behaviour
from detente.analysis.claims.standing import Standing
from detente.analysis.claims.together import Together
from detente.analysis.deadlock.dropping import Dropping
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.groups import MAX_MOVERS, Group
from detente.analysis.margin import narrowest, width
from detente.analysis.stability import StabilityTable
from detente.analysis.unlock.holding import Holding
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Step, Witness
from detente.preference.order import Order
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class DeadlockType:
    """A type of deadlock: its test, and where the notion comes from.

    Parameters
    ----------
    key, name
        "D4", "coordination".
    asks
        The question in one sentence, as a reader would put it.
    formula
        The formal test in LaTeX.
    source
        Where it comes from.
    test
        The test of a stuck start: a finding if the type applies, and a silence for each thing that could not be examined.
    example
        A packaged case and the number of a state in it that shows it, under some concept; empty if none does.
    """

    key: str
    name: str
    asks: str
    formula: str
    source: str
    test: Callable[[Standstill], Iterable[Finding | Silence]]
    example: str = ""


@dataclass(frozen=True)
class Standstill:
    """A start that everybody stays at, with what the tests of all types look up.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    bargain
        The states better than the start, and the ways there.
    holding
        Which states hold, and why.
    table
        For whom which states are stable, under the concepts of the profile.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    bargain: Bargain
    holding: Holding = field(repr=False, compare=False)
    table: StabilityTable = field(repr=False, compare=False)

    @cached_property
    def shared_gains(self) -> StateSet:
        """The states that a group of two or more can bring about and all its members prefer to the start."""
        found = self.space.set_of()
        for gainers, states in self.bargain.by_gainers():
            if len(gainers) > 1:
                found |= StateSet(self.space, self.bargain.groups.brought_about(gainers) & states.bits)
        return found

    @cached_property
    def dropping(self) -> Dropping:
        """What would be better for everybody if red lines and rules were dropped."""
        return Dropping(self.space, self.start)

    def groups_for(self, states: StateSet) -> tuple[tuple[Group, StateSet], ...]:
        """The smallest groups that can bring about some states and prefer them, the smallest first; a state may be with several.

        Where there are more than `MAX_MOVERS` decision makers, all who prefer a state stand for its group.
        """
        found: dict[Group, StateSet] = {}
        for gainers, part in self.bargain.by_gainers():
            able = self.bargain.groups.group(gainers)
            had: dict[Group, int] = {}
            for group in parts_of(able) if part & states else ():
                before = reduce(or_, (had[other] for other in had if set(other) < set(group)), 0)
                had[group] = self.bargain.groups.brought_about(group) & part.bits & states.bits & ~before
            for group, bits in had.items():
                if bits:
                    found[group] = found.get(group, self.space.set_of()) | StateSet(self.space, bits)
        place = {dm: n for n, dm in enumerate(self.bargain.better)}
        return tuple(sorted(found.items(), key=lambda item: (len(item[0]), [place[dm] for dm in item[0]])))

    def together(self, group: Group, state: int, ends: tuple[Witness, ...]) -> Together:
        """The claim that a group can bring about a state that it prefers: by a joint move if there is one, otherwise move by move.

        `ends` are the witnesses of everybody at that state.
        """
        steps: tuple[Step, ...] = ()
        if not self.bargain.groups.jointly(group) >> state & 1:
            way = self.bargain.groups.reach(group).way(state, images=self.bargain.groups.images)
            assert way is not None
            steps = tuple(Step(leg.mover, leg.to) for leg in way.legs)
        return Together(group, self.start, state, steps, ends, self.holding.witnesses(self.start))

    @property
    def all_stay(self) -> StateSet:
        """The states that hold: stable for every decision maker under the profile."""
        return self.holding.equilibria

    @property
    def behaviour(self) -> Behaviour:
        """The profile as claims hold it."""
        return tuple((dm.key, self.profile[dm.key]) for dm in self.space.conflict.decision_makers)

    def staying(self, dm: str) -> StateSet:
        """The states at which a decision maker (`dm`, a key) stays."""
        return self.table.stable[self.profile[dm]][dm]

    def standing(self, state: int) -> Standing:
        """The claim about who stays at a state and who leaves it."""
        return Standing(state, self.behaviour, self.holding.witnesses(state))

    def near(self, states: StateSet, group: Group = ()) -> int:
        """The member of a set that is told of, where a group would bring it about.

        The one that hangs least on the order of two statements of a member; then one better for everybody, then with a name, then fewest
        changes away.
        """
        named = {self.space.state_of(self.space.conflict.combination(state.taken)) for state in self.space.conflict.named_states}
        in_all = self.bargain.better_for_all

        def plainness(state: int) -> tuple[int, bool, bool, int, int]:
            hangs = width(narrowest(self.orders, group, state, self.start))
            return -hangs, state not in named, not in_all.contains(state), (state ^ self.start).bit_count(), state

        return min(states.each(), key=plainness)

    @cached_property
    def orders(self) -> Mapping[str, Order]:
        """The orders of the decision makers."""
        return {dm: Order(self.space, dm) for dm in self.profile}


def parts_of(group: Group) -> tuple[Group, ...]:
    """Every part of a group, the smallest first; of more than `MAX_MOVERS` members only the whole.

    >>> parts_of(("A", "B"))
    (('A',), ('B',), ('A', 'B'))
    """
    if len(group) > MAX_MOVERS:
        return (group,)
    return tuple(part for size in range(1, len(group) + 1) for part in combinations(group, size))


CONCEPTS = tuple(concept.key for concept in all_concepts())
"""The concepts under which the start is asked about besides the profile."""
