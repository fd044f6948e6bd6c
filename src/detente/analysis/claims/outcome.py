"""What a lever gives, with all that shows it: that a state holds, that the start is left, and the way from one to the other.

An outcome is checked in the conflict as it is after the change; what the change is, the claims that hold an outcome say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import need
from detente.analysis.claims.together import follow, group
from detente.concepts.witness import AnyWitness, Closed, Leaves, Step, is_staying
from detente.preference.order import Ordering
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Outcome:
    """That what was asked for is so, in some conflict.

    Parameters
    ----------
    want
        What was asked for: "hold" (a wanted state holds), "break" (the start is left), "reach" (a wanted state holds, and a way leads
        there) or "only" (and improvements lead from the start to nothing else that holds).
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour, in the order of the conflict.
    targets
        The wanted states, as an integer; 0 for "break", and in a space that is not listed.
    target
        The wanted state that holds; None for "break".
    ends
        For each decision maker why they stay at it; for "break" why they stay at the state to which the first of those who leave the start
        moves, or leave it again (may be empty).
    starts
        For each decision maker why they stay at the start or leave it; empty where a group leaves it together.
    way
        The steps from the start to the target: improvements of their movers, or moves of a group; empty if they make one joint move.
    together
        The group, two or more (keys), that makes the way together and all of which prefers the target to the start; empty if each step
        is an improvement for whoever takes it.
    reached
        For "only": all that improvements reach from the start, as (state, last mover, length of a shortest sequence).
    left
        For "only": for each of these states, other than the target and the start, somebody who leaves it.
    """

    want: Literal["hold", "break", "reach", "only"]
    start: int
    profile: tuple[tuple[str, str], ...]
    targets: int
    target: int | None
    ends: tuple[AnyWitness, ...] = ()
    starts: tuple[AnyWitness, ...] = ()
    way: tuple[Step, ...] = ()
    together: tuple[str, ...] = ()
    reached: tuple[tuple[int, str, int], ...] = ()
    left: tuple[Leaves | Closed, ...] = ()

    @property
    def leavers(self) -> tuple[str, ...]:
        """Who is shown to leave the start (keys)."""
        return tuple(witness.dm for witness in self.leaving)

    @property
    def leaving(self) -> tuple[Leaves | Closed, ...]:
        """What shows that they leave it, and for where."""
        return tuple(witness for witness in self.starts if isinstance(witness, Leaves | Closed))

    def verify(self, space: StateSpace, orders: Mapping[str, Ordering] | None = None) -> None:
        """Raise `RefusedError` unless it is so in the conflict of a space, with its preferences or with other orders.

        Examples
        --------
        >>> from detente.concepts.witness import Stays
        >>> from detente.model.conflict import Conflict, DecisionMaker, Option
        >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
        >>> Outcome("hold", 0, (("A", "Nash"),), 0b10, 1, (Stays("Nash", "A", 1, ()),)).verify(space)
        """
        checker = Checker(space, orders)
        need(tuple(dm for dm, _ in self.profile) == checker.decision_makers, "profile: not of these decision makers")
        need(space.state_of(self.start) == self.start, f"start: {self.start} is no state")
        need(not self.starts or _all(checker, self, self.starts, self.start), "starts: not one for each decision maker")
        if self.want == "break":
            need((self.targets, self.target, self.way, self.together) == (0, None, (), ()), "break: more is said than is asked for")
            need(bool(self.leavers), "leaves: nobody is shown to leave the start")
            need(not self.ends or _all(checker, self, self.ends, self.leaving[0].improvement), "ends: not one for each decision maker")
        else:
            self._holds(checker)
            need(self.want in ("hold", "reach", "only"), f"want: {self.want}")
            if self.want == "hold":
                need(not (self.way or self.together or self.starts), "way: none is asked for")
            else:
                self._way(checker)
        if self.want == "only":
            self._nothing_else(checker)
        else:
            need(not self.reached and not self.left, "reached: not asked for")

    def _holds(self, checker: Checker) -> None:
        """The target is wanted, and everybody stays at it."""
        target = self.target
        if target is None or not self._wanted(checker.space, target):
            need(False, f"target: {target} is not wanted")
            return
        need(_all(checker, self, self.ends, target), "ends: not one for each decision maker")
        need(all(map(is_staying, self.ends)), "ends: somebody leaves the target")

    def _wanted(self, space: StateSpace, target: int) -> bool:
        """Whether a state is one of those that are wanted; in a space that is not listed it is itself what was asked for."""
        if not space.is_listed:
            return space.state_of(target) == target and not self.targets
        return space.states.contains(target) and bool(self.targets >> target & 1) and not self.targets & ~space.states.bits

    def _way(self, checker: Checker) -> None:
        """The way leads from the start to the target, by improvements or by a group that gains."""
        assert self.target is not None
        if not self.together:
            need(bool(self.leavers), "starts: nobody is shown to leave")
            now, last = self.start, ""
            for step in self.way:
                need(step.mover in checker.decision_makers and step.mover != last, f"sequence: {step.mover} can't move here")
                need(step.to in checker.moves(step.mover, now, "improving"), f"step: {step.mover} has no gain from {now} to {step.to}")
                now, last = step.to, step.mover
            need(bool(self.way) and now == self.target, f"sequence: it ends at {now}")
            return
        group(checker.space, self.together)
        need(len(self.together) > 1, "together: one alone")
        follow(checker, self.together, self.start, self.target, self.way)
        for dm in self.together:
            need(checker.prefers(dm, self.target, self.start), f"gain: {dm} does not prefer {self.target}")

    def _nothing_else(self, checker: Checker) -> None:
        """Of what improvements reach from the start, nothing but the target holds, and the start if it does."""
        lengths = {(state, mover): length for state, mover, length in self.reached}
        need(len(lengths) == len(self.reached), "reached: listed twice")
        refused = checker.check_reached(self.start, checker.decision_makers, "improving", lengths)
        need(refused is None, f"reached: {refused}")
        other = {state for state, _ in lengths} - {self.target, self.start}
        need(len(self.left) == len(other) and {witness.state for witness in self.left} == other, "left: not one for each other state")
        for witness in self.left:
            need(isinstance(witness, Leaves | Closed), "left: of no leaver")
            need(_one(checker, self, witness), "left: under another concept")


def _all(checker: Checker, outcome: Outcome, witnesses: tuple[AnyWitness, ...], state: int) -> bool:
    """Whether there is one witness for each decision maker at a state, under their concepts; refuses false ones."""
    if tuple(witness.dm for witness in witnesses) != checker.decision_makers:
        return False
    return all(witness.state == state and _one(checker, outcome, witness) for witness in witnesses)


def _one(checker: Checker, outcome: Outcome, witness: AnyWitness) -> bool:
    """Whether a witness is of the concept that the profile gives its decision maker; refuses a false one."""
    refused = checker.check(witness)
    need(refused is None, f"witness: {refused}")
    return (witness.dm, witness.concept) in outcome.profile
