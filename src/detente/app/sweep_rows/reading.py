"""Rows of a sweep read back: shares counted by DuckDB over the parts, the same as from completions that are held.

Raasveldt and Mühleisen (2019), "DuckDB: an embeddable analytical database", Proceedings of the 2019 International Conference on Management
of Data, 1981-1984.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any

from detente.analysis.sweep.spread import Amounts, Given, Tabled, whole_weights
from detente.analysis.sweep.tree import Value
from detente.app.sweep_rows.columns import decoded, subject_from
from detente.app.sweep_rows.manifest import Manifest, read
from detente.errors import ConflictError, MissingExtra
from detente.text import plural

VIEW = "completions"
"""The name under which queries find the rows."""


def stored(folder: str | os.PathLike[str]) -> Stored:
    """A finished sweep in a folder, after each of its parts was found to be what was written.

    Parameters
    ----------
    folder
        The folder.

    Raises
    ------
    ConflictError
        F640 if there is no sweep; F649 if it is not finished, or a part is missing or damaged.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.app.sweep_rows.running import written
    >>> from detente.app.sweep_rows.wanted import RowsFolder
    >>> from detente.cases import load
    >>> from detente.model.direction import Direction
    >>> from detente.model.guess import Alternative, AsWritten, Guess
    >>> doubt = Guess("delay", "direction", "Delay", (), (Alternative(AsWritten()), Alternative(Direction.BOTH)))
    >>> conflict = replace(load("elmira"), guesses=(doubt,))
    >>> profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    >>> with tempfile.TemporaryDirectory() as path:
    ...     done = written(conflict, profile, [Subject("holds")], RowsFolder(path))
    ...     found = stored(path)
    ...     found.query('SELECT count(*) FROM completions WHERE "guess:delay" = 1'), found.spreads[0].amounts()
    ([(1,)], {False: 2})
    """
    found = read(folder)
    if found.missing:
        told = plural(len(found.missing), "part")
        help = "finish it: ask for the same with --resume"
        message = f'the sweep in "{os.fspath(folder)}" is not finished: {told} of {found.parts:,} not made'
        raise ConflictError.of("F649", message, value=os.fspath(folder), help=help)
    for entry in found.entries.values():
        path = Path(folder, entry.file)
        try:
            is_same = hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
        except OSError:
            is_same = False
        if not is_same:
            help = "have it made again: ask for the same with --resume"
            raise ConflictError.of("F649", f'"{path}" is missing, or not what was written', value=str(path), help=help)
    return Stored(Path(folder), found)


def duck() -> Any:
    """DuckDB, which is imported only when rows are read.

    Raises `MissingExtra` (F644) if it is not installed.

    >>> duck().__name__
    'duckdb'
    """
    try:
        return importlib.import_module("duckdb")
    except ImportError:
        message = "rows are read back with a library that is not installed"
        raise MissingExtra.of("F644", message, help='install it: pip install "detente[tables]"') from None


class Stored:
    """A finished sweep in a folder; `stored` gives it.

    Parameters
    ----------
    folder
        The folder.
    manifest
        Its manifest.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest

    @property
    def files(self) -> tuple[str, ...]:
        """The files of the parts, in order."""
        return tuple(str(self.folder / entry.file) for _, entry in sorted(self.manifest.entries.items()))

    @cached_property
    def _connection(self) -> Any:
        connection = duck().connect(config={"autoinstall_known_extensions": "false"})
        files = ", ".join(f"'{_literal(file)}'" for file in self.files)
        connection.execute(f"CREATE VIEW {VIEW} AS SELECT * FROM read_parquet([{files}])")  # noqa: S608  names of files, quoted
        return connection

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query in SQL gives; the completions are the view `completions`.

        Parameters
        ----------
        sql
            The query.
        values
            What stands for its question marks.
        """
        found: list[tuple[Any, ...]] = self._connection.execute(sql, list(values)).fetchall()
        return found

    @cached_property
    def spreads(self) -> tuple[StoredSpread, ...]:
        """How the completions are spread over the values of each conclusion, in the order of the columns."""
        return tuple(StoredSpread(self, about) for about in self.manifest.about["conclusions"])

    def spread(self, column: str) -> StoredSpread:
        """The one for the conclusion in a column; raises KeyError if there is no such conclusion."""
        return {spread.column: spread for spread in self.spreads}[column]


class StoredSpread(Tabled):
    """How the completions in a folder are spread over the values of one conclusion.

    Parameters
    ----------
    rows
        The sweep in the folder.
    about
        What the manifest says of the conclusion.
    """

    def __init__(self, rows: Stored, about: Mapping[str, Any]) -> None:
        self._rows, self._about = rows, dict(about)
        self.subject = subject_from(self._about)

    @property
    def column(self) -> str:
        """The name of the conclusion's column."""
        return str(self._about["column"])

    def decoded(self, written: Any) -> Value:
        """The value that stands in the column as `written`."""
        return decoded(self._about["values"], written)

    def amounts(self, given: Given | None = None, *, weighed: bool = False) -> dict[Value, int]:
        """As of `Spread`; completions that were drawn were drawn by their weights, so that they count one each.

        Parameters
        ----------
        given
            The guesses and how they come out; none by default.
        weighed
            Whether completions that are all listed count by their weights.
        """
        guesses = {guess["key"]: guess for guess in self._rows.manifest.about["guesses"]}
        known = dict(given or {})
        by_weight = weighed and self._rows.manifest.about["how"] == "listed"
        heavy = [guess for guess in guesses.values() if by_weight and guess["weights"] and guess["key"] not in known]
        columns = [self.column, *(guess["column"] for guess in heavy)]
        listed = ", ".join(map(_quoted, columns))
        where = " AND ".join(f"{_quoted(guesses[key]['column'])} = ?" for key in known) or "true"
        sql = f"SELECT {listed}, count(*) FROM {VIEW} WHERE {where} GROUP BY ALL"  # noqa: S608  names of columns, quoted
        weights = [_whole(guess) for guess in heavy]
        unit = prod(_whole(guesses[key])[number] for key, number in known.items()) if by_weight else 1
        found: dict[Value, int] = {}
        for value, *numbers, count in self._rows.query(sql, list(known.values())):
            one = self.decoded(value)
            weight = prod(weight[number] for weight, number in zip(weights, numbers, strict=True))
            found[one] = found.get(one, 0) + count * weight * unit
        return found

    def by_guess(self, *, weighed: bool = False) -> dict[str, list[Amounts]]:
        """As of `Tabled`: one query for all guesses, unless completions count by their weights.

        Parameters
        ----------
        weighed
            As for `amounts`.
        """
        guesses = self._rows.manifest.about["guesses"]
        if weighed and self._rows.manifest.about["how"] == "listed" and any(guess["weights"] for guess in guesses):
            return {g["key"]: [self.amounts({g["key"]: n}, weighed=True) for n in range(len(g["alternatives"]))] for g in guesses}
        columns = [_quoted(guess["column"]) for guess in guesses]
        sets = ", ".join(f"({_quoted(self.column)}, {column})" for column in columns)
        listed = ", ".join(columns)  # of which each row of the answer has one; the others are empty
        sql = f"SELECT {_quoted(self.column)}, count(*), {listed} FROM {VIEW} GROUP BY GROUPING SETS ({sets})"  # noqa: S608
        counts: list[list[dict[Value, int]]] = [[{} for _ in guess["alternatives"]] for guess in guesses]
        for value, count, *numbers in self._rows.query(sql):
            place, number = next((place, number) for place, number in enumerate(numbers) if number is not None)
            counts[place][number][self.decoded(value)] = count
        return {guess["key"]: list(each) for guess, each in zip(guesses, counts, strict=True)}


def _whole(guess: Mapping[str, Any]) -> list[int]:
    """What each alternative of a guess counts, in whole numbers."""
    if guess["weights"] is None:
        return [1] * len(guess["alternatives"])
    return whole_weights([Fraction(weight) for weight in guess["weights"]])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(file: str) -> str:
    """A file's name inside quotes in SQL, in which nothing stands for other names."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in file).replace("'", "''")
