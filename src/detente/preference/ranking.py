"""State ranking: the states themselves, best first, ties allowed.

Each feasible state must be listed; the reader of files and `detente.preference.order` refuse a ranking that leaves some out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.model.evidence import Basis
from detente.model.formula import Formula
from detente.model.preference import Criterion, Listed, Preference
from detente.model.shape import Field, Ranking
from detente.model.written import PREFERENCE_BASIS

RANKING = Field("ranking", Ranking(), "States, best first; a list of tied ones.", required=True, attribute="levels")
"""How an explicit order is written."""

Levels = tuple[tuple[frozenset[str], ...], ...]
"""An order of states, best first; each level holds tied states, each as the set of options taken."""


@dataclass(frozen=True, slots=True)
class StateRanking(Preference):
    """An explicit order of all states in levels, best first; `basis` is what it rests on.

    >>> best, worst = frozenset({"deal"}), frozenset()
    >>> len(StateRanking(((best,), (worst,))).levels)
    2
    """

    kind: ClassVar[str] = "ranking"
    fields: ClassVar[tuple[Field, ...]] = (RANKING, PREFERENCE_BASIS)
    levels: Levels
    basis: Basis | None = None

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion: the order itself."""
        return (Listed(self.levels),)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same order under changed option keys."""
        return StateRanking(changed_levels(self.levels, options), self.basis)

    def with_levels(self, levels: Levels) -> Preference:
        """The same with other levels."""
        return StateRanking(levels, self.basis)

    def with_option(self, key: str) -> Preference:
        """Each state listed without the new option and with it, tied."""
        levels = levels_with(self.levels, key)
        return StateRanking(levels, self.basis)

    def without_option(self, key: str) -> Preference | None:
        """The order without the option, unless it tells states apart by it."""
        levels = levels_without(self.levels, key)
        return None if levels is None else StateRanking(levels, self.basis)

    def holding(self, known: Mapping[str, bool]) -> Preference:
        """The order of the states in which the options stand so."""
        return StateRanking(levels_holding(self.levels, known), self.basis)


def changed_levels(levels: Levels, options: Callable[[str], str]) -> Levels:
    """Levels under changed option keys; `options` says what a key becomes.

    >>> changed_levels(((frozenset({"x"}),), (frozenset(),)), str.upper)
    ((frozenset({'X'}),), (frozenset(),))
    """
    return tuple(tuple(frozenset(map(options, taken)) for taken in level) for level in levels)


def levels_with(levels: Levels, key: str) -> Levels:
    """Levels in which each state stands without a new option (`key`) and with it, tied.

    >>> levels_with(((frozenset(),),), "x")
    ((frozenset(), frozenset({'x'})),)
    """
    return tuple(tuple(state for taken in level for state in (taken, taken | {key})) for level in levels)


def levels_without(levels: Levels, key: str) -> Levels | None:
    """The inverse of `levels_with` for an option (`key`); None for other levels.

    >>> levels_without(((frozenset(), frozenset({"x"})),), "x"), levels_without(((frozenset({"x"}),), (frozenset(),)), "x")
    (((frozenset(),),), None)
    """
    without = tuple(tuple(taken for taken in level if key not in taken) for level in levels)
    return without if levels_with(without, key) == levels else None


def levels_holding(levels: Levels, known: Mapping[str, bool]) -> Levels:
    """Of levels the states in which options stand as is `known` of them, without these options.

    >>> levels_holding(((frozenset({"x", "y"}),), (frozenset({"x"}), frozenset())), {"x": True})
    ((frozenset({'y'}),), (frozenset(),))
    """
    kept = (tuple(taken.difference(known) for taken in level if all((key in taken) == known[key] for key in known)) for level in levels)
    return tuple(level for level in kept if level)
