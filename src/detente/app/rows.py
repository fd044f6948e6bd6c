"""States as rows of a table, in portions: options, ranks or criteria, concepts under which a state is an equilibrium, and who leaves.

A listed space gives all its states, a portion of the combinations at a time; otherwise the members of sets are gone through one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from detente.analysis.many.abreast import belonging, columns_of
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula, truth_table
from detente.model.preference import Meets, Sums
from detente.preference.order import Order, criteria_of
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.space.states import StateSpace

PORTION = 1 << 16
"""How many combinations are looked at together."""
FEW = 1 << 14
"""How many states are taken together where they are gone through one by one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some states, as columns of one length.

    Parameters
    ----------
    numbers
        The number of each state, from 1.
    options
        For each option (key) whether it is taken; None where a merged state leaves it open.
    values
        For each decision maker (key) what a state is to them: its rank, 1 for the most preferred, in a listed space; otherwise a row with
        the values of their criteria, the most important first, more being better.
    equilibrium
        For each concept (key) whether a state is an equilibrium.
    leaves
        For each concept (key) who would leave a state (keys); None where that is not known.
    """

    numbers: Sequence[int]
    options: Mapping[str, Any]
    values: Mapping[str, Any]
    equilibrium: Mapping[str, Any]
    leaves: Mapping[str, Any]

    @property
    def count(self) -> int:
        """How many states these are."""
        return len(self.numbers)


class ListedRows:
    """All states of a listed space that meet a condition, as rows.

    Parameters
    ----------
    space
        The space.
    stable
        For each concept (key) and decision maker (key) the stable states.
    where
        The condition, or None for all states.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> rows = ListedRows(space, {})
    >>> [portion.count for portion in rows], rows.count
    ([9], 9)
    """

    is_exact = True
    """Whether `count` is how many rows there are, and not only the most that there can be."""

    def __init__(self, space: StateSpace, stable: Mapping[str, Mapping[str, StateSet]], where: Formula | None = None) -> None:
        self.space = space
        self._stable = stable
        self._states = space.states if where is None else space.states.where(where)
        self.count = self._states.count
        """How many rows there are."""

    def __iter__(self) -> Iterator[Rows]:
        import numpy as np

        from detente.engines.array.tables import rank_column

        size = self.space.conflict.combinations
        wanted, every = _bytes(self._states.bits, size), _bytes(self.space.states.bits, size)
        held = {key: {dm: _bytes(one.bits, size) for dm, one in sets.items()} for key, sets in self._stable.items()}
        ranks = {}
        for dm in self.space.conflict.decision_makers:
            column = rank_column(self.space, dm.key)
            ranks[dm.key] = (column, int(column.max()) + 1)
        before = 0
        for first in range(0, size, PORTION):
            part = slice(first // 8, (first + PORTION) // 8 or 1)
            here, all_here = _mask(wanted[part], size - first), _mask(every[part], size - first)
            at = np.flatnonzero(here)
            if len(at):
                numbers = before + np.cumsum(all_here)[at]
                columns = {key: {dm: _mask(one[part], size - first)[at] for dm, one in sets.items()} for key, sets in held.items()}
                states = at + first
                yield Rows(
                    numbers=numbers.tolist(),
                    options=self._options(states),
                    values={dm: top - column[states].astype(np.int64) for dm, (column, top) in ranks.items()},
                    equilibrium={key: np.logical_and.reduce(list(sets.values())) for key, sets in columns.items()},
                    leaves={key: _who(list(sets), np.column_stack(list(sets.values()))) for key, sets in columns.items()},
                )
            before += int(all_here.sum())

    def _options(self, states: Any) -> dict[str, Any]:
        """For each option whether it is taken; lists with None where merged states leave some open."""
        options = self.space.conflict.options
        columns: dict[str, Any] = {option.key: (states >> place & 1).astype(bool) for place, option in enumerate(options)}
        merged = [(row, state) for row, state in enumerate(states.tolist()) if state in self.space.classes] if self.space.classes else []
        for place, option in enumerate(options):
            open_rows = [row for row, state in merged if self.space.choice(state)[place] == "-"]
            if open_rows:
                column: list[bool | None] = columns[option.key].tolist()
                for row in open_rows:
                    column[row] = None
                columns[option.key] = column
        return columns


def _bytes(bits: int, size: int) -> bytes:
    return bits.to_bytes(size // 8 + 1, "little")


def _mask(data: bytes, size: int) -> Any:
    import numpy as np

    return np.unpackbits(np.frombuffer(data, np.uint8), count=min(size, PORTION), bitorder="little").view(np.bool_)


def _who(keys: Sequence[str], stays: Any) -> list[list[str]]:
    """For each row the decision makers who do not stay; equal rows share one list."""
    import numpy as np

    codes = (~stays).astype(np.int64) @ (1 << np.arange(len(keys), dtype=np.int64))
    named = {code: [key for place, key in enumerate(keys) if code >> place & 1] for code in set(codes.tolist())}
    return [named[code] for code in codes.tolist()]


class MemberRows:
    """The members of some sets, each once, as rows: for spaces that are not listed.

    Parameters
    ----------
    space
        The space.
    stable
        For each concept (key) and decision maker (key) the stable states, as far as they are known.
    sets
        The sets whose members are rows.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("gaza-hostage-talks"), list_up_to=0)
    >>> all_states = StateSpace(load("gaza-hostage-talks")).states
    >>> sum(portion.count for portion in MemberRows(space, {}, [all_states, all_states]))
    10944
    """

    def __init__(self, space: StateSpace, stable: Mapping[str, Mapping[str, Members]], sets: Iterable[Members]) -> None:
        self.space = space
        self._stable = stable
        self._sets = list(sets)
        self._orders: dict[str, Order] = {}
        self.is_exact = len(self._sets) < 2
        """Whether `count` is how many rows there are, and not only the most that there can be."""
        self.count = sum(one.count for one in self._sets)
        """How many rows there are at most: a state that belongs to several sets is one row."""

    def __iter__(self) -> Iterator[Rows]:
        states = _each_once(merge(*(one.each() for one in self._sets)))
        while portion := list(islice(states, FEW)):
            yield self._rows(portion)

    def _rows(self, states: list[int]) -> Rows:
        import numpy as np

        conflict, count = self.space.conflict, len(states)
        columns = columns_of(conflict, states)
        equilibrium: dict[str, Any] = {}
        leaves: dict[str, Any] = {}
        for key, sets in self._stable.items():
            stays = np.column_stack([_places(belonging(one, states, columns), count) for one in sets.values()])
            everybody = np.logical_and.reduce(stays, axis=1)
            if len(sets) == len(conflict.decision_makers):
                equilibrium[key], leaves[key] = everybody, _who(list(sets), stays)
            else:  # nobody can say that a state is an equilibrium, or who leaves; only that somebody does
                equilibrium[key] = [None if one else False for one in list(everybody)]
                leaves[key] = [None] * count
        return Rows(
            numbers=[self.space.number(state) for state in states],
            options={key: _places(bits, count) for key, bits in columns.items()},
            values={dm.key: self._criteria(dm, states, columns) for dm in conflict.decision_makers},
            equilibrium=equilibrium,
            leaves=leaves,
        )

    def _criteria(self, dm: DecisionMaker, states: list[int], columns: Mapping[str, int]) -> Any:
        """The values of a decision maker's criteria: a row for each state."""
        import numpy as np

        count = len(states)
        everything, found = (1 << count) - 1, []
        for criterion in criteria_of(dm):
            if isinstance(criterion, Meets):
                found.append(_places(truth_table(criterion.formula, columns, everything), count).astype(np.int64))
            elif isinstance(criterion, Sums):
                taken = [(weight, _places(columns[key], count).astype(np.int64)) for key, weight in criterion.weights]
                found.append(sum((weight * column for weight, column in taken), np.zeros(count, np.int64)))
            else:
                place = len(found)
                found.append(np.array([self._order(dm.key).key(state)[place] for state in states], np.int64))
        return np.column_stack(found) if found else np.zeros((count, 0), np.int64)

    def _order(self, dm: str) -> Order:
        if dm not in self._orders:
            self._orders[dm] = Order(self.space, dm)
        return self._orders[dm]


def _places(bits: int, count: int) -> Any:
    """The bits of an integer as truth values, so many of them."""
    import numpy as np

    data = np.frombuffer(bits.to_bytes((count + 7) // 8, "little"), np.uint8)
    return np.unpackbits(data, count=count, bitorder="little").view(np.bool_)


def _each_once(states: Iterable[int]) -> Iterator[int]:
    """Ascending states without those that come again."""
    last = -1
    for state in states:
        if state != last:
            yield state
            last = state
