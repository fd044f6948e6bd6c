"""Reads and writes conflict files by their suffix: `.yaml`, `.yml` and `.json` in the language of Detente, `.gmcr` of GMCR+."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Never

from detente.errors import ConflictError, Diagnostic, UsageError
from detente.io.atomic import write_atomically
from detente.io.decoding import MAX_BYTES, decoded
from detente.io.loaded import Loaded
from detente.model.conflict import Conflict

SUFFIXES = (".yaml", ".yml", ".json", ".gmcr")
"""What the name of a conflict file ends in."""


def read(path: str | os.PathLike[str]) -> Loaded:
    """Read a conflict file.

    Parameters
    ----------
    path
        The file; its suffix says in which language it is (`.yaml`, `.yml`, `.json` or `.gmcr`).

    Returns
    -------
    Loaded
        The conflict with warnings, the positions of its elements and the text.

    Raises
    ------
    ConflictError
        With everything that is wrong in the file, as far as it could be read: families F, M, P and E, for `.gmcr` I.
    UsageError
        U404 if there is no such file, U405 if the suffix is another.

    Examples
    --------
    >>> from detente import cases
    >>> read(cases.path("elmira")).conflict.title
    'Elmira groundwater contamination'
    """
    suffix = _suffix(path)
    name = os.fspath(path)
    text = decoded(_bytes(Path(path)), name)
    return _read_text(text, name, suffix)


def text_of(path: str | os.PathLike[str]) -> str:
    """The text of a file in the language of Detente, within the limits of conflict files.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    ConflictError
        F602 to F604, F609: no text, or too long.
    UsageError
        U404 if there is no such file, U405 if the suffix is another.

    Examples
    --------
    >>> from detente import cases
    >>> "title: Elmira groundwater contamination" in text_of(cases.path("elmira"))
    True
    """
    _suffix(path)
    return decoded(_bytes(Path(path)), os.fspath(path))


def loads(text: str, name: str = "<text>") -> Loaded:
    """Read a conflict from a text; see `read`.

    Parameters
    ----------
    text
        The text of a conflict file; YAML (or JSON) unless the name ends in `.gmcr`.
    name
        Name of the file, for positions.

    Examples
    --------
    >>> loads("{detente: 1, title: t, decision makers: {A: {options: {x: }}}}").conflict.combinations
    2
    """
    return _read_text(text, name, Path(name).suffix.lower())


def write(conflict: Conflict, path: str | os.PathLike[str], allow_loss: bool = False) -> tuple[Diagnostic, ...]:
    """Write a conflict into a file, whole or not at all.

    Parameters
    ----------
    conflict
        The conflict.
    path
        The file; its suffix says in which language it is written.
    allow_loss
        For `.gmcr`: whether to write although that language can't say everything.

    Returns
    -------
    tuple
        Notes on what could not be written; empty for `.yaml` and `.json`, which hold everything.

    Raises
    ------
    ConflictError
        F608 if the file can't be written (it is then as it was); family I for `.gmcr`.
    UsageError
        U405 if the suffix is another.
    """
    suffix = _suffix(path)
    notes: tuple[Diagnostic, ...] = ()
    if suffix == ".gmcr":
        from detente.io.gmcr_write import gmcr_text

        text, notes = gmcr_text(conflict, allow_loss)
    elif suffix == ".json":
        from detente.io.writer import as_json

        text = as_json(conflict)
    else:
        text = dumps(conflict)
    try:
        write_atomically(path, text)
    except OSError as problem:
        _refuse(path, "F608", "can't be written", problem)
    return notes


def dumps(conflict: Conflict) -> str:
    """The text of a conflict file (YAML); reading it gives an equal conflict.

    Raises `ConflictError` (F609) if a text of the conflict holds half of a surrogate pair, which is no character.

    Examples
    --------
    >>> conflict = loads("{detente: 1, title: t, decision makers: {A: {options: {x: }, prefers: [not x]}}}").conflict
    >>> print(dumps(conflict), end="")
    detente: 1
    title: t
    <BLANKLINE>
    decision makers:
      A:
        options:
          x:
        prefers:
          - not x
    >>> loads(dumps(conflict)).conflict == conflict
    True
    """
    from detente.io.writer import as_yaml

    return as_yaml(conflict)


def _read_text(text: str, name: str, suffix: str) -> Loaded:
    if suffix == ".gmcr":
        from detente.io.gmcr import read_gmcr

        return read_gmcr(text, name)
    from detente.io.reader import read_conflict

    return read_conflict(text, name)


def _suffix(path: str | os.PathLike[str]) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f'"{os.fspath(path)}" is not named like a conflict file'
        raise UsageError.of("U405", message, value=os.fspath(path), help=f"its name must end in one of {', '.join(SUFFIXES)}")
    return suffix


def _bytes(path: Path) -> bytes:
    """The bytes of a file, one more than are read at most if it is longer."""
    try:
        if not path.is_file() and path.exists():
            problem = f"{path} is no file" if not path.is_dir() else f"{path} is a folder"
            raise ConflictError.of("F600", problem, value=str(path), help="name a conflict file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        message = f'there is no file "{path}"'
        raise UsageError.of(
            "U404", message, value=str(path), help="check the spelling and the folder; `detente cases` lists packaged cases"
        ) from None
    except OSError as problem:
        _refuse(path, "F600", "can't be read", problem)


def _refuse(path: str | os.PathLike[str], code: str, what: str, problem: OSError) -> Never:
    reason = (problem.strerror or str(problem)).lower()
    message = f'"{os.fspath(path)}" {what}: {reason}'
    raise ConflictError.of(
        code, message, value=os.fspath(path), help="check the folder, its permissions and the space on the disk"
    ) from None
