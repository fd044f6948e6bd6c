"""A table that the page shows, as a file: what a request for one carries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from detente.app.sheets import Cell

MOST_ROWS, MOST_COLUMNS = 200_000, 1_000
"""Most rows and columns of such a table."""
Name = Annotated[str, Field(max_length=20_000)]


class Sheet(BaseModel):
    """A table as a file in a `format`: the names of its `columns`, and its `rows`, with a cell for each column."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    columns: Annotated[list[Name], Field(min_length=1, max_length=MOST_COLUMNS)]
    rows: Annotated[list[list[Cell]], Field(max_length=MOST_ROWS)]
    format: Literal["csv", "parquet"] = "csv"

    @model_validator(mode="after")
    def _whole(self) -> Sheet:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has more or fewer cells than there are columns")
        return self
