"""Claims about two of the deadlocks: that somebody outside a group spoils what it could have, and that two wait for each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.standing import Standing
from detente.analysis.claims.together import Together
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Spoiled(Claim):
    """A group can bring about a state that all its members prefer; an outsider leaves it for one that a member likes less than the start.

    Everybody but the outsider stays at what the group brings about.

    Parameters
    ----------
    gain
        What the group can bring about, and everybody's verdict at it.
    harmed
        The member (key) who likes where the outsider goes less than the start.

    Examples
    --------
    >>> Spoiled(Together(("A",), 0, 1, ()), "A").kind
    'spoiler'
    """

    kind: ClassVar[str] = "spoiler"
    gain: Together
    harmed: str

    @property
    def spoiler(self) -> str:
        """Key of the outsider who leaves."""
        return self.gain.leaving[0].dm

    @property
    def to(self) -> int:
        """The state that they leave it for."""
        return self.gain.leaving[0].improvement

    def check(self, space: StateSpace) -> None:
        """Check the group's gain, that just one outsider leaves, and what that does to the member."""
        need(len(self.gain.coalition) > 1, "coalition: not a group")
        need(bool(self.gain.ends), "verdicts: none is given")
        self.gain.check(space)
        need(len(self.gain.leaving) == 1, f"spoiler: {len(self.gain.leaving)} decision makers leave")
        need(self.spoiler not in self.gain.coalition, f"spoiler: {self.spoiler} is a member")
        need(self.harmed in self.gain.coalition, f"harmed: {self.harmed} is no member")
        need(Checker(space).prefers(self.harmed, self.gain.start, self.to), f"harmed: {self.harmed} does not like {self.to} less")


@dataclass(frozen=True)
class Concession:
    """A move that its mover does not gain by, and an improvement of somebody else that follows it.

    Parameters
    ----------
    by
        Who concedes (key).
    to
        Where the concession leads.
    taken_up_by
        Who then improves (key).
    end
        Where that leads.
    """

    by: str
    to: int
    taken_up_by: str
    end: int


@dataclass(frozen=True)
class Attrition(Claim):
    """Two decision makers each wait for the other to concede first: each likes best what follows the other's concession.

    Parameters
    ----------
    start
        The start.
    first, second
        A concession of either; what follows one of them is what the other prefers.
    ends
        Everybody's verdicts at the two ends, that of `first` first; nobody leaves them.

    Examples
    --------
    >>> Attrition(0, Concession("A", 1, "B", 3), Concession("B", 2, "A", 3), ()).kind
    'attrition'
    """

    kind: ClassVar[str] = "attrition"
    start: int
    first: Concession
    second: Concession
    ends: tuple[Standing, ...]

    def check(self, space: StateSpace) -> None:
        """Look up the four moves, compare the ends, and check that both hold."""
        checker = Checker(space)
        one, other = self.first, self.second
        need(space.state_of(self.start) == self.start, f"start: {self.start} is no state")
        need(one.by == other.taken_up_by and other.by == one.taken_up_by and one.by != other.by, "concession: not by the two in turn")
        need({one.by, other.by} <= set(checker.decision_makers), "concession: by somebody unknown")
        for step in (one, other):
            need(step.to in checker.moves(step.by, self.start), f"concession: {step.by} has no move to {step.to}")
            need(not checker.prefers(step.by, step.to, self.start), f"concession: {step.by} gains by it")
            need(step.end in checker.moves(step.taken_up_by, step.to, "improving"), f"taken up: no improvement of {step.taken_up_by}")
            for dm in (one.by, other.by):
                need(not checker.prefers(dm, self.start, step.end), f"end: {dm} prefers the start to {step.end}")
        need(checker.prefers(one.by, other.end, one.end), f"wait: {one.by} does not prefer that {other.by} concedes first")
        need(checker.prefers(other.by, one.end, other.end), f"wait: {other.by} does not prefer that {one.by} concedes first")
        need([claim.state for claim in self.ends] == [one.end, other.end], "ends: of other states")
        need(len({claim.profile for claim in self.ends}) == 1, "ends: of two profiles")
        for claim in self.ends:
            claim.check(space)
            need(claim.holds, f"ends: somebody leaves {claim.state}")
