"""Claims about groups: what one can bring about that all of it prefers, with the way there, and that it can bring about nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.joint import joint
from detente.concepts.witness import AnyWitness, Closed, Leaves, Step, is_staying
from detente.space.sets import bits_of
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Together(Claim):
    """A group can bring about a state that each of its members prefers to the start.

    Parameters
    ----------
    coalition
        The group (keys).
    start, to
        The two states.
    steps
        A legal sequence of moves of members from the start to the end; empty if one joint move of the members leads there.
    ends
        For every decision maker whether they stay at the end, and why; empty if nothing is said of it.
    starts
        For every decision maker why they stay at the start; empty if nothing is said of it.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> Together(("A",), 0, 1, (Step("A", 1),), (Stays("Nash", "A", 1, ()),)).check(space)
    """

    kind: ClassVar[str] = "coalition"
    coalition: tuple[str, ...]
    start: int
    to: int
    steps: tuple[Step, ...]
    ends: tuple[AnyWitness, ...] = ()
    starts: tuple[AnyWitness, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is shown that nobody leaves the end."""
        return bool(self.ends) and all(map(is_staying, self.ends))

    @property
    def leaving(self) -> tuple[Leaves | Closed, ...]:
        """Who is shown to leave the end, and to where."""
        return tuple(witness for witness in self.ends if isinstance(witness, Leaves | Closed))

    def check(self, space: StateSpace) -> None:
        """Follow the way, compare its ends for each member, and check what is said of who stays."""
        checker = Checker(space)
        group(space, self.coalition)
        follow(checker, self.coalition, self.start, self.to, self.steps)
        for dm in self.coalition:
            need(checker.prefers(dm, self.to, self.start), f"gain: {dm} does not prefer {self.to} to {self.start}")
        verdicts(checker, self.ends, self.to)
        verdicts(checker, self.starts, self.start)
        need(all(map(is_staying, self.starts)), "start: somebody leaves it")


@dataclass(frozen=True)
class NothingElse(Claim):
    """Every state that a group can bring about from the start and that all of it prefers to the start is one of these.

    Parameters
    ----------
    coalition
        The group (keys).
    start
        The start.
    last
        For each member (key) states, as an integer, that sequences may end at with this member moving last: everything that a move of
        theirs leads to from the start, or from a state of another member.  So whatever a legal sequence reaches is among them.
    improvements
        The states that are not excluded, as an integer; 0 if there is none.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> NothingElse(("A",), 0, (("A", 0b10),), 0).check(space)
    """

    kind: ClassVar[str] = "coalition limit"
    coalition: tuple[str, ...]
    start: int
    last: tuple[tuple[str, int], ...]
    improvements: int

    def check(self, space: StateSpace) -> None:
        """See that no move leads out of what is listed, and compare every state that is not an improvement with the start."""
        group(space, self.coalition)
        need(tuple(dm for dm, _ in self.last) == self.coalition, "last: not a set for each member")
        need(all(bits >= 0 and not bits & ~space.states.bits for _, bits in self.last), "last: not sets of states")
        need(space.states.contains(self.start), f"start: {self.start}")
        need(self.improvements >= 0 and not self.improvements & ~space.states.bits, "improvements: not a set of states")
        checker, size = Checker(space), space.conflict.combinations // 8 + 1
        for dm, bits in self.last:
            before, listed = 1 << self.start, bits.to_bytes(size, "little")
            for other, states in self.last:
                before |= states if other != dm else 0
            for state in bits_of(before):
                for to in space.moves(dm, state):
                    need(bool(listed[to >> 3] >> (to & 7) & 1), f"last: {dm} moves from {state} to {to}")
        reached = reduce(or_, (bits for _, bits in self.last)).to_bytes(size, "little")
        for state in bits_of(space.states.bits & ~self.improvements):
            if all(checker.prefers(dm, state, self.start) for dm in self.coalition):
                need(not reached[state >> 3] >> (state & 7) & 1, f"improvements: {state} is left out")
                need(joint(space, self.coalition, self.start, state) is None, f"improvements: {state} is left out")


def group(space: StateSpace, members: tuple[str, ...]) -> None:
    """Refuse a group that is empty, names somebody twice or names nobody of the conflict."""
    known = {dm.key for dm in space.conflict.decision_makers}
    need(bool(members) and len(set(members)) == len(members) and set(members) <= known, f"coalition: {members}")


def follow(checker: Checker, members: tuple[str, ...], start: int, to: int, steps: tuple[Step, ...]) -> None:
    """Refuse a way that is no legal sequence of moves of members from one state to another; without steps: no joint move of theirs."""
    if not steps:
        need(joint(checker.space, members, start, to) is not None, f"joint: no move of {members} from {start} to {to}")
        return
    now, last = start, ""
    for step in steps:
        need(step.mover in members and step.mover != last, f"sequence: {step.mover} can't move here")
        need(step.to in checker.moves(step.mover, now), f"step: {step.mover} has no move from {now} to {step.to}")
        now, last = step.to, step.mover
    need(now == to, f"sequence: it ends at {now}, not at {to}")


def verdicts(checker: Checker, witnesses: tuple[AnyWitness, ...], state: int) -> None:
    """Refuse witnesses that are not one for each decision maker at a state; none at all is no refusal."""
    if witnesses:
        need(tuple(sorted(w.dm for w in witnesses)) == tuple(sorted(checker.decision_makers)), "verdicts: not one for each decision maker")
    for witness in witnesses:
        need(witness.state == state, f"verdicts: about {witness.state}, not {state}")
        refused = checker.check(witness)
        need(refused is None, f"verdicts: {refused}")
