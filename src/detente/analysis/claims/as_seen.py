"""Claims about what decision makers do who each act in the conflict as they see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.standing import Profile
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.correction import Corrections, seen_after
from detente.space.states import StateSpace

Views = tuple[tuple[str, str | None], ...]
"""For each decision maker (key), in the order of the conflict, the viewpoint (key) on which they act; None: the conflict as written."""


@dataclass(frozen=True)
class AsSeen(Claim):
    """Who stays at a state and who leaves it, everybody in the conflict as they see it (a hypergame of the first level).

    Parameters
    ----------
    state
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    views
        The viewpoints on which they act.
    witnesses
        For every decision maker, in the same order, why they stay or leave in the conflict as they see it.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> AsSeen(0, (("A", "Nash"),), (("A", "v"),), (Stays("Nash", "A", 0, ()),)).check(StateSpace(one))
    """

    kind: ClassVar[str] = "as seen"
    state: int
    profile: Profile
    views: Views
    witnesses: tuple[AnyWitness, ...]

    @property
    def holds(self) -> bool:
        """Whether nobody leaves."""
        return all(map(is_staying, self.witnesses))

    def check(self, space: StateSpace) -> None:
        """Check each witness in the conflict as the decision maker sees it, and that it is one of the profile's."""
        parties = tuple(dm.key for dm in space.conflict.decision_makers)
        need(tuple(dm for dm, _ in self.profile) == parties, "profile: not one concept for each decision maker")
        need(tuple(dm for dm, _ in self.views) == parties, "views: not one for each decision maker")
        need(tuple((w.dm, w.concept) for w in self.witnesses) == self.profile, "profile: the witnesses are of another")
        checkers: dict[str | None, Checker] = {}
        for (_, key), witness in zip(self.views, self.witnesses, strict=True):
            need(witness.state == self.state, f"verdicts: about {witness.state}, not {self.state}")
            if key not in checkers:
                checkers[key] = Checker(corrected_space(space, key, ()))
            refused = checkers[key].check(witness)
            need(refused is None, f"verdicts: {refused}")


def corrected_space(space: StateSpace, key: str | None, made: Corrections) -> StateSpace:
    """The space of the conflict as a viewpoint has it after some corrections; the given one where everything is as written.

    Parameters
    ----------
    space
        The space of the conflict as it is written.
    key
        Key of the viewpoint, or None for the conflict as it is written.
    made
        The corrections.

    Raises
    ------
    UsageError
        U470 if there is no such viewpoint.
    ValueError
        If one of the corrections is none of its.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> corrected_space(space, None, ()) is space
    True
    """
    if key is None:
        return space
    return space.of(seen_after(space.conflict, key, made))


@dataclass(frozen=True)
class BetterAsSeen(Claim):
    """The states that every decision maker prefers to one, each by the preference on which they act, are these.

    Parameters
    ----------
    start
        The state that all is compared with.
    views
        The viewpoints on which they act.
    states
        The states, as an integer.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> BetterAsSeen(0, (("A", None),), 0).check(StateSpace(one))
    """

    kind: ClassVar[str] = "better as seen"
    start: int
    views: Views
    states: int

    def check(self, space: StateSpace) -> None:
        """Compare every state with the start for each decision maker, until one does not prefer it."""
        need(tuple(dm for dm, _ in self.views) == tuple(dm.key for dm in space.conflict.decision_makers), "views: not one for each")
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        keys = dict.fromkeys(key for _, key in self.views)
        checkers = {key: Checker(corrected_space(space, key, ())) for key in keys}
        for state in space.states.each():
            better = all(checkers[key].prefers(dm, state, self.start) for dm, key in self.views)
            need(better == bool(self.states >> state & 1), f"states: {state}")
        need(self.states >= 0 and not self.states & ~space.states.bits, "states: not a set of states")
