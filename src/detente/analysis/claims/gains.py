"""Claims about who gains by what: the states better for everybody and for nobody worse, and what groups could have together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.joint import changeable
from detente.model.preference import Meets
from detente.preference.compared import compared, compared_by
from detente.preference.order import criteria_of
from detente.space.sets import bits_of
from detente.space.states import StateSpace

Lengths = tuple[tuple[int, str, int], ...]
"""All that is reached: state, last mover (key), and the number of moves of a shortest legal sequence."""


@dataclass(frozen=True)
class Gains(Claim):
    """Exactly these states are better than a start for everybody, and exactly these are worse for nobody and better for somebody.

    Parameters
    ----------
    start
        The start.
    better
        Z, as an integer.
    no_worse
        W, as an integer.
    against
        For each decision maker (key) states that they do not prefer to the start, as an integer; no state is with two of them, and
        together with `better` they are all states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> Gains(0, 0b10, 0b10, (("A", 0b01),)).check(space)
    """

    kind: ClassVar[str] = "gains"
    start: int
    better: int
    no_worse: int
    against: tuple[tuple[str, int], ...]

    def check(self, space: StateSpace) -> None:
        """Compare every state with the start, for each decision maker."""
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        keys = [dm.key for dm in space.conflict.decision_makers]
        found = {dm: compared(space, dm, self.start) for dm in keys}
        need([dm for dm, _ in self.against] == keys, "against: not one part for each decision maker")
        covered = self.better
        for dm, bits in self.against:
            need(bits >= 0 and not bits & ~space.states.bits, f"against: not a set of states for {dm}")
            need(not bits & found[dm][0], f"against: {dm} prefers a state of theirs")
            need(not bits & covered, f"against: {dm} has a state that is listed before")
            covered |= bits
        need(covered == space.states.bits, "against: a state is left out")
        need(all(not self.better & ~better for better, _ in found.values()), "better: a state is not better for everybody")
        weak = reduce(and_, (better | tied for better, tied in found.values())) & reduce(or_, (better for better, _ in found.values()))
        need(self.no_worse == weak, "no worse: not these states")


@dataclass(frozen=True)
class SharedGains(Claim):
    """Every state that a group of two or more can bring about and all its members prefer to the start is among these.

    Parameters
    ----------
    start
        The start.
    states
        The states that are not excluded, as an integer; 0 if there is none.
    reached
        For groups (keys) all that legal sequences of their moves reach: state, last mover and the number of moves of a shortest one.
        Needed where moves one after the other may reach more than moves at once: with merged states, bans, or perceptions.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> SharedGains(0, 0).check(space)
    """

    kind: ClassVar[str] = "shared gains"
    start: int
    states: int
    reached: tuple[tuple[tuple[str, ...], Lengths], ...] = ()

    def check(self, space: StateSpace) -> None:
        """For every state that is not listed: those who prefer it are less than two, or cannot bring it about."""
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        need(self.states >= 0 and not self.states & ~space.states.bits, "states: not a set of states")
        reached = {group: self._reached(space, group, lengths) for group, lengths in self.reached}
        joint_is_all = space.moves_compose and all(dm.unperceived is None for dm in space.conflict.decision_makers)
        for gainers, bits in self._by_gainers(space):
            if len(gainers) < 2:
                continue
            need(joint_is_all or gainers in reached, f"reached: nothing is said of {gainers}")
            need(not bits & reached.get(gainers, 0), f"states: {gainers} can bring about a state that is left out")
            for state in bits_of(bits):
                for member in space.members(self.start):
                    for target in space.members(state):
                        flip = member ^ target
                        need(bool(flip & ~changeable(space, gainers, member, target)), f"states: {gainers} can bring about {state}")

    def _reached(self, space: StateSpace, group: tuple[str, ...], lengths: Lengths) -> int:
        """The states that a group reaches, as an integer; refused unless the lengths are right."""
        given = {(state, dm): length for state, dm, length in lengths}
        need(len(given) == len(lengths), "lengths: one is given twice")
        refused = Checker(space).check_reached(self.start, group, "any", given)
        need(refused is None, f"lengths: {refused}")
        return space.set_of(*(state for state, _, _ in lengths)).bits

    def _by_gainers(self, space: StateSpace) -> list[tuple[tuple[str, ...], int]]:
        """The states that are not listed, parted by who prefers them to the start."""
        parts: list[tuple[tuple[str, ...], int]] = [((), space.states.bits & ~self.states & ~(1 << self.start))]
        for dm in (dm.key for dm in space.conflict.decision_makers):
            better, _ = compared(space, dm, self.start)
            split = [[((*group, dm), bits & better), (group, bits & ~better)] for group, bits in parts]
            parts = [part for pair in split for part in pair if part[1]]
        return parts


@dataclass(frozen=True)
class HangsOn(Claim):
    """Nothing would be better than a start for everybody if one statement of a decision maker stood at another place among theirs.

    Parameters
    ----------
    start
        The start.
    dm
        Key of the decision maker.
    place
        Where the statement stands, from 1.
    to
        Where it would stand; the others keep their order.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> HangsOn(space.status_quo, "Israel", 6, 8).check(space)
    """

    kind: ClassVar[str] = "hangs on"
    start: int
    dm: str
    place: int
    to: int

    def check(self, space: StateSpace) -> None:
        """Compare every state with the start, with the statement at its new place."""
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        party = space.conflict.decision_maker(self.dm)
        own = party.preference.criteria() if party.preference else ()
        red = criteria_of(party)[: len(criteria_of(party)) - len(own)]
        statements = sum(isinstance(criterion, Meets) for criterion in own)
        need(1 <= self.place <= statements and 1 <= self.to <= statements, f"places: {self.place} and {self.to}")
        rest = own[: self.place - 1] + own[self.place :]
        better, _ = compared_by(space, self.dm, self.start, (*red, *rest[: self.to - 1], own[self.place - 1], *rest[self.to - 1 :]))
        for other in (dm.key for dm in space.conflict.decision_makers if dm.key != self.dm):
            better &= compared(space, other, self.start)[0]
        need(not better, f"order: something is better for everybody with {self.place} moved to {self.to}")
