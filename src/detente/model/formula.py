"""Conditions: Boolean formulas over option keys.

A formula is a small immutable tree.  `A if B` is the material implication from B to A, true when B is false, as in
option prioritization (Peng, Hipel, Kilgour and Fang 1997); `A only if B` is the implication from A to B.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Const:
    """A constant: true in every state (`value` True), or in none.

    >>> written(Const(True))
    'true'
    """

    value: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """True where the option with this key is taken.

    >>> written(Taken("no deal"))
    '"no deal"'
    """

    option: str


@dataclass(frozen=True, slots=True)
class Not:
    """True where the part is false.

    >>> written(Not(Taken("a")))
    'not a'
    """

    part: Formula


@dataclass(frozen=True, slots=True)
class And:
    """True where all parts are.

    >>> written(And((Taken("a"), Taken("b"))))
    'a and b'
    """

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True where at least one of the parts is.

    >>> written(Or((Taken("a"), Taken("b"))))
    'a or b'
    """

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`then if condition`: true unless the condition holds and `then` does not.

    >>> written(If(Taken("a"), Taken("b")))
    'a if b'
    """

    then: Formula
    condition: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """True where both sides, left and right, are true or both are false.

    >>> written(Iff(Taken("a"), Taken("b")))
    'a iff b'
    """

    left: Formula
    right: Formula


Formula: TypeAlias = Const | Taken | Not | And | Or | If | Iff

WORD = r"[^\W\d][\w.]*(?:-[\w.]+)*"
"""A key that needs no quotes, as a regular expression."""
RESERVED = frozenset({"and", "or", "not", "if", "iff", "only", "true", "false"})
"""Words of the language of conditions; as keys they need quotes."""

TRUE = Const(True)
FALSE = Const(False)


def children(formula: Formula) -> tuple[Formula, ...]:
    """The direct parts of a formula, in reading order.

    >>> children(If(Taken("a"), Taken("b")))
    (Taken(option='a'), Taken(option='b'))
    """
    match formula:
        case Not(part):
            return (part,)
        case And(parts) | Or(parts):
            return parts
        case If(then, condition):
            return (then, condition)
        case Iff(left, right):
            return (left, right)
        case _:
            return ()


def options_in(formula: Formula) -> frozenset[str]:
    """The keys of the options that a formula mentions.

    >>> sorted(options_in(And((Taken("a"), Not(Taken("b"))))))
    ['a', 'b']
    """
    return frozenset(part.option for part in walk(formula) if isinstance(part, Taken))


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and all parts of it, outermost first.

    >>> [type(part).__name__ for part in walk(Not(And((Taken("a"), Taken("b")))))]
    ['Not', 'And', 'Taken', 'Taken']
    """
    yield formula
    for part in children(formula):
        yield from walk(part)


def holds(formula: Formula, taken: Callable[[str], bool]) -> bool:
    """Whether a formula is true.

    Parameters
    ----------
    formula
        The formula.
    taken
        Says of an option key whether the option is taken.

    Examples
    --------
    >>> holds(If(Taken("a"), Taken("b")), {"a": False, "b": False}.__getitem__)
    True
    """
    match formula:
        case Const(value):
            return value
        case Taken(option):
            return taken(option)
        case Not(part):
            return not holds(part, taken)
        case And(parts):
            return all(holds(part, taken) for part in parts)
        case Or(parts):
            return any(holds(part, taken) for part in parts)
        case If(then, condition):
            return not holds(condition, taken) or holds(then, taken)
        case Iff(left, right):
            return holds(left, taken) == holds(right, taken)


def renamed(formula: Formula, names: Mapping[str, str]) -> Formula:
    """The formula with option keys replaced.

    Parameters
    ----------
    formula
        The formula.
    names
        New keys by old ones; keys that it lacks stay.

    Examples
    --------
    >>> renamed(Not(Taken("a")), {"a": "b"})
    Not(part=Taken(option='b'))
    """
    match formula:
        case Const():
            return formula
        case Taken(option):
            return Taken(names.get(option, option))
        case Not(part):
            return Not(renamed(part, names))
        case And(parts):
            return And(tuple(renamed(part, names) for part in parts))
        case Or(parts):
            return Or(tuple(renamed(part, names) for part in parts))
        case If(then, condition):
            return If(renamed(then, names), renamed(condition, names))
        case Iff(left, right):
            return Iff(renamed(left, names), renamed(right, names))


def all_of(*parts: Formula) -> Formula:
    """The conjunction of the parts, flat: one part stays itself, none is true.

    >>> written(all_of(Taken("a"), Taken("b"))), written(all_of(Taken("a"))), written(all_of())
    ('a and b', 'a', 'true')
    """
    return parts[0] if len(parts) == 1 else And(parts) if parts else TRUE


def any_of(*parts: Formula) -> Formula:
    """The disjunction of the parts, flat: one part stays itself, none is false.

    >>> written(any_of(Taken("a"), Taken("b"))), written(any_of(Taken("a"))), written(any_of())
    ('a or b', 'a', 'false')
    """
    return parts[0] if len(parts) == 1 else Or(parts) if parts else FALSE


def quoted_key(key: str) -> str:
    """The key as it is written in a condition.

    >>> quoted_key("Accept"), quoted_key("no deal"), quoted_key("not")
    ('Accept', '"no deal"', '"not"')
    """
    plain = re.fullmatch(WORD, key) is not None and key.lower() not in RESERVED
    if plain:
        return key
    return f'"{key}"' if '"' not in key else f"'{key}'"


# How tightly a form binds when written; a part that binds less tightly than its place needs parentheses.
_BINDING = {Iff: 1, If: 2, Or: 3, And: 4, Not: 5, Taken: 6, Const: 6}


def written(formula: Formula, name: Callable[[str], str] | None = None) -> str:
    """The formula in the language of conflict files; `detente.model.parse.parse_formula` reads it back.

    Parameters
    ----------
    formula
        What to write.
    name
        How to write an option key; by default the key itself, quoted where it is not a plain word.

    Examples
    --------
    >>> written(If(Or((Taken("a"), Taken("b"))), Not(Taken("c"))))
    '(a or b) if not c'
    """
    show = name or quoted_key

    def part(inner: Formula, outer: type) -> str:
        while isinstance(inner, And | Or) and len(inner.parts) < 2:
            inner = inner.parts[0] if inner.parts else Const(isinstance(inner, And))
        needs = _BINDING[type(inner)] <= _BINDING[outer] and not (outer is Not and isinstance(inner, Not))
        loose = outer in (If, Iff) and isinstance(inner, (Or, And))  # `a or b if c` is legal, but few read it right
        text = written(inner, show)
        return f"({text})" if needs or loose else text

    match formula:
        case Const(value):
            return "true" if value else "false"
        case Taken(option):
            return show(option)
        case Not(inner):
            return f"not {part(inner, Not)}"
        case And(parts):
            return " and ".join(part(p, And) for p in parts) if len(parts) > 1 else _degenerate(parts, TRUE, show)
        case Or(parts):
            return " or ".join(part(p, Or) for p in parts) if len(parts) > 1 else _degenerate(parts, FALSE, show)
        case If(then, condition):
            return f"{part(then, If)} if {part(condition, If)}"
        case Iff(left, right):
            return f"{part(left, Iff)} iff {part(right, Iff)}"


def _degenerate(parts: tuple[Formula, ...], empty: Formula, show: Callable[[str], str]) -> str:
    return written(parts[0] if parts else empty, show)


def truth_table(formula: Formula, columns: Mapping[str, int], everything: int) -> int:
    """The set of combinations in which a formula is true, as one big integer with a bit for each combination.

    Python's integers do the work of a vector unit here: a formula over 20 options is evaluated in all 2^20
    combinations by a handful of operations on integers of 128 KiB, without NumPy.

    Parameters
    ----------
    formula
        Formula over the keys of `columns`.
    columns
        For each option key the integer whose bit c is set iff the option is taken in combination c.
    everything
        The integer with a bit set for each combination.

    Examples
    --------
    >>> bin(truth_table(And((Taken("a"), Not(Taken("b")))), {"a": 0b1010, "b": 0b1100}, 0b1111))
    '0b10'
    """

    def table(part: Formula) -> int:
        match part:
            case Const(value):
                return everything if value else 0
            case Taken(option):
                return columns[option]
            case Not(inner):
                return everything ^ table(inner)
            case And(parts):
                return reduce(lambda a, b: a & b, map(table, parts), everything)
            case Or(parts):
                return reduce(lambda a, b: a | b, map(table, parts), 0)
            case If(then, condition):
                return table(then) | (everything ^ table(condition))
            case Iff(left, right):
                return everything ^ table(left) ^ table(right)

    return table(formula)
