"""Who moves next: weights of the decision makers, with the source that they come from.

Weights are no part of what anybody prefers.  They are needed where it is asked how a conflict would go on (`detente.analysis.evolution`),
and there nothing is worked out from weights without a basis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from detente.errors import Problems
from detente.model.evidence import Basis

MAX_WEIGHT = 1_000_000
"""Greatest weight of a mover."""


@dataclass(frozen=True, slots=True)
class Movers:
    """How often each decision maker is the one who moves next, as weights that count by their proportions.

    Parameters
    ----------
    weights
        For the key of each decision maker who owns an option a weight, 0 for somebody who does not move.
    basis
        What the weights rest on.
    says
        The judgement in words, or None.

    Examples
    --------
    >>> from detente.model.evidence import BasisKind
    >>> movers = Movers((("A", Fraction(2)), ("B", Fraction(1))), Basis(BasisKind.ASSUMED, why="an example"))
    >>> movers.of("A"), movers.of("C")
    (Fraction(2, 1), Fraction(0, 1))
    """

    weights: tuple[tuple[str, Fraction], ...]
    basis: Basis
    says: str | None = None

    def of(self, party: str) -> Fraction:
        """The weight of the decision maker with a key (`party`); 0 for somebody who is not named."""
        return dict(self.weights).get(party, Fraction(0))


def rename_movers(movers: Movers | None, decision_makers: Mapping[str, str]) -> Movers | None:
    """The weights with keys of decision makers replaced; keys that the mapping lacks stay.

    >>> from detente.model.evidence import BasisKind
    >>> rename_movers(Movers((("A", Fraction(2)),), Basis(BasisKind.ASSUMED)), {"A": "B"}).weights
    (('B', Fraction(2, 1)),)
    """
    if movers is None:
        return None
    return replace(movers, weights=tuple((decision_makers.get(key, key), weight) for key, weight in movers.weights))


def movers_among(movers: Movers | None, parties: frozenset[str]) -> Movers | None:
    """The weights of some decision makers (`parties`) alone; None where none of them ever moves.

    >>> from detente.model.evidence import BasisKind
    >>> two = Movers((("A", Fraction(2)), ("B", Fraction(0))), Basis(BasisKind.ASSUMED))
    >>> movers_among(two, frozenset({"A"})).weights, movers_among(two, frozenset({"B"}))
    ((('A', Fraction(2, 1)),), None)
    """
    if movers is None:
        return None
    kept = tuple((key, weight) for key, weight in movers.weights if key in parties)
    return replace(movers, weights=kept) if any(weight for _, weight in kept) else None


def check_movers(movers: Movers | None, problems: Problems) -> None:
    """Note problems with weights: M106 for somebody who is named twice, M176 for a weight below 0 or above a million, or none above 0.

    >>> from detente.model.evidence import BasisKind
    >>> problems = Problems()
    >>> check_movers(Movers((("A", Fraction(0)),), Basis(BasisKind.ASSUMED)), problems)
    >>> [found.code for found in problems.found]
    ['M176']
    """
    if movers is None:
        return
    for key, count in Counter(key for key, _ in movers.weights).items():
        if count > 1:
            problems.error("M106", f'the movers name "{key}" twice', value=key, help="keep one of the weights", element="movers")
    for key, weight in movers.weights:
        if not 0 <= weight <= MAX_WEIGHT:
            message = f"the weight of {key} is {weight}; it must lie between 0 and {MAX_WEIGHT:,}"
            problems.error("M176", message, value=str(weight), help="weights count by their proportions", element=f"movers/weights/{key}")
    if not any(weight for _, weight in movers.weights):
        message = "no mover has a weight above 0, so that nobody would ever move"
        problems.error("M176", message, help="give somebody a weight above 0, or leave `movers` out", element="movers")
