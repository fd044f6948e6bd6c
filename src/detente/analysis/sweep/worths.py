"""What states are worth in many orders of one decision maker: the comparisons that do not depend on who can move where.

The worth of a state in all orders is a product of the lists' weights and of what the criteria give to the state: greater is preferred.
Two states differ in few criteria, and most orders agree on these; so each comparison is made once for every order that stands for others,
and once for all states that the criteria find alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.decided import Decisions
from detente.analysis.sweep.lists import Labels, Lists, Table
from detente.model.conflict import DecisionMaker
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import listed_scores
from detente.space.sets import bits_of
from detente.space.states import StateSpace

G = TypeVar("G", bound=np.generic)
Kinds = npt.NDArray[np.int64]
"""Kinds of states, by number: those of one kind are alike in all criteria."""

AT_ONCE = 1 << 22
"""Most comparisons (orders times states) that are held at once."""
MOST_HELD = 1 << 26
"""Most bytes that the comparisons of one decision maker may take before they are forgotten."""


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


class Worths:
    r"""What states are worth to a decision maker in each of many orders.

    Parameters
    ----------
    space
        A space; conditions are read in it.
    lists
        The criteria of each order.
    states
        The states that are compared, as an integer; they may belong to several spaces that differ in rules.

    Raises
    ------
    LimitError
        S350 if an order has more criteria than can be held in one number.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> worths = Worths(space, Lists([space.conflict.decision_makers[0]]), space.states.bits)
    >>> worths.above((1, 2, 3), 0).answers, [bin(answer) for answer in worths.better(0).answers]
    ((b'\x01\x00\x00',), ['0b10'])
    """

    def __init__(self, space: StateSpace, lists: Lists, states: int) -> None:
        self.lists, self.states, self.count = lists, states, len(lists.codes)
        self._width = space.conflict.combinations
        self._states = _members(states, self._width)
        self._place = np.zeros(int(self._states[-1]) + 1 if len(self._states) else 0, dtype=np.int32)
        self._place[self._states] = np.arange(len(self._states), dtype=np.int32)
        levels = [self._levels(space, lists.owner[number], criterion) for criterion, number in lists.pool.items()]
        told = [2 if isinstance(c, Meets) else int(column.max(initial=0)) + 1 for c, column in zip(lists.pool, levels, strict=True)]
        self._decided = Decisions(space, lists.decided) if any(lists.decided) else None
        told_apart = levels if self._decided is None else [*levels, *self._decided.masks.astype(np.float64)]
        kinds, self._alike = alike(told_apart, len(self._states))
        self._columns, self._roles = kinds[: len(levels)], kinds[len(levels) :].astype(bool)
        self._weights = lists.weights(told)
        self._known: dict[Hashable, Split] = {}
        self._least: dict[bytes, Kinds] = {}
        self.held = 0
        """About how many bytes are held, comparisons included."""
        self.forget()

    def forget(self) -> None:
        """Forget all comparisons."""
        self._known.clear()
        self._least.clear()
        self.held = self._weights.nbytes + self._columns.nbytes + self._alike.nbytes

    @classmethod
    def shared(cls, space: StateSpace, lists: Lists, states: int) -> Worths:
        """The same for all frames with these lists and states, unless what is said of a state depends on what can occur (`space`)."""
        if space.classes or any(lists.decided) or any(isinstance(criterion, Listed) for criterion in lists.pool):
            return cls(space, lists, space.states.bits)
        return lists.once(("worths", states), lambda: cls(space, lists, states))

    @property
    def is_settled_by_criteria(self) -> bool:
        """Whether no comparison is decided beside the criteria."""
        return self._decided is None

    def _levels(self, space: StateSpace, owner: DecisionMaker, criterion: Criterion) -> Table:
        """What a criterion gives to each state, as the smallest whole numbers in the same order."""
        match criterion:
            case Meets(formula):
                column: Table = self._inside(space.where_bits(formula)).astype(np.float64)
                return column
            case Sums(weights):
                total = np.zeros(len(self._states), dtype=np.int64)
                for key, weight in weights:
                    total += (self._states >> space.conflict.option_index[key] & 1) * weight
                return np.unique(total, return_inverse=True)[1].astype(np.float64)
            case Listed():
                scores = listed_scores(space, owner, criterion)
                return np.array([scores.get(state, 0) for state in self._states.tolist()], dtype=np.float64)

    def _inside(self, states: int) -> npt.NDArray[np.bool_]:
        """Which states are in a set."""
        bits = np.frombuffer(states.to_bytes(self._width // 8 + 1, "little"), dtype=np.uint8)
        found: npt.NDArray[np.bool_] = (bits[self._states >> 3] >> (self._states & 7).astype(np.uint8) & 1).astype(bool)
        return found

    def _kinds(self, states: Sequence[int]) -> Kinds:
        found: Kinds = self._alike[self._place[list(states)]]
        return found

    # -- comparisons ---------------------------------------------------------------------------------------------------
    def above(self, states: Sequence[int], origin: int) -> Split:
        """Which of some states are preferred to another: each answer a byte for each of them, 1 where it is.

        Parameters
        ----------
        states
            The states.
        origin
            The state that they are compared with.
        """
        kinds, start = self._kinds(states), int(self._alike[self._place[origin]])
        return self._once(("above", start, kinds.tobytes()), lambda: grouped(*self._above(kinds, start), lambda row: row.tobytes()))

    def all_above(self, states: int, origin: int) -> Split:
        """Whether every one of some states (a set, as an integer) is preferred to another (`origin`); only where criteria settle it."""
        start = int(self._alike[self._place[origin]])
        least = self._smallest(states)
        given = self._columns[:, start : start + 1]
        if (self._columns[:, least] <= given).all(axis=0).any():  # no order prefers what no criterion finds better
            return self._once("never", lambda: Split(np.zeros(self.count, dtype=np.int32), (False,)))
        return self._once(("all above", start, least.tobytes()), lambda: self._all_above(least, start))

    def _all_above(self, kinds: Kinds, start: int) -> Split:
        rows, of = self._above(kinds, start)
        return grouped(np.asarray(rows.all(axis=1))[:, None], of, lambda row: bool(row[0]))

    def better(self, state: int) -> Split:
        """All states that are preferred to a state, as an integer with a bit for each combination."""
        kind = int(self._alike[self._place[state]])
        return self._once(("better", kind), lambda: self._better(kind))

    def _once(self, key: Hashable, work_out: Callable[[], Split]) -> Split:
        found = self._known.get(key)
        if found is None:
            found = work_out()
            if self.held > MOST_HELD:
                self.forget()
            self._known[key] = found
            self.held += found.labels.nbytes + sum(len(one) if isinstance(one, bytes) else self._width // 8 for one in found.answers)
        return found

    def _above(self, kinds: Kinds, start: int) -> tuple[npt.NDArray[np.bool_], Labels]:
        """Which kinds of states are preferred to one in some orders that stand for all, and for each order the number of its stand-in."""
        if self._decided is not None:
            above: npt.NDArray[np.bool_] = self._weights @ self._columns[:, kinds] > self._weights @ self._columns[:, [start]]
            self._decided.settle(above, self._roles[:, kinds], self._roles[:, start])
            return above, np.arange(self.count, dtype=np.int32)
        differing = self._columns[:, kinds] - self._columns[:, [start]]
        some = np.asarray(differing.any(axis=1))
        of, first = self.lists.projected(some)
        return self._weights[np.ix_(first, some)] @ differing[some] > 0, of

    def _better(self, kind: int) -> Split:
        worth = self._weights @ self._columns[:, kind]
        rows = max(1, AT_ONCE // max(1, self._columns.shape[1]))
        found = []
        for at in range(0, self.count, rows):
            above = self._weights[at : at + rows] @ self._columns > worth[at : at + rows, None]
            if self._decided is not None:
                self._decided.settle(above, self._roles, self._roles[:, kind], at)
            found.append(np.packbits(above, axis=1))
        return grouped(np.concatenate(found), np.arange(self.count, dtype=np.int32), self._as_bits)

    def _as_bits(self, row: npt.NDArray[np.uint8]) -> int:
        chosen = self._states[np.unpackbits(row, count=self._columns.shape[1]).astype(bool)[self._alike]]
        found = np.zeros(self._width // 8 + 1, dtype=np.uint8)
        np.bitwise_or.at(found, chosen >> 3, (1 << (chosen & 7)).astype(np.uint8))
        return int.from_bytes(found.tobytes(), "little")

    def _smallest(self, states: int) -> Kinds:
        """The kinds of some states of which no other is found as good or worse by every criterion: the worst in any order is among them."""
        kinds = np.unique(self._alike[self._inside(states)])
        key = kinds.tobytes()
        if key not in self._least:
            kinds = kinds[np.argsort(self._columns[:, kinds].sum(axis=0), kind="stable")]
            found: list[int] = []
            while len(kinds):
                found.append(int(kinds[0]))
                left = (self._columns[:, kinds] < self._columns[:, kinds[:1]]).any(axis=0)
                kinds = kinds[left]
            self._least[key] = np.array(found, dtype=np.int64)
            self.held += len(key)
        return self._least[key]


def alike(columns: Sequence[Table], states: int) -> tuple[Table, npt.NDArray[np.int64]]:
    """What criteria give to states (`columns`, a number of `states` in each), kept once for those to which they all give the same.

    Returns the columns with one entry for each kind of state, shape (criteria, kinds), and the kind of each state.

    >>> kinds, of = alike([np.array([1.0, 0.0, 1.0])], 3)
    >>> kinds.tolist(), of.tolist()
    ([[0.0, 1.0]], [1, 0, 1])
    """
    if not columns:
        return np.zeros((0, 1)), np.zeros(states, dtype=np.int64)
    table = np.array(columns)
    if len(columns) < 53 and table.max(initial=0) <= 1:  # yes and no: states as numbers are sorted faster
        _, first, of = np.unique(2.0 ** np.arange(len(columns)) @ table, return_index=True, return_inverse=True)
        return np.ascontiguousarray(table[:, first]), of.reshape(-1)
    kinds, of = np.unique(table, axis=1, return_inverse=True)
    return np.ascontiguousarray(kinds), of.reshape(-1)


def grouped(rows: npt.NDArray[G], of: Labels, answer: Callable[[npt.NDArray[G]], Hashable]) -> Split:
    """Orders by equal rows, each group with the `answer` that its row stands for; `of` says which row each order has.

    >>> grouped(np.array([[True], [False], [True]]), np.array([0, 1, 2, 2], dtype=np.int32), lambda row: bool(row[0])).labels.tolist()
    [0, 1, 0, 0]
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
    return Split(labels[of], tuple(answer(kept[number]) for number in first))


def _members(states: int, width: int) -> npt.NDArray[np.int64]:
    bits = np.frombuffer(states.to_bytes(width // 8 + 1, "little"), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(bits, bitorder="little"))


def members(bits: int) -> tuple[int, ...]:
    """The members of a set that is held as an integer, ascending.

    >>> members(0b101)
    (0, 2)
    """
    return tuple(bits_of(bits))
