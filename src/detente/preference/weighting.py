"""Option weighting: each option has a weight, and the greater sum of the weights of the options taken is preferred.

One of the three ways in which GMCR II takes preferences (Fang, Hipel, Kilgour and Peng 2003).  Weights are whole numbers, negative for what
a decision maker would rather avoid; options that are not named weigh nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from detente.model.evidence import Basis
from detente.model.formula import Formula
from detente.model.preference import Criterion, Preference, Sums
from detente.model.shape import Field, Noun, Table, Whole
from detente.model.written import PREFERENCE_BASIS

MAX_WEIGHT = 10**12
"""Greatest weight by size; sums over all options then fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class OptionWeighting(Preference):
    """Whole-number weights for named options, as pairs of a key and a weight; `basis` is what they rest on.

    >>> OptionWeighting((("deal", 3), ("war", -5))).criteria()
    (Sums(weights=(('deal', 3), ('war', -5))),)
    """

    kind: ClassVar[str] = "weights"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("weights", Table(Noun.OPTION, Whole(-MAX_WEIGHT, MAX_WEIGHT), new=False), "Whole-number weights of options.", required=True),
        PREFERENCE_BASIS,
    )
    weights: tuple[tuple[str, int], ...]
    basis: Basis | None = None

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion: the sum."""
        return (Sums(self.weights),)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same weights under changed option keys."""
        return OptionWeighting(tuple((options(key), weight) for key, weight in self.weights), self.basis)
