"""All states of an answer in one Parquet file, which pandas, polars, DuckDB and many other programs read.

A row is a state: its number, a column for each option, what it is to each decision maker, under which concepts it is an equilibrium, and
who leaves it.  Rows are written in groups as they are found, so that memory does not grow with them, and the file takes its name only
when it is whole.
"""

from __future__ import annotations

import importlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from detente.app.files import free
from detente.app.many_documents import TablePart
from detente.app.progress import Progress, silent
from detente.app.rows import ListedRows, MemberRows, Rows
from detente.app.version import version
from detente.app.wanted import MOST_ROWS, TableFile
from detente.errors import ConflictError, LimitError, MissingExtra
from detente.io.atomic import replacing
from detente.model.conflict import Conflict
from detente.text import plural

INSTALL = 'pip install "detente[parquet]"'
"""The command that installs the library."""
GROUP = 1 << 16
"""How many rows are written together."""
SCHEMA = "detente.states/1"
"""The name of the form of the file, in its metadata under `detente`."""


def ready(table: TableFile | None) -> None:
    """Refuse, before anything is worked out, to write over a file that is there (U415), or without the library (F618).

    Parameters
    ----------
    table
        The file that is asked for, or None.

    Raises
    ------
    MissingExtra
        F618 if pyarrow is not installed.
    UsageError
        U415 if the file is there and is not to be replaced.

    Examples
    --------
    >>> ready(TableFile("a-file-that-is-not-there.parquet"))
    """
    if table is not None:
        library()
        free(table.path, table.force)


def kept(
    table: TableFile | None, rows: ListedRows | MemberRows, concepts: Sequence[str], engine: str, progress: Progress
) -> TablePart | None:
    """Write the file that is asked for; what was written, or None where no file is asked for.

    Parameters
    ----------
    table
        The file, or None.
    rows, concepts, engine, progress
        As for `write_rows`.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> kept(None, ListedRows(StateSpace(load("elmira")), {}), [], "none", silent) is None
    True
    """
    if table is None:
        return None
    count, size = write_rows(table.path, rows, concepts, engine=engine, limit=table.limit, progress=progress)
    return TablePart(file=table.path, rows=count, bytes=size)


def column_names(conflict: Conflict, concepts: Sequence[str]) -> dict[tuple[str, str], str]:
    """The names of the columns by what they hold: options under their own keys, the others with what they hold before a colon.

    An option whose key is the name of another column is written with "option:" before it.

    Parameters
    ----------
    conflict
        Gives options and decision makers.
    concepts
        Keys of the concepts.

    Examples
    --------
    >>> from detente.cases import load
    >>> list(column_names(load("chicken"), ["Nash"]).values())
    ['state', 'Row-holds', 'Column-holds', 'rank:Row', 'rank:Column', 'equilibrium:Nash', 'leaves:Nash']
    """
    others = {("state", ""): "state"}
    others |= {("rank", dm.key): f"rank:{dm.key}" for dm in conflict.decision_makers}
    others |= {(kind, key): f"{kind}:{key}" for kind in ("equilibrium", "leaves") for key in concepts}
    taken = set(others.values())
    names = {("state", ""): "state"}
    for option in conflict.options:
        name = option.key
        while name in taken:
            name = f"option:{name}"
        taken.add(name)
        names["option", option.key] = name
    return names | others


def write_rows(
    path: str | os.PathLike[str],
    rows: ListedRows | MemberRows,
    concepts: Sequence[str],
    *,
    engine: str,
    limit: int = MOST_ROWS,
    progress: Progress = silent,
) -> tuple[int, int]:
    """Write states into a Parquet file, whole or not at all; returns how many rows there are, and how many bytes.

    Parameters
    ----------
    path
        The file; it is replaced if it is there (see `ready`).
    rows
        The states.
    concepts
        Keys of the concepts that the rows know, in order.
    engine
        What found the stable states, for the metadata.
    limit
        Most rows.
    progress
        Is told how many rows are written, how many a second, and how long the rest takes.

    Raises
    ------
    LimitError
        S342 if there are more rows than `limit`: nothing is written.
    MissingExtra
        F618 if pyarrow is not installed.
    ConflictError
        F608 if the file can't be written; it is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_rows(f"{folder}/states.parquet", ListedRows(StateSpace(load("elmira")), {}), [], engine="none")[0]
    9
    """
    name = os.fspath(path)
    if rows.count > limit:
        have = "would have" if rows.is_exact else "could have up to"
        message = f'"{name}" {have} {plural(rows.count, "row")}, and at most {limit:,} are written'
        raise LimitError.of("S342", message, help="ask for fewer states with --where, or allow more with --parquet-limit")
    try:
        with replacing(path) as file:
            count = _written(file, rows, concepts, engine, progress)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        help = "check the folder, its permissions and the space on the disk"
        raise ConflictError.of("F608", f'"{name}" can\'t be written: {reason}', value=name, help=help) from None
    return count, Path(path).stat().st_size


def _written(file: Any, rows: ListedRows | MemberRows, concepts: Sequence[str], engine: str, progress: Progress) -> int:
    arrow, parquet = library()
    conflict = rows.space.conflict
    schema = _schema(arrow, rows, conflict, concepts, engine)
    tell, done = _teller(rows.count, "" if rows.is_exact else "at most ", progress), 0
    waiting: list[Any] = []
    with parquet.ParquetWriter(file, schema) as writer:
        for portion in rows:
            waiting.append(arrow.Table.from_arrays(_arrays(arrow, schema, portion), schema=schema))
            done += portion.count
            if sum(table.num_rows for table in waiting) >= GROUP:
                writer.write_table(arrow.concat_tables(waiting), row_group_size=GROUP)
                waiting = []
            tell(done)
        if waiting:
            writer.write_table(arrow.concat_tables(waiting), row_group_size=GROUP)
    return done


def _teller(count: int, most: str, progress: Progress) -> Callable[[int], None]:
    """Tells how many of so many rows are written, how many a second, and how long the rest takes."""
    began = time.monotonic()

    def tell(done: int) -> None:
        rate = done / max(time.monotonic() - began, 1e-3)
        progress(f"row {done:,} of {most}{count:,}, {rate:,.0f} a second, {max(count - done, 0) / max(rate, 1):.0f} s left")

    return tell


def _schema(arrow: Any, rows: ListedRows | MemberRows, conflict: Conflict, concepts: Sequence[str], engine: str) -> Any:
    """The columns with their types, what each holds, and of which conflict they tell."""
    listed = rows.space.is_listed
    types = {
        "state": arrow.int64() if conflict.combinations < 1 << 63 else arrow.string(),
        "option": arrow.bool_(),
        "rank": arrow.int64() if listed else arrow.list_(arrow.int64()),
        "equilibrium": arrow.bool_(),
        "leaves": arrow.list_(arrow.string()),
    }
    fields = [
        arrow.field(name, types[kind], metadata={"kind": kind if kind != "rank" or listed else "criteria", "key": key})
        for (kind, key), name in column_names(conflict, concepts).items()
    ]
    about = {
        "schema": SCHEMA,
        "title": conflict.title,
        "digest": conflict.digest,
        "detente": version(),
        "concepts": list(concepts),
        "engine": engine,
        "numbering": "states" if listed else "combinations",
    }
    return arrow.schema(fields, metadata={"detente": json.dumps(about, ensure_ascii=False)})


def _arrays(arrow: Any, schema: Any, portion: Rows) -> list[Any]:
    """The columns of some rows in the order of the schema."""
    held: Mapping[str, Mapping[str, Any]] = {
        "option": portion.options,
        "rank": portion.values,
        "criteria": portion.values,
        "equilibrium": portion.equilibrium,
        "leaves": portion.leaves,
    }
    arrays = []
    for field in schema:
        kind, key = field.metadata[b"kind"].decode(), field.metadata[b"key"].decode()
        column = held[kind][key] if kind != "state" else portion.numbers
        if kind == "state" and arrow.types.is_string(field.type):
            column = list(map(str, portion.numbers))
        arrays.append(_lists(arrow, column) if kind == "criteria" else arrow.array(column, type=field.type))
    return arrays


def _lists(arrow: Any, values: Any) -> Any:
    """A column of lists of one length: the rows of a matrix."""
    count, width = values.shape
    starts = [row * width for row in range(count + 1)]
    return arrow.ListArray.from_arrays(arrow.array(starts, arrow.int32()), values.ravel())


def library() -> tuple[Any, Any]:
    """Pyarrow and its part for Parquet, which are imported only when a file is written.

    Raises
    ------
    MissingExtra
        F618 if pyarrow is not installed.

    Examples
    --------
    >>> [part.__name__ for part in library()]
    ['pyarrow', 'pyarrow.parquet']
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        message = "a Parquet file is written with a library that is not installed"
        raise MissingExtra.of("F618", message, help=f"install it: {INSTALL}") from None
