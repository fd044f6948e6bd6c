"""Unknown preferences: comparisons that nobody can tell, and how decision makers behave toward them.

Where it is not known how a decision maker compares two states, Li, Hipel, Kilgour and Fang (2004) tell four ways apart in which they may
treat it, by two questions: do they leave for a state that may or may not be better, and does such a state deter them?  A decision maker of
kind *a* leaves for it and is not deterred by it, of kind *b* does neither, of kind *c* does both, of kind *d* stays and is deterred.  The
others' answers may always be steps to states that they may or may not prefer.

A further pair of readings asks what holds whatever the unknown comparisons turn out to be: under all completions of what is known
(*necessary*), or under some (*possible*).  See `detente.preference.known`, and for concepts with credible answers, where this takes a
search, `detente.analysis.completions`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.concepts.reading import Reading, Relations
from detente.errors import UsageError
from detente.preference.known import Known, Supposed, known
from detente.preference.order import Order
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.concepts.base import SolutionConcept


@dataclass(frozen=True)
class Treated(Relations):
    """The relations of one of the four treatments of what is unknown.

    Parameters
    ----------
    order
        The decision maker's order, for what is known.
    pairs
        Their statements about pairs.
    leaves
        Whether they leave for a state that may or may not be better.
    stays
        Whether such a state deters them.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("unknown", Taken("x"), Not(Taken("x"))),))
    >>> space = StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),)))
    >>> bold = Treated(Order(space, "A"), Pairs(space, "A"), leaves=True, stays=False)
    >>> bold.gains(1, 0), bold.deterred(1, 0), bold.deterred(0, 0), bold.steps(1, 0)
    (True, False, True, True)
    """

    order: Order
    pairs: Pairs
    leaves: bool
    stays: bool

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is known to be preferred to `origin`; for those who leave for what is unknown: or may be."""
        return self.leaves if self.pairs.unknown(state, origin) else self.order.prefers(state, origin)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is known not to be preferred to `origin`; for those whom what is unknown deters: or may be so."""
        return self.stays if self.pairs.unknown(state, origin) else not self.order.prefers(state, origin)

    def steps(self, state: int, origin: int) -> bool:
        """Whether a state may be preferred to `origin`: known to be, or unknown."""
        return self.pairs.unknown(state, origin) or self.order.prefers(state, origin)


@dataclass(frozen=True)
class Certain(Relations):
    """What holds under every completion: leaving for all that may be better, deterred and answered by what is certain alone.

    Parameters
    ----------
    known
        The known comparisons, and what follows from them.
    """

    known: Known

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is better than `origin` under some completion."""
        return not self.known.certainly_no_worse(origin, state)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is no better than `origin` under every completion."""
        return self.known.certainly_no_worse(origin, state)

    def steps(self, state: int, origin: int) -> bool:
        """Whether a state is better than `origin` under every completion."""
        return self.known.certainly_better(state, origin)


@dataclass(frozen=True)
class Conceivable(Relations):
    """What may hold under some completion: leaving for what is certainly better alone, deterred and answered by all that may be.

    Parameters
    ----------
    known
        The known comparisons, and what follows from them.
    """

    known: Known

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is better than `origin` under every completion."""
        return self.known.certainly_better(state, origin)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is no better than `origin` under some completion."""
        return not self.known.certainly_better(state, origin)

    def steps(self, state: int, origin: int) -> bool:
        """Whether a state is better than `origin` under some completion."""
        return not self.known.certainly_no_worse(origin, state)


def _treated(space: StateSpace, dm: str, leaves: bool, stays: bool) -> Relations:
    return Treated(Order(space, dm), Pairs(space, dm), leaves, stays)


def _a(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return _treated(space, dm, True, False)


def _b(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return _treated(space, dm, False, False)


def _c(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return _treated(space, dm, True, True)


def _d(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return _treated(space, dm, False, True)


def _certain(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return Certain(known(space, dm))


def _conceivable(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
    return Conceivable(known(space, dm))


_SOURCE = "Li, Hipel, Kilgour and Fang 2004; with SSEQ an extension of this program's own"
_OWN = "this program's own (see the page of unknown preferences)"

READINGS = (
    Reading(
        "a", "unknown treated as a", "leaving for what is unknown as well, and deterred only by what is known to be no better",
        _SOURCE, _a, implies=("b", "c", "d"),
    ),
    Reading(
        "b", "unknown treated as b", "leaving only for what is known to be better, and deterred only by what is known to be no better",
        _SOURCE, _b, implies=("d",),
    ),
    Reading(
        "c", "unknown treated as c", "leaving for what is unknown as well, and deterred by what is unknown as well",
        _SOURCE, _c, implies=("d",),
    ),
    Reading(
        "d", "unknown treated as d", "leaving only for what is known to be better, and deterred by what is unknown as well",
        _SOURCE, _d,
    ),
    Reading(
        "necessary", "under every completion", "whatever the unknown comparisons turn out to be",
        _OWN, _certain, concepts=("Nash", "GMR", "SMR"), implies=("possible",),
    ),
    Reading(
        "possible", "under some completion", "if the unknown comparisons turn out to be of some kind",
        _OWN, _conceivable, concepts=("Nash", "GMR", "SMR"),
    ),
)  # fmt: skip


def supposing(concept: SolutionConcept, supposed: tuple[Supposed, ...] = (), *, certain: bool) -> SolutionConcept:
    """A concept read by what is certain, or by what may be, where some comparisons are supposed.

    Whoever stays by what is certain stays under every completion that agrees with the suppositions; whoever leaves by what may be
    leaves under every one.  With Nash, GMR and SMR the converse holds for each decision maker as well.

    Parameters
    ----------
    concept
        The concept, one of those that readings go with.
    supposed
        What is supposed, of any decision makers.
    certain
        By what is certain, or by what may be.

    Raises
    ------
    UsageError
        U480 if the suppositions contradict one another or what is known; it is raised when relations are asked for.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> supposing(concept("SEQ"), certain=True).key, supposing(concept("SEQ"), certain=False).name
    ('SEQ', 'Sequential stability')
    """

    def relations(space: StateSpace, dm: str, parameters: tuple[Fraction, ...]) -> Relations:
        found = known(space, dm).supposing(*(one for one in supposed if one.dm == dm))
        if found is None:
            help = "leave out one of them"
            raise UsageError.of("U480", f"no completion of what is known of {dm} agrees with all that is supposed", value=dm, help=help)
        return Certain(found) if certain else Conceivable(found)

    key, name = ("certain", "by what is certain") if certain else ("conceivable", "by what may be")
    return replace(concept, reading=Reading(key, name, name, _OWN, relations))
