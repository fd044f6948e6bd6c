"""Claims about what holds under every completion of what is known of preferences, and about what holds under some.

A completion decides every comparison that is not known, in any consistent way.  Suppositions about single comparisons stand for all
completions that agree with them: whoever stays by what is then certain stays in each of these, and whoever leaves by what then may be
leaves in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.concepts.base import SolutionConcept
from detente.concepts.readings.unknown import supposing
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Witness
from detente.preference.known import Supposed, known
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Split:
    """Two cases that leave nothing out: something is supposed, or its contrary.

    Parameters
    ----------
    on
        What is supposed.
    so, not_so
        What holds then, and what holds under the contrary.

    Examples
    --------
    >>> shown = (Stays("Nash", "A", 0, ()),)
    >>> Split(Supposed("A", 1, 0, True), shown, shown).on.over
    0
    """

    on: Supposed
    so: Cases
    not_so: Cases


Cases: TypeAlias = "Split | tuple[Witness, ...]"
"""All cases: witnesses for one, or two that leave nothing out, each with its own."""

Behaviour: TypeAlias = tuple[tuple[str, str], ...]
"""For some decision makers (keys) the concept under which each is looked at (key)."""


def check_case(space: StateSpace, behaviour: Mapping[str, str], state: int, supposed: tuple[Supposed, ...], witness: Witness) -> None:
    """Refuse a witness that does not show, under suppositions, that somebody stays at a state, or leaves it.

    Parameters
    ----------
    space
        The space.
    behaviour
        For each decision maker in question (key) the concept (key).
    state
        The state.
    supposed
        What is supposed; no completion need agree.
    witness
        The witness; it is read by what is certain if it is one of staying, and by what may be if it is one of leaving.
    """
    need(witness.dm in behaviour and witness.state == state, f"witness: of {witness.dm} at {witness.state}")
    asked = readable(behaviour[witness.dm])
    reading = supposing(asked, supposed, certain=isinstance(witness, Stays))
    refused = Checker(space, reading=reading).check(witness, reading)
    need(refused is None, f"witness: {refused}")


def asked_of(space: StateSpace, behaviour: Behaviour) -> dict[str, str]:
    """Whose verdict it is and under which concept each; refuses what is of nobody, of somebody twice, or under no such concept.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> asked_of(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), (("A", "SEQ"),))
    {'A': 'SEQ'}
    """
    found = dict(behaviour)
    need(0 < len(found) == len(behaviour), "behaviour: of nobody, or of somebody twice")
    known_ones = {dm.key for dm in space.conflict.decision_makers}
    for dm, key in behaviour:
        need(dm in known_ones, f"behaviour: {dm} is no decision maker")
        readable(key)
    return found


def readable(key: str) -> SolutionConcept:
    """The concept with a key, which has to be one that says what holds of completions.

    >>> readable("SEQ").key
    'SEQ'
    """
    found = concept(key)
    need(found.is_classical and found.key == key, f"concept: {key} is not one of improvements and answers")
    return found


@dataclass(frozen=True)
class Throughout(Claim):
    """Under every completion somebody stays at a state, or: under every completion not all of them stay.

    Parameters
    ----------
    state
        The state.
    behaviour
        Whose verdict it is, and under which concept each.
    stays
        Whether all of them stay under every completion, or under none all of them.
    cases
        All cases; in each, every one of them is shown to stay, or one of them to leave.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> Throughout(0, (("A", "Nash"),), True, (Stays("Nash", "A", 0, ()),)).check(one)
    """

    kind: ClassVar[str] = "throughout completions"
    state: int
    behaviour: Behaviour
    stays: bool
    cases: Cases

    def check(self, space: StateSpace) -> None:
        """Go through all cases; those with which no completion agrees show nothing and need nothing."""
        asked_of(space, self.behaviour)
        self._check(space, self.cases, ())

    def _check(self, space: StateSpace, cases: Cases, supposed: tuple[Supposed, ...]) -> None:
        if isinstance(cases, Split):
            need(cases.on.prefers, "split: on the contrary of a preference")
            self._check(space, cases.so, (*supposed, cases.on))
            self._check(space, cases.not_so, (*supposed, cases.on.turned))
            return
        if not agree(space, supposed):
            return
        behaviour = dict(self.behaviour)
        staying = [witness.dm for witness in cases if isinstance(witness, Stays)]
        leaving = [witness.dm for witness in cases if isinstance(witness, Leaves)]
        if self.stays:
            need(not leaving and sorted(staying) == sorted(behaviour), f"case: {staying} stay, asked about {sorted(behaviour)}")
        else:
            need(len(leaving) == 1 and not staying, "case: nobody is shown to leave")
        for witness in cases:
            check_case(space, behaviour, self.state, supposed, witness)


@dataclass(frozen=True)
class InSome(Claim):
    """Under some completion somebody stays at a state, or: under some completion not all of them stay.

    Parameters
    ----------
    state, behaviour
        As in `Throughout`.
    stays
        Whether all of them stay, or somebody leaves.
    supposed
        What is enough for it: it holds under every completion that agrees, and there is one.
    witnesses
        For each of them a witness of staying, or one of leaving.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> InSome(0, (("A", "Nash"),), True, (), (Stays("Nash", "A", 0, ()),)).check(one)
    """

    kind: ClassVar[str] = "in some completion"
    state: int
    behaviour: Behaviour
    stays: bool
    supposed: tuple[Supposed, ...]
    witnesses: tuple[Witness, ...]

    def check(self, space: StateSpace) -> None:
        """See that a completion agrees, and that under all that do the witnesses show it."""
        behaviour = asked_of(space, self.behaviour)
        need(agree(space, self.supposed), "supposed: no completion agrees")
        shown = [witness.dm for witness in self.witnesses if isinstance(witness, Stays) == self.stays]
        need(len(shown) == len(self.witnesses), "witnesses: of the contrary")
        need(sorted(shown) == sorted(behaviour) if self.stays else len(shown) == 1, f"witnesses: of {shown}")
        for witness in self.witnesses:
            check_case(space, behaviour, self.state, self.supposed, witness)


def agree(space: StateSpace, supposed: Iterable[Supposed]) -> bool:
    """Whether some completion agrees with suppositions.

    Parameters
    ----------
    space
        The space.
    supposed
        What is supposed, of any decision makers.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> agree(one, [Supposed("A", 0, 1, False)]), agree(one, [Supposed("A", 0, 1, True)])
    (True, False)
    """
    together = list(supposed)
    return all(known(space, dm).supposing(*(one for one in together if one.dm == dm)) is not None for dm in {one.dm for one in together})
