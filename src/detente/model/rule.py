"""Rules: which combinations of options can occur, and which of them are one state.

GMCR II and GMCR+ know infeasible states by pattern ("mutually exclusive", "at least one", "dependence", "direct"); the rules here
name the same ideas in words, over any condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from detente.model.evidence import Basis
from detente.model.formula import And, Formula, If, Not, Taken, all_of, any_of, holds, renamed


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No state can meet this condition (`when`).

    `basis` is what the rule rests on, `says` the sentence that explanations use; either may be None.

    >>> from detente.model.formula import written
    >>> written(required(Infeasible(And((Taken("a"), Taken("b"))))))
    'not (a and b)'
    """

    when: Formula
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """No two of these options are taken together.

    `basis` is what the rule rests on, `says` the sentence that explanations use; either may be None.

    >>> from detente.model.formula import written
    >>> written(required(AtMostOne(("a", "b"))))
    'not (a and b)'
    """

    options: tuple[str, ...]
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class ExactlyOne:
    """One of these options is taken, and no two.

    `basis` is what the rule rests on, `says` the sentence that explanations use; either may be None.

    >>> from detente.model.formula import written
    >>> written(required(ExactlyOne(("a", "b"))))
    '(a or b) and not (a and b)'
    """

    options: tuple[str, ...]
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """One or more of these options are taken.

    `basis` is what the rule rests on, `says` the sentence that explanations use; either may be None.

    >>> from detente.model.formula import written
    >>> written(required(AtLeastOne(("a", "b"))))
    'a or b'
    """

    options: tuple[str, ...]
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """The option (or condition) `this` can hold only where `needs` holds.

    `basis` is what the rule rests on, `says` the sentence that explanations use; either may be None.

    >>> from detente.model.formula import written
    >>> written(required(OnlyIf(Taken("a"), Taken("b"))))
    'b if a'
    """

    this: Formula
    needs: Formula
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """All feasible combinations that meet the condition are one state (like "Abandon" in Elmira).

    Such rules are joined where they overlap (`detente.space.states`).

    Parameters
    ----------
    when
        The condition.
    name
        What the state is called, or None.
    basis
        What the rule rests on, or None.
    says
        The sentence that explanations use, or None.

    Examples
    --------
    >>> required(Merged(Taken("Abandon"), "abandoned")) is None
    True
    """

    when: Formula
    name: str | None = None
    basis: Basis | None = None
    says: str | None = None


Rule: TypeAlias = Infeasible | AtMostOne | ExactlyOne | AtLeastOne | OnlyIf | Merged


def required(rule: Rule) -> Formula | None:
    """The condition that every feasible state meets because of a rule; None for a rule that only merges.

    >>> from detente.model.formula import written
    >>> written(required(AtMostOne(("a", "b"))))
    'not (a and b)'
    """
    match rule:
        case Infeasible(when):
            return Not(when)
        case AtMostOne(options):
            return _no_two(options)
        case ExactlyOne(options):
            return all_of(_some(options), _no_two(options))
        case AtLeastOne(options):
            return _some(options)
        case OnlyIf(this, needs):
            return If(needs, this)
        case Merged():
            return None


def permits(rule: Rule, taken: frozenset[str]) -> bool:
    """Whether a rule allows the combination in which exactly these options are taken.

    >>> permits(AtMostOne(("a", "b")), frozenset({"a", "b"})), permits(Infeasible(Taken("a")), frozenset())
    (False, True)
    """
    match rule:
        case AtMostOne(options):
            return sum(option in taken for option in options) <= 1
        case ExactlyOne(options):
            return sum(option in taken for option in options) == 1
        case AtLeastOne(options):
            return any(option in taken for option in options)
        case _:
            condition = required(rule)
            return condition is None or holds(condition, taken.__contains__)


def _some(options: tuple[str, ...]) -> Formula:
    return any_of(*map(Taken, options))


def _no_two(options: tuple[str, ...]) -> Formula:
    return all_of(*(Not(And((Taken(a), Taken(b)))) for a, b in combinations(options, 2)))


def rename_rule(rule: Rule, names: Mapping[str, str]) -> Rule:
    """The rule with option keys replaced.

    Parameters
    ----------
    rule
        The rule.
    names
        New keys by old ones; keys that it lacks stay.

    Examples
    --------
    >>> rename_rule(AtMostOne(("a", "b")), {"a": "c"}).options
    ('c', 'b')
    """
    match rule:
        case Infeasible(when, basis, says):
            return Infeasible(renamed(when, names), basis, says)
        case AtMostOne(options, basis, says):
            return AtMostOne(tuple(names.get(o, o) for o in options), basis, says)
        case ExactlyOne(options, basis, says):
            return ExactlyOne(tuple(names.get(o, o) for o in options), basis, says)
        case AtLeastOne(options, basis, says):
            return AtLeastOne(tuple(names.get(o, o) for o in options), basis, says)
        case OnlyIf(this, needs, basis, says):
            return OnlyIf(renamed(this, names), renamed(needs, names), basis, says)
        case Merged(when, name, basis, says):
            return Merged(renamed(when, names), name, basis, says)


def formulas_of(rule: Rule) -> tuple[Formula, ...]:
    """The conditions that a rule is written with; each option of a list counts as a condition.

    >>> formulas_of(AtMostOne(("a", "b")))
    (Taken(option='a'), Taken(option='b'))
    """
    match rule:
        case Infeasible(when) | Merged(when):
            return (when,)
        case AtMostOne(options) | ExactlyOne(options) | AtLeastOne(options):
            return tuple(map(Taken, options))
        case OnlyIf(this, needs):
            return (this, needs)
