"""Conditions over options, evaluated by looking up printed truth tables.

A formula is an option's name, True, False, or a tuple: ("not", x), ("and", x, ...), ("or", x, ...), ("if", a, b) for
"a if b" (true unless b holds and a does not) and ("iff", a, b). "if" as the material implication is how option
prioritization uses it (Peng 1999; Fang, Hipel, Kilgour & Peng 2003; pages not checked).
"""

from functools import reduce
from typing import TypeAlias

from .plain import Combination

Formula: TypeAlias = "bool | str | tuple[Formula, ...]"

T, F = True, False

NOT = {T: F, F: T}
TABLES = {
    "and": {(T, T): T, (T, F): F, (F, T): F, (F, F): F},
    "or": {(T, T): T, (T, F): T, (F, T): T, (F, F): F},
    "if": {(T, T): T, (T, F): T, (F, T): F, (F, F): T},
    "iff": {(T, T): T, (T, F): F, (F, T): F, (F, F): T},
}
EMPTY = {"and": T, "or": F}


def holds(formula: Formula, combination: Combination) -> bool:
    """Whether the formula is true of the combination."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, str):
        return combination[formula]
    word, *parts = formula
    values = [holds(part, combination) for part in parts]
    if word == "not" and len(values) == 1:
        return NOT[values[0]]
    if word in ("if", "iff") and len(values) == 2:
        return TABLES[word][values[0], values[1]]
    if word in ("and", "or"):
        return reduce(lambda x, y: TABLES[word][x, y], values, EMPTY[word])
    raise ValueError(f"not a formula: {formula!r}")
