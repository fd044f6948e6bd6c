"""Cited passages, found again in the texts of the sources where these are at hand."""

from __future__ import annotations

import os

from detente.app.answers import PassagePart
from detente.app.opening import Opened
from detente.errors import Diagnostic


def passages_of(found: Opened, sources: str | os.PathLike[str] | None = None) -> tuple[tuple[PassagePart, ...], tuple[Diagnostic, ...]]:
    """For each citation whether its passage was found again, and what is wrong with those that were not."""
    return (), ()
