"""Strength of preference: a state may be preferred to another by a greater or a smaller degree.

Hamouda, Kilgour and Hipel 2004, 2006 tell strong from mild preference (three kinds, with indifference); Xu, Hipel and Kilgour 2009 any
number of degrees.  General stability asks what the classical concepts ask, and counts a preference of any degree; strong stability asks
that each sanction be worse by a degree of at least 2; what is stable generally and not strongly is called weakly stable.  A level k
asks for sanctions that are worse by at least k, so that level 0 is general and level 2 strong stability.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.concepts.reading import Parameter, Reading, Relations
from detente.model.conflict import Conflict
from detente.model.pairs import MAX_DEGREE
from detente.preference.order import Order
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

DEGREE = "degree"
"""The kind of statement about pairs that says by which degree a state is preferred to another."""
STRONG = 2
"""The degree from which on a preference is strong."""


def greatest_degree(conflict: Conflict) -> int:
    """The greatest degree that any statement of a conflict gives, at least 2: the degree by which red lines count.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> greatest_degree(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    2
    """
    given = [STRONG]
    for dm in conflict.decision_makers:
        given += [statement.degree or 1 for statement in (dm.preference.statements() if dm.preference else ())]
        given += [int(pair.values[0]) for pair in dm.pairs if pair.kind == DEGREE]
    return max(given)


class Degrees:
    """By which degree one decision maker prefers a state to another.

    A statement of the kind "degree" that covers the pair says it.  Of other pairs the criterion that decides says it: an ordered
    statement its own degree (1 where none is given), a red line the greatest degree that any statement of the conflict gives and at
    least 2, weights and rankings 1.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        Key of the decision maker.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(Taken("x"), degree=3),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> Degrees(space, "A").degree(1, 0), Degrees(space, "A").degree(0, 1), Degrees(space, "A").degree(1, 1)
    (3, -3, 0)
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.space, self.pairs, self.order = space, Pairs(space, dm), Order(space, dm)
        self.most = greatest_degree(space.conflict)

    def degree(self, state: int, other: int) -> int:
        """By which degree a state is preferred to another (`other`): below 0 if it is worse by that degree, 0 if it is neither."""
        said = self.pairs.said(DEGREE, state, other)
        if said is not None:
            degree = int(said.statement.values[0])
            return -degree if said.turned else degree
        for place, (mine, theirs) in enumerate(zip(self.order.key(state), self.order.key(other), strict=True)):
            if mine != theirs:
                degree = self.of_criterion(place)
                return degree if mine > theirs else -degree
        return 0

    def of_criterion(self, place: int) -> int:
        """The degree of what a criterion decides, by its place (from 0) among those of the order."""
        dm = self.order.dm
        if dm.red_lines and place == 0:
            return self.most
        place -= bool(dm.red_lines)
        statements = dm.preference.statements() if dm.preference else ()
        return (statements[place].degree or 1) if place < len(statements) else 1


@dataclass(frozen=True)
class Strength(Relations):
    """Relations by degrees: a state gains if it is preferred by any degree, and deters if it is worse by at least a level.

    At level 0 it deters if it is not preferred.

    Parameters
    ----------
    degrees
        The degrees of the decision maker.
    level
        The least degree by which a sanction must be worse.
    """

    degrees: Degrees
    level: int

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to `origin` by any degree."""
        return self.degrees.degree(state, origin) > 0

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is worse than `origin` by at least the level; at level 0, whether it is not preferred."""
        return self.degrees.degree(state, origin) <= -self.level


_SOURCE = "Hamouda, Kilgour and Hipel 2004, 2006"
READINGS = (
    Reading(
        key="general",
        name="general stability with strength of preference",
        says="being better by any degree counts",
        source=_SOURCE,
        relations=lambda space, dm, values: Strength(Degrees(space, dm), 0),
    ),
    Reading(
        key="strong",
        name="strong stability",
        says="a sanction counts if it is worse by a degree of at least 2",
        source=_SOURCE,
        relations=lambda space, dm, values: Strength(Degrees(space, dm), STRONG),
        implies=("general",),
    ),
    Reading(
        key="level",
        name="stability at a level of preference",
        says="a sanction counts if it is worse by a degree of at least the level",
        source="Xu, Hipel and Kilgour 2009",
        relations=lambda space, dm, values: Strength(Degrees(space, dm), int(values[0])),
        parameters=(Parameter("k", "the least degree by which a sanction must be worse", 0, MAX_DEGREE, whole=True),),
        implies=("general",),
    ),
)
"""General and strong stability, and stability at a level."""
