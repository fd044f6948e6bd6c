"""`states_file`: all states of a listed conflict, or those that meet a condition, as a file of a table, for other programs."""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from detente.analysis.stability import StabilityTable
from detente.app import asking
from detente.app.opening import Opened, Source, opened
from detente.app.parquet import column_names, write_rows
from detente.app.parts import conflict_part
from detente.app.progress import Progress, silent
from detente.app.rows import ListedRows, Rows
from detente.app.state_table import table_of
from detente.app.table_documents import Format, TableFileDocument
from detente.app.version import version
from detente.errors import LimitError
from detente.model.formula import written
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.text import plural

MOST: Mapping[Format, int] = {"csv": 200_000, "parquet": 2_000_000}
"""Most rows of a file, by its format."""
OPENS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a program for spreadsheets may take for something to work out."""


def states_file(
    source: Source | Opened,
    *,
    format: Format = "csv",
    where: str | None = None,
    under: str | Sequence[str] | Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> TableFileDocument:
    """All states as a file: what is taken in each, its ranks, where it is an equilibrium, and who would leave it.

    The columns are those of the files that `detente analyze --parquet` writes.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    format
        "csv" (RFC 4180, 1 for yes and 0 for no, empty where a merged state leaves an option open) or "parquet".
    where
        A condition; only states that meet it are rows.
    under
        The concepts; all by default.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict, or the condition, can't be read.
    UsageError
        An unknown concept is named.
    LimitError
        S301 where the states are too many to be listed, S342 where there are more rows than `MOST`.
    MissingExtra
        F618 if a Parquet file is asked for, and the library that writes it is not installed.

    Examples
    --------
    >>> states_file("elmira", under="Nash", where="Abandon").text.splitlines()[1]
    '9,,0,0,1,,9,5,9,1,'
    """
    found = opened(source)
    concepts = asking.behaviour(under, found.conflict).concepts
    if len(found.conflict.options) > MAX_OPTIONS:
        StateSpace(found.conflict, MAX_OPTIONS).listing  # noqa: B018 - refuses, and says why
    table = table_of(found.conflict)
    formula = None if where is None else asking.formula(where, table.space)
    rows = ListedRows(table.space, {}, formula)
    if rows.count > MOST[format]:
        message = f"the file would have {plural(rows.count, 'row')}, and at most {MOST[format]:,} are written"
        raise LimitError.of(
            "S342", message, help="name a condition that fewer states meet, or write the file with detente analyze --parquet"
        )
    stable, unknown = table.stability(concepts, progress)
    rows = ListedRows(table.space, stable.stable, formula)
    return TableFileDocument(
        conflict=conflict_part(table.space, found.name),
        format=format,
        where=None if formula is None else written(formula),
        rows=rows.count,
        text=_csv(rows, list(stable.stable)) if format == "csv" else None,
        base64=_parquet(rows, stable, progress) if format == "parquet" else None,
        not_known=unknown,
        detente=version(),
    )


def _parquet(rows: ListedRows, stable: StabilityTable, progress: Progress) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "states.parquet"
        write_rows(path, rows, list(stable.stable), engine=stable.engine, progress=progress)
        return b64encode(path.read_bytes()).decode("ascii")


def _csv(rows: ListedRows, concepts: Sequence[str]) -> str:
    names = column_names(rows.space.conflict, concepts)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe, names.values()))
    for portion in rows:
        writer.writerows(zip(*(_column(portion, kind, key) for kind, key in names), strict=True))
    return text.getvalue()


def _column(portion: Rows, kind: str, key: str) -> Iterable[Any]:
    if kind == "state":
        return portion.numbers
    if kind == "rank":
        ranks: list[int] = portion.values[key].tolist()
        return ranks
    if kind == "leaves":
        return (safe(";".join(those)) for those in portion.leaves[key])
    held = portion.options if kind == "option" else portion.equilibrium
    return ("" if value is None else int(value) for value in held[key])


def safe(text: str) -> str:
    """A text that no program for spreadsheets takes for something to work out: with an apostrophe before it where it might be.

    >>> safe("=1+1"), safe("Israel;Iran")
    ("'=1+1", 'Israel;Iran')
    """
    return f"'{text}" if text.startswith(OPENS) else text
