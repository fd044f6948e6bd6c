"""On what the order of a decision maker's own choices depends.

All states that differ in one decision maker's options alone are ordered by their statements.  A statement that speaks of none of these
options is the same in all of them and so does not count; another may also speak of options of others.  An assignment of just these
options is a *context*: it settles the order, whatever else holds.  There are few contexts where statements are short.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.engines.array.grid import submasks
from detente.engines.array.native.fitting import counting, is_narrow, others_of
from detente.model.conflict import Conflict
from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken
from detente.model.preference import Criterion, Meets, Sums


@dataclass(frozen=True, slots=True)
class Contexts:
    """How a decision maker orders their own choices.

    Parameters
    ----------
    options
        The bits of the others' options that count; bit k of a context says whether the k-th of them is taken.
    codes
        For each context (rows) and each choice of own options, pushed together (columns), a number: greater is preferred.
    """

    options: tuple[int, ...]
    codes: npt.NDArray[np.uint32]


def contexts(conflict: Conflict, dm: str, own: int, most: int) -> Contexts | None:
    """The contexts of a decision maker; None where there are too many, or where a ranking tells states apart.

    Parameters
    ----------
    conflict
        The conflict.
    dm
        Key of the decision maker.
    own
        The bits of their options.
    most
        Most numbers (contexts times choices) that are worth it.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(parse_formula("z")), Statement(parse_formula("x if y"))))
    >>> a, options = DecisionMaker("A", "A", wants), [Option(key, key, (owner,)) for key, owner in ("xA", "yB", "zB")]
    >>> found = contexts(Conflict("two", (a, DecisionMaker("B", "B")), tuple(options)), "A", 1, 100)
    >>> found.options, found.codes.tolist()
    ((1,), [[1, 1], [0, 1]])
    """
    if not is_narrow(conflict, dm, own, most):
        return None
    index = conflict.option_index
    criteria = counting(conflict, dm, own)
    others = others_of(criteria, index, own)
    combinations = np.array(submasks(others), np.int64)[:, None] | np.array(submasks(own), np.int64)
    return Contexts(tuple(k for k in range(others.bit_length()) if others >> k & 1), _codes(criteria, combinations, index, own))


def _codes(criteria: list[Criterion], combinations: npt.NDArray[np.int64], index: dict[str, int], own: int) -> npt.NDArray[np.uint32]:
    """One number for each combination, in the order of the criteria; the criteria are renumbered where they grow too great."""
    codes, levels = np.zeros(combinations.shape, np.int64), 1
    for criterion in criteria:
        scores: npt.NDArray[np.int64]
        if isinstance(criterion, Sums):
            weights = [(index[key], weight) for key, weight in criterion.weights if own >> index[key] & 1]
            sums = sum(((combinations >> bit & 1) * weight for bit, weight in weights), np.zeros_like(combinations))
            scores, above = _dense(sums)
        else:
            assert isinstance(criterion, Meets)
            scores, above = truth(criterion.formula, combinations, index).astype(np.int64), 2
        if levels * above > 1 << 31:
            codes, levels = _dense(codes)
        codes, levels = codes * above + scores, levels * above
    return _dense(codes)[0].astype(np.uint32) if levels > 1 << 32 else codes.astype(np.uint32)


def _dense(values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], int]:
    present, places = np.unique(values, return_inverse=True)
    return places.reshape(values.shape).astype(np.int64), max(1, present.size)


def truth(formula: Formula, combinations: npt.NDArray[np.int64], index: dict[str, int]) -> npt.NDArray[np.bool_]:
    """Where a formula is true among some combinations; `index` gives the bit of each option.

    >>> truth(Taken("x"), np.arange(4), {"x": 1}).tolist()
    [False, False, True, True]
    """
    found: npt.NDArray[np.bool_]
    match formula:
        case Const(value):
            found = np.full(combinations.shape, value)
        case Taken(option):
            found = (combinations >> index[option] & 1).astype(np.bool_)
        case Not(part):
            found = ~truth(part, combinations, index)
        case And(parts):
            found = np.ones(combinations.shape, np.bool_)
            for part in parts:
                found &= truth(part, combinations, index)
        case Or(parts):
            found = np.zeros(combinations.shape, np.bool_)
            for part in parts:
                found |= truth(part, combinations, index)
        case If(then, condition):
            found = truth(then, combinations, index) | ~truth(condition, combinations, index)
        case Iff(left, right):
            found = truth(left, combinations, index) == truth(right, combinations, index)
    return found
