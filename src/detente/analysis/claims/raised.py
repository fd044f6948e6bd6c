"""The smallest change of one decision maker's order that makes a state stable for them, or makes them leave it, all other orders fixed.

Theorem (an extension to ties of a result of this project): let stability of a state depend on a decision maker's order through the set
of states that are no better to them than that state, and let it never be lost when that set grows.  So it is for Nash, GMR, SMR, SEQ,
SSEQ and SIM as long as the others' orders stay.  Count for a change of the order the pairs of states that come to compare
differently.  Then no change that makes the state stable costs less than raising it just above the least preferred level for which
that is enough, and none that makes it unstable costs less than lowering it just below the most preferred level for which that is enough.

Proof (raising).  Let an order do, and let x be a state of the most preferred level among those that were better than the state s
and no longer are.  The pair (x, s) compares differently.  So does, for every other y from the level of s to that of x, these two
included, (x, y) or (y, s): were both kept, x would still be better than s.  These pairs are distinct, and raising s above the level of
x changes just as many; it leaves no fewer states no better than s than that order does, and so is enough.  Lowering is the mirror image.

The theorem holds, too, where pairs of which just one crosses a red line must not change: raising and lowering within either part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.concepts.witness import Leaves, Stays, Witness
from detente.preference.compared import compared
from detente.preference.shifted import Shift, shifted_orders
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Raised(Claim):
    """That the cheapest change of one order which makes a state stable (or unstable) is this shift, or that none is needed.

    Parameters
    ----------
    concept
        Key of the concept.
    shift
        The shift: up to make the state stable, down to make it unstable; None where it is so already.
    cost
        The number of pairs of states that compare differently after the shift.
    after
        The witness of the verdict after the shift.
    less
        A state of the level before that of `shift.past`, towards the state; None where there is no level between.
    before
        The witness of the opposite verdict when the state is shifted past `less` only, or not at all; None where no shift is needed.
    others
        Shifts of the other decision makers' orders that are taken as given.

    References
    ----------
    The proof is at the head of this module; the special case of strict rankings is stated in the same way for the inverse problem of
    Kinsara, Kilgour and Hipel (2015) by this project.
    """

    kind: ClassVar[str] = "raised"
    concept: str
    shift: Shift | None
    cost: int
    after: Witness
    less: int | None
    before: Witness | None
    others: tuple[Shift, ...] = ()

    def check(self, space: StateSpace) -> None:
        """Raise `RefusedError` unless the shift does it, costs so much, and no smaller shift does it."""
        dm, state = self.after.dm, self.after.state
        need(all(other.dm != dm for other in self.others), f"others: they shift states of {dm}")
        self._verdict(space, self.after, (self.shift,) if self.shift else ())
        if self.shift is None:
            need(self.cost == 0 and self.before is None and self.less is None, "cost: nothing is changed")
            return
        need((self.shift.dm, self.shift.state) == (dm, state), f"shift: not of {state} by {dm}")
        need(isinstance(self.after, Stays) == self.shift.up and not self.shift.level, "verdict: not what the shift is for")
        need(self.cost == pairs(space, self.shift), f"cost: {pairs(space, self.shift)} pairs compare differently")
        if self.before is None:
            need(False, "before: nothing shows that less is not enough")
            return
        need((self.before.dm, self.before.state) == (dm, state), f"before: not of {state} by {dm}")
        need(isinstance(self.before, Stays) != self.shift.up, "before: not the opposite verdict")
        need(_between(space, self.shift, self.less) == 0, f"less: there is a level between {self.less} and {self.shift.past}")
        smaller = Shift(dm, state, self.less, self.shift.up) if self.less is not None else None
        self._verdict(space, self.before, (smaller,) if smaller else ())

    def _verdict(self, space: StateSpace, witness: Witness, shifts: tuple[Shift, ...]) -> None:
        need(witness.concept == self.concept, f"concept: {witness.concept}")
        refused = Checker(space, shifted_orders(space, (*self.others, *shifts))).check(witness)
        need(refused is None, f"witness: {refused}")

    @property
    def leaves(self) -> bool:
        """Whether it makes the decision maker leave."""
        return isinstance(self.after, Leaves)


def pairs(space: StateSpace, shift: Shift) -> int:
    """How many pairs of states compare differently after one shift of an order of the conflict.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1), ("y", 1))))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> pairs(space, Shift("A", 0, past=3)), pairs(space, Shift("A", 1, past=2, up=False))
    (3, 1)
    """
    above, level = compared(space, shift.dm, shift.state)
    past_above, past_level = compared(space, shift.dm, shift.past)
    passed = (above | level) & ~past_above if shift.up else (past_above | past_level) & ~above
    need(bool(passed >> shift.past & 1), f"shift: {shift.state} stands on that side of {shift.past} already")
    return passed.bit_count() - 1


def _between(space: StateSpace, shift: Shift, less: int | None) -> int:
    """How many states stand between the level that is passed and the one before, on the side of the state."""
    dm, past = shift.dm, shift.past
    near = shift.state if less is None else less
    near_above, near_level = compared(space, dm, near)
    past_above, past_level = compared(space, dm, past)
    if less is None:  # the first level: of the state itself, if others are tied with it, or the next
        own = near_level & ~(1 << shift.state)
        if past_level == near_level:
            return 0
        return (own | (near_above & ~past_above & ~past_level if shift.up else past_above & ~near_above & ~near_level)).bit_count()
    need(bool((past_above if not shift.up else near_above) >> (near if not shift.up else past) & 1), f"less: {less} is not before {past}")
    here_above, here_level = compared(space, dm, shift.state)
    on_side = (here_above | here_level if shift.up else ~here_above) >> less & 1
    need(less != shift.state and bool(on_side), f"less: {less} is not on the way")
    return (near_above & ~past_above & ~past_level if shift.up else past_above & ~near_above & ~near_level).bit_count()
