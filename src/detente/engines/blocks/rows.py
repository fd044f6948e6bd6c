"""Conditions over runs: a run has one setting of all higher options, so that a condition is a vector that many runs share.

What is worked out for a run depends only on those higher options that the condition mentions; the vectors are kept, within a limit of
memory, and a model of a billion places needs a few hundred of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import count
from typing import TypeAlias

import numpy as np

from detente.engines.blocks.layout import Column, Layout, Mask
from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken, options_in

Truth: TypeAlias = bool | Mask
"""Whether a condition holds: everywhere alike, or at each place of a run."""


_names = count()


class Kept:
    """Vectors that are worked out once, forgotten together when they need more than `limit` bytes.

    >>> kept = Kept(1 << 10)
    >>> kept.get("one", lambda: np.ones(3)).sum(), kept.get("one", lambda: np.zeros(3)).sum()
    (np.float64(3.0), np.float64(3.0))
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._found: dict[Hashable, Column | bool] = {}

    def get(self, key: Hashable, make: Callable[[], Column | bool]) -> Column | bool:
        """What is kept under a key; `make` works it out."""
        found = self._found.get(key)
        if found is None:
            found = make()
            size = found.nbytes if isinstance(found, np.ndarray) else 64
            if self.bytes + size > self.limit:
                self._found, self.bytes = {}, 0
            self._found[key] = found
            self.bytes += size
        return found


class Condition:
    """A formula, for runs.

    Parameters
    ----------
    layout
        Where combinations stand.
    formula
        The formula.
    kept
        Where its vectors are kept.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> layout = Layout(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))), run=2)
    >>> condition = Condition(layout, And((Taken("x"), Taken("y"))), Kept(100))
    >>> condition(0), condition(2).tolist()
    (False, [False, True])
    """

    def __init__(self, layout: Layout, formula: Formula, kept: Kept) -> None:
        self._layout, self._formula, self._kept = layout, formula, kept
        self._name = next(_names)
        index = layout.conflict.option_index
        self.mentions = sum(1 << index[key] for key in options_in(formula)) & ~layout.low_mask
        """The higher options that it mentions."""

    def __call__(self, high: int) -> Truth:
        """Whether it holds at each place of a run with given higher options."""
        return self._kept.get((self._name, high & self.mentions), lambda: self._work_out(high))

    def scaled(self, high: int, weight: int, dtype: np.dtype[np.unsignedinteger]) -> Column | bool:
        """The same with `weight` where it holds and 0 elsewhere, as numbers of a type."""

        def make() -> Column | bool:
            truth = self(high)
            return truth if isinstance(truth, bool) else truth.astype(dtype) * dtype.type(weight)

        return self._kept.get((self._name, weight, high & self.mentions), make)

    def _work_out(self, high: int) -> Truth:
        index, low, low_mask = self._layout.conflict.option_index, self._layout.low, self._layout.low_mask

        def taken(key: str) -> Truth:
            bit = 1 << index[key]
            return (low & bit) != 0 if low_mask & bit else bool(high & bit)

        found = _truth(self._formula, taken)
        if isinstance(found, np.ndarray) and (found[0] == found).all():
            return bool(found[0])
        return found


def _truth(formula: Formula, taken: Callable[[str], Truth]) -> Truth:
    match formula:
        case Const(value):
            return value
        case Taken(option):
            return taken(option)
        case Not(part):
            return _not(_truth(part, taken))
        case And(parts):
            return _all(_truth(part, taken) for part in parts)
        case Or(parts):
            return _not(_all(_not(_truth(part, taken)) for part in parts))
        case If(then, condition):
            return _not(_and(_truth(condition, taken), _not(_truth(then, taken))))
        case Iff(left, right):
            one, two = _truth(left, taken), _truth(right, taken)
            return (one is two) if isinstance(one, bool) and isinstance(two, bool) else np.equal(one, two)


def _all(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        found = _and(found, truth)
    return found


def _not(truth: Truth) -> Truth:
    return not truth if isinstance(truth, bool) else ~truth


def _and(one: Truth, other: Truth) -> Truth:
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    return one & other


class Feasible:
    """Which places can occur, run by run.

    Parameters
    ----------
    layout
        Where combinations stand.
    kept
        Where vectors are kept.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.rule import AtMostOne
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    >>> conflict = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), options, (AtMostOne(("x", "y")),))
    >>> Feasible(Layout(conflict), Kept(1000))(0).tolist()
    [True, True, True, False]
    """

    def __init__(self, layout: Layout, kept: Kept) -> None:
        self._rules = [Condition(layout, formula, kept) for formula in layout.rules]
        self.is_full = not self._rules
        """Whether every place can occur."""

    def __call__(self, high: int) -> Truth:
        """Which places of a run with given higher options can occur."""
        found: Truth = True
        fresh = False
        for rule in self._rules:
            truth = rule(high)
            if truth is False:
                return False
            if isinstance(truth, bool):
                continue
            if isinstance(found, bool):
                found = truth
            elif fresh:
                np.logical_and(found, truth, out=found)
            else:
                found, fresh = found & truth, True
        return found
