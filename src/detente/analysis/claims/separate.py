"""That no smaller changes of orders do, where each decision maker's verdict depends on their own order alone.

For Nash, GMR and SMR what is smallest for each decision maker, by the theorem of `detente.analysis.claims.raised`, is smallest for all
together: to hold, a state must be stable for everybody, and what one of them changes touches no other's verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.answered import Answered
from detente.analysis.claims.asked import Asked, Case, belongs, sensible
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.ledger import Vector, at_least
from detente.analysis.claims.raised import Raised
from detente.analysis.claims.unanswered import Unanswered
from detente.concepts.witness import Stays
from detente.model.formula import any_of
from detente.preference.order import Order
from detente.space.sets import bits_of
from detente.space.states import StateSpace

ALONE = frozenset({"Nash", "GMR", "SMR"})
"""Concepts under which a decision maker's verdict depends on no other's order."""


@dataclass(frozen=True, slots=True)
class Separate(Claim):
    """All orders that make a wanted state hold, or somebody leave the start, burden the decision makers like a listed way at least.

    Parameters
    ----------
    asked
        What is asked for: "hold" or "break", under concepts that look at a decision maker's own order alone.
    red_lines
        Whether pairs of which just one state crosses a red line may compare differently.
    least
        For each wanted state, or for the start, and each decision maker the smallest change of their order.
    unable
        For a wanted state that nothing can make hold: why one decision maker can't be had to stay; and for each decision maker who can't
        be had to leave the start why not: a clause of comparisons that can't be.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> none = Raised("Nash", None, 0, Stays("Nash", "A", 1, ()), None, None)
    >>> Separate(Asked("hold", 0, (("A", "Nash"),), 0b10), "excluded", (none,)).check(space)
    """

    kind: ClassVar[str] = "separate shifts"
    asked: Asked
    red_lines: RedLines
    least: tuple[Raised, ...]
    unable: tuple[Unanswered | Answered, ...] = ()

    @property
    def burdens(self) -> tuple[Vector, ...]:
        """What these changes cost each decision maker, state by state."""
        people = [dm for dm, _ in self.asked.profile]
        if self.asked.want == "break":
            return tuple(tuple(raised.cost if raised.after.dm == dm else 0 for dm in people) for raised in self.least)
        costs = {(raised.after.state, raised.after.dm): raised.cost for raised in self.least}
        targets = dict.fromkeys(raised.after.state for raised in self.least)
        return tuple(tuple(costs[target, dm] for dm in people) for target in targets)

    @property
    def minimal(self) -> tuple[Vector, ...]:
        """Those of these burdens that no other is at most, for everybody."""
        known = self.burdens
        return tuple(mine for mine in known if not any(other != mine and at_least(mine, other) for other in known))

    def check(self, space: StateSpace) -> None:
        """See that there is a change for everybody whom it needs, each of them smallest."""
        want = self.asked.want
        sensible(Checker(space), self.asked)
        need(self.red_lines in ("excluded", "counted"), f"red lines: {self.red_lines}")
        need(want in ("hold", "break") and {key for _, key in self.asked.profile} <= ALONE, "asked: it does not fall apart")
        for source in self.unable:
            self._unable(space, source)
        without = {source.state if want == "hold" else source.dm for source in self.unable}
        states = list(bits_of(self.asked.targets)) if want == "hold" else [self.asked.start]
        every = {(state, dm, key) for state in states for dm, key in self.asked.profile}
        wanted = {(state, dm, key) for state, dm, key in every if (state if want == "hold" else dm) not in without}
        listed = [(raised.after.state, raised.after.dm, raised.concept) for raised in self.least]
        need(len(listed) == len(wanted) and set(listed) == wanted, "least: not one for each state and decision maker")
        for raised in self.least:
            need(isinstance(raised.after, Stays) == (want == "hold") and not raised.others, "least: not what is asked for")
            raised.check(space)

    def _unable(self, space: StateSpace, source: Unanswered | Answered) -> None:
        """See that every comparison of a clause is of a state with itself, or would have to be made across a red line."""
        case = Case(source.state, "", ()) if self.asked.want == "hold" else Case(-1, source.dm, ())
        belongs(self.asked, case, source)
        need(case.target < 0 or bool(self.asked.targets >> case.target & 1), "unable: not wanted")
        order, lines = Order(space, source.dm), space.conflict.decision_maker(source.dm).red_lines
        crossed = space.where_bits(any_of(*(line.never for line in lines))) if lines and self.red_lines == "excluded" else 0
        for atom in source.clause(Checker(space)):
            now = order.prefers(atom.high, atom.low) or not (atom.strict or order.prefers(atom.low, atom.high))
            across = bool((crossed >> atom.high ^ crossed >> atom.low) & 1)
            need(atom.dm == source.dm and not now and (across or atom.high == atom.low), f"unable: {atom} could be")
