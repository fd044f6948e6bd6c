"""Conditions as small programs that the kernels run for many combinations at a time."""

from __future__ import annotations

from collections.abc import Mapping

from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken

MOST_OPTIONS = 48
"""Options with a greater number than this cannot be spoken of in a program."""
_FALSE, _TRUE, _NOT, _AND, _OR, _IFF, _IF, _OPTION = 0, 1, 2, 3, 4, 5, 6, 16


def program(formula: Formula, index: Mapping[str, int]) -> bytes:
    """A condition in postfix, in an order that holds few values at a time.

    Parameters
    ----------
    formula
        The condition.
    index
        The bit of each option key, below `MOST_OPTIONS`.

    Examples
    --------
    >>> list(program(And((Taken("x"), Not(Taken("y")))), {"x": 0, "y": 3}))
    [16, 19, 2, 3]
    """
    return _written(formula, index)[0]


def _written(formula: Formula, index: Mapping[str, int]) -> tuple[bytes, int]:
    """The program, and how many values it holds at most."""
    match formula:
        case Const(value):
            return bytes([_TRUE if value else _FALSE]), 1
        case Taken(option):
            return bytes([_OPTION + index[option]]), 1
        case Not(part):
            inner, depth = _written(part, index)
            return inner + bytes([_NOT]), depth
        case And(parts):
            return _joined([_written(part, index) for part in parts], _AND, _TRUE)
        case Or(parts):
            return _joined([_written(part, index) for part in parts], _OR, _FALSE)
        case If(then, condition):
            negated, depth = _written(condition, index)
            return _joined([_written(then, index), (negated + bytes([_NOT]), depth)], _OR, _FALSE)
        case Iff(left, right):
            return _joined([_written(left, index), _written(right, index)], _IFF, _TRUE)


def _joined(parts: list[tuple[bytes, int]], what: int, empty: int) -> tuple[bytes, int]:
    """Parts one after another, the deepest first, so that the depth grows with the logarithm of the size only."""
    if not parts:
        return bytes([empty]), 1
    parts = sorted(parts, key=lambda part: -part[1])
    join = bytes([what])
    written = parts[0][0] + b"".join(part + join for part, _ in parts[1:])
    return written, max(parts[0][1], *(1 + depth for _, depth in parts[1:]), 1)
