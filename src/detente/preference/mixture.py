"""A mixture: ordered statements first, then an explicit order of the states that they leave tied.

GMCR II lets its user adjust by hand the ranking that option prioritization gives (Fang, Hipel, Kilgour and Peng 2003); here the adjustment
only breaks ties, so that each statement keeps its meaning.  A group of tied states is listed whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from detente.model.assuming import assuming
from detente.model.evidence import Basis
from detente.model.formula import Const, Formula
from detente.model.preference import Criterion, Listed, Meets, Preference, Statement
from detente.model.shape import Field
from detente.model.written import PREFERENCE_BASIS
from detente.preference.prioritization import PREFERS, OptionPrioritization
from detente.preference.ranking import RANKING, Levels, changed_levels, levels_holding, levels_with, levels_without


@dataclass(frozen=True, slots=True)
class StatementsThenRanking(Preference):
    """Ordered statements, then an order in levels that breaks their ties; `basis` is what that order rests on.

    >>> StatementsThenRanking((), ((frozenset({"deal"}),), (frozenset(),))).criteria()
    (Listed(levels=((frozenset({'deal'}),), (frozenset(),))),)
    """

    kind: ClassVar[str] = "prefers, then ranking"
    fields: ClassVar[tuple[Field, ...]] = (PREFERS, RANKING, PREFERENCE_BASIS)
    ordered: tuple[Statement, ...]
    levels: Levels
    basis: Basis | None = None

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion for each statement, then the order."""
        return (*(Meets(s.when) for s in self.ordered), Listed(self.levels))

    def statements(self) -> tuple[Statement, ...]:
        """The statements, most important first."""
        return self.ordered

    def with_statements(self, statements: tuple[Statement, ...]) -> Preference:
        """The same with other statements."""
        return StatementsThenRanking(statements, self.levels, self.basis)

    def with_levels(self, levels: Levels) -> Preference:
        """The same with other levels."""
        return StatementsThenRanking(self.ordered, levels, self.basis)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same mixture with formulas and option keys changed."""
        ordered = tuple(replace(s, when=change(s.when)) for s in self.ordered)
        return StatementsThenRanking(ordered, changed_levels(self.levels, options), self.basis)

    def with_option(self, key: str) -> Preference:
        """Each state listed without the new option and with it, tied."""
        levels = levels_with(self.levels, key)
        return StatementsThenRanking(self.ordered, levels, self.basis)

    def without_option(self, key: str) -> Preference | None:
        """The order without the option, unless it tells states apart by it."""
        levels = levels_without(self.levels, key)
        return None if levels is None else StatementsThenRanking(self.ordered, levels, self.basis)

    def indifferent(self) -> Preference:
        """No statements and no order."""
        return OptionPrioritization(())

    def holding(self, known: Mapping[str, bool]) -> Preference | None:
        """The statements that still tell states apart, and the order of the states in which the options stand so."""
        made = (replace(s, when=assuming(s.when, known)) for s in self.ordered)
        ordered = tuple(statement for statement in made if not isinstance(statement.when, Const))
        levels = levels_holding(self.levels, known)
        if not levels:
            return OptionPrioritization(ordered) if ordered else None
        return StatementsThenRanking(ordered, levels, self.basis)
