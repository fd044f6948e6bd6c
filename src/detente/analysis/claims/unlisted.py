"""Claims about single states of a space of any size: sequences do not lead there, none of them holds, what would restore gains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import ClassVar

from detente.analysis.certificate import Checker, Kind
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.gains import Lengths
from detente.analysis.claims.none_such import NoneSuch, known
from detente.analysis.claims.red_lines import Elements
from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.analysis.claims.standing import Profile, check_leaving
from detente.concepts.witness import AnyWitness
from detente.model.formula import Formula, holds
from detente.preference.order import Order
from detente.space.states import StateSpace

MOST_PARTS = 6
"""Most elements of a set every part of which is looked at."""


@dataclass(frozen=True)
class NotReached(Claim):
    """No legal sequence of moves of one kind leads from a start to any of some states.

    Parameters
    ----------
    start
        The start.
    states
        The states.
    moves
        Which moves count.
    lengths
        All that is reached: state, last mover (key) and the number of moves of a shortest such sequence.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
    >>> x = Option("x", "x", ("A",), direction=Direction.ONLY_OFF)
    >>> NotReached(0, (1,), "any", ()).check(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (x,)), list_up_to=0))
    """

    kind: ClassVar[str] = "not reached"
    start: int
    states: tuple[int, ...]
    moves: Kind
    lengths: Lengths

    def check(self, space: StateSpace) -> None:
        """See that the lengths are those of all that is reached, and that none of the states is."""
        checker = Checker(space)
        need(self.moves in ("any", "improving"), f"moves: {self.moves}")
        need(bool(self.states) and all(space.state_of(state) == state for state in (self.start, *self.states)), "states: not states")
        need(self.start not in self.states, "states: the start is one of them")
        given = {(state, dm): length for state, dm, length in self.lengths}
        need(len(given) == len(self.lengths), "lengths: one is given twice")
        refused = checker.check_reached(self.start, checker.decision_makers, self.moves, given)
        need(refused is None, f"lengths: {refused}")
        for state, _, _ in self.lengths:
            need(state not in self.states, f"states: {state} is reached")


@dataclass(frozen=True)
class SomebodyLeaves(Claim):
    """None of some states holds: from each of them somebody leaves.

    Parameters
    ----------
    profile
        The behaviour.
    leaving
        For each of the states that somebody leaves it.

    Examples
    --------
    >>> from detente.concepts.witness import Leaves
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> SomebodyLeaves((("A", "Nash"),), (Leaves("Nash", "A", 0, 1),)).check(space)
    """

    kind: ClassVar[str] = "somebody leaves"
    profile: Profile
    leaving: tuple[AnyWitness, ...]

    @property
    def states(self) -> tuple[int, ...]:
        """The states."""
        return tuple(witness.state for witness in self.leaving)

    def check(self, space: StateSpace) -> None:
        """Check each witness."""
        need(bool(self.leaving) and len(set(self.states)) == len(self.states), "leaving: not one for each state")
        check_leaving(space, self.profile, self.leaving)


@dataclass(frozen=True)
class Restores(Claim):
    """Without some red lines and rules a combination is better for everybody than the start; without just a part of them, none is.

    Parameters
    ----------
    start
        The start.
    where
        The condition that combinations that count meet.
    dropped
        The red lines and rules.
    gained
        Such a combination.
    parts
        That nothing is better for everybody with just a part of them dropped, for each of `parts_of`.

    Examples
    --------
    >>> Restores.kind
    'restores'
    """

    kind: ClassVar[str] = "restores"
    start: int
    where: Formula
    dropped: Elements
    gained: int
    parts: tuple[NoneSuch, ...]

    def check(self, space: StateSpace) -> None:
        """Compare the combination with the start, and check the proofs for each part."""
        conflict = space.conflict
        need(not any(dm is None for dm, _ in self.dropped) or can_drop_rules(conflict), "rules: the preferences say nothing of them")
        lines = frozenset((dm, n) for dm, n in self.dropped if dm is not None)
        there = space.of(without(conflict, lines, frozenset(n for dm, n in self.dropped if dm is None)))
        known(space, self.where)
        need(space.state_of(self.start) == self.start, f"start: {self.start} is no state")
        need(there.state_of(self.gained) == self.gained, "gained: it can't occur")
        need(holds(self.where, conflict.taken(self.gained).__contains__), "gained: it does not meet the condition")
        for dm in conflict.decision_makers:
            need(Order(there, dm.key).prefers(self.gained, self.start), f"gained: {dm.key} does not prefer it")
        wanted = parts_of(space, self.start, self.dropped)
        shown = [frozenset(claim.question.dropped) for claim in self.parts]
        need(len(shown) == len(wanted) and set(shown) == set(map(frozenset, wanted)), f"parts: {len(shown)}, not {len(wanted)}")
        for claim in self.parts:
            need((claim.start, claim.where, claim.question.kind) == (self.start, self.where, "gain"), "parts: about something else")
            claim.check(space)


def parts_of(space: StateSpace, start: int, dropped: Elements) -> tuple[Elements, ...]:
    """The parts of a set of red lines and rules that show it to be minimal: those that lack one element, or all of them.

    All have to be looked at where the start crosses a red line, since keeping that one can make something better.  Refuses a set of more
    than `MOST_PARTS` elements there.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> parts_of(space, 0, ((None, 1), (None, 2)))
    (((None, 1),), ((None, 2),))
    """
    taken = space.conflict.taken(start).__contains__
    if not any(holds(line.never, taken) for dm in space.conflict.decision_makers for line in dm.red_lines):
        return tuple(combinations(dropped, len(dropped) - 1)) if dropped else ()
    need(len(dropped) <= MOST_PARTS, "dropped: too many to look at every part")
    return tuple(chain.from_iterable(combinations(dropped, n) for n in range(len(dropped))))
