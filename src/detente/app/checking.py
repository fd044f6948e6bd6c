"""`check`: what is wrong with a conflict file, what an analyst would want to know, and what it rests on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from detente.analysis.overview import count_moves
from detente.app.answers import CheckDocument
from detente.app.documents import SeverityName
from detente.app.evidence import evidence_part, placed, warnings_of
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part, diagnostic_part
from detente.app.passages import passages_of
from detente.app.version import version
from detente.errors import ConflictError, Diagnostic, LimitError, Severity
from detente.preference.order import Order
from detente.space.states import StateSpace


def check(source: Source | Opened, *, sources: str | os.PathLike[str] | None = None) -> CheckDocument:
    """Everything that is wrong with a conflict, or worth knowing about it.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    sources
        A folder in which to look for the texts of sources, besides the one that the file stands in.

    Returns
    -------
    CheckDocument
        Errors, warnings and notes with their places; what the elements rest on; which cited passages were found again.
        A file that can't be read gives a document too, whose `ok` is false.

    Raises
    ------
    UsageError
        There is no such file or case.

    Examples
    --------
    >>> check("elmira").ok
    True
    """
    return check_with_text(source, sources=sources)[0]


def check_with_text(source: Source | Opened, *, sources: str | os.PathLike[str] | None = None) -> tuple[CheckDocument, str]:
    """The same, with the text that the places lie in (empty where there is none)."""
    name = None if not isinstance(source, str | os.PathLike) else os.fspath(source)
    try:
        found = opened(source)
    except ConflictError as error:
        return _refused(name, error.diagnostics), text_of(error.diagnostics)
    remarks, space = _judged(found)
    passages, more = passages_of(found, sources)
    remarks += placed(found, more)
    ok = not any(one.severity is Severity.ERROR for one in remarks)
    document = CheckDocument(
        file=found.name,
        ok=ok,
        conflict=None if space is None else conflict_part(space, found.name, _moves(space) if space.is_listed else None),
        counts=_counts(remarks),
        diagnostics=tuple(map(diagnostic_part, remarks)),
        evidence=evidence_part(found.conflict, viewpoints=True),
        passages=passages,
        detente=version(),
    )
    return document, found.text


def _judged(found: Opened) -> tuple[list[Diagnostic], StateSpace | None]:
    """Remarks about a conflict that was read, some only where states are listed; and its space unless it can't be analysed."""
    try:
        space = StateSpace(found.conflict)
        for dm in found.conflict.decision_makers:
            Order(space, dm.key)
    except (ConflictError, LimitError) as error:
        return [*placed(found, error.diagnostics), *warnings_of(found, None)], None
    return list(warnings_of(found, space if space.is_listed else None)), space


def _refused(name: str | None, diagnostics: Iterable[Diagnostic]) -> CheckDocument:
    found = tuple(diagnostics)
    return CheckDocument(
        file=name,
        ok=False,
        conflict=None,
        counts=_counts(found),
        diagnostics=tuple(map(diagnostic_part, found)),
        evidence=None,
        passages=(),
        detente=version(),
    )


def _counts(diagnostics: Iterable[Diagnostic]) -> dict[SeverityName, int]:
    found = [one.severity.value for one in diagnostics]
    return {"error": found.count("error"), "warning": found.count("warning"), "note": found.count("note")}


def _moves(space: StateSpace) -> int:
    return sum(count_moves(space, dm.key) for dm in space.conflict.decision_makers)


def text_of(diagnostics: Iterable[Diagnostic]) -> str:
    """The text of the file in which diagnostics have their places, read again; empty if it can't be."""
    from detente import cases
    from detente.io.decoding import MAX_BYTES

    name = next((one.where.file for one in diagnostics if one.where is not None), None)
    if name is None:
        return ""
    stem = name.removesuffix(".yaml")
    try:
        with (cases.path(stem) if cases.exists(stem) else Path(name)).open("rb") as file:
            return file.read(MAX_BYTES).decode("utf-8", "replace").removeprefix("\ufeff")
    except OSError:
        return ""
