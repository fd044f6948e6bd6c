"""Attitudes: a decision maker who minds what others want, for them or against them (Inohara, Hipel and Walker 2007).

For decision maker i with attitude e_ij toward j a state t *is relationally preferred* to s with regard to j if

- e_ij is positive and j finds t at least as good as s (devotion),
- e_ij is neutral (it is then so for all states), or
- e_ij is negative and j does not find t at least as good as s (aggression);

and totally so, t TRP_i s, if this holds for every j, i among them.  A *total relational reply* from s is a move of i to a state t with
t TRP_i s.  RNash, RGMR, RSMR and RSEQ are Nash, GMR, SMR and SEQ with total relational replies for improvements, and with s and all that is
not totally relationally preferred to s for what deters from leaving s.
"""

from __future__ import annotations

from fractions import Fraction

from detente.concepts.reading import Reading, Relations
from detente.model.attitude import Stance
from detente.preference.order import Order
from detente.space.states import StateSpace


class Attitudes(Relations):
    """The total relational preferences of a decision maker.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker; toward themselves they are positive, toward others neutral, unless the conflict says otherwise.

    Examples
    --------
    >>> from detente.model.attitude import Attitude
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", attitudes=(Attitude("B", Stance.NEGATIVE),))
    >>> b = DecisionMaker("B", "B", OptionWeighting((("x", 1),)))
    >>> read = Attitudes(StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)),))), "A")
    >>> read.gains(0, 1), read.gains(1, 0)
    (True, False)
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        stated = {found.toward: found.stance for found in space.conflict.decision_maker(dm).attitudes}
        self._stances = {
            other.key: stated.get(other.key, Stance.POSITIVE if other.key == dm else Stance.NEUTRAL)
            for other in space.conflict.decision_makers
        }
        self._orders = {other: Order(space, other) for other, stance in self._stances.items() if stance is not Stance.NEUTRAL}

    def relations_toward(self, state: int, origin: int) -> tuple[tuple[str, Stance, bool], ...]:
        """For each decision maker (key) the attitude toward them, and whether it lets a state be relationally preferred to `origin`."""
        return tuple((other, stance, self._holds(other, stance, state, origin)) for other, stance in self._stances.items())

    def total(self, state: int, origin: int) -> bool:
        """Whether a state is relationally preferred to `origin` with regard to everybody: state TRP_i origin."""
        return all(self._holds(other, stance, state, origin) for other, stance in self._stances.items())

    def gains(self, state: int, origin: int) -> bool:
        """Whether a move from `origin` to a state is a total relational reply."""
        return state != origin and self.total(state, origin)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is `origin` itself, or not totally relationally preferred to it."""
        return state == origin or not self.total(state, origin)

    def _holds(self, other: str, stance: Stance, state: int, origin: int) -> bool:
        """Whether a state is relationally preferred to `origin` with regard to one decision maker."""
        if stance is Stance.NEUTRAL:
            return True
        worse = self._orders[other].prefers(origin, state)  # complete orders: not at least as good is worse
        return worse if stance is Stance.NEGATIVE else not worse


def _relations(space: StateSpace, dm: str, values: tuple[Fraction, ...]) -> Relations:
    return Attitudes(space, dm)


READINGS = (
    Reading(
        key="attitudes",
        name="relational, by attitudes",
        says="where moves and deterrents count by the attitudes of each decision maker toward everybody",
        source="Inohara, Hipel and Walker 2007",
        relations=_relations,
        concepts=("Nash", "GMR", "SMR", "SEQ"),
    ),
)
