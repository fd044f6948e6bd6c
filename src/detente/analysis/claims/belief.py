"""Claims about corrections of what a decision maker believes: that some change what they do at a state, and that fewer do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.as_seen import corrected_space
from detente.analysis.claims.base import Claim, need
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.correction import Correction, Corrections, corrections
from detente.space.states import StateSpace


@dataclass(frozen=True)
class BeliefCorrected(Claim):
    """What one decision maker does at a state in the conflict as they see it, and after some corrections of their viewpoint.

    Parameters
    ----------
    view
        The viewpoint (key) on which they act.
    made
        The corrections.
    before, after
        Why they stay at the state, or leave it, before and after.
    fewer
        For every smaller set of these corrections but the empty one, with its witness, that the verdict is as before.

    Examples
    --------
    >>> from detente.concepts.witness import Leaves, Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),), viewpoints=(seen,)))
    >>> made = (Correction("option", option="x"),)
    >>> BeliefCorrected("v", made, Stays("Nash", "A", 0, ()), Leaves("Nash", "A", 0, 1)).check(space)
    """

    kind: ClassVar[str] = "belief corrected"
    view: str
    made: Corrections
    before: AnyWitness
    after: AnyWitness
    fewer: tuple[tuple[Corrections, AnyWitness], ...] = ()

    @property
    def breaks(self) -> bool:
        """Whether the decision maker stays before and leaves after."""
        return is_staying(self.before) and not is_staying(self.after)

    def check(self, space: StateSpace) -> None:
        """Check the witnesses, each in the conflict that it is about, and that every smaller set is listed."""
        head = self.before.dm, self.before.state, self.before.concept
        known = set(corrections(space.conflict, self.view))
        self._one(space, (), self.before, head)
        self._one(space, self.made, self.after, head)
        need(is_staying(self.before) != is_staying(self.after), "after: the same verdict as before")
        made = set(self.made)
        need(0 < len(made) == len(self.made) and made <= known, "made: not different corrections of the viewpoint")
        given = {frozenset(part) for part, _ in self.fewer}
        need(len(given) == len(self.fewer) == 2 ** len(made) - 2, "fewer: not every smaller set")
        for part, witness in self.fewer:
            need(0 < len(part) == len(set(part)) < len(made) and set(part) <= made, "fewer: not a smaller set")
            self._one(space, part, witness, head)
            need(is_staying(witness) == is_staying(self.before), "fewer: a smaller set is enough")

    def _one(self, space: StateSpace, made: Corrections, witness: AnyWitness, head: tuple[str, int, str]) -> None:
        need((witness.dm, witness.state, witness.concept) == head, "witness: of another verdict")
        refused = Checker(corrected_space(space, self.view, made)).check(witness)
        need(refused is None, f"verdicts: {refused}")


@dataclass(frozen=True)
class ViewChanged(Claim):
    """What one decision maker does at a state in the conflict as they see it, and does otherwise once they see it in another way.

    Parameters
    ----------
    view, to
        The viewpoint (key) on which they act, and the one to which they come; None for the conflict as written.
    before, after
        Why they stay at the state, or leave it, before and after.

    Examples
    --------
    >>> from detente.concepts.witness import Leaves, Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),), viewpoints=(seen,)))
    >>> ViewChanged("v", None, Stays("Nash", "A", 0, ()), Leaves("Nash", "A", 0, 1)).check(space)
    """

    kind: ClassVar[str] = "view changed"
    view: str | None
    to: str | None
    before: AnyWitness
    after: AnyWitness

    @property
    def breaks(self) -> bool:
        """Whether the decision maker stays before and leaves after."""
        return is_staying(self.before) and not is_staying(self.after)

    def check(self, space: StateSpace) -> None:
        """Check both witnesses, each in the conflict that it is about."""
        head = self.before.dm, self.before.state, self.before.concept
        need((self.after.dm, self.after.state, self.after.concept) == head, "witness: of another verdict")
        need(is_staying(self.before) != is_staying(self.after), "after: the same verdict as before")
        for key, witness in ((self.view, self.before), (self.to, self.after)):
            refused = Checker(corrected_space(space, key, ())).check(witness)
            need(refused is None, f"verdicts: {refused}")


@dataclass(frozen=True)
class NoSmallCorrection(Claim):
    """Among all sets of up to so many corrections of a viewpoint, those that change a verdict contain one of some sets.

    Parameters
    ----------
    view
        The viewpoint (key).
    most
        How many corrections a set has at most.
    before
        Why the decision maker stays at the state, or leaves it, without any.
    changing
        Sets that change the verdict.
    same
        For every other set of at least one and at most `most` corrections that contains none of those, that the verdict is the same: the
        set, and the witness.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.correction import Correction
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> stays = Stays("Nash", "A", 0, ())
    >>> NoSmallCorrection("v", 1, stays, (), (((Correction("option", option="x"),), stays),)).check(StateSpace(one))
    """

    kind: ClassVar[str] = "no small correction"
    view: str
    most: int
    before: AnyWitness
    changing: tuple[Corrections, ...]
    same: tuple[tuple[Corrections, AnyWitness], ...]

    def check(self, space: StateSpace) -> None:
        """Check that every set is listed or contains one that changes the verdict, and each witness."""
        known = corrections(space.conflict, self.view)
        head = self.before.dm, self.before.state, self.before.concept
        refused = Checker(corrected_space(space, self.view, ())).check(self.before)
        need(refused is None, f"verdicts: {refused}")
        given = {frozenset(part) for part, _ in self.same}
        need(len(given) == len(self.same), "same: a set is listed twice")
        need(all(part <= set(known) and 0 < len(part) <= self.most for part in given), "same: not sets of corrections")
        changing = [frozenset(part) for part in self.changing]
        need(all(changing) and not any(one <= part for one in changing for part in given), "changing: one is empty or among the others")
        for part in sets_without(known, self.most, changing):
            need(frozenset(part) in given, "same: a set is left out")
        for listed, witness in self.same:
            need((witness.dm, witness.state, witness.concept) == head, "witness: of another verdict")
            need(is_staying(witness) == is_staying(self.before), "same: a verdict is another one")
            refused = Checker(corrected_space(space, self.view, listed)).check(witness)
            need(refused is None, f"verdicts: {refused}")


def sets_without(known: Sequence[Correction], most: int, holding: Sequence[frozenset[Correction]]) -> Iterator[Corrections]:
    """All sets of at least one and at most so many corrections that contain none of some sets, the smaller ones first.

    Parameters
    ----------
    known
        The corrections.
    most
        How many a set has at most.
    holding
        The sets that none of them may contain.

    Examples
    --------
    >>> one, other = Correction("states"), Correction("option", option="x")
    >>> len(list(sets_without((one, other), 2, ()))), len(list(sets_without((one, other), 2, (frozenset([one]),))))
    (3, 1)
    """
    for size in range(1, min(most, len(known)) + 1):
        for part in combinations(known, size):
            if not any(one <= set(part) for one in holding):
                yield part
