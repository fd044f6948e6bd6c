"""Fuzzy preference: how certainly one state is preferred to another.

Bashar, Kilgour and Hipel 2012; Bashar 2012.  A certainty r(s, t) from 0 to 1 says how certainly s is preferred to t; r(s, t) + r(t, s) = 1.
The relative certainty is r(s, t) - r(t, s).  A decision maker leaves for a state whose relative certainty over the origin reaches
their satisficing threshold, and is deterred by one whose relative certainty does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.concepts.reading import Parameter, Reading, Relations
from detente.errors import Cannot
from detente.model.conflict import DecisionMaker
from detente.preference.order import Comparison, Order
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

CERTAINTY = "certainty"
"""The kind of statement about pairs that says how certainly a state is preferred to another."""
BY_ORDER = {Comparison.BETTER: Fraction(1), Comparison.WORSE: Fraction(0), Comparison.EQUAL: Fraction(1, 2)}
"""The certainty of a comparison of which no statement about pairs says anything."""


class Certainties:
    """How certainly one decision maker prefers a state to another.

    A statement of the kind "certainty" that covers the pair says it; of other pairs the order does: 1, 0, or 1/2 where it has them tied.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        Key of the decision maker.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("certainty", Taken("x"), Not(Taken("x")), (Fraction(4, 5),)),))
    >>> certain = Certainties(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), "A")
    >>> certain.certainty(1, 0), certain.certainty(0, 1), certain.relative(1, 0), certain.certainty(0, 0)
    (Fraction(4, 5), Fraction(1, 5), Fraction(3, 5), Fraction(1, 2))
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.pairs, self.order = Pairs(space, dm), Order(space, dm)

    def certainty(self, state: int, other: int) -> Fraction:
        """How certainly a state is preferred to another (`other`), from 0 to 1."""
        said = self.pairs.said(CERTAINTY, state, other)
        if said is None:
            return BY_ORDER[self.order.compare(state, other)]
        return 1 - said.statement.values[0] if said.turned else said.statement.values[0]

    def relative(self, state: int, other: int) -> Fraction:
        """The relative certainty, from -1 to 1: how certainly a state is preferred to another (`other`), less the reverse."""
        return 2 * self.certainty(state, other) - 1


@dataclass(frozen=True)
class Satisficing(Relations):
    """Relations by a threshold: a state gains if its relative certainty reaches it, and deters if it does not.

    Parameters
    ----------
    certain
        The certainties of the decision maker.
    threshold
        Their satisficing threshold, above 0 and up to 1.
    """

    certain: Certainties
    threshold: Fraction

    def gains(self, state: int, origin: int) -> bool:
        """Whether the relative certainty of a state over `origin` reaches the threshold."""
        return self.certain.relative(state, origin) >= self.threshold

    def deterred(self, state: int, origin: int) -> bool:
        """Whether the relative certainty of a state over `origin` does not reach the threshold."""
        return not self.gains(state, origin)


def threshold_of(dm: DecisionMaker, kind: str, values: tuple[Fraction, ...]) -> Fraction:
    """The threshold of a decision maker: what was asked for, else what the conflict says, else 1 where it makes no difference.

    Parameters
    ----------
    dm
        The decision maker.
    kind
        The kind of statement about pairs that it is about.
    values
        The threshold asked for, or nothing.

    Raises
    ------
    Cannot
        U484 if there is none, though a statement of the kind is there that it counts for.

    Examples
    --------
    >>> threshold_of(DecisionMaker("A", "A"), "certainty", (Fraction(1, 2),)), threshold_of(DecisionMaker("A", "A"), "certainty", ())
    (Fraction(1, 2), Fraction(1, 1))
    """
    if values:
        return values[0]
    for threshold in dm.thresholds:
        if threshold.kind == kind:
            return threshold.value
    if not any(pair.kind == kind for pair in dm.pairs):
        return Fraction(1)
    key = "fuzzy" if kind == CERTAINTY else kind
    message = f"{dm.key} has statements about pairs of the kind {kind}, and no threshold from which on they act"
    hint = f"give {dm.key} a threshold (thresholds: {{{kind}: 0.3}}), or ask for one (SEQ:{key}@0.3)"
    raise Cannot.of("U484", message, value=dm.key, help=hint)


THRESHOLD = Parameter("threshold", "the relative certainty from which on they act, for every decision maker alike", 0, 1, above=True)
"""The threshold that may be asked for in the place of what a conflict says."""


def _relations(space: StateSpace, dm: str, values: tuple[Fraction, ...]) -> Relations:
    party = space.conflict.decision_maker(dm)
    return Satisficing(Certainties(space, dm), threshold_of(party, CERTAINTY, values))


READINGS = (
    Reading(
        key="fuzzy",
        name="fuzzy preference",
        says="a state counts as better if its relative certainty reaches the decision maker's threshold",
        source="Bashar, Kilgour and Hipel 2012",
        relations=_relations,
        parameters=(THRESHOLD,),
        optional=True,
    ),
)
"""Fuzzy stability."""
