"""The conditions that descriptions of many states are made of: an option, a statement, or how two options go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from detente.model.conflict import Conflict
from detente.model.formula import And, Formula, If, Iff, Not, Or, Taken, options_in


@dataclass(frozen=True, slots=True)
class IsTaken:
    """An option (`key`) is taken, or (`taken` False) is not.

    >>> IsTaken("x", False).formula, IsTaken("x", False).cost
    (Not(part=Taken(option='x')), 2)
    """

    key: str
    taken: bool

    @property
    def formula(self) -> Formula:
        """The condition as a formula."""
        return Taken(self.key) if self.taken else Not(Taken(self.key))

    @property
    def cost(self) -> int:
        """How much a reader has to take in."""
        return 2


@dataclass(frozen=True, slots=True)
class IsMet:
    """A statement of a decision maker is met, or (`met` False) is not.

    Parameters
    ----------
    dm
        Key of the decision maker.
    place
        Place of the statement among theirs, from 1.
    when
        The statement.
    met
        Whether it is met.

    Examples
    --------
    >>> IsMet("A", 2, Taken("x"), False).formula
    Not(part=Taken(option='x'))
    """

    dm: str
    place: int
    when: Formula
    met: bool

    @property
    def formula(self) -> Formula:
        """The condition as a formula."""
        return self.when if self.met else Not(self.when)

    @property
    def cost(self) -> int:
        """How much a reader has to take in."""
        return 4


class Together(Enum):
    """How two options go together.

    >>> Together.BOTH_OR_NEITHER.value
    'both or neither'
    """

    ONLY_WITH = "the first only with the second"
    AT_LEAST_ONE = "at least one of them"
    NOT_BOTH = "not both"
    BOTH_OR_NEITHER = "both or neither"
    EXACTLY_ONE = "exactly one of them"


@dataclass(frozen=True, slots=True)
class GoTogether:
    """Two options (keys, `first` and `second`) go together in a certain way (`how`).

    >>> GoTogether("x", "y", Together.NOT_BOTH).formula == Not(And((Taken("x"), Taken("y"))))
    True
    """

    first: str
    second: str
    how: Together

    @property
    def formula(self) -> Formula:
        """The condition as a formula."""
        first, second = Taken(self.first), Taken(self.second)
        match self.how:
            case Together.ONLY_WITH:
                return If(second, first)
            case Together.AT_LEAST_ONE:
                return Or((first, second))
            case Together.NOT_BOTH:
                return Not(And((first, second)))
            case Together.BOTH_OR_NEITHER:
                return Iff(first, second)
            case Together.EXACTLY_ONE:
                return Not(Iff(first, second))

    @property
    def cost(self) -> int:
        """How much a reader has to take in."""
        return 3


Condition: TypeAlias = IsTaken | IsMet | GoTogether


def both(conditions: tuple[Condition, ...]) -> Formula:
    """The formula that says that all of some conditions hold.

    >>> both((IsTaken("x", True), IsTaken("y", True)))
    And(parts=(Taken(option='x'), Taken(option='y')))
    """
    return And(tuple(condition.formula for condition in conditions))


def of_options(conflict: Conflict) -> tuple[IsTaken, ...]:
    """Each option of a conflict taken, and each not taken.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> len(of_options(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    2
    """
    return tuple(IsTaken(option.key, taken) for option in conflict.options for taken in (True, False))


def of_statements(conflict: Conflict) -> tuple[IsMet, ...]:
    """The statements of all decision makers of a conflict that speak of two options or more, each met and each not met.

    A statement that several decision makers have, or that one has twice, is given once, as that of the first.

    >>> from detente.cases import load
    >>> len(of_statements(load("gaza-hostage-talks"))) // 2
    7
    """
    found: dict[Formula, IsMet] = {}
    for dm in conflict.decision_makers:
        for place, statement in enumerate(dm.preference.statements() if dm.preference else (), start=1):
            if len(options_in(statement.when)) > 1:
                found.setdefault(statement.when, IsMet(dm.key, place, statement.when, True))
    return tuple(one for met in found.values() for one in (met, IsMet(met.dm, met.place, met.when, False)))


def of_pairs(conflict: Conflict) -> Iterator[GoTogether]:
    """Every way in which two options of a conflict can go together, pair by pair.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> two = Conflict("two", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> sum(1 for _ in of_pairs(two))
    6
    """
    keys = [option.key for option in conflict.options]
    for place, first in enumerate(keys):
        for second in keys[place + 1 :]:
            yield GoTogether(first, second, Together.BOTH_OR_NEITHER)
            yield GoTogether(first, second, Together.EXACTLY_ONE)
            yield GoTogether(first, second, Together.ONLY_WITH)
            yield GoTogether(second, first, Together.ONLY_WITH)
            yield GoTogether(first, second, Together.AT_LEAST_ONE)
            yield GoTogether(first, second, Together.NOT_BOTH)
