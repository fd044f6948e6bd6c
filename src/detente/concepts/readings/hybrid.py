"""Hybrid preference: of some pairs of states the comparison is not known, and of others it has a degree.

Xu, Hipel and Kilgour 2008; Xu, Hipel, Kilgour and Chen 2010.  The four treatments a, b, c, d of what is unknown (Li, Hipel, Kilgour and
Fang 2004), each with general stability (a sanction of any degree) and with strong stability (a sanction worse by a degree of at least 2;
under c and d an unknown one as well).  Where a pair is both said to be unknown and given a degree, it is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.concepts.reading import Reading, Relations
from detente.concepts.readings.strength import STRONG, Degrees
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Hybrid(Relations):
    """Relations where some comparisons are unknown and others have a degree.

    Parameters
    ----------
    degrees
        The degrees of the decision maker, with their statements about pairs.
    leaves
        Whether they leave for a state of which it is not known how they compare it (a and c).
    fears
        Whether such a state deters them (c and d).
    level
        The least degree by which a known sanction must be worse; 0 if not preferred is enough.
    """

    degrees: Degrees
    leaves: bool
    fears: bool
    level: int

    def unknown(self, state: int, origin: int) -> bool:
        """Whether it is not known how they compare a state with `origin`."""
        return self.degrees.pairs.unknown(state, origin)

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is known to be preferred to `origin`, or the comparison is unknown and they leave for that."""
        return self.leaves if self.unknown(state, origin) else self.degrees.degree(state, origin) > 0

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is known to be worse than `origin` by at least the level, or the comparison is unknown and they fear that."""
        return self.fears if self.unknown(state, origin) else self.degrees.degree(state, origin) <= -self.level

    def steps(self, state: int, origin: int) -> bool:
        """Whether a state is known to be preferred to `origin`, or the comparison is unknown."""
        return self.unknown(state, origin) or self.degrees.degree(state, origin) > 0


_TREATMENTS = {"a": (True, False), "b": (False, False), "c": (True, True), "d": (False, True)}
_WEAKER = {"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}
_LEAVES = {
    True: "leaving for what is known to be better by any degree, or not known",
    False: "leaving for what is known to be better by any degree",
}


def _reading(index: str, strong: bool) -> Reading:
    leaves, fears = _TREATMENTS[index]
    level, kind = (STRONG, "strong") if strong else (0, "general")
    known = "known to be worse by a degree of at least 2" if strong else "known to be no better"
    deterred = f"deterred by what is {known}" + (", or not known" if fears else "")

    def relations(space: StateSpace, dm: str, values: object) -> Relations:
        return Hybrid(Degrees(space, dm), leaves, fears, level)

    return Reading(
        key=f"{index}-{kind}",
        name=f"{kind} stability with unknown preferences, treatment {index}",
        says=f"{_LEAVES[leaves]}, {deterred}",
        source="Xu, Hipel and Kilgour 2008; Xu, Hipel, Kilgour and Chen 2010",
        relations=relations,
        implies=(*(f"{weaker}-{kind}" for weaker in _WEAKER[index]), *((f"{index}-general",) if strong else ())),
    )


READINGS = tuple(_reading(index, strong) for index in _TREATMENTS for strong in (False, True))
"""The four treatments of what is unknown, each with general and with strong stability."""
