"""`sheet`: any table that is shown, as a file for other programs: its columns by name, and its rows."""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any, Literal, TypeAlias

from pydantic import Field

from detente.app.document_base import Document, Whole
from detente.app.parquet import library
from detente.app.table_documents import Format
from detente.app.table_files import safe

Cell: TypeAlias = str | int | float | bool | None
"""What stands in a cell; None leaves it empty."""
LONG, EXACT = 1 << 63, 1 << 53
"""Beyond these whole numbers are written as texts: alone, and among numbers that are not whole."""


class SheetDocument(Document):
    """A table as a file: its `text` (CSV), or its bytes in `base64` (Parquet), and how many rows it has."""

    schema_: Literal["detente.sheet/1"] = Field(default="detente.sheet/1", serialization_alias="schema", validation_alias="schema")
    format: Format
    rows: Whole
    text: str | None
    base64: str | None


def sheet(columns: Sequence[str], rows: Sequence[Sequence[Cell]], format: Format = "csv") -> SheetDocument:
    """A table as a file.

    In text (RFC 4180) 1 is yes and 0 is no, and a cell that a program for spreadsheets might take for something to work out has an
    apostrophe before it.  In Parquet a column holds what all its cells are: truth values, whole numbers, numbers, or else texts.

    Parameters
    ----------
    columns
        The names of the columns; of equal names the later ones get a number.
    rows
        The rows, a cell for each column.
    format
        "csv" or "parquet".

    Raises
    ------
    MissingExtra
        F618 if a Parquet file is asked for, and the library that writes it is not installed.

    Examples
    --------
    >>> sheet(["party", "rank"], [["Local", 3], ["=MoE", None]]).text.splitlines()
    ['party,rank', 'Local,3', "'=MoE,"]
    """
    names = unlike(columns)
    made = (_csv if format == "csv" else _parquet)(names, rows)
    return SheetDocument(
        format=format,
        rows=len(rows),
        text=made if isinstance(made, str) else None,
        base64=b64encode(made).decode("ascii") if isinstance(made, bytes) else None,
    )


def unlike(names: Sequence[str]) -> list[str]:
    """The names, of which no two are alike.

    >>> unlike(["rank", "rank", "rank 2"])
    ['rank', 'rank 3', 'rank 2']
    """
    found: list[str] = []
    for place, name in enumerate(names):
        number, unique = 1, name
        while unique in found or (number > 1 and unique in names[place:]):
            number += 1
            unique = f"{name} {number}"
        found.append(unique)
    return found


def _csv(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe, names))
    writer.writerows(
        [safe(cell) if isinstance(cell, str) else int(cell) if isinstance(cell, bool) else cell for cell in row] for row in rows
    )
    return text.getvalue()


def _parquet(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    arrow, parquet = library()
    columns = [[row[place] for row in rows] for place in range(len(names))]
    file = BytesIO()
    parquet.write_table(arrow.table([_array(arrow, column) for column in columns], names=list(names)), file)
    return file.getvalue()


def _array(arrow: Any, column: Sequence[Cell]) -> Any:
    kinds = {type(cell) for cell in column if cell is not None}
    if kinds == {bool}:
        return arrow.array(column, arrow.bool_())
    if kinds == {int} and all(-LONG <= cell < LONG for cell in column if isinstance(cell, int)):
        return arrow.array(column, arrow.int64())
    if float in kinds and kinds <= {int, float} and all(abs(cell) <= EXACT for cell in column if isinstance(cell, int)):
        return arrow.array([None if cell is None else float(cell) for cell in column], arrow.float64())
    return arrow.array([None if cell is None else str(cell) for cell in column], arrow.string())
