"""Claims about who stays: what everybody does at a state, that states do not hold, and that a state is out of reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker, Kind
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.gains import Lengths
from detente.analysis.claims.joint import joint
from detente.analysis.claims.together import verdicts
from detente.concepts.witness import AnyWitness, Witness, is_staying
from detente.space.sets import bits_of
from detente.space.states import StateSpace

Profile = tuple[tuple[str, str], ...]
"""For each decision maker (key), in the order of the conflict, the key of the concept that describes their behaviour."""


@dataclass(frozen=True)
class Standing(Claim):
    """Who stays at a state and who leaves it, everybody by the concept of a profile.

    Parameters
    ----------
    state
        The state.
    profile
        The behaviour.
    witnesses
        For every decision maker, in the same order, why they stay or leave.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> Standing(0, (("A", "Nash"),), (Stays("Nash", "A", 0, ()),)).check(space)
    """

    kind: ClassVar[str] = "standing"
    state: int
    profile: Profile
    witnesses: tuple[AnyWitness, ...]

    @property
    def holds(self) -> bool:
        """Whether nobody leaves."""
        return all(map(is_staying, self.witnesses))

    def check(self, space: StateSpace) -> None:
        """Check each witness, and that it is one of the profile's."""
        need(tuple((w.dm, w.concept) for w in self.witnesses) == self.profile, "profile: the witnesses are of another")
        verdicts(checker := Checker(space), self.witnesses, self.state)
        need(tuple(dm for dm, _ in self.profile) == checker.decision_makers, "profile: not one concept for each decision maker")


@dataclass(frozen=True)
class NoneHolds(Claim):
    """None of some states holds: from each of them somebody leaves.

    Parameters
    ----------
    states
        The states, as an integer.
    profile
        The behaviour.
    leaving
        For each of the states, ascending, that somebody leaves it.

    Examples
    --------
    >>> from detente.concepts.witness import Leaves
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> NoneHolds(0b01, (("A", "Nash"),), (Leaves("Nash", "A", 0, 1),)).check(space)
    """

    kind: ClassVar[str] = "none holds"
    states: int
    profile: Profile
    leaving: tuple[Witness, ...]

    def check(self, space: StateSpace) -> None:
        """Check each witness, and that there is one for each state."""
        need(self.states > 0 and [leaves.state for leaves in self.leaving] == list(bits_of(self.states)), "leaving: not one for each state")
        check_leaving(space, self.profile, self.leaving)


def check_leaving(space: StateSpace, profile: Profile, leaving: Iterable[AnyWitness]) -> None:
    """Refuse witnesses that are not of somebody who leaves under their own concept of a profile.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> check_leaving(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), (("A", "SEQ"),), ())
    """
    checker, concepts = Checker(space), dict(profile)
    need(tuple(dm for dm, _ in profile) == checker.decision_makers, "profile: not one concept for each decision maker")
    for witness in leaving:
        need(not is_staying(witness) and witness.concept == concepts.get(witness.dm), f"leaving: {witness.state}, under another concept")
        refused = checker.check(witness)
        need(refused is None, f"leaving: {witness.state}: {refused}")


@dataclass(frozen=True)
class OutOfReach(Claim):
    """No legal sequence of moves of one kind leads from a start to any of some states; for moves of any kind, no joint move either.

    Parameters
    ----------
    start
        The start.
    states
        The states that are out of reach, as an integer.
    moves
        Which moves count.
    lengths
        All that is reached: state, last mover (key) and the number of moves of a shortest such sequence.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
    >>> x = Option("x", "x", ("A",), direction=Direction.ONLY_OFF)
    >>> OutOfReach(0, 0b10, "any", ()).check(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (x,))))
    """

    kind: ClassVar[str] = "out of reach"
    start: int
    states: int
    moves: Kind
    lengths: Lengths

    def check(self, space: StateSpace) -> None:
        """See that the lengths are those of all that is reached, and that none of the states is."""
        checker = Checker(space)
        need(self.moves in ("any", "improving"), f"moves: {self.moves}")
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        need(self.states > 0 and not self.states & ~space.states.bits, "states: not a set of states")
        need(not self.states >> self.start & 1, "states: the start is one of them")
        given = {(state, dm): length for state, dm, length in self.lengths}
        need(len(given) == len(self.lengths), "lengths: one is given twice")
        refused = checker.check_reached(self.start, checker.decision_makers, self.moves, given)
        need(refused is None, f"lengths: {refused}")
        for state, _, _ in self.lengths:
            need(not self.states >> state & 1, f"states: {state} is reached")
        if self.moves == "any":
            for state in bits_of(self.states):
                need(joint(space, checker.decision_makers, self.start, state) is None, f"states: a joint move leads to {state}")
