"""From what a user names, a file, a packaged case or a conflict in hand, to a conflict with the warnings of its reader."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from detente import cases
from detente.errors import Diagnostic, Position
from detente.model.conflict import Conflict

Source: TypeAlias = "Conflict | str | os.PathLike[str]"
"""What verbs accept: a conflict, the path of a file, or the name of a packaged case."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A conflict and where it came from.

    Parameters
    ----------
    conflict
        The conflict.
    name
        How the user calls it: the path or the case's name as given; None for a conflict in hand.
    path
        The file that was read, or None.
    diagnostics
        Warnings of the reader.
    positions
        Where each element stands in the file.
    text
        The text of the file; empty where there is none.
    """

    conflict: Conflict
    name: str | None = None
    path: Path | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    text: str = ""


def opened(source: Source | Opened) -> Opened:
    """Read a conflict file, or a packaged case; a conflict in hand is returned as it is.

    Parameters
    ----------
    source
        A `Conflict`, a path, or the name of a packaged case (see `detente cases`).  A packaged case is preferred to a file
        of the same name in the current folder; write `./elmira` for the file.

    Raises
    ------
    ConflictError
        The file can't be read or is not well formed; with everything that is wrong in it.
    UsageError
        U402 if it is neither a file nor a packaged case.

    Examples
    --------
    >>> opened("elmira").conflict.title
    'Elmira groundwater contamination'
    """
    if isinstance(source, Opened):
        return source
    if isinstance(source, Conflict):
        return Opened(source)
    name = os.fspath(source)
    if name in cases.generated():
        return Opened(cases.load(name), name)
    from detente import io

    if cases.exists(name) or not _looks_like_a_path(name):
        path = cases.path(name)
        loaded = io.loads(path.read_text(encoding="utf-8"), path.name)  # so that places don't show where the program is installed
    else:
        path = Path(name)
        loaded = io.read(path)
    return Opened(loaded.conflict, name, path, loaded.diagnostics, loaded.positions, loaded.text)


def _looks_like_a_path(name: str) -> bool:
    return os.sep in name or "." in name or Path(name).exists()


def read(source: str | os.PathLike[str]) -> Conflict:
    """The conflict in a file, or a packaged case.

    Parameters
    ----------
    source
        The path of a file (`.yaml`, `.yml`, `.json` or `.gmcr`) or the name of a packaged case.

    Returns
    -------
    Conflict
        The conflict; what the reader had to remark is among the diagnostics of `detente.check`.

    Raises
    ------
    ConflictError
        The file can't be read or is not well formed; with everything that is wrong in it.
    UsageError
        There is no such file or case.

    Examples
    --------
    >>> read("elmira").combinations
    32
    """
    return opened(source).conflict
