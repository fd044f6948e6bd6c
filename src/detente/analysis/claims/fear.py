"""Claims about fear: who gains by leaving stays because others would answer, and would leave if certain moves were gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.analysis.certificate import Checker, Kind
from detente.analysis.claims.base import Claim, need
from detente.concepts.base import SolutionConcept
from detente.concepts.witness import Leaves, Stays
from detente.space.states import StateSpace

Grouping = Literal["move", "state", "option", "party"]
"""By what moves are taken away: one by one; all of somebody's from one state; all that take up or give up one option; all of somebody's."""


@dataclass(frozen=True, slots=True, order=True)
class Removed:
    """Moves of one decision maker that are taken away.

    Parameters
    ----------
    by
        Who makes them (key).
    kind
        "move": the move from `state` to `to`; "state": all from `state`; "take" and "give up": all that take up, or give up, `option`;
        "party": all.
    state, to, option
        What `kind` asks for; -1 and "" where it does not.

    Examples
    --------
    >>> Removed("B", "take", option="Strike").option
    'Strike'
    """

    by: str
    kind: Literal["move", "state", "take", "give up", "party"]
    state: int = -1
    to: int = -1
    option: str = ""


def kinds_of(space: StateSpace, grouping: Grouping, dm: str, state: int, to: int) -> frozenset[Removed]:
    """Every group of moves, by one grouping, that a move of a decision maker from one state to another belongs to.

    Between merged states a move takes up, or gives up, just the options that every change which makes it takes up or gives up.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> kinds_of(space, "option", "A", 1, 0)
    frozenset({Removed(by='A', kind='give up', state=-1, to=-1, option='x')})
    """
    match grouping:
        case "move":
            return frozenset({Removed(dm, "move", state, to)})
        case "state":
            return frozenset({Removed(dm, "state", state)})
        case "party":
            return frozenset({Removed(dm, "party")})
        case "option":
            found: frozenset[Removed] | None = None
            for member in space.members(state):
                for flip, target in space.flips(dm, member):
                    if space.state_of(target) == to:
                        changed = _changed(space, dm, member, flip)
                        found = changed if found is None else found & changed
            return found or frozenset()


def _changed(space: StateSpace, dm: str, combination: int, flip: int) -> frozenset[Removed]:
    options = ((k, option.key) for k, option in enumerate(space.conflict.options) if flip >> k & 1)
    return frozenset(Removed(dm, "give up" if combination >> k & 1 else "take", option=key) for k, key in options)


class Without(Checker):
    """A checker for a conflict from which moves were taken; its states and preferences are the same."""

    def __init__(self, space: StateSpace, grouping: Grouping, removed: frozenset[Removed], reading: SolutionConcept | None = None) -> None:
        super().__init__(space, reading=reading)
        self._left: dict[tuple[str, int, Kind], tuple[int, ...]] = {}
        self.grouping: Grouping = grouping
        self.removed = removed

    def moves(self, dm: str, state: int, kind: Kind = "any") -> tuple[int, ...]:
        """The moves that are left."""
        key = (dm, state, kind)
        if key not in self._left:
            found = super().moves(dm, state, kind)
            if any(group.by == dm for group in self.removed):
                found = tuple(to for to in found if not kinds_of(self.space, self.grouping, dm, state, to) & self.removed)
            self._left[key] = found
        return self._left[key]

    def reader(self, concept: SolutionConcept) -> Checker:
        """The same for certificates under a concept with a reading."""
        return Without(self.space, self.grouping, self.removed, concept)


@dataclass(frozen=True)
class SanctionCore(Claim):
    """A decision maker stays at a state, leaves it if certain moves of others are taken away, and stays if just a part of them is.

    Parameters
    ----------
    grouping
        By what moves are taken away.
    removed
        The groups of moves; none of them of the decision maker's own.
    now
        Why the decision maker stays as things are, although there is an improvement.
    then
        Why they leave without these moves.
    still
        For each of the groups, in their order, why they stay when the others of them alone are taken away.

    Notes
    -----
    Taking moves from others never makes a decision maker stay who would leave, because they have fewer answers; so it is enough to look
    at sets that lack one group.  It is so for SIM as well.
    """

    kind: ClassVar[str] = "sanction core"
    grouping: Grouping
    removed: tuple[Removed, ...]
    now: Stays
    then: Leaves
    still: tuple[Stays, ...]

    def check(self, space: StateSpace) -> None:
        """Check each witness in the conflict without the moves that are then gone."""
        dm, state, concept = self.now.dm, self.now.state, self.now.concept
        need(bool(self.now.answers) and isinstance(self.now, Stays), "now: no improvement, and so no fear")
        need(isinstance(self.then, Leaves), "then: nobody leaves")
        need(bool(self.removed) and len(set(self.removed)) == len(self.removed) == len(self.still), "removed: not a witness for each")
        keys = {party.key for party in space.conflict.decision_makers}
        need(all(group.by != dm and group.by in keys for group in self.removed), "removed: a move of their own")
        cases: list[tuple[Stays | Leaves, frozenset[Removed]]] = [(self.now, frozenset()), (self.then, frozenset(self.removed))]
        for group, stays in zip(self.removed, self.still, strict=True):
            need(isinstance(stays, Stays), "still: they leave")
            cases.append((stays, frozenset(self.removed) - {group}))
        for witness, gone in cases:
            need((witness.dm, witness.state, witness.concept) == (dm, state, concept), f"witness: not of {dm} at {state} under {concept}")
            refused = Without(space, self.grouping, gone).check(witness)
            need(refused is None, f"witness: {refused}")
