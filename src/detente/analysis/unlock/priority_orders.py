"""Orders that lists of statements give, and which of many lists make one state better than another.

Two states differ in some statements.  Which of the two is better depends only on these, and on which of them comes first in a list; so one
*pattern*, the statements that only the one meets and those that only the other meets, stands for very many pairs of states, and
each pattern is looked up in all lists of a decision maker at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from detente.analysis.unlock.priority_lists import List
from detente.model.evaluate import evaluator
from detente.model.formula import Not, any_of
from detente.model.preference import Statement
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace

Pattern: TypeAlias = tuple[int, int, int]
"""Statements that only the second of two states meets, and only the first, as bits; and how what comes after all statements compares them
(1 if the second is better, -1 if worse, 0 if equal); a red line that just one crosses decides: then (0, 0, 2 or -2)."""
Mask: TypeAlias = npt.NDArray[np.bool_]


class Statements:
    """The statements of one decision maker, and whatever comes before and after them.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    added
        Statements that may be added.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> syria = Statements(space, "Syria")
    >>> syria.count, syria.pattern(space.state(1), space.state(2))
    (4, (0, 9, 0))
    """

    def __init__(self, space: StateSpace, dm: str, added: Sequence[Statement] = ()) -> None:
        self.space = space
        self.dm = space.conflict.decision_maker(dm)
        self.original = self.dm.preference.statements() if self.dm.preference is not None else ()
        self.added = tuple(added)
        index = space.conflict.option_index
        self._tests = [evaluator(statement.when, index) for statement in (*self.original, *self.added)]
        lines = self.dm.red_lines
        self._accepts = evaluator(Not(any_of(*(line.never for line in lines))), index) if lines else None
        self._order = Order(space, dm)
        self._rest = len(self.original) + bool(lines)
        self._known: dict[int, tuple[int, int, tuple[int, ...]]] = {}

    @property
    def count(self) -> int:
        """The number of original statements."""
        return len(self.original)

    def of(self, state: int) -> tuple[int, int, tuple[int, ...]]:
        """Of a state: 1 if it crosses no red line, the statements that it meets as bits, and what comes after all statements."""
        found = self._known.get(state)
        if found is None:
            met = sum(1 << n for n, test in enumerate(self._tests) if test(state))
            accepted = 1 if self._accepts is None else self._accepts(state)
            found = self._known[state] = accepted, met, self._order.key(state)[self._rest :]
        return found

    def pattern(self, state: int, other: int) -> Pattern:
        """What tells two states apart; the question is always whether the second (`other`) is better."""
        accepted, met, rest = self.of(state)
        accepts, meets, after = self.of(other)
        if accepted != accepts:
            return 0, 0, 2 if accepts else -2
        return meets & ~met, met & ~meets, (after > rest) - (after < rest)


def is_better(pattern: Pattern, order: List) -> bool:
    """Whether a list makes the second state of a pattern the better one.

    >>> is_better((0b10, 0b01, 0), (0, 2)), is_better((0b10, 0b01, 0), (2, 0)), is_better((0b10, 0b01, 0), (1, 2))
    (False, True, True)
    """
    plus, minus, rest = pattern
    either = plus | minus
    for token in order if either else ():
        if either >> (token >> 1) & 1:
            return bool(plus >> (token >> 1) & 1) != bool(token & 1)
    return rest > 0


class Table:
    """Many lists of one decision maker, and what each of them makes of a pattern.

    Parameters
    ----------
    lists
        The lists.
    statements
        The number of statements, those that may be added included.

    Examples
    --------
    >>> Table([(0, 2), (2, 0), (1, 2)], 2).better((0b10, 0b01, 0)).tolist()
    [False, True, True]
    """

    def __init__(self, lists: Sequence[List], statements: int) -> None:
        longest = max((len(order) for order in lists), default=0)
        tokens = np.full((len(lists), longest + 1), 2 * statements, np.int64)  # a last statement that decides nothing
        for row, order in enumerate(lists):
            tokens[row, : len(order)] = order
        self._statement, self._reversed = tokens >> 1, (tokens & 1).astype(np.bool_)
        self._rows = np.arange(len(lists))
        self._width = statements
        self._found: dict[Pattern, Mask] = {}

    def better(self, pattern: Pattern) -> Mask:
        """For each list whether it makes the second state of a pattern the better one."""
        found = self._found.get(pattern)
        if found is None:
            plus, minus, rest = pattern
            tells = np.array([*((plus | minus) >> n & 1 for n in range(self._width)), 0], np.bool_)
            ahead = np.array([*(plus >> n & 1 for n in range(self._width)), 0], np.bool_)
            deciding = tells[self._statement]
            first = deciding.argmax(axis=1)
            chosen = self._rows, first
            found = np.where(deciding[chosen], ahead[self._statement[chosen]] ^ self._reversed[chosen], rest > 0)
            self._found[pattern] = found
        return found


@dataclass(eq=False)
class Listed(Ordering):
    """The order that one list of statements gives to a decision maker.

    Parameters
    ----------
    statements
        The decision maker's statements.
    order
        The list.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> syria = Statements(space, "Syria")
    >>> usual, war_first = Listed(syria, (0, 2, 4, 6)), Listed(syria, (5, 0, 2, 6))
    >>> [order.prefers(space.state(2), space.state(6)) for order in (usual, war_first)]
    [False, False]
    """

    statements: Statements
    order: List

    def __post_init__(self) -> None:
        self.space = self.statements.space
        self._keys: dict[int, tuple[Any, ...]] = {}

    def key(self, state: int) -> tuple[Any, ...]:
        """The key of a state: whether it crosses no red line, what it makes of each statement in order, what comes after."""
        found = self._keys.get(state)
        if found is None:
            accepted, met, rest = self.statements.of(state)
            found = self._keys[state] = accepted, *((met >> (token >> 1) & 1) ^ (token & 1) for token in self.order), *rest
        return found
