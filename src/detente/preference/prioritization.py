"""Option prioritization: ordered statements, most important first.

A state is preferred to another if it meets the first statement on which they differ.  Equivalently, with k statements,
statement j scores 2**(k-j) where it is true and the greater sum is preferred.  Peng 1999; Peng, Hipel, Kilgour and Fang 1997; Fang, Hipel,
Kilgour and Peng 2003.  The number of statements is not bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from detente.model.formula import Formula
from detente.model.preference import Criterion, Meets, Preference, Statement
from detente.model.shape import Field, ListOf
from detente.model.written import STATEMENT

PREFERS = Field("prefers", ListOf(STATEMENT), "Conditions, most important first.", required=True, attribute="ordered")
"""How ordered statements are written."""


@dataclass(frozen=True, slots=True)
class OptionPrioritization(Preference):
    """Ordered statements about options, most important first.

    >>> from detente.model.parse import parse_formula
    >>> wants = OptionPrioritization((Statement(parse_formula("deal")), Statement(parse_formula("not war"))))
    >>> len(wants.criteria())
    2
    """

    kind: ClassVar[str] = "prefers"
    fields: ClassVar[tuple[Field, ...]] = (PREFERS,)
    ordered: tuple[Statement, ...]

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion for each statement."""
        return tuple(Meets(statement.when) for statement in self.ordered)

    def statements(self) -> tuple[Statement, ...]:
        """The statements, most important first."""
        return self.ordered

    def with_statements(self, statements: tuple[Statement, ...]) -> Preference:
        """The same with other statements."""
        return OptionPrioritization(statements)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same statements with each formula changed."""
        return OptionPrioritization(tuple(replace(s, when=change(s.when)) for s in self.ordered))
