"""Option weighting: each option has a weight, and the greater sum of the weights of the options taken is preferred.

One of the three ways in which GMCR II takes preferences (Fang, Hipel, Kilgour and Peng 2003).  Weights are whole numbers, negative for what
a decision maker would rather avoid; options that are not named weigh nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.errors import Problems
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

    Raises `ConflictError`: M106 for an option with two weights, M119 for a weight beyond `MAX_WEIGHT`.

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

    def __post_init__(self) -> None:
        problems = Problems()
        for key, count in Counter(key for key, _ in self.weights).items():
            if count > 1:
                problems.error("M106", f'"{key}" has two weights', value=key, help="keep one of them")
        for key, weight in self.weights:
            if abs(weight) > MAX_WEIGHT:
                help = "weights count by their proportions; divide all by the same"
                problems.error("M119", f'the weight of "{key}" is greater by size than {MAX_WEIGHT:,}', value=str(weight), help=help)
        problems.raise_errors()

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion: the sum."""
        return (Sums(self.weights),)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same weights under changed option keys."""
        return OptionWeighting(tuple((options(key), weight) for key, weight in self.weights), self.basis)

    def indifferent(self) -> Preference:
        """No weights."""
        return OptionWeighting((), self.basis)

    def holding(self, known: Mapping[str, bool]) -> Preference | None:
        """The weights of the other options; None if there are none."""
        kept = tuple((key, weight) for key, weight in self.weights if key not in known)
        return OptionWeighting(kept, self.basis) if kept else None

    def with_weight(self, option: str, weight: int) -> Preference:
        """The same with another weight; an option that had none comes last."""
        weights = {**dict(self.weights), option: weight}
        if weight == 0:
            del weights[option]
        return OptionWeighting(tuple(weights.items()), self.basis)
