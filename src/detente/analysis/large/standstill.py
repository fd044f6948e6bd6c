"""A start that everybody stays at, in a space of any size, with what the tests of all types of deadlock look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.analysis.claims.none_such import NoneSuch, Question
from detente.analysis.claims.ruled_out import can_drop_rules
from detente.analysis.claims.standing import Standing
from detente.analysis.claims.together import Together
from detente.analysis.large.holding import Holding
from detente.analysis.large.proving import proved
from detente.analysis.large.reaching import Reached, reached_from
from detente.analysis.large.seek import Seek
from detente.analysis.large.verdicts import Verdicts
from detente.analysis.large.ways import Group, GroupWays
from detente.concepts.witness import AnyWitness, Step
from detente.engines.sat.solver import Clock
from detente.model.formula import TRUE, Formula
from detente.space.states import StateSpace


@dataclass(frozen=True)
class LargeStandstill:
    """A start that everybody stays at.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    seek
        The search for states, compared with the start.
    verdicts
        Who stays where.
    clock
        The time for all tests together.
    hints
        States that are tried first as such that two or more could have together and that hold.
    """

    space: StateSpace
    start: int
    profile: Mapping[str, str]
    seek: Seek
    verdicts: Verdicts
    clock: Clock
    hints: tuple[int, ...] = ()

    @cached_property
    def ways(self) -> GroupWays:
        """How groups bring states about."""
        return GroupWays(self.space, self.start, self.verdicts.orders, self.clock)

    @property
    def joint_is_all(self) -> bool:
        """Whether a joint move reaches all that a group's sequences do."""
        return self.ways.joint_is_all

    @cached_property
    def shared(self) -> int:
        """The literal of what two or more prefer and may be able to bring about: all that they can, and, unless `joint_is_all`, more."""
        return self.seek.shared_gain if self.joint_is_all else self.seek.shared_gain_at_most

    @cached_property
    def holding(self) -> Holding:
        """The search for states that hold."""
        return Holding(self.seek, self.verdicts)

    @cached_property
    def improving(self) -> Reached:
        """What sequences of improvements reach from the start, as far as it is listed."""
        return reached_from(self.space, self.start, "improving", orders=self.verdicts.orders)

    @cached_property
    def moving(self) -> Reached:
        """What sequences of moves reach from the start, as far as it is listed."""
        return reached_from(self.space, self.start, "any", orders=self.verdicts.orders)

    @cached_property
    def rules(self) -> bool:
        """Whether rules can be dropped."""
        return can_drop_rules(self.space.conflict)

    def gainers(self, state: int) -> Group:
        """The decision makers who prefer a state to the start."""
        return self.ways.gainers(state)

    def way(self, group: Group, state: int) -> tuple[Step, ...] | None:
        """How a group brings a state about: no steps for a joint move; None where it can't; see `GroupWays.way`."""
        return self.ways.way(group, state)

    def smallest_group(self, state: int) -> Group:
        """Two or more who prefer a state and can bring it about, as few as will do; empty if there are none."""
        return self.ways.smallest_group(state)

    def none(self, question: Question, where: Formula = TRUE) -> NoneSuch | None:
        """The claim, with its proof, that no state has some property; None where no short proof was found."""
        return proved(self.space, self.start, question, where, self.clock)

    def together(self, group: Group, state: int, ends: tuple[AnyWitness, ...], starts: tuple[AnyWitness, ...] = ()) -> Together:
        """The claim that a group can bring about a state that it prefers, with everybody's witness at its end and at the start."""
        steps = self.way(group, state)
        assert steps is not None
        return Together(group, self.start, state, steps, ends, starts)

    def witnesses(self, state: int) -> tuple[AnyWitness, ...] | None:
        """Everybody's witness at a state; None where one is missing."""
        found = [witness for witness in self.verdicts.of(state) if witness is not None]
        return tuple(found) if len(found) == len(self.profile) else None

    def standing(self, state: int) -> Standing | None:
        """The claim about who stays at a state; None where a witness is missing."""
        witnesses = self.witnesses(state)
        return None if witnesses is None else Standing(state, tuple(self.profile.items()), witnesses)
