"""Conditions put together with their constants worked out, and a condition as clauses that can be met just where it can (Tseitin 1968)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.model.asserted import Clause, asserted
from detente.model.formula import FALSE, TRUE, And, Const, Formula, If, Iff, Not, Or, Taken, all_of, any_of


def conjunction(parts: Iterable[Formula]) -> Formula:
    """That all `parts` are so.

    >>> conjunction((TRUE, Taken("x")))
    Taken(option='x')
    """
    left = [part for part in parts if part != TRUE]
    return FALSE if FALSE in left else all_of(*left)


def disjunction(parts: Iterable[Formula]) -> Formula:
    """That some of the `parts` is so.

    >>> disjunction((FALSE, Taken("x")))
    Taken(option='x')
    """
    left = [part for part in parts if part != FALSE]
    return TRUE if TRUE in left else any_of(*left)


def negation(part: Formula) -> Formula:
    """That a part is not so.

    >>> negation(TRUE)
    Const(value=False)
    """
    return Const(not part.value) if isinstance(part, Const) else part.part if isinstance(part, Not) else Not(part)


def equal(one: Formula, other: Formula) -> Formula:
    """That two parts (`one`, `other`) are both so or both not.

    >>> equal(TRUE, Taken("x"))
    Taken(option='x')
    """
    if isinstance(one, Const):
        return other if one.value else negation(other)
    if isinstance(other, Const):
        return one if other.value else negation(one)
    return Iff(one, other)


def pinned(formula: Formula, values: Mapping[str, bool]) -> Formula:
    """A formula in which some options (keys) are known to be taken or not, as `values` says.

    >>> pinned(And((Taken("x"), Taken("y"))), {"x": True})
    Taken(option='y')
    """
    match formula:
        case Taken(option):
            return Const(values[option]) if option in values else formula
        case Not(part):
            return negation(pinned(part, values))
        case And(parts):
            return conjunction([pinned(part, values) for part in parts])
        case Or(parts):
            return disjunction([pinned(part, values) for part in parts])
        case If(then, condition):
            return disjunction((pinned(then, values), negation(pinned(condition, values))))
        case Iff(left, right):
            return equal(pinned(left, values), pinned(right, values))
        case Const():
            return formula


def clauses_of(formula: Formula, names: Sequence[str]) -> tuple[Clause, ...]:
    """Clauses that can be met together just where a formula can; variable k + 1 stands for the k-th of the `names`.

    >>> clauses_of(Taken("x"), ["x"])
    ((2,), (1,))
    """
    return asserted(formula, {name: place for place, name in enumerate(names)})
