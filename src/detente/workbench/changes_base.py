"""What every change is that comes from a browser: a small JSON object with its name under `change`, which gives an edit of a conflict."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from detente.app import asking
from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.evidence import Basis, BasisKind, Citation
from detente.model.formula import Formula
from detente.space.states import StateSpace

Key: TypeAlias = Annotated[str, Field(max_length=1_000)]
Place: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]
Condition: TypeAlias = Annotated[str, Field(max_length=20_000)]
Says: TypeAlias = Annotated[str | None, Field(max_length=20_000)]
Taken: TypeAlias = Annotated[list[Key], Field(max_length=1_000)]
"""A state, as the options taken."""


class OneChange(BaseModel, ABC):
    """One change."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @abstractmethod
    def edit(self, conflict: Conflict) -> Edit:
        """The edit that is asked for, of a conflict; raises `ConflictError` (M104, M110 to M112) for a condition that can't be read."""


class CitedData(BaseModel):
    """A passage of a source."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source: Key
    at: Key
    by: Key | None = None
    quote: Says = None


class BasisData(BaseModel):
    """What something rests on.

    >>> BasisData(kind="assumed", why="a guess").basis()
    Basis(kind=<BasisKind.ASSUMED: 'assumed'>, citations=(), why='a guess')
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Literal["reported", "inferred", "assumed"]
    citations: Annotated[list[CitedData], Field(max_length=1_000)] = []
    why: Says = None

    def basis(self) -> Basis:
        """The basis."""
        return Basis(BasisKind(self.kind), tuple(Citation(one.source, one.at, one.by, one.quote) for one in self.citations), self.why)


def condition(text: str, conflict: Conflict) -> Formula:
    """A condition over the options of a conflict, from its text.

    Raises `ConflictError` (M104, M110 to M112) if it can't be read.

    >>> from detente.cases import load
    >>> condition("Delay", load("elmira"))
    Taken(option='Delay')
    """
    return asking.formula(text, StateSpace(conflict))
