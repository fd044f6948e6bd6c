"""Sections of the report that are accounts in sentences: a verdict and the paragraphs that say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.report.content import Block, Figure, Said
from detente.report.gathering import Data, Notes


@dataclass(frozen=True, slots=True)
class Account:
    """A document with paragraphs, and where it stands in the report.

    Parameters
    ----------
    id
        Name of the section, for links.
    title
        Its heading.
    document
        The document as JSON data; its `paragraphs` are told.
    figures
        Drawings, which stand after the verdict.

    Examples
    --------
    >>> Account("hypergame", "As each of them sees it", {"paragraphs": []}).id
    'hypergame'
    """

    id: str
    title: str
    document: Data
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountView:
    """A section: heading, verdict, drawings, paragraphs."""

    id: str
    title: str
    verdict: Said
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...] = ()


def account_views(accounts: Sequence[Account], notes: Notes) -> tuple[AccountView, ...]:
    """The sections of some accounts (`accounts`), with their notes on evidence numbered by `notes`.

    >>> account_views((), Notes({}))
    ()
    """
    found = []
    for one in accounts:
        first, *rest = one.document["paragraphs"]
        found.append(AccountView(one.id, one.title, notes.said(first["sentences"][0]), notes.blocks(rest), one.figures))
    return tuple(found)
