"""Comparisons that guesses decide: for the pairs of states that they cover they come before what the criteria of an order say.

A guess about a comparison that is not known settles it for the first states of a statement about pairs, for the second, or for neither.
The same comes of the fuzzy reading of the completion with the threshold 1, since there a decided comparison is certain
(`detente.concepts.readings.fuzzy`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from detente.model.formula import Formula
from detente.model.pairs import PairStatement
from detente.space.states import StateSpace

Masks = npt.NDArray[np.bool_]


class Decisions:
    """What decided comparisons say of the states of one space, for each of several orders.

    Parameters
    ----------
    space
        The space; its states are listed.
    of
        For each order the statements about pairs whose comparison is decided in it; the first that covers a pair counts.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> wanted = PairStatement("unknown", Taken("x"), Not(Taken("x"))).decided("first")
    >>> decisions = Decisions(space, [(), (wanted,)])
    >>> better = np.zeros((2, 2), dtype=bool)
    >>> decisions.settle(better, decisions.masks, decisions.masks[:, 0])
    >>> better.tolist()
    [[False, False], [False, True]]
    """

    def __init__(self, space: StateSpace, of: Sequence[tuple[PairStatement, ...]]) -> None:
        pool = {statement: None for statements in of for statement in statements}
        number = {statement: place for place, statement in enumerate(pool)}
        states = np.fromiter(space.states.each(), dtype=np.int64, count=space.states.count)
        met = [(_met(space, one.of, states), _met(space, one.over, states)) for one in pool]
        self.masks: Masks = np.array(met, dtype=bool).reshape(2 * len(pool), len(states))
        """For each statement, by twos, which states meet its first condition and which its second; shape (2 statements, states)."""
        self._firsts = [statement.value == Fraction(1) for statement in pool]
        self._seconds = [statement.value == Fraction(0) for statement in pool]
        rows: dict[tuple[int, ...], list[int]] = {}
        for row, statements in enumerate(of):
            rows.setdefault(tuple(number[one] for one in statements), []).append(row)
        self._groups = [(np.array(which, dtype=np.int64), numbers) for numbers, which in rows.items() if numbers]

    def settle(self, better: Masks, masks: Masks, origin: Masks, start: int = 0) -> None:
        """Put right which states are preferred to one, in each order.

        Parameters
        ----------
        better
            Whether each state is preferred as the criteria say, shape (orders, states); changed in place.
        masks
            Which conditions the states meet, as in `masks`; shape (2 statements, states).
        origin
            Which conditions the state meets to which they are compared, shape (2 statements,).
        start
            The number of the first of the orders.
        """
        for rows, numbers in self._groups:
            mine = rows[(rows >= start) & (rows < start + len(better))] - start
            if not len(mine):
                continue
            known = np.zeros(better.shape[1], dtype=bool)
            gains = np.zeros(better.shape[1], dtype=bool)
            for number in numbers:
                forward = masks[2 * number] & origin[2 * number + 1]
                backward = masks[2 * number + 1] & origin[2 * number]
                new = (forward ^ backward) & ~known
                gains[new] = ((forward & self._firsts[number]) | (backward & self._seconds[number]))[new]
                known |= new
            better[np.ix_(mine, known)] = gains[known]


def _met(space: StateSpace, formula: Formula, states: npt.NDArray[np.int64]) -> Masks:
    """Which states meet a condition."""
    bits = np.frombuffer(space.where_bits(formula).to_bytes(space.conflict.combinations // 8 + 1, "little"), dtype=np.uint8)
    found: Masks = (bits[states >> 3] >> (states & 7).astype(np.uint8) & 1).astype(bool)
    return found
