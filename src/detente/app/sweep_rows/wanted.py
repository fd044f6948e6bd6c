"""Where the rows of a sweep are to go, how many are wanted, and who works them out."""

from __future__ import annotations

import os
from dataclasses import dataclass

from detente.errors import UsageError

ROWS = 1_000_000
"""Most completions that are written, unless told otherwise."""
MOST_ROWS = 1 << 40
"""Most completions that may be asked for."""
PART = 1 << 16
"""How many completions a part holds."""
MOST_WORKERS = 1_024
"""Most processes that are started on one machine."""


@dataclass(frozen=True, slots=True)
class RowsFolder:
    """A folder for the completions of a sweep as rows, and how they get there.

    Parameters
    ----------
    path
        The folder; it is made if it is not there.
    rows
        Most completions.  If there are no more, each is written once; else so many are drawn by chance.
    workers
        How many processes of this machine work; None for as many as it has cores.
    cluster
        The address of a Dask scheduler whose workers work instead, such as ``tcp://host:8786``; or None.
    resume
        Whether to go on with what is in the folder.
    seed
        Where draws come from; what is drawn depends on nothing else.
    part
        How many completions a part holds.

    Examples
    --------
    >>> RowsFolder("rows", rows=100).processes(parts=1)
    1
    """

    path: str
    rows: int = ROWS
    workers: int | None = None
    cluster: str | None = None
    resume: bool = False
    seed: int = 0
    part: int = PART

    def processes(self, parts: int) -> int:
        """How many processes are worth having for so many `parts`."""
        cores = len(os.sched_getaffinity(0))
        return max(1, min(self.workers or cores, parts))


@dataclass(frozen=True, slots=True)
class RowsWritten:
    """What a run has written into a folder.

    Parameters
    ----------
    folder
        The folder.
    rows
        How many completions stand in it.
    completions
        How many the conflict has.
    listed
        Whether each stands in it once; they were drawn by chance otherwise.
    seed
        Where draws came from.
    parts
        How many files there are.
    bytes
        How large these are together.
    kept
        How many of the rows were there before.
    seconds
        How long the others took.
    columns
        The names of the columns.
    """

    folder: str
    rows: int
    completions: int
    listed: bool
    seed: int
    parts: int
    bytes: int
    kept: int
    seconds: float
    columns: tuple[str, ...]


def asked(folder: RowsFolder) -> None:
    """Refuse what can't be meant, before anything is worked out.

    Parameters
    ----------
    folder
        What is asked for.

    Raises
    ------
    UsageError
        U512 for a number of rows that can't be; U513 for a number of workers that can't be, or for workers beside a cluster.

    Examples
    --------
    >>> asked(RowsFolder("rows", rows=0))
    Traceback (most recent call last):
    ...
    detente.errors.UsageError: error[U512]: 0 completions can't be written
    """
    if not 1 <= folder.rows <= MOST_ROWS:
        help = f"ask for 1 to {MOST_ROWS:,}, such as --rows 1000000"
        raise UsageError.of("U512", f"{folder.rows:,} completions can't be written", value=str(folder.rows), help=help)
    if folder.cluster is not None and folder.workers is not None:
        message = "workers of this machine and of a cluster can't be had in one run"
        raise UsageError.of("U513", message, value=folder.cluster, help="give --workers or --cluster, not both")
    if folder.workers is not None and not 1 <= folder.workers <= MOST_WORKERS:
        help = f"give 1 to {MOST_WORKERS:,}; without --workers every core has one"
        raise UsageError.of("U513", f"{folder.workers} processes can't work", value=str(folder.workers), help=help)
