"""A sweep written as rows: planned, shared out, kept as it is finished, gone on with after an interruption."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator, Mapping, Sequence

from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.draw import how_many
from detente.app.progress import Progress, silent
from detente.app.sweep_rows.cluster import on_cluster, ready
from detente.app.sweep_rows.folder import Folder, claimed
from detente.app.sweep_rows.making import Made
from detente.app.sweep_rows.plan import Plan, arrow
from detente.app.sweep_rows.wanted import RowsFolder, RowsWritten, asked
from detente.app.sweep_rows.workers import here, processes
from detente.errors import ConflictError
from detente.model.conflict import Conflict


def written(
    conflict: Conflict,
    profile: Mapping[str, str],
    subjects: Sequence[Subject],
    folder: RowsFolder,
    progress: Progress = silent,
    note: Progress = silent,
) -> RowsWritten:
    """Write completions of a conflict into a folder, with the values of conclusions in each.

    The bytes in the folder follow from the conflict, the conclusions, the seed and the versions alone: not from who works, nor from how
    often the run was interrupted.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        The conclusions.
    folder
        Where to, how many, and who works.
    progress
        Is told how many rows are written, how many a second, and how long the rest takes.
    note
        Is told of workers that were lost, and of parts that were taken over or are made again.

    Raises
    ------
    UsageError
        U510 if the folder is not empty; U511 if it holds another sweep; U512, U513 if what is asked for can't be; U514 if nothing is open.
    ConflictError
        F640 to F642, F646 to F648: the folder, its disk, or the workers.
    MissingExtra
        F618 without pyarrow, F643 without Dask where a cluster is asked for.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from detente.cases import load
    >>> from detente.model.direction import Direction
    >>> from detente.model.guess import Alternative, AsWritten, Guess
    >>> doubt = Guess("delay", "direction", "Delay", (), (Alternative(AsWritten()), Alternative(Direction.BOTH)))
    >>> conflict = replace(load("elmira"), guesses=(doubt,))
    >>> profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    >>> with tempfile.TemporaryDirectory() as path:
    ...     done = written(conflict, profile, [Subject("holds")], RowsFolder(path))
    >>> done.rows, done.listed, done.columns
    (2, True, ('completion', 'guess:delay', 'holds'))
    """
    asked(folder)
    arrow()
    if folder.cluster is not None:
        ready()
    plan = Plan.of(conflict, profile, subjects, rows=folder.rows, seed=folder.seed, part=folder.part)
    with claimed(folder.path):
        place = Folder(folder.path, plan, folder.resume, note)
        kept, began = sum(entry.rows for entry in place.entries.values()), time.monotonic()
        parts = _parts(plan, folder, place.manifest.missing, note)
        try:
            _keep(plan, place, parts, kept, progress)
        except BaseException:
            with contextlib.suppress(ConflictError):  # a full disk says so once
                place.save()
            raise
        finally:
            parts.close()
        place.save()
        assert not place.manifest.missing
        entries = place.entries.values()
        return RowsWritten(
            folder=folder.path,
            rows=plan.rows,
            completions=how_many(conflict.guesses),
            listed=plan.sample.seed is None,
            seed=folder.seed,
            parts=plan.parts,
            bytes=sum(entry.bytes for entry in entries),
            kept=kept,
            seconds=time.monotonic() - began,
            columns=plan.names.all,
        )


def _parts(plan: Plan, folder: RowsFolder, missing: Sequence[int], note: Progress) -> Generator[Made, None, None]:
    """The parts that are missing, as they are finished."""
    if folder.cluster is not None and missing:
        yield from on_cluster(plan, missing, folder.cluster, note)
    elif (count := folder.processes(len(missing))) > 1:
        yield from processes(plan, missing, count, note)
    else:
        yield from here(plan, missing)


def _keep(plan: Plan, place: Folder, parts: Iterator[Made], kept: int, progress: Progress) -> None:
    """Write the parts as they come, and tell how far it is."""
    began, done = time.monotonic(), kept
    for made in parts:
        place.keep(made)
        done += place.entries[made.number].rows
        rate = (done - kept) / max(time.monotonic() - began, 1e-3)
        left = (plan.rows - done) / max(rate, 1)
        told = f"part {len(place.entries):,} of {plan.parts:,}, row {done:,} of {plan.rows:,}"
        progress(f"{told}, {rate:,.0f} a second, {left:,.0f} s left")
