"""Probabilistic preference: with which probability one state is strictly preferred to another.

Rêgo and dos Santos 2015.  A decision maker leaves for a state that they prefer with a probability above 1 - alpha, and is deterred by
one that they prefer with a probability of at most 1 - beta; a step of the others counts as credible if whoever takes it prefers where
it leads with a probability above gamma.  Nash stability takes alpha, GMR and SMR alpha and beta, SEQ (and SSEQ) all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.concepts.reading import Parameter, Reading, Relations
from detente.preference.order import Order
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

PROBABILITY = "probability"
"""The kind of statement about pairs that says with which probability a state is preferred to another."""


class Probabilities:
    """With which probability one decision maker strictly prefers a state to another.

    A statement of the kind "probability" that covers the pair says it, and leaves no room for indifference: turned round, p becomes 1 - p.
    Of other pairs the order says it: 1 if the state is preferred, otherwise 0.

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
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("probability", Taken("x"), Not(Taken("x")), (Fraction(7, 10),)),))
    >>> likely = Probabilities(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), "A")
    >>> likely.probability(1, 0), likely.probability(0, 1), likely.probability(1, 1)
    (Fraction(7, 10), Fraction(3, 10), Fraction(0, 1))
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.pairs, self.order = Pairs(space, dm), Order(space, dm)

    def probability(self, state: int, other: int) -> Fraction:
        """The probability that a state is strictly preferred to another (`other`)."""
        said = self.pairs.said(PROBABILITY, state, other)
        if said is None:
            return Fraction(self.order.prefers(state, other))
        return 1 - said.statement.values[0] if said.turned else said.statement.values[0]


@dataclass(frozen=True)
class Probable(Relations):
    """Relations by probabilities.

    Parameters
    ----------
    likely
        The probabilities of the decision maker.
    alpha
        They leave for what they prefer with a probability above 1 - alpha.
    beta
        They are deterred by what they prefer with a probability of at most 1 - beta.
    gamma
        A step of theirs is credible if they prefer where it leads with a probability above gamma.
    """

    likely: Probabilities
    alpha: Fraction
    beta: Fraction = Fraction(1)
    gamma: Fraction = Fraction(0)

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to `origin` with a probability above 1 - alpha."""
        return self.likely.probability(state, origin) > 1 - self.alpha

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to `origin` with a probability of at most 1 - beta."""
        return self.likely.probability(state, origin) <= 1 - self.beta

    def steps(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to `origin` with a probability above gamma."""
        return self.likely.probability(state, origin) > self.gamma


_ANSWERED = ("GMR", "SMR", "SEQ", "SSEQ")
_CREDIBLE = ("SEQ", "SSEQ")
READINGS = (
    Reading(
        key="probable",
        name="probabilistic preference",
        says="a move, a sanction and a credible step count by the probability with which they lead to a better state",
        source="Rêgo and dos Santos 2015",
        relations=lambda space, dm, values: Probable(Probabilities(space, dm), *values),
        parameters=(
            Parameter("alpha", "they leave for a state that is better with a probability above 1 - alpha", 0, 1),
            Parameter(
                "beta", "they are deterred by a state that is better with a probability of at most 1 - beta", 0, 1, concepts=_ANSWERED
            ),
            Parameter(
                "gamma",
                "a step is credible if it leads to a state that is better for its taker with a probability above gamma",
                0,
                1,
                concepts=_CREDIBLE,
            ),
        ),
    ),
)
"""Probabilistic stability."""
