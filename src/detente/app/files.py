"""`new`, `import` and `export`: conflict files written, whole or not at all, and never over a file that is there unless told to."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from detente import io
from detente.app.answers import ExplanationDocument, WrittenDocument
from detente.app.opening import Source, opened
from detente.app.parts import diagnostic_part
from detente.app.starter import starter
from detente.errors import ConflictError, UsageError
from detente.io.atomic import write_atomically


def free(path: str | os.PathLike[str], force: bool) -> None:
    """Refuse to write over a file that is there (U415), unless told to.

    >>> free("a-file-that-is-not-there.yaml", force=False)
    """
    if not force and os.path.lexists(path):
        shown = os.fspath(path)
        raise UsageError.of(
            "U415", f'there is a file "{shown}" already', value=shown, help="choose another name, or replace it with --force"
        )


def write_text(path: str | os.PathLike[str], text: str) -> int:
    """Write a text into a file, whole or not at all; returns the number of bytes.

    Raises `ConflictError` (F608) if it can't be written.
    """
    data = text.encode("utf-8")
    try:
        write_atomically(path, data)
    except OSError as problem:
        name = os.fspath(path)
        reason = (problem.strerror or str(problem)).lower()
        message = f'"{name}" can\'t be written: {reason}'
        raise ConflictError.of("F608", message, value=name, help="check the folder, its permissions and the space on the disk") from None
    return len(data)


def new(
    path: str | os.PathLike[str], *, parties: Sequence[str] | None = None, title: str | None = None, force: bool = False
) -> WrittenDocument:
    """Write a commented conflict file to begin with.

    Parameters
    ----------
    path
        The file; its name ends in `.yaml` or `.yml`.
    parties
        Keys of the decision makers.
    title
        The title of the conflict.
    force
        Whether to replace a file that is there.

    Raises
    ------
    UsageError
        U415 if the file is there; U405 if its name ends otherwise.
    ConflictError
        The names can't be used, or the file can't be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new(f"{folder}/mine.yaml", parties=["Town", "Company"]).bytes > 500
    True
    """
    name = os.fspath(path)
    if Path(name).suffix.lower() not in (".yaml", ".yml"):
        raise UsageError.of("U405", f'"{name}" is not named like a YAML file', value=name, help="its name must end in .yaml")
    text = starter(parties, title, name)
    free(path, force)
    return WrittenDocument(file=name, bytes=write_text(path, text))


def convert(source: Source, path: str | os.PathLike[str], *, force: bool = False, allow_loss: bool = False) -> WrittenDocument:
    """Write a conflict in the language that a file's name asks for; what `import` and `export` do.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    path
        The file to write: `.yaml`, `.yml`, `.json` or `.gmcr`.  From YAML to YAML the text is kept, with its comments.
    force
        Whether to replace a file that is there.
    allow_loss
        For `.gmcr`: whether to write although that language can't say everything; what is lost is among the notes.

    Raises
    ------
    UsageError
        U415 if the file is there; U405 if its name ends otherwise.
    ConflictError
        The source can't be read, the file can't be written, or something would be lost.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = convert("elmira", f"{folder}/copy.json")
    ...     io.read(f"{folder}/copy.json").conflict == opened("elmira").conflict
    True
    """
    found = opened(source)
    free(path, force)
    yaml = (".yaml", ".yml")
    if found.path is not None and found.path.suffix.lower() in yaml and Path(path).suffix.lower() in yaml:
        write_text(path, found.text)
        notes = found.diagnostics
    else:
        notes = (*found.diagnostics, *io.write(found.conflict, path, allow_loss))
    return WrittenDocument(file=os.fspath(path), bytes=Path(path).stat().st_size, notes=tuple(map(diagnostic_part, notes)))


def write_certificates(path: str | os.PathLike[str], documents: Sequence[ExplanationDocument]) -> WrittenDocument:
    """Write the certificate of an explanation as JSON, or a list of the certificates of several."""
    found = [document.certificate for document in documents]
    text = json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=1) + "\n"
    return WrittenDocument(file=os.fspath(path), bytes=write_text(path, text))
