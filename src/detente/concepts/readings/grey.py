"""Grey preference: how certainly one state is preferred to another, where only ranges of that certainty are known.

Kuang, Bashar, Hipel and Kilgour 2015; Kuang 2014.  A grey certainty is a union of intervals from 0 to 1; turned round, p becomes 1 - p.
The grey relative certainty is 2p - 1.  It is compared with a decision maker's threshold by its kernel, the mean of the middles of its
separate intervals (Liu, Fang, Yang and Forrest 2012); intervals that overlap or touch are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.concepts.reading import Reading, Relations
from detente.concepts.readings.fuzzy import BY_ORDER, THRESHOLD, threshold_of
from detente.preference.order import Order
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

GREY = "grey"
"""The kind of statement about pairs that says within which ranges the certainty lies."""
Intervals = tuple[tuple[Fraction, Fraction], ...]
"""Intervals, each as its ends."""


def separate(values: tuple[Fraction, ...]) -> Intervals:
    """The union of intervals as separate ones, ascending; those that overlap or touch become one.

    Parameters
    ----------
    values
        The ends of the intervals, one after the other.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> separate((half, Fraction(1), Fraction(0), half)) == ((0, 1),), len(separate((Fraction(0), Fraction(0), half, half)))
    (True, 2)
    """
    found: list[tuple[Fraction, Fraction]] = []
    for low, high in sorted(zip(values[::2], values[1::2], strict=True)):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def kernel(intervals: Intervals) -> Fraction:
    """The mean of the middles of separate intervals: the number that stands for a grey one.

    >>> kernel(((Fraction(0), Fraction(1)), (Fraction(2), Fraction(2))))
    Fraction(5, 4)
    """
    return sum(((low + high) / 2 for low, high in intervals), Fraction(0)) / len(intervals)


class Greys:
    """Within which ranges the certainty lies with which one decision maker prefers a state to another.

    A statement of the kind "grey" that covers the pair says it; of other pairs the order does: 1, 0, or 1/2 where it has them tied.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        Key of the decision maker.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> ranges = (Fraction(1, 5), Fraction(2, 5), Fraction(1), Fraction(1))
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("grey", Taken("x"), Not(Taken("x")), ranges),))
    >>> greys = Greys(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), "A")
    >>> greys.grey(0, 1) == ((Fraction(0), Fraction(0)), (Fraction(3, 5), Fraction(4, 5))), greys.relative(1, 0), greys.relative(0, 1)
    (True, Fraction(3, 10), Fraction(-3, 10))
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.pairs, self.order = Pairs(space, dm), Order(space, dm)

    def grey(self, state: int, other: int) -> Intervals:
        """The separate intervals in which the certainty lies that a state is preferred to another (`other`)."""
        said = self.pairs.said(GREY, state, other)
        if said is None:
            certain = BY_ORDER[self.order.compare(state, other)]
            return ((certain, certain),)
        found = separate(said.statement.values)
        return tuple((1 - high, 1 - low) for low, high in reversed(found)) if said.turned else found

    def relative(self, state: int, other: int) -> Fraction:
        """The kernel of the grey relative certainty of a state over another (`other`), from -1 to 1."""
        return 2 * kernel(self.grey(state, other)) - 1


@dataclass(frozen=True)
class Anticipating(Relations):
    """Relations by a threshold: a state gains if the kernel of its grey relative certainty reaches it, and deters if it does not.

    Parameters
    ----------
    greys
        The grey certainties of the decision maker.
    threshold
        Their threshold, above 0 and up to 1.
    """

    greys: Greys
    threshold: Fraction

    def gains(self, state: int, origin: int) -> bool:
        """Whether the kernel of the grey relative certainty of a state over `origin` reaches the threshold."""
        return self.greys.relative(state, origin) >= self.threshold

    def deterred(self, state: int, origin: int) -> bool:
        """Whether the kernel of the grey relative certainty of a state over `origin` does not reach the threshold."""
        return not self.gains(state, origin)


def _relations(space: StateSpace, dm: str, values: tuple[Fraction, ...]) -> Relations:
    party = space.conflict.decision_maker(dm)
    return Anticipating(Greys(space, dm), threshold_of(party, GREY, values))


READINGS = (
    Reading(
        key="grey",
        name="grey preference",
        says="a state counts as better if the kernel of its grey relative certainty reaches the decision maker's threshold",
        source="Kuang, Bashar, Hipel and Kilgour 2015; the comparison by kernels after Liu, Fang, Yang and Forrest 2012",
        relations=_relations,
        parameters=(THRESHOLD,),
        optional=True,
    ),
)
"""Grey stability."""
