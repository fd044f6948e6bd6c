"""Cited passages, found again in the texts of the sources where these are at hand."""

from __future__ import annotations

import os

from detente.app.answers import PassagePart
from detente.app.opening import Opened
from detente.errors import Diagnostic
from detente.io.refind import refind


def passages_of(found: Opened, sources: str | os.PathLike[str] | None = None) -> tuple[tuple[PassagePart, ...], tuple[Diagnostic, ...]]:
    """For each citation whether its passage was found again, and what is wrong with those that were not.

    Parameters
    ----------
    found
        The conflict and its file; the texts are looked for in the folder of the file.
    sources
        Another folder to look in.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> {passage.result for passage in passages_of(opened("gaza-hostage-talks"))[0]}
    {'unchecked'}
    """
    folders = [folder for folder in (found.path and found.path.parent, sources) if folder is not None]
    refound = refind(found.conflict, *folders)
    parts = tuple(
        PassagePart(
            element=passage.element,
            source=passage.citation.source,
            at=passage.citation.at,
            by=passage.citation.by,
            quote=passage.citation.quote,
            result=passage.result.value,
            detail=passage.detail,
        )
        for passage in refound.passages
    )
    return parts, refound.diagnostics
