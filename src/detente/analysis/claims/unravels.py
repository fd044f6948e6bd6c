"""Claims about orders that break down, and about changes with which they would not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.changed import as_claimed
from detente.analysis.claims.joint import changeable
from detente.analysis.claims.phase_steps import Phase, gaining
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.together import verdicts
from detente.concepts.witness import Leaves, Witness
from detente.model.edit import Edit
from detente.preference.shifted import Shift
from detente.space.states import StateSpace

Condition = Literal["gain", "holds", "stop"]
"""What fails: somebody who is needed for the step gains nothing by it; somebody leaves the state after it; somebody would stop there."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One condition that fails in an order.

    Parameters
    ----------
    phase
        The step, counted from 0.
    condition
        What fails: "gain" in the step; "holds" and "stop" at its end.
    by
        For whom (key).
    leaves
        For "holds" why they leave; otherwise None.
    """

    phase: int
    condition: Condition
    by: str
    leaves: Leaves | None = None


@dataclass(frozen=True)
class Unravels(Claim):
    """An order of a package breaks down, at the first step of `broken`; what is before it meets all that is asked.

    Parameters
    ----------
    start, package
        The two states.
    phases
        The steps; those who take one are its owners who gain, and those without whom it can't be taken.
    broken
        Every condition that fails, in the order of the steps.
    holds
        For the end of each step why each decision maker stays there or leaves it.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> holds = ((Stays("Nash", "A", 1, ()),),)
    >>> Unravels(0, 1, (Phase(0, 1, ("A",)),), (Broken(0, "gain", "A"),), holds).check(space)
    """

    kind: ClassVar[str] = "unravels"
    start: int
    package: int
    phases: tuple[Phase, ...]
    broken: tuple[Broken, ...]
    holds: tuple[tuple[Witness, ...], ...]

    @property
    def at(self) -> int:
        """The step at which it breaks down, counted from 0."""
        return self.broken[0].phase

    def check(self, space: StateSpace) -> None:
        """Work out for each step what fails, and hold it against what is listed."""
        checker, members = Checker(space), space.members
        need(bool(self.phases) and len(self.holds) == len(self.phases) and bool(self.broken), "phases: not one reason each")
        need(self.phases[0].start in members(self.start) and self.phases[-1].to in members(self.package), "phases: of other states")
        now, found = self.phases[0].start, []
        for k, (phase, holds) in enumerate(zip(self.phases, self.holds, strict=True)):
            before, after = space.state_of(phase.start), space.state_of(phase.to)
            if before is None or after is None or phase.start != now:
                need(False, f"phase: {phase.start} or {phase.to} does not fit")
                return
            now, last = phase.to, phase is self.phases[-1]
            gain = gaining(checker, phase.start, phase.to)
            need(phase.movers == without(checker, phase.start, phase.to, gain), f"movers: {phase.movers}")
            found += [Broken(k, "gain", dm) for dm in phase.movers if dm not in gain]
            need(bool(holds), "holds: nothing said")
            verdicts(checker, holds, after)
            found += [Broken(k, "holds", w.dm, w) for w in holds if isinstance(w, Leaves)]
            found += [Broken(k, "stop", dm) for dm in checker.decision_makers if not last and checker.prefers(dm, after, self.package)]
        need(found == list(self.broken), f"broken: {[(b.phase, b.condition, b.by) for b in found]}")


def without(checker: Checker, start: int, to: int, gain: tuple[str, ...]) -> tuple[str, ...]:
    """Those who gain by a step, and those who gain nothing and without whom it can't be taken: the first that can, for what is open."""
    space, flip = checker.space, start ^ to
    rest, blamed = flip & ~changeable(space, gain, start, to), []
    for dm in checker.decision_makers:
        if own := changeable(space, (dm,), start, to) & rest:
            blamed.append(dm)
            rest &= ~own
    need(not rest, f"phase: nobody can change {start} to {to}")
    return tuple(dm for dm in checker.decision_makers if dm in gain or dm in blamed)


@dataclass(frozen=True)
class Repaired(Claim):
    """With changes an order of phases meets all that is asked of it.

    Parameters
    ----------
    edits, shifts
        The changes: of the model, and of single states in orders.
    order
        The order, in the changed conflict.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> order = Phased(0, 1, (Phase(0, 1, ("A",)),), ((Stays("Nash", "A", 1, ()),),))
    >>> Repaired((), (Shift("A", 1, 0),), order).check(space)
    """

    kind: ClassVar[str] = "repaired phases"
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]
    order: Phased

    def check(self, space: StateSpace) -> None:
        """Check the order in the changed conflict."""
        after, orders = as_claimed(space, self.edits, self.shifts)
        self.order.verify(after, orders)
