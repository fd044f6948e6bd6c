"""That changed orders give what is asked for, what they cost each decision maker, and that nothing smaller does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.claims.asked import Asked
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.separate import Separate
from detente.analysis.claims.smallest import Smallest
from detente.model.formula import any_of
from detente.preference.compared import compared
from detente.preference.order import Comparison, Ordering
from detente.preference.shifted import Shift, shifted_orders
from detente.space.sets import bits_of
from detente.space.states import StateSpace

Changed = tuple[int, int, Comparison, Comparison]
"""Two states, how a decision maker compares the first with the second, and how they come to."""


@dataclass(frozen=True, slots=True)
class Shifts(Claim):
    """That shifts in the orders of some decision makers give what is asked for.

    Parameters
    ----------
    shifts
        The shifts, made one after the other.
    burdens
        For each decision maker the number of pairs of states that they come to compare differently, in the order of the conflict.
    red_lines
        "excluded" if no pair changes of which just one state crosses a red line of the decision maker.
    outcome
        What is so then.
    proof
        That there is nothing smaller, or a bound; None if nothing is said of it.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> outcome = Outcome("hold", 0, (("A", "Nash"),), 0b10, 1, (Stays("Nash", "A", 1, ()),))
    >>> Shifts((Shift("A", 1, past=0),), (1,), "excluded", outcome, None).check(space)
    """

    kind: ClassVar[str] = "preference shift"
    shifts: tuple[Shift, ...]
    burdens: tuple[int, ...]
    red_lines: RedLines
    outcome: Outcome
    proof: Smallest | Separate | None

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        return Asked(self.outcome.want, self.outcome.start, self.outcome.profile, self.outcome.targets)

    def check(self, space: StateSpace) -> None:
        """Compare all states that were moved with all others, follow the outcome in the changed conflict, and check the proof."""
        people = tuple(dm.key for dm in space.conflict.decision_makers)
        need(len(self.burdens) == len(people), "burdens: not one for each decision maker")
        need(self.red_lines in ("excluded", "counted"), f"red lines: {self.red_lines}")
        for shift in self.shifts:
            need(shift.dm in people, f"shift: of {shift.dm}")
            need(space.states.contains(shift.state) and space.states.contains(shift.past), f"shift: of {shift.state} past {shift.past}")
        after = shifted_orders(space, self.shifts)
        for dm, burden in zip(people, self.burdens, strict=True):
            changed = differences(space, dm, self.shifts, after[dm])
            need(len(changed) == burden, f"burdens: {dm} comes to compare {len(changed)} pairs differently")
            lines = space.conflict.decision_maker(dm).red_lines
            crossed = space.where_bits(any_of(*(line.never for line in lines))) if lines and self.red_lines == "excluded" else 0
            need(not any((crossed >> one ^ crossed >> other) & 1 for one, other, _, _ in changed), f"red lines: {dm} crosses one")
        self.outcome.verify(space, after)
        if self.proof is not None:
            need((self.proof.asked, self.proof.red_lines) == (self.asked, self.red_lines), "proof: of something else")
            self.proof.check(space)

    @property
    def smallest(self) -> bool:
        """Whether the proof shows that nothing burdens nobody more and somebody less."""
        return self.proof is not None and self.burdens in self.proof.minimal


def differences(space: StateSpace, dm: str, shifts: tuple[Shift, ...], after: Ordering) -> list[Changed]:
    """The pairs of states that a decision maker compares differently after shifts; one of each pair has been moved.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    shifts
        The shifts; those of others are not looked at.
    after
        The decision maker's order after them.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> shifts = (Shift("A", 1, past=0),)
    >>> differences(space, "A", shifts, shifted_orders(space, shifts)["A"])
    [(1, 0, <Comparison.EQUAL: 'equal'>, <Comparison.BETTER: 'better'>)]
    """
    before = shifted_orders(space, ())[dm]
    mine = [shift for shift in shifts if shift.dm == dm]
    if len(mine) == 1 and not mine[0].level:
        return _one(space, mine[0])
    moved = dict.fromkeys(shift.state for shift in mine)
    earlier: set[int] = set()
    found: list[Changed] = []
    for state in moved:
        earlier.add(state)
        was, now = before.key(state), after.key(state)
        for other in space.states.each():
            if other not in earlier:
                one, two = _compared(was, before.key(other)), _compared(now, after.key(other))
                if one is not two:
                    found.append((state, other, one, two))
    return found


def _one(space: StateSpace, shift: Shift) -> list[Changed]:
    """The pairs that compare differently after one shift up or down: of sets of states, without looking at each."""
    state, own = shift.state, 1 << shift.state
    above, level = compared(space, shift.dm, state)
    past_above, past_level = compared(space, shift.dm, shift.past)
    after = past_above | (0 if shift.up else past_level)
    better, worse, equal = Comparison.BETTER, Comparison.WORSE, Comparison.EQUAL
    passed = (
        (worse, better, above & ~after),
        (equal, better, level & ~after),
        (equal, worse, level & after),
        (better, worse, space.states.bits & ~above & ~level & after),
    )
    return [(state, other, was, now) for was, now, states in passed for other in bits_of(states & ~own)]


def _compared(one: tuple[object, ...], other: tuple[object, ...]) -> Comparison:
    return Comparison.EQUAL if one == other else Comparison.BETTER if one > other else Comparison.WORSE
