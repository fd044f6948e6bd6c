"""What an element of a conflict rests on: sources, citations, and the three kinds of basis.

Who *asserts* a claim is not the same as who publishes it: a newspaper that reports what officials say of their adversary
is the source, the officials are the asserters.  An element about a party that only its adversaries assert rests on a
*hostile description*; Detente says so wherever the element matters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """A document that claims are taken from.

    Parameters
    ----------
    key
        Short name used in citations.
    title, date, author, kind
        As printed; "undated" and "unsigned" where the document gives none; `kind` in plain words ("news article").
    file
        Path of the text, relative to the conflict file, or None when it can't be shipped; paragraphs are its non-empty lines.
    sha256
        SHA-256 of the file's bytes, in hexadecimal, or None.
    grade
        The analyst's grade of the source in plain words or letters (e.g. "C3" of the Admiralty code), or None.
    note
        What a reader of the source should know.

    Examples
    --------
    >>> Source("article", "Talks at a standstill", kind="news article").author
    'unsigned'
    """

    key: str
    title: str
    date: str = "undated"
    author: str = "unsigned"
    kind: str = "document"
    file: str | None = None
    sha256: str | None = None
    grade: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Asserter:
    """Somebody who makes claims.

    Parameters
    ----------
    key
        Short name used in citations.
    name
        How they are called in sentences.
    speaks_for
        Keys of the decision makers for whom they speak.
    adverse_to
        Keys of the decision makers to whom they are adverse.

    Examples
    --------
    >>> Asserter("officials", "officials of A", ("A",), ("B",)).adverse_to
    ('B',)
    """

    key: str
    name: str
    speaks_for: tuple[str, ...] = ()
    adverse_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of a source.

    Parameters
    ----------
    source
        Key of the source.
    at
        Where in it ("¶3", "p. 12").
    by
        Key of the asserter, or None.
    quote
        An exact quotation from the passage, or None.

    Examples
    --------
    >>> Citation("article", "¶3", "officials").at
    '¶3'
    """

    source: str
    at: str
    by: str | None = None
    quote: str | None = None


class BasisKind(StrEnum):
    """How an element is known.

    >>> [kind.value for kind in BasisKind]
    ['reported', 'inferred', 'assumed']
    """

    REPORTED = "reported"
    INFERRED = "inferred"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Basis:
    """What one element rests on.

    Parameters
    ----------
    kind
        `reported`: the citations say it.  `inferred`: it follows from the citations by the reasoning given.  `assumed`: it is the
        analyst's own, for the reason given.
    citations
        The passages; empty for what is assumed.
    why
        The reasoning or the reason, or None.

    Examples
    --------
    >>> Basis(BasisKind.ASSUMED, why="no report speaks of it").kind.value
    'assumed'
    """

    kind: BasisKind
    citations: tuple[Citation, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the sources lack.

    Parameters
    ----------
    what
        What is missing.
    about
        Key of the decision maker whom it is about, or None.
    matters
        What may hang on it, or None.

    Examples
    --------
    >>> Missing("their own account", about="B").about
    'B'
    """

    what: str
    about: str | None = None
    matters: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sources and asserters of a conflict, and what is known to be missing.

    >>> evidence = Evidence(sources=(Source("article", "Talks at a standstill"),))
    >>> evidence.source("article").title, evidence.source("letter") is None, evidence.missing
    ('Talks at a standstill', True, ())
    """

    sources: tuple[Source, ...] = ()
    asserters: tuple[Asserter, ...] = ()
    missing: tuple[Missing, ...] = field(default=())

    def source(self, key: str) -> Source | None:
        """The source with this key, or None."""
        return next((s for s in self.sources if s.key == key), None)

    def asserter(self, key: str | None) -> Asserter | None:
        """The asserter with this key, or None."""
        return next((a for a in self.asserters if a.key == key), None)


def is_hostile(basis: Basis, party: str, evidence: Evidence) -> bool:
    """Whether an element about a party rests, as far as it rests on citations, on assertions by its adversaries alone.

    Parameters
    ----------
    basis
        The element's basis; an assumed one, or one without citations, is not hostile.
    party
        Key of the decision maker whom the element is about.
    evidence
        Says who the asserters are.

    Examples
    --------
    >>> evidence = Evidence(asserters=(Asserter("officials", "officials of A", ("A",), ("B",)),))
    >>> basis = Basis(BasisKind.REPORTED, (Citation("article", "¶3", "officials"),))
    >>> is_hostile(basis, "B", evidence), is_hostile(basis, "A", evidence)
    (True, False)
    """
    if not basis.citations:
        return False
    asserters = [evidence.asserter(c.by) for c in basis.citations]
    return all(a is not None and party in a.adverse_to for a in asserters)
