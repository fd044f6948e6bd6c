"""What a run will hold, in memory and on the disk, decided before it starts: where values and sets lie, and how large blocks are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.engines.blocks.cuts import Reach, cut_for
from detente.engines.blocks.layout import RUN, Layout
from detente.engines.blocks.ranks import MAX_CODES
from detente.errors import LimitError
from detente.model.preference import Meets
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

MAX_MEMORY = 4 << 30
"""Bytes of memory that the engine takes at most unless told otherwise; never more than half of what is free."""
MAX_BLOCK = 1 << 22
"""Most places of a block, unless one decision maker's moves from a place lead farther."""
_SMALLEST_RUN = 1 << 9
_FIXED = 24 << 20  # bytes for code, tables and what else does not grow
_WORDS = 1 << 23  # of orders of one decision maker's settings, 4 bytes each, and as much again while they are made
_VECTORS = 64 << 20  # bytes for vectors of conditions that are kept


@dataclass(frozen=True, slots=True)
class Provision:
    """What a run will hold.

    Parameters
    ----------
    layout
        Where combinations stand.
    most
        Most places of a block, where that can be.
    width
        Bytes of a value, at most.
    vectors
        Bytes for vectors of conditions.
    working
        Bytes of memory besides values and sets: blocks, vectors, tables.
    on_disk
        Whether values lie on the disk.
    values, part
        Bytes of a column of values, and of a set.
    words
        Most words of four bytes for the orders in which one decision maker's own settings are compared.
    """

    layout: Layout
    most: int
    width: int
    vectors: int
    working: int
    on_disk: bool
    values: int
    part: int
    words: int = 1 << 20

    def memory(self, parts: int) -> int:
        """Most bytes of memory for a run that holds so many sets there."""
        return self.working + (0 if self.on_disk else self.values) + self.part * parts

    def disk(self, parts: int) -> int:
        """Most bytes on the disk for a run that holds so many sets there."""
        return (self.values if self.on_disk else 0) + self.part * parts

    def parts_in_memory(self, parts: int, limit: int) -> int:
        """How many of so many sets fit into memory."""
        held = self.memory(0)
        return min(parts, max(0, (limit - held) // self.part))


def provide(space: StateSpace, memory: int) -> Provision:
    """Decide what a run will hold within a limit of memory, in bytes.

    Raises
    ------
    LimitError
        S311 if blocks do not fit in so little memory; the message says how much would do.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> provision = provide(space, 1 << 30)
    >>> provision.values, provision.part, provision.on_disk
    (2, 1, False)
    """
    found = [_provided(space, memory, None)]
    if not found[0].layout.is_mixed and (found[0].on_disk or found[0].working > memory):
        found.append(_provided(space, memory, mixed=True))  # slower for each place, but perhaps all of it in memory
    fitting = [provision for provision in found if provision.working <= memory]
    if not fitting:
        least = min(found, key=lambda provision: provision.working)
        raise LimitError.of(
            "S311",
            f"{_mib(least.working)} of memory are needed for blocks of combinations; {_mib(memory)} are allowed",
            value=str(memory),
            help="allow more memory, or let another engine answer",
        )
    return next((provision for provision in fitting if not provision.on_disk), fitting[0])


def _provided(space: StateSpace, memory: int, mixed: bool | None) -> Provision:
    """What a run would hold with digits for groups of options or without, see `Layout`; it may be more than the limit."""
    run, vectors = RUN, min(_VECTORS, memory // 8)
    words = min(_WORDS, memory // (64 * max(1, len(space.masks))))
    tables = 8 * words * len(space.masks) + sum(_tables(space, dm) for dm in space.masks)
    width = max((_width(space, dm) for dm in space.masks), default=1)
    while True:
        layout = Layout(space.conflict, run, mixed)
        movers = [Reach(space, layout, dm) for dm in space.masks if layout.own(dm)]
        per_place = width * (9 + len(movers)) + 8
        fixed = _FIXED + tables + vectors + layout.size // 256
        most = MAX_BLOCK
        while most > run and most * per_place > (memory - fixed) // 2:
            most //= 2
        largest = max((cut_for(layout, reach, most).size for reach in movers), default=layout.run)
        working = fixed + max(largest, layout.run) * per_place
        if working <= memory or run <= _SMALLEST_RUN:
            break
        run //= 2
    part, values = layout.runs * -(-layout.run // 8), layout.size * width
    return Provision(layout, most, width, vectors, working, working + values + part > memory, values, part, words)


def _width(space: StateSpace, dm: str) -> int:
    """Most bytes of a rank of a decision maker."""
    criteria = criteria_of(space.conflict.decision_maker(dm))
    if all(isinstance(criterion, Meets) for criterion in criteria) and len(criteria) <= 14:
        return 1 if len(criteria) <= 7 else 2
    return 4


def _tables(space: StateSpace, dm: str) -> int:
    """Most bytes of the tables that ranks of a decision maker are looked up in, and of what they are made with."""
    criteria = criteria_of(space.conflict.decision_maker(dm))
    if _width(space, dm) < 4:
        return 0
    return 16 * min(MAX_CODES, 1 << len(criteria)) if all(isinstance(criterion, Meets) for criterion in criteria) else 16 * MAX_CODES


def _mib(size: int) -> str:
    return f"{-(-size >> 20):,} MiB" if size < 10 << 30 else f"{size / (1 << 30):,.1f} GiB"


def free_memory() -> int:
    """Bytes of memory that are free now, by the kernel's estimate; `MAX_MEMORY` twice where it can't be asked."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        return 2 * MAX_MEMORY


def default_memory() -> int:
    """Bytes of memory that the engine takes at most unless told otherwise."""
    return min(MAX_MEMORY, free_memory() // 2)
