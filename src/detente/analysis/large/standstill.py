"""A start that everybody stays at, in a space of any size, with what the tests of all types of deadlock look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.analysis.claims.joint import joint
from detente.analysis.claims.none_such import NoneSuch, Question
from detente.analysis.claims.ruled_out import can_drop_rules
from detente.analysis.claims.standing import Standing
from detente.analysis.claims.together import Together
from detente.analysis.large.holding import Holding
from detente.analysis.large.path import Unrolled
from detente.analysis.large.proving import proved
from detente.analysis.large.reaching import Reached, reached_from
from detente.analysis.large.seek import Seek
from detente.analysis.large.verdicts import Verdicts
from detente.concepts.witness import AnyWitness, Step
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.formula import TRUE, Formula
from detente.space.states import StateSpace

Group = tuple[str, ...]
LONGEST = 6
"""Most moves of a group's sequences that are looked for where they may lead to more than a joint move."""


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
    def joint_is_all(self) -> bool:
        """Whether a joint move reaches all that a group's sequences do."""
        return self.space.moves_compose and all(dm.unperceived is None for dm in self.space.conflict.decision_makers)

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
        return tuple(dm for dm, order in self.verdicts.orders.items() if order.prefers(state, self.start))

    def none(self, question: Question, where: Formula = TRUE) -> NoneSuch | None:
        """The claim, with its proof, that no state has some property; None where no short proof was found."""
        return proved(self.space, self.start, question, where, self.clock)

    def way(self, group: Group, state: int) -> tuple[Step, ...] | None:
        """How a group brings a state about: no steps for a joint move; None where it can't, or where it is not known how.

        Raises `LimitError` (S330) when the time is over.
        """
        if joint(self.space, group, self.start, state) is not None:
            return ()
        if self.joint_is_all:
            return None
        if group not in self._reached:
            self._reached[group] = reached_from(self.space, self.start, "any", group, self.verdicts.orders)
        found = self._reached[group]
        if any((state, dm) in found.lengths for dm in group):
            return tuple(Step(dm, to) for dm, to in found.steps(self.space, state, self.verdicts.orders))
        if found.complete:
            return None
        every = Unrolled(self.space, "any", group, self.clock)
        for count in range(2, LONGEST + 1):
            if (steps := every.steps(self.start, state, count)) is not None:
                return tuple(Step(dm, to) for dm, to in steps)
        message = "whether the moves of a group lead somewhere was not settled"
        raise LimitError.of("S351", message, help="leave out the bans or what somebody does not perceive, where they matter little")

    @cached_property
    def _reached(self) -> dict[Group, Reached]:
        return {}

    def smallest_group(self, state: int) -> Group:
        """A group of two or more who prefer a state, can bring it about, and none of whom can be left out; empty if there is none.

        Raises `LimitError` where that is not settled.
        """
        group = self.gainers(state)
        if len(group) < 2 or self.way(group, state) is None:
            return ()
        for dm in group:
            rest = tuple(other for other in group if other != dm)
            if rest and self.way(rest, state) is not None:
                group = rest
        return group

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
