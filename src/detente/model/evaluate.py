"""Conditions as functions of a combination: compiled once, asked often."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken


def evaluator(formula: Formula, index: Mapping[str, int]) -> Callable[[int], int]:
    """A formula as a function of a combination: 1 where it is true, 0 where not; `index` gives the bit of each option.

    >>> evaluator(Not(Taken("x")), {"x": 0})(0)
    1
    """
    match formula:
        case Const(value):
            constant = int(value)
            return lambda _: constant
        case Taken(option):
            bit = index[option]
            return lambda c: c >> bit & 1
        case Not(part):
            inner = evaluator(part, index)
            return lambda c: 1 - inner(c)
        case And(parts):
            every = [evaluator(part, index) for part in parts]
            return lambda c: int(all(test(c) for test in every))
        case Or(parts):
            some = [evaluator(part, index) for part in parts]
            return lambda c: int(any(test(c) for test in some))
        case If(then, condition):
            yes, given = evaluator(then, index), evaluator(condition, index)
            return lambda c: int(not given(c) or yes(c))
        case Iff(left, right):
            one, two = evaluator(left, index), evaluator(right, index)
            return lambda c: int(one(c) == two(c))
