"""All states of a listed conflict as a table: what is asked of it again and again is worked out once, and no state is an object.

Sets of states are integers with a bit for each combination, and orders are columns; only the rows that are looked at are taken out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any, Literal, Protocol

from detente.analysis.stability import StabilityTable, analyse
from detente.app.documents import NotKnownPart
from detente.app.kept import Kept
from detente.app.parts import Described
from detente.app.progress import Progress, silent
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.engines.choose import choose
from detente.errors import Cannot, LimitError
from detente.model.conflict import Conflict
from detente.model.formula import Formula
from detente.space.sets import Places, StateSet
from detente.space.states import StateSpace
from detente.text import plural

TABLES, COMBINATIONS = 16, 1 << 22
"""How many conflicts' tables are kept, and of how many combinations together; the last is kept in any case."""
ORDERS, PLACES = 4, 1 << 23
"""How many orders of a table are kept, and of how many states together; the last is kept in any case."""
LONG, MOST_AT_ONCE = ("SIM",), 1 << 17
"""The concepts that take much longer than others, and of how many states at most they are asked where nobody names them."""


@dataclass(frozen=True, slots=True)
class Sort:
    """By what rows are put in order: by number, by one party's preference (best first), or by who stays under a concept (most first).

    >>> Sort("party", "Local").kind
    'party'
    """

    kind: Literal["number", "party", "concept"]
    key: str = ""


class InOrder(Protocol):
    """States in some order."""

    count: int

    def part(self, offset: int, limit: int) -> Sequence[int]:
        """So many states at most (`limit`), from a place on (`offset`, from 0)."""
        ...

    def place(self, state: int) -> int | None:
        """The place of a state, from 0; None if it is not among them."""
        ...


class ByNumber:
    """The members of a set, ascending.

    Parameters
    ----------
    bits
        The set.

    Examples
    --------
    >>> ByNumber(0b10110).part(1, 5), ByNumber(0b10110).place(4), ByNumber(0b10110).place(3)
    ([2, 4], 2, None)
    """

    def __init__(self, bits: int) -> None:
        self._places = Places(bits)
        self.count = self._places.count

    def part(self, offset: int, limit: int) -> list[int]:
        """So many members at most (`limit`), from a place on (`offset`, from 0)."""
        return [self._places.bit(place) for place in range(offset + 1, min(offset + limit, self.count) + 1)]

    def place(self, state: int) -> int | None:
        """The place of a `state`, from 0; None if it is not a member."""
        try:
            return self._places.place(state) - 1
        except KeyError:
            return None


class ByColumn:
    """States in ascending order of a column, those with equal values by number.

    Parameters
    ----------
    states
        The states, ascending, as an array.
    column
        A whole number for each of them.

    Examples
    --------
    >>> import numpy as np
    >>> some = ByColumn(np.array([3, 5, 9]), np.array([2, 1, 1]))
    >>> some.part(0, 2), some.place(3), some.place(4)
    ([5, 9], 2, None)
    """

    def __init__(self, states: Any, column: Any) -> None:
        import numpy as np

        self._states = states[np.argsort(column, kind="stable")].astype(np.uint32)
        self.count = int(self._states.size)

    def part(self, offset: int, limit: int) -> list[int]:
        """So many states at most (`limit`), from a place on (`offset`, from 0)."""
        found: list[int] = self._states[offset : offset + limit].tolist()
        return found

    def place(self, state: int) -> int | None:
        """The place of a `state`, from 0; None if it is not among them."""
        import numpy as np

        found = np.flatnonzero(self._states == state)
        return int(found[0]) if found.size else None


class StateTable:
    """The states of a listed conflict with their ranks, and the stable states under the concepts that were asked for so far.

    Parameters
    ----------
    conflict
        The conflict; its states are listed.
    beside
        The states of a conflict with the same list of states; what hangs on the list alone is worked out once for both.

    Examples
    --------
    >>> from detente.cases import load
    >>> table = StateTable(load("elmira"))
    >>> found, unknown = table.stability([concept("SEQ")])
    >>> [table.space.number(state) for state in found.equilibria("SEQ").each()], unknown
    ([5, 8, 9], ())
    """

    def __init__(self, conflict: Conflict, beside: StateSpace | None = None) -> None:
        self.space = StateSpace(conflict) if beside is None else beside.of(conflict)
        self.described = Described(self.space)
        self._stable: dict[str, Mapping[str, StateSet]] = {}
        self._engines: dict[str, str] = {}
        self._bytes: dict[str, dict[str, bytes]] = {}
        self._orders = Kept[InOrder](ORDERS, lambda order: order.count, PLACES)
        self._lock = RLock()

    # -- who stays -------------------------------------------------------------------------------------------------
    def stability(
        self, concepts: Sequence[SolutionConcept], progress: Progress = silent, *, patient: bool = True
    ) -> tuple[StabilityTable, tuple[NotKnownPart, ...]]:
        """The stable states under some concepts, as far as an engine can tell, and why it can't for the others.

        Parameters
        ----------
        concepts
            What is asked.
        progress
            Is told what is being done.
        patient
            Whether that is looked for as well which takes long among so many states, and not only told where it was found before.
        """
        known: dict[str, Mapping[str, StateSet]] = {}
        unknown: list[NotKnownPart] = []
        for one in concepts:
            try:
                if one.key in LONG and not patient and one.key not in self._stable and self.space.states.count > MOST_AT_ONCE:
                    raise LimitError.of("S306", f"{one.key} takes long among so many states: it is looked for if it is asked for by name")
                known[one.key] = self._found(one, progress)
            except (Cannot, LimitError) as problem:
                reason, limit = problem.diagnostics[0].message, isinstance(problem, LimitError)
                unknown.append(NotKnownPart(what="stable states", under=one.key, by=None, reason=reason, limit=limit))
        return StabilityTable(self.space, known, ", ".join(dict.fromkeys(self._engines[key] for key in known))), tuple(unknown)

    def _found(self, asked: SolutionConcept, progress: Progress = silent) -> Mapping[str, StateSet]:
        with self._lock:
            if asked.key not in self._stable:
                progress(f"{asked.key}, {plural(self.space.states.count, 'state')}")
                engine, because = choose(self.space, [asked])
                self._engines[asked.key] = engine.name
                self._stable[asked.key] = analyse(self.space, [asked], engine, because).stable[asked.key]
            return self._stable[asked.key]

    def leavers(self, found: StabilityTable, state: int) -> dict[str, tuple[str, ...]]:
        """For each concept (key) of a table of stability who would leave a `state`."""
        at, bit = state >> 3, state & 7
        result = {}
        for key in found.stable:
            if key not in self._bytes:
                size = self.space.conflict.combinations // 8 + 1
                self._bytes[key] = {dm: sets.bits.to_bytes(size, "little") for dm, sets in found.stable[key].items()}
            result[key] = tuple(dm for dm, held in self._bytes[key].items() if not held[at] >> bit & 1)
        return result

    # -- in order --------------------------------------------------------------------------------------------------
    def ordered(self, sort: Sort, where: Formula | None = None) -> InOrder:
        """The states that meet a condition, in an order.

        Parameters
        ----------
        sort
            By what.
        where
            The condition; None for all states.

        Raises
        ------
        Cannot, LimitError
            No engine can tell who stays under the concept that they are to be put in order by.
        """
        return self._orders.of((sort, where), lambda: self._made(sort, where))

    def _made(self, sort: Sort, where: Formula | None) -> InOrder:
        wanted = self.space.states if where is None else self.space.states.where(where)
        if sort.kind == "number":
            return ByNumber(wanted.bits)
        import numpy as np

        from detente.engines.array.tables import mask_of, rank_column

        size = self.space.conflict.combinations
        states = np.flatnonzero(mask_of(wanted.bits, size))
        if sort.kind == "party":
            column = rank_column(self.space, sort.key)
            return ByColumn(states, column.max() - column[states])
        leaving = np.zeros(states.size, np.uint16)
        for sets in self._found(concept(sort.key)).values():
            leaving += ~mask_of(sets.bits, size)[states]
        return ByColumn(states, leaving)


_tables = Kept[StateTable](TABLES, lambda table: table.space.conflict.combinations, COMBINATIONS, in_turn=True)


def table_of(conflict: Conflict) -> StateTable:
    """The table of a conflict; kept for as long as not too many others are asked for.

    >>> from detente.cases import load
    >>> table_of(load("elmira")) is table_of(load("elmira"))
    True
    """
    return _tables.of(conflict.digest, lambda: StateTable(conflict, _beside(conflict)))


def _beside(conflict: Conflict) -> StateSpace | None:
    """The states of a conflict whose table is kept and whose list of states is the same: the last that was asked for."""
    return next((table.space for table in reversed(_tables.all()) if table.space.lists_as(conflict)), None)


def described_of(conflict: Conflict, most: int) -> Described:
    """The states of a conflict, described: those of its table with at most so many options (`most`); otherwise any that is asked about.

    >>> from detente.cases import load
    >>> chicken = load("chicken")
    >>> [described_of(chicken, most) is table_of(chicken).described for most in (1, 2)]
    [False, True]
    """
    return table_of(conflict).described if len(conflict.options) <= most else Described(StateSpace(conflict, most))
