"""Conditions of which a part is known: what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.model.formula import FALSE, TRUE, And, Const, Formula, If, Iff, Not, Or, Taken, options_in
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule


def assuming(formula: Formula, known: Mapping[str, bool]) -> Formula:
    """What is left of a formula where some options are known to be taken or not; it mentions none of them.

    Wherever these options stand so, both are true in the same combinations.  A formula that mentions none of them stays as it is.

    Parameters
    ----------
    formula
        The formula.
    known
        For keys of options whether they are taken.

    Examples
    --------
    >>> from detente.model.formula import written
    >>> from detente.model.parse import parse_formula
    >>> written(assuming(parse_formula("a and not b or c"), {"b": False})), written(assuming(parse_formula("a if b"), {"b": False}))
    ('a or c', 'true')
    """
    if known.keys().isdisjoint(options_in(formula)):
        return formula
    match formula:
        case Taken(option):
            return Const(known[option])
        case Not(part):
            return _opposite(assuming(part, known))
        case And(parts):
            return _joined(And, parts, known, TRUE, FALSE)
        case Or(parts):
            return _joined(Or, parts, known, FALSE, TRUE)
        case If(then, condition):
            return _implied(assuming(then, known), assuming(condition, known))
        case Iff(left, right):
            return _alike(assuming(left, known), assuming(right, known))
        case _:
            return formula


def _opposite(part: Formula) -> Formula:
    match part:
        case Const(value):
            return Const(not value)
        case Not(inner):
            return inner
        case _:
            return Not(part)


def _joined(kind: type[And] | type[Or], parts: tuple[Formula, ...], known: Mapping[str, bool], neutral: Const, decisive: Const) -> Formula:
    left = [part for part in (assuming(part, known) for part in parts) if part != neutral]
    if decisive in left:
        return decisive
    return left[0] if len(left) == 1 else kind(tuple(left)) if left else neutral


def _implied(then: Formula, condition: Formula) -> Formula:
    if condition == TRUE:
        return then
    if condition == FALSE or then == TRUE:
        return TRUE
    return _opposite(condition) if then == FALSE else If(then, condition)


def _alike(left: Formula, right: Formula) -> Formula:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Const):
            return other if one.value else _opposite(other)
    return Iff(left, right)


def rule_assuming(rule: Rule, known: Mapping[str, bool]) -> Rule | None:
    """What is left of a rule where some options are known to be taken or not; None where it no longer forbids or merges anything.

    Parameters
    ----------
    rule
        The rule; what it rests on and says stays.
    known
        For keys of options whether they are taken.

    Examples
    --------
    >>> rule_assuming(ExactlyOne(("a", "b", "c")), {"a": False}), rule_assuming(AtLeastOne(("a", "b")), {"a": True})
    (ExactlyOne(options=('b', 'c'), basis=None, says=None), None)
    """
    match rule:
        case Infeasible(when) | Merged(when):
            left = assuming(when, known)
            return None if left == FALSE else replace(rule, when=left)
        case OnlyIf(this, needs):
            left_this, left_needs = assuming(this, known), assuming(needs, known)
            return None if left_this == FALSE or left_needs == TRUE else replace(rule, this=left_this, needs=left_needs)
        case AtMostOne(options) | ExactlyOne(options) | AtLeastOne(options):
            return _list_assuming(rule, tuple(key for key in options if key not in known), sum(known.get(key, False) for key in options))


def _list_assuming(rule: AtMostOne | ExactlyOne | AtLeastOne, open_ones: tuple[str, ...], taken: int) -> Rule | None:
    """What is left of a rule over a list: the options still open, and how many of the others are taken."""
    if isinstance(rule, AtLeastOne):
        return None if taken else _or_never(rule, open_ones)
    if not taken:
        return None if isinstance(rule, AtMostOne) and len(open_ones) < 2 else _or_never(rule, open_ones)
    if taken > 1:
        return Infeasible(TRUE, rule.basis, rule.says)
    return None if not open_ones else Infeasible(Or(tuple(map(Taken, open_ones))), rule.basis, rule.says)


def _or_never(rule: AtMostOne | ExactlyOne | AtLeastOne, open_ones: tuple[str, ...]) -> Rule:
    """The rule over what is open; with nothing open, one that nothing meets."""
    return replace(rule, options=open_ones) if open_ones else Infeasible(TRUE, rule.basis, rule.says)
