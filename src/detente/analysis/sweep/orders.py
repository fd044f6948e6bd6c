"""Many orders of one decision maker at once: what each completion of their preference says of a state, all in a few array operations.

The completions of one preference share their criteria and differ in which of them count, and in what order.  So each order is a row of
weights over a common pool of criteria, and the worth of a state in all orders is a product of a matrix and a column: greater is
preferred.  Weights are whole numbers below 2**53, so that floating point holds them exactly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from detente.errors import LimitError
from detente.model.conflict import DecisionMaker
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.space.sets import bits_of
from detente.space.states import StateSpace

Labels = npt.NDArray[np.int32]
Table = npt.NDArray[np.float64]
G = TypeVar("G", bound=np.generic)

EXACT = 1 << 53
"""Whole numbers up to this are exact in floating point."""
AT_ONCE = 1 << 22
"""Most comparisons (orders times states) that are held at once."""


@dataclass(frozen=True)
class Split:
    """The orders of a decision maker by their answer to one question.

    Parameters
    ----------
    labels
        For each order the number of its answer, shape (orders,).
    answers
        The answers.
    """

    labels: Labels
    answers: tuple[Hashable, ...]


class PartyOrders:
    """The orders that one decision maker may have in one space.

    Parameters
    ----------
    space
        The space; its states are listed.
    dm
        Key of the decision maker.
    parties
        The decision maker as each completion has them: their preference and red lines.

    Raises
    ------
    LimitError
        S350 if an order has more criteria than can be held in one number.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> dm = space.conflict.decision_makers[0]
    >>> orders = PartyOrders(space, dm.key, [dm, dm])
    >>> orders.count, orders.of.tolist(), [bin(answer) for answer in orders.better(0).answers]
    (1, [0, 0], ['0b10'])
    """

    def __init__(self, space: StateSpace, dm: str, parties: Sequence[DecisionMaker]) -> None:
        self.space, self.dm = space, dm
        lists = [criteria_of(party) for party in parties]
        distinct = dict.fromkeys(lists)
        place = {criteria: number for number, criteria in enumerate(distinct)}
        self.of: Labels = np.array([place[criteria] for criteria in lists], dtype=np.int32)
        """For each completion the number of its order; completions with the same criteria share one."""
        self.count = len(distinct)
        pool = {criterion: None for criteria in distinct for criterion in criteria}
        self._columns, self._alike = alike([self._levels(parties, lists, criterion) for criterion in pool], len(self._states))
        self._weights = self._weigh(list(distinct), {criterion: number for number, criterion in enumerate(pool)})
        self._splits: dict[Hashable, Split] = {}
        self.held = self._weights.nbytes + self._columns.nbytes + self._alike.nbytes
        """About how many bytes are held, answers to questions included."""

    # -- worth -----------------------------------------------------------------------------------------------------
    @cached_property
    def _states(self) -> npt.NDArray[np.int64]:
        return np.fromiter(self.space.states.each(), dtype=np.int64, count=self.space.states.count)

    @cached_property
    def _place(self) -> dict[int, int]:
        return {state: place for place, state in enumerate(self._states.tolist())}

    def _levels(self, parties: Sequence[DecisionMaker], lists: Sequence[tuple[Criterion, ...]], criterion: Criterion) -> Table:
        """What a criterion gives to each state, as the smallest whole numbers in the same order."""
        space = self.space
        match criterion:
            case Meets(formula):
                table = space.where_bits(formula)
                width = space.conflict.combinations
                bits = np.frombuffer(table.to_bytes(width // 8 + 1, "little"), dtype=np.uint8)
                column: Table = ((bits[self._states >> 3] >> (self._states & 7).astype(np.uint8)) & 1).astype(np.float64)
                return column
            case Sums(weights):
                total = np.zeros(len(self._states), dtype=np.int64)
                for key, weight in weights:
                    total += (self._states >> space.conflict.option_index[key] & 1) * weight
                return np.unique(total, return_inverse=True)[1].astype(np.float64)
            case Listed():
                owner = next(party for party, criteria in zip(parties, lists, strict=True) if criterion in criteria)
                scores = listed_scores(space, owner, criterion)
                return np.array([scores.get(state, 0) for state in self._states.tolist()], dtype=np.float64)

    def _weigh(self, lists: Sequence[tuple[Criterion, ...]], pool: dict[Criterion, int]) -> Table:
        """For each order the weight of each criterion: each outweighs all that come after it together."""
        radix = [int(column.max(initial=0)) + 1 for column in self._columns]
        weights = np.zeros((len(lists), len(pool)), dtype=np.float64)
        for row, criteria in enumerate(lists):
            unit = 1
            for criterion in reversed(dict.fromkeys(criteria)):
                weights[row, pool[criterion]] = unit
                unit *= radix[pool[criterion]]
                if unit > EXACT:
                    message = f"the preference of {self.dm} tells more than 2**53 levels apart; so many can't be swept"
                    raise LimitError.of(
                        "S350", message, value=self.dm, help="leave out statements that decide nothing, or analyse single completions"
                    )
        return weights

    def worth(self, states: Sequence[int]) -> Table:
        """What some states are worth in each order, shape (orders, states): greater is preferred, equal is indifferent."""
        places = self._alike[[self._place[state] for state in states]]
        return self._weights @ self._columns[:, places]

    # -- questions -------------------------------------------------------------------------------------------------
    def split(self, key: Hashable, work_out: Callable[[], Split]) -> Split:
        """The answer to a question under a `key`; worked out (`work_out`) once."""
        found = self._splits.get(key)
        if found is None:
            found = self._splits[key] = work_out()
            self.held += found.labels.nbytes + sum(map(sys.getsizeof, found.answers))
        return found

    def prefers(self, state: int, other: int) -> Split:
        """Whether a state is preferred to another."""
        return self.split(("prefers", state, other), lambda: self._prefers(state, other))

    def _prefers(self, state: int, other: int) -> Split:
        worth = self.worth((state, other))
        return grouped((worth[:, 0] > worth[:, 1])[:, None], lambda row: bool(row[0]))

    def gains(self, state: int) -> Split:
        """The improvements from a state, ascending."""
        return self.split(("gains", state), lambda: self._gains(state))

    def _gains(self, state: int) -> Split:
        targets = self.space.moves(self.dm, state)
        worth = self.worth((state, *targets))
        return grouped(worth[:, 1:] > worth[:, :1], lambda row: tuple(to for to, gain in zip(targets, row, strict=True) if gain))

    def better(self, state: int) -> Split:
        """All states preferred to a state, as an integer with a bit for each combination."""
        return self.split(("better", state), lambda: self._better(state))

    def _better(self, state: int) -> Split:
        start = self.worth((state,))
        rows = max(1, AT_ONCE // max(1, self._columns.shape[1]))
        above = (self._weights[at : at + rows] @ self._columns > start[at : at + rows] for at in range(0, self.count, rows))
        return grouped(np.concatenate([np.packbits(part, axis=1) for part in above]), self._as_bits)

    def _as_bits(self, row: npt.NDArray[np.uint8]) -> int:
        chosen = self._states[np.unpackbits(row, count=self._columns.shape[1]).astype(bool)[self._alike]]
        found = np.zeros(self.space.conflict.combinations // 8 + 1, dtype=np.uint8)
        np.bitwise_or.at(found, chosen >> 3, (1 << (chosen & 7)).astype(np.uint8))
        return int.from_bytes(found.tobytes(), "little")

    def derived(self, key: Hashable, of: Split, then: Callable[[Hashable], Hashable]) -> Split:
        """What follows (`then`) from the answers to another question (`of`), under a `key`."""
        return self.split(key, lambda: _derived(of, then))


def _derived(of: Split, then: Callable[[Hashable], Hashable]) -> Split:
    answers = [then(answer) for answer in of.answers]
    place = {answer: number for number, answer in enumerate(dict.fromkeys(answers))}
    renumbered = np.array([place[answer] for answer in answers], dtype=np.int32)
    return Split(renumbered[of.labels], tuple(place))


def alike(columns: Sequence[Table], states: int) -> tuple[Table, npt.NDArray[np.int64]]:
    """What criteria give to states (`columns`, a number of `states` in each), kept once for those to which they all give the same.

    Returns the columns with one entry for each kind of state, shape (criteria, kinds), and the kind of each state.

    >>> kinds, of = alike([np.array([1.0, 0.0, 1.0])], 3)
    >>> kinds.tolist(), of.tolist()
    ([[0.0, 1.0]], [1, 0, 1])
    """
    if not columns:
        return np.zeros((0, 1)), np.zeros(states, dtype=np.int64)
    kinds, of = np.unique(np.array(columns), axis=1, return_inverse=True)
    return np.ascontiguousarray(kinds), of.reshape(-1)


def grouped(rows: npt.NDArray[G], answer: Callable[[npt.NDArray[G]], Hashable]) -> Split:
    """Orders by equal rows, each group with the `answer` that its row stands for.

    >>> grouped(np.array([[True], [False], [True]]), lambda row: bool(row[0])).labels.tolist()
    [0, 1, 0]
    """
    kept = np.ascontiguousarray(rows)
    place: dict[bytes, int] = {}
    labels = np.empty(len(kept), dtype=np.int32)
    first: list[int] = []
    for number, row in enumerate(kept):
        key = row.tobytes()
        label = place.get(key)
        if label is None:
            label = place[key] = len(first)
            first.append(number)
        labels[number] = label
    return Split(labels, tuple(answer(kept[number]) for number in first))


def members(bits: int) -> tuple[int, ...]:
    """The members of a set that is held as an integer, ascending.

    >>> members(0b101)
    (0, 2)
    """
    return tuple(bits_of(bits))
