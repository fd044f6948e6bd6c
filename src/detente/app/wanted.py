"""How much of an analysis is wanted, and with what it is to be computed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.app.progress import Progress, silent
from detente.errors import UsageError
from detente.text import shortened

MOST_ROWS = 10_000_000
"""Most rows of a table of all states, unless told otherwise."""
LIST_LIMIT = 20_000
"""How many states, and how many numbers in a list, a document gives before it only counts them."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file into which all states are written as rows.

    Parameters
    ----------
    path
        The file, in Parquet.
    limit
        Most rows; with more nothing is written.
    force
        Whether a file that is there is replaced.
    """

    path: str
    limit: int = MOST_ROWS
    force: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much an analysis shows, and with what it is computed.

    Parameters
    ----------
    engine
        Name of the engine to use, or None to let the program choose.
    cross_check
        Whether every engine that can is asked and the answers are compared.
    list_limit
        How many states, and numbers in a list, are given before only counts are.
    lists
        Whether states and numbers are listed at all; a table in the terminal does without.
    every_state
        Whether the table holds every state (up to `list_limit`) instead of a few.
    where
        A condition; the table then holds only states that meet it.
    memory
        Most bytes that an engine may hold, or None for what each engine takes by default.
    seconds
        Most time for what may take long, 0 for no limit, None for the usual limits.
    note
        Is told beforehand, in a line, what a long run will need.
    list_up_to
        Most options of a conflict whose states are listed; None for `detente.space.states.MAX_OPTIONS`.
    table
        A file for all states, or None.
    """

    engine: str | None = None
    cross_check: bool = False
    list_limit: int = LIST_LIMIT
    lists: bool = True
    every_state: bool = False
    where: str | None = None
    memory: int | None = None
    seconds: float | None = None
    note: Progress = silent
    list_up_to: int | None = None
    table: TableFile | None = None


_UNITS = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "tb": 10**12,
    "kib": 1 << 10,
    "mib": 1 << 20,
    "gib": 1 << 30,
    "tib": 1 << 40,
}
_UNITS |= {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)")
LEAST_MEMORY = 1 << 26
"""Least memory that an engine may be given; below that none can work."""


def memory_of(text: str) -> int:
    """A size of memory in bytes, as users write it: a number with a unit.

    Parameters
    ----------
    text
        Such as "4GiB", "500 MB" or "2g"; a number alone is of bytes.

    Raises
    ------
    UsageError
        U445 if it can't be read, or is less than `LEAST_MEMORY`.

    Examples
    --------
    >>> memory_of("4GiB") == 4 << 30, memory_of("500 MB"), memory_of("1.5g")
    (True, 500000000, 1610612736)
    """
    found = _SIZE.fullmatch(text.strip())
    unit = _UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        raise UsageError.of("U445", f'"{shortened(text)}" is no size of memory', value=text, help="write a number with a unit: 4GiB, 500MB")
    size = int(float(found[1]) * unit)
    if size < LEAST_MEMORY:
        least = f"at least {LEAST_MEMORY >> 20} MiB are needed: write 4GiB, 500MB"
        raise UsageError.of("U445", f"{shortened(text)} of memory is too little for any engine", value=text, help=least)
    return size
