"""What a preference is, for the model: a value that names its options, can be renamed and written down.

The kinds of preference stand on the floor above, one file each, behind this class; the model only carries them.  Every kind
that is a weak order (complete and transitive, with ties) gives itself as *criteria*, most important first: a state is
preferred to another if it does better on the first criterion on which they differ.

A kind also says what it is written with in conflict files (`fields`); that is all that the reader, the writer and the JSON Schema need.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from detente.model.assuming import assuming
from detente.model.evidence import Basis
from detente.model.formula import Const, Formula
from detente.model.shape import Field


@dataclass(frozen=True, slots=True)
class Meets:
    """A criterion: states in which the formula is true do better than states in which it is false."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Sums:
    """A criterion: the sum of the weights of the options taken, more is better (weights are whole numbers)."""

    weights: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A criterion: an explicit order of states in levels, best first; a level holds tied states, each as the set of options taken.

    States that are not listed do worse than all that are, and are tied with each other.
    """

    levels: tuple[tuple[frozenset[str], ...], ...]


Criterion: TypeAlias = Meets | Sums | Listed


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an option prioritization.

    Parameters
    ----------
    when
        The condition that is wanted.
    basis
        What the statement rests on, or None.
    says
        The statement in words, or None.
    degree
        How strongly it is wanted, from 1; None for 1, the ordinary degree.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> Statement(Taken("Raise"), says="wages are raised").says
    'wages are raised'
    """

    when: Formula
    basis: Basis | None = None
    says: str | None = None
    degree: int | None = None


class Preference(ABC):
    """How one decision maker orders the states."""

    kind: ClassVar[str]
    """Name of the kind, from the keys that it is written with."""
    fields: ClassVar[tuple[Field, ...]]
    """The keys that it is written with under a decision maker; each becomes an attribute.  The required ones tell the kinds apart."""

    @abstractmethod
    def criteria(self) -> tuple[Criterion, ...]:
        """The order as criteria, most important first.  A kind that is no weak order raises `Cannot`."""

    @abstractmethod
    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The preference with a change made to each formula, and `options` to each option key (used to rename)."""

    def statements(self) -> tuple[Statement, ...]:
        """The ordered statements, most important first; empty for kinds without."""
        return ()

    def with_option(self, key: str) -> Preference | None:
        """The same when the conflict comes to have a further option (`key`) of which it says nothing; None where that can't be said.

        Kinds that list states list them with and without the new option, tied.
        """
        return self

    def without_option(self, key: str) -> Preference | None:
        """The inverse of `with_option`; None where the preference says something of the option (`key`)."""
        return self

    def holding(self, known: Mapping[str, bool]) -> Preference | None:
        """The same order among the states in which some options stand as is `known` of them (keys, and whether taken).

        It mentions none of these options.  None where it tells no two of those states apart.  Kinds that name options or states by
        other means than conditions say themselves what is left.
        """
        made = self.map_formulas(lambda formula: assuming(formula, known), lambda key: key)
        kept = tuple(statement for statement in made.statements() if not isinstance(statement.when, Const))
        return made.with_statements(kept) if kept else None

    def indifferent(self) -> Preference:
        """A preference that tells no two states apart, of this kind where it can be."""
        return self.with_statements(()) or self

    def with_statements(self, statements: tuple[Statement, ...]) -> Preference | None:
        """The same preference with other statements; None for kinds without."""
        return None

    def with_levels(self, levels: tuple[tuple[frozenset[str], ...], ...]) -> Preference | None:
        """The same preference with other `levels` of the states that it ranks, best first; None for kinds without."""
        return None

    def with_weight(self, option: str, weight: int) -> Preference | None:
        """The same preference with another `weight` of an `option` (its key), 0 for none; None for kinds without."""
        return None


def lists_states(preference: Preference | None) -> bool:
    """Whether a `preference` lists states, if perhaps in a ranking that only breaks ties and has none to break.

    >>> lists_states(None)
    False
    """
    return preference is not None and any(isinstance(criterion, Listed) for criterion in preference.criteria())
