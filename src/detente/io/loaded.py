"""What reading a file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.errors import Diagnostic, Position
from detente.model.conflict import Conflict


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conflict as it was read.

    Parameters
    ----------
    conflict
        The conflict.
    diagnostics
        Warnings and notes; a file with errors raises `ConflictError` instead.
    positions
        Where each element stands, by its path ("decision makers/Uniroyal", "rules/1").
    text
        The text that was read.
    path
        Name of the file.
    """

    conflict: Conflict
    diagnostics: tuple[Diagnostic, ...]
    positions: Mapping[str, Position]
    text: str
    path: str
