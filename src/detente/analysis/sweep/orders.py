"""Many orders of one decision maker at once: what each completion of their preference says of a state, all in a few array operations.

The completions of one preference share their criteria and differ in which of them count, and in what order.  So each order is a row of
weights over a common pool of criteria, and the worth of a state in all orders is a product of a matrix and a column: greater is
preferred.  Weights are whole numbers below 2**53, so that floating point holds them exactly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.decided import Decisions
from detente.errors import LimitError
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula
from detente.model.pairs import PairStatement
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.preference.pairs import UNKNOWN
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


class Lists:
    """The criteria of a decision maker in each of many completions, each list of criteria once; the same in spaces with other rules.

    Parameters
    ----------
    parties
        The decision maker as each completion has them: their preference and red lines.
    compared
        The numbers (from 1) of the statements about pairs whose comparison guesses decide, ascending.

    Examples
    --------
    >>> from detente.cases import load
    >>> dm = load("chicken").decision_makers[0]
    >>> lists = Lists([dm, dm])
    >>> lists.of.tolist(), lists.codes.shape == (1, len(lists.pool))
    ([0, 0], True)
    """

    def __init__(self, parties: Iterable[DecisionMaker], compared: Sequence[int] = ()) -> None:
        self.pool: dict[Criterion, int] = {}
        """All criteria, with their numbers."""
        self.owner: dict[int, DecisionMaker] = {}
        """For the number of a criterion somebody who has it."""
        self._plain: dict[type, bool] = {}  # whether preferences of a kind have conditions alone
        self._met: dict[tuple[int, ...], tuple[int, object]] = {}  # what a number stands for is kept, so that no other takes its place
        place: dict[tuple[tuple[int, ...], tuple[PairStatement, ...]], int] = {}
        of = [place.setdefault((self._coded(party), _decided(party, compared)), len(place)) for party in parties]
        self.of: Labels = np.array(of, dtype=np.int32)
        """For each completion the number of its list."""
        self.decided = [decided for _, decided in place]
        """For each list the statements about pairs whose comparison is decided beside it."""
        width = max((len(codes) for codes, _ in place), default=0)
        self.codes = np.array([(*codes, *[-1] * (width - len(codes))) for codes, _ in place], dtype=np.int32).reshape(len(place), width)
        """For each list the numbers of its criteria, the most important first, filled up with -1; shape (lists, length)."""
        self._weights: dict[tuple[int, ...], Table] = {}

    def _coded(self, party: DecisionMaker) -> tuple[int, ...]:
        """The numbers of the criteria of a decision maker.  Conditions are told by which objects they are, as far as that goes."""
        kind = type(party.preference)
        if kind not in self._plain:
            self._plain[kind] = party.preference is not None and all(isinstance(one, Meets) for one in party.preference.criteria())
        if party.preference is None or not self._plain[kind]:
            return tuple(self._number(criterion, party) for criterion in criteria_of(party))
        codes = [self._known(tuple(id(line.never) for line in party.red_lines), party, None)] if party.red_lines else []
        return (*codes, *(self._known((-1, id(statement.when)), party, statement.when) for statement in party.preference.statements()))

    def _known(self, key: tuple[int, ...], party: DecisionMaker, when: Formula | None) -> int:
        """The number of a criterion under a key made of objects: a condition, or the red lines of a decision maker."""
        found = self._met.get(key)
        if found is None:
            criterion = criteria_of(party)[0] if when is None else Meets(when)
            found = self._met[key] = self._number(criterion, party), (party.red_lines, when)
        return found[0]

    def _number(self, criterion: Criterion, party: DecisionMaker) -> int:
        number = self.pool.setdefault(criterion, len(self.pool))
        self.owner.setdefault(number, party)
        return number

    def weights(self, levels: Sequence[int]) -> Table:
        """For each list the weight of each criterion: it outweighs all that come after it together; shape (lists, criteria).

        `levels` says for each criterion how many levels it tells apart.
        """
        key = tuple(levels)
        if key not in self._weights:
            found = np.zeros((len(self.codes), len(self.pool)), dtype=np.float64)
            unit, radix = np.ones(len(self.codes)), np.array(levels, dtype=np.float64)
            for column in range(self.codes.shape[1] - 1, -1, -1):
                rows = np.flatnonzero(self.codes[:, column] >= 0)
                codes = self.codes[rows, column]
                found[rows, codes] = unit[rows]
                unit[rows] *= radix[codes]
                if unit.max(initial=0) > EXACT:
                    whose = next(iter(self.owner.values())).key
                    message = f"the preference of {whose} tells more than 2**53 levels apart; so many can't be swept"
                    hint = "leave out statements that decide nothing, or analyse single completions"
                    raise LimitError.of("S350", message, value=whose, help=hint)
            self._weights[key] = found
        return self._weights[key]


def _decided(party: DecisionMaker, compared: Sequence[int]) -> tuple[PairStatement, ...]:
    """Of some statements about pairs those whose comparison is decided."""
    return tuple(party.pairs[place - 1] for place in compared if party.pairs[place - 1].kind != UNKNOWN)


class PartyOrders:
    """The orders that one decision maker may have in one space.

    Parameters
    ----------
    space
        The space; its states are listed.
    dm
        Key of the decision maker.
    lists
        What criteria the completions give the decision maker.

    Raises
    ------
    LimitError
        S350 if an order has more criteria than can be held in one number.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> dm = space.conflict.decision_makers[0]
    >>> orders = PartyOrders(space, dm.key, Lists([dm, dm]))
    >>> orders.count, orders.of.tolist(), [bin(answer) for answer in orders.better(0).answers]
    (1, [0, 0], ['0b10'])
    """

    def __init__(self, space: StateSpace, dm: str, lists: Lists) -> None:
        self.space, self.dm = space, dm
        self.of = lists.of
        """For each completion the number of its order; completions with the same criteria share one."""
        self.count = len(lists.codes)
        levels = [self._levels(lists.owner[number], criterion) for criterion, number in lists.pool.items()]
        told = [2 if isinstance(c, Meets) else int(column.max(initial=0)) + 1 for c, column in zip(lists.pool, levels, strict=True)]
        self._decided = Decisions(space, lists.decided) if any(lists.decided) else None
        told_apart = levels if self._decided is None else [*levels, *self._decided.masks.astype(np.float64)]
        kinds, self._alike = alike(told_apart, len(self._states))
        self._columns, self._roles = kinds[: len(levels)], kinds[len(levels) :].astype(bool)
        self._weights = lists.weights(told)
        self._splits: dict[Hashable, Split] = {}
        self._worst: dict[Hashable, Table] = {}
        self.held = 0
        """About how many bytes are held, answers to questions included."""
        self.forget()

    def forget(self) -> None:
        """Forget the answers to all questions."""
        self._splits.clear()
        self._worst.clear()
        self.held = self._weights.nbytes + self._columns.nbytes + self._alike.nbytes

    # -- worth -----------------------------------------------------------------------------------------------------
    @cached_property
    def _states(self) -> npt.NDArray[np.int64]:
        return np.fromiter(self.space.states.each(), dtype=np.int64, count=self.space.states.count)

    @cached_property
    def _place(self) -> dict[int, int]:
        return {state: place for place, state in enumerate(self._states.tolist())}

    def _levels(self, owner: DecisionMaker, criterion: Criterion) -> Table:
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
                scores = listed_scores(space, owner, criterion)
                return np.array([scores.get(state, 0) for state in self._states.tolist()], dtype=np.float64)

    def worth(self, states: Sequence[int]) -> Table:
        """What some states are worth in each order, shape (orders, states): greater is preferred, equal is indifferent.

        Comparisons that guesses decide are left aside; the questions below heed them.
        """
        places = self._alike[[self._place[state] for state in states]]
        return self._weights @ self._columns[:, places]

    def worst(self, key: Hashable, states: int) -> Table | None:
        """What the worst of some states, one or more, is worth in each order, shape (orders,); kept under a `key` while there is room.

        None where comparisons are decided beside the worth.
        """
        if self._decided is not None:
            return None
        found = self._worst.get(key)
        if found is None:
            held = np.frombuffer(states.to_bytes(self.space.conflict.combinations // 8 + 1, "little"), dtype=np.uint8)
            inside = held[self._states >> 3] >> (self._states & 7).astype(np.uint8) & 1
            columns = self._columns[:, np.unique(self._alike[inside.astype(bool)])]
            rows = max(1, AT_ONCE // max(1, columns.shape[1]))
            parts = [(self._weights[at : at + rows] @ columns).min(axis=1) for at in range(0, self.count, rows)]
            found = np.concatenate(parts)
            if len(self._worst) * self.count < AT_ONCE:
                self._worst[key] = found
                self.held += found.nbytes
        return found

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
        return grouped(self._above((state,), other), lambda row: bool(row[0]))

    def _above(self, states: Sequence[int], origin: int) -> npt.NDArray[np.bool_]:
        """Which of some states are preferred to another, in each order; shape (orders, states)."""
        worth = self.worth((origin, *states))
        above: npt.NDArray[np.bool_] = worth[:, 1:] > worth[:, :1]
        if self._decided is not None:
            kinds = self._alike[[self._place[state] for state in (origin, *states)]]
            self._decided.settle(above, self._roles[:, kinds[1:]], self._roles[:, kinds[0]])
        return above

    def gains(self, state: int) -> Split:
        """The improvements from a state, ascending."""
        return self.split(("gains", state), lambda: self._gains(state))

    def _gains(self, state: int) -> Split:
        targets = self.space.moves(self.dm, state)
        return grouped(self._above(targets, state), lambda row: tuple(to for to, gain in zip(targets, row, strict=True) if gain))

    def better(self, state: int) -> Split:
        """All states preferred to a state, as an integer with a bit for each combination."""
        return self.split(("better", state), lambda: self._better(state))

    def _better(self, state: int) -> Split:
        start = self.worth((state,))
        rows = max(1, AT_ONCE // max(1, self._columns.shape[1]))
        origin = self._roles[:, self._alike[self._place[state]]]
        found = []
        for at in range(0, self.count, rows):
            above = self._weights[at : at + rows] @ self._columns > start[at : at + rows]
            if self._decided is not None:
                self._decided.settle(above, self._roles, origin, at)
            found.append(np.packbits(above, axis=1))
        return grouped(np.concatenate(found), self._as_bits)

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
    table = np.array(columns)
    if len(columns) < 53 and table.max(initial=0) <= 1:  # yes and no: states as numbers are sorted faster
        _, first, of = np.unique(2.0 ** np.arange(len(columns)) @ table, return_index=True, return_inverse=True)
        return np.ascontiguousarray(table[:, first]), of.reshape(-1)
    kinds, of = np.unique(table, axis=1, return_inverse=True)
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
