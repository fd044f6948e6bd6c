"""Claims about pressure: for every place that a statement can have in a decision maker's list, who leaves a state then and who stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.statement_edits import StatementEdit, changed_space
from detente.concepts.witness import AnyWitness, is_staying
from detente.errors import DetenteError
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Pressed(Claim):
    """What a state comes to when one statement of a decision maker stands in each of the places that it can have.

    Parameters
    ----------
    dm
        Key of the decision maker.
    place
        The place of the statement in the conflict; 0 if it is one to be added.
    state
        The state, the one that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour, in the order of the conflict.
    verdicts
        For each place, from 1, why each decision maker stays at the state or leaves it when the statement stands there; for a statement
        that is to be added one more in front, for the conflict without it.
    when, says
        The condition of a statement to be added, written, and its words; otherwise empty.

    Examples
    --------
    >>> from detente.concepts.witness import Leaves
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> a = DecisionMaker("A", "A", OptionPrioritization((Statement(parse_formula("x")),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> claim = Pressed("A", 1, 0, (("A", "Nash"),), ((Leaves("Nash", "A", 0, 1),),))
    >>> claim.check(space)
    >>> claim.left
    ((1, ('A',)),)
    """

    kind: ClassVar[str] = "pressure"
    dm: str
    place: int
    state: int
    profile: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[AnyWitness, ...], ...]
    when: str = ""
    says: str = ""

    @property
    def places(self) -> tuple[int, ...]:
        """The places that the verdicts are for, in order; 0 for the conflict without a statement that is to be added."""
        return tuple(range(0 if self.place == 0 else 1, len(self.verdicts) + (self.place != 0)))

    @property
    def left(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """For each of these places who leaves the state (keys)."""
        return tuple(
            (place, tuple(witness.dm for witness in witnesses if not is_staying(witness)))
            for place, witnesses in zip(self.places, self.verdicts, strict=True)
        )

    @property
    def spans(self) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """Stretches of neighbouring places with the same leavers: first place, last place, who leaves; absence (0) is one of its own."""
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for place, leavers in self.left:
            if found and found[-1][2] == leavers and found[-1][0]:
                found[-1] = (found[-1][0], place, leavers)
            else:
                found.append((place, place, leavers))
        return tuple(found)

    def edits(self, place: int) -> tuple[StatementEdit, ...]:
        """The edit that puts the statement in a place; none for where it is, or for its absence."""
        if place == self.place:
            return ()
        if self.place == 0:
            return (StatementEdit(self.dm, "add", place, when=self.when, says=self.says),)
        return (StatementEdit(self.dm, "move", self.place, place),)

    def check(self, space: StateSpace) -> None:
        """Raise `RefusedError` unless every place has its verdicts, one for each decision maker, and each is shown."""
        deciders = tuple(dm.key for dm in space.conflict.decision_makers)
        need(tuple(dm for dm, _ in self.profile) == deciders, "profile: not of these decision makers")
        preference = space.conflict.decision_maker(self.dm).preference
        count = len(preference.statements()) if preference is not None else 0
        need(0 <= self.place <= count and count > 0, f"place: {self.dm} has {count} statements")
        need(len(self.verdicts) == (count if self.place else count + 2), f"verdicts: not one for each place of {count}")
        need(bool(self.when) == (self.place == 0) and (not self.says or self.place == 0), "when: not of a statement to be added")
        for place, witnesses in zip(self.places, self.verdicts, strict=True):
            need(tuple(witness.dm for witness in witnesses) == deciders, f"verdicts: not of everybody at place {place}")
            try:
                self._at(changed_space(space, self.edits(place)), place, witnesses)
            except DetenteError as problem:
                need(False, f"edits: {problem}")

    def _at(self, changed: StateSpace, place: int, witnesses: tuple[AnyWitness, ...]) -> None:
        """Check the verdicts for one place in the conflict as it then is."""
        checker = Checker(changed)
        for witness in witnesses:
            asked = witness.state == self.state and (witness.dm, witness.concept) in self.profile
            need(asked, f"verdicts: not asked for at place {place}")
            refused = checker.check(witness)
            need(refused is None, f"verdicts: at place {place} {refused}")
