"""`sweep --out`: the completions of a conflict as rows in a folder, with the conclusions in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from detente.app import asking
from detente.app.document_base import Document, Whole
from detente.app.documents import ConflictPart
from detente.app.guessing import with_open
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part
from detente.app.progress import Progress, silent
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder
from detente.app.sweeping import asked_of
from detente.app.version import version
from detente.space.states import StateSpace


class RowsDocument(Document):
    """The answer of `sweep` where completions are written as rows: the folder, and what is in it.

    `rows` completions of `completions` stand in the folder, each once if `listed`, otherwise drawn by chance from `seed`; `kept` of them
    were there before.  `columns` are those of the Parquet files: the number of the completion, the guesses, and the conclusions.
    """

    schema_: Literal["detente.sweep-rows/1"] = Field(
        default="detente.sweep-rows/1", serialization_alias="schema", validation_alias="schema"
    )
    conflict: ConflictPart
    profile: dict[str, str]
    folder: str
    rows: int
    completions: Whole
    listed: bool
    seed: int
    parts: int
    bytes: int
    kept: int
    seconds: float
    columns: tuple[str, ...]
    detente: str


def sweep_rows(
    source: Source | Opened,
    folder: RowsFolder,
    *,
    open: str | Sequence[str] | None = None,
    under: str | Mapping[str, str] | None = None,
    where: Sequence[str] = (),
    progress: Progress = silent,
    note: Progress = silent,
) -> RowsDocument:
    """Write the completions of a conflict as rows of Parquet files, with the conclusions in each.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it has a status quo.
    folder
        Where to, how many, and who works.
    open, under, where
        As of `sweep`.
    progress
        Is told how far it is.
    note
        Is told what happens on the way.

    Raises
    ------
    UsageError
        U510 to U514 for a folder, a number of rows or workers that can't be meant; U530 where nothing is open.
    MissingExtra
        F618, F643, F644: a library that this takes is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as place:
    ...     document = sweep_rows("half-known-objection", RowsFolder(str(Path(place) / "rows"), workers=1))
    >>> document.rows, document.listed, document.columns[0]
    (12, True, 'completion')
    """
    opening = with_open(opened(source), open)
    space = StateSpace(opening.conflict)
    asking.status_quo(space)
    profile = asking.profile(under, opening.conflict)
    subjects = asked_of(opening.conflict, profile, tuple(asking.formula(text, space) for text in where))
    made = written(opening.conflict, profile, subjects, folder, progress, note)
    return RowsDocument(
        conflict=conflict_part(space, opening.name),
        profile=profile,
        folder=made.folder,
        rows=made.rows,
        completions=made.completions,
        listed=made.listed,
        seed=made.seed,
        parts=made.parts,
        bytes=made.bytes,
        kept=made.kept,
        seconds=made.seconds,
        columns=made.columns,
        detente=version(),
    )
