"""Claims about plans: with changes and steps a conflict comes from its start to a wanted state that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.changed import as_claimed
from detente.analysis.claims.joint import changeable, joint
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.together import verdicts
from detente.concepts.witness import Leaves, Stays, Witness
from detente.model.edit import Edit
from detente.preference.shifted import Shift
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a plan.

    Parameters
    ----------
    start, to
        The states before and after.
    movers
        Who takes it (keys): one alone, or all who prefer its end and can change a part of what it changes.
    leaves
        For one alone why they take it: an improvement without answer; None for a joint move.
    ends
        For every decision maker whether they stay at its end, and why.
    """

    start: int
    to: int
    movers: tuple[str, ...]
    leaves: Leaves | None
    ends: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Lapse:
    """What breaks if one of the changes of a plan is not made, or lapses.

    Parameters
    ----------
    means
        Which of the means, counted from 0.
    edits, shifts
        The changes that are left.
    leaves
        Who then leaves the end, and why.
    lost
        Who then no longer gains by a step: the step, counted from 0, and the party (key).
    """

    means: int
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]
    leaves: tuple[Leaves, ...]
    lost: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Planned(Claim):
    """After changes, these steps lead from the start to a wanted state that holds.

    Parameters
    ----------
    edits, shifts
        The changes: of the model, and of single states in orders.
    start
        The start, before the changes.
    wanted
        The wanted states before the changes, as an integer.
    begin
        The start after the changes: what was taken is taken, and no new option is.
    stages
        The steps; none if the start itself is wanted.
    ends
        For every decision maker why they stay at the last state.
    lapses
        What breaks without one of the changes.
    phased
        For joint moves that can also be made in several steps: which step of the plan, counted from 0, and in which order.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> Planned((), (), 0, 0b1, 0, (), (Stays("Nash", "A", 0, ()),)).check(space)
    """

    kind: ClassVar[str] = "plan"
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]
    start: int
    wanted: int
    begin: int
    stages: tuple[Stage, ...]
    ends: tuple[Witness, ...]
    lapses: tuple[Lapse, ...] = ()
    phased: tuple[tuple[int, Phased], ...] = ()

    @property
    def end(self) -> int:
        """The state that it leads to, after the changes."""
        return self.stages[-1].to if self.stages else self.begin

    def check(self, space: StateSpace) -> None:
        """Follow the steps in the changed conflict, and check what is said of who goes and who stays."""
        after, orders = as_claimed(space, self.edits, self.shifts)
        checker = Checker(after, orders)
        need(space.states.contains(self.start) and not self.wanted & ~space.states.bits, "start: no state, or the wanted states are none")
        need(carried(space, after, self.start) == self.begin, f"begin: {self.begin} is not the start")
        need(after.states.contains(self.end), f"end: {self.end}")
        need(bool(self.wanted >> (restricted(after, space, self.end) or 0) & 1), f"end: {self.end} is not wanted")
        need(restricted(after, space, self.end) is not None, f"end: {self.end} is no state without the changes")
        now = self.begin
        for stage in self.stages:
            need(stage.start == now, f"stage: from {stage.start}")
            _taken(checker, stage)
            need(bool(stage.ends), "ends: nothing said")
            verdicts(checker, stage.ends, stage.to)
            now = stage.to
        need(bool(self.ends) and all(isinstance(witness, Stays) for witness in self.ends), "ends: somebody leaves")
        verdicts(checker, self.ends, self.end)
        for lapse in self.lapses:
            self._lapsed(space, lapse, after)
        for place, order in self.phased:
            need(0 <= place < len(self.stages), f"phased: no step {place}")
            need((order.start, order.package) == (self.stages[place].start, self.stages[place].to), f"phased: not step {place}")
            order.verify(after, orders)

    def _lapsed(self, space: StateSpace, lapse: Lapse, planned: StateSpace) -> None:
        """What is said to break without a change does."""
        after, orders = as_claimed(space, lapse.edits, lapse.shifts)
        need(after.conflict.option_index == planned.conflict.option_index, "lapse: the states are other ones")
        checker = Checker(after, orders)
        need(bool(lapse.leaves or lapse.lost), "lapse: nothing breaks")
        for leaves in lapse.leaves:
            need(type(leaves) is Leaves, "lapse: not shown to leave")
            need(leaves.state == self.end, f"lapse: about {leaves.state}")
            refused = checker.check(leaves)
            need(refused is None, f"lapse: {refused}")
        for place, dm in lapse.lost:
            need(0 <= place < len(self.stages), f"lapse: no step {place}")
            stage = self.stages[place]
            need(dm in stage.movers and all(after.states.contains(s) for s in (stage.start, stage.to)), f"lapse: {dm} in step {place}")
            need(not checker.prefers(dm, stage.to, stage.start), f"lapse: {dm} gains by step {place}")


def _taken(checker: Checker, stage: Stage) -> None:
    """Refuse a step that is neither one party's improvement without answer nor a joint move that all who take it gain by."""
    if stage.leaves is not None:
        witness, mover = stage.leaves, stage.movers
        need(type(witness) is Leaves, "movers: not shown to leave")
        need(mover == (witness.dm,), f"movers: {mover}")
        need((witness.state, witness.improvement) == (stage.start, stage.to), f"stage: {stage.start} to {stage.to}")
        refused = checker.check(witness)
        need(refused is None, f"stage: {refused}")
        return
    need(stage.movers == together(checker, stage.start, stage.to), f"movers: {stage.movers}")
    need(len(stage.movers) > 1, "movers: no joint move")


def together(checker: Checker, start: int, to: int) -> tuple[str, ...]:
    """Who makes a joint move between two states: all who prefer its end and can change a part of it.

    Nobody, if these do not suffice for it, or one of them could make it alone.
    """
    space = checker.space
    gain = tuple(dm for dm in checker.decision_makers if checker.prefers(dm, to, start))
    change = joint(space, gain, start, to)
    if change is None or any(joint(space, (dm,), start, to) for dm in gain):
        return ()
    before, flip = change
    return tuple(dm for dm in gain if changeable(space, (dm,), before, before ^ flip) & flip)


def carried(before: StateSpace, after: StateSpace, state: int) -> int | None:
    """The state of a changed conflict in which just the same options are taken as in a state of the conflict before."""
    return after.state_of(after.conflict.combination(before.conflict.taken(state)))


def restricted(after: StateSpace, before: StateSpace, state: int) -> int | None:
    """The state that a state of a changed conflict is in the conflict before, leaving out new options; None if it can't occur there."""
    known = _known(before)
    return before.state_of(before.conflict.combination(frozenset(key for key in after.conflict.taken(state) if key in known)))


def _known(space: StateSpace) -> Mapping[str, int]:
    return space.conflict.option_index
