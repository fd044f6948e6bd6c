"""Finds cited passages again: is the file the one that was cited, does it have that paragraph, does the quotation stand there?

Paragraphs are the non-empty lines of a text.  A quotation is found up to white space, the form of quotation marks and dashes, and a
few marks that can't be seen.  That it is found says nothing about whether it is true, or bears out the element.

Only files in folders that are named are opened: the one of the conflict file, and those that the user gives.  A path in a conflict
file that is absolute, or leads out of its folder, is not followed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PureWindowsPath

from detente.errors import Diagnostic, Severity
from detente.io.quotations import Text, compared, places
from detente.model.checks import bases_of
from detente.model.conflict import Conflict
from detente.model.evidence import Citation, Source
from detente.text import listing, plural, shortened

MAX_SOURCE = 4_000_000
"""Longest file of a source that is read, in bytes."""
MAX_ALL = 32_000_000
"""Most bytes of sources that are read for one conflict."""
MAX_LOOKED = 500_000_000
"""Most characters that are looked through for the quotations of one conflict."""


class Result(StrEnum):
    """What became of a citation."""

    FOUND = "found"
    """The paragraph is there, and the quotation, if there is one, stands in it."""
    ELSEWHERE = "elsewhere"
    """The quotation stands in another paragraph."""
    ABSENT = "absent"
    """The quotation is not in the text, or the text has no such paragraph."""
    UNCHECKED = "unchecked"
    """It can't be said: no text at hand, or a place that a text does not show, such as a page."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation and what became of it.

    Parameters
    ----------
    element
        Path of the element that cites it.
    citation
        The citation.
    result
        What became of it.
    detail
        The same in a sentence.
    """

    element: str
    citation: Citation
    result: Result
    detail: str


@dataclass(frozen=True, slots=True)
class Refound:
    """What became of all citations of a conflict.

    Parameters
    ----------
    passages
        Each citation of each element, in the order of the conflict file.
    diagnostics
        Warnings and notes, E520 to E527.
    """

    passages: tuple[Passage, ...]
    diagnostics: tuple[Diagnostic, ...]


def refind(conflict: Conflict, *folders: str | os.PathLike[str]) -> Refound:
    """Find the passages that a conflict cites again.

    Parameters
    ----------
    conflict
        The conflict.
    folders
        Where to look for the files of sources: the folder of the conflict file, then any others; none if no file is to be opened.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.evidence import Basis, BasisKind, Evidence
    >>> basis = Basis(BasisKind.REPORTED, (Citation("article", "¶3"),))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A", basis=basis),), (Option("x", "x", ("A",)),),
    ...     evidence=Evidence((Source("article", "An article"),)))
    >>> [(passage.result.value, passage.detail) for passage in refind(conflict).passages]
    [('unchecked', 'no text of the source is at hand')]
    """
    finder = _Finder([Path(folder) for folder in folders])
    texts = {source.key: finder.text(source) for source in conflict.evidence.sources}
    cited = [(element, citation) for element, basis in bases_of(conflict) for citation in basis.citations]
    passages = tuple(finder.passage(element, citation, texts.get(citation.source)) for element, citation in cited)
    finder.say_unchecked(passages)
    return Refound(passages, tuple(finder.diagnostics))


@dataclass(slots=True)
class _Finder:
    """Opens the files of sources, within limits, and collects diagnostics."""

    folders: Sequence[Path]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    read: int = 0
    looked: int = 0
    known: dict[tuple[str, str, str | None], tuple[Result, str]] = field(default_factory=dict)

    def text(self, source: Source) -> Text | None:
        """The text of a source; None, with a diagnostic where that is worth one, if there is none at hand."""
        if source.file is None:
            return None
        path = self._path(source, source.file)
        data = self._bytes(source, path) if path else None
        if data is None:
            return None
        if source.sha256 is not None and hashlib.sha256(data).hexdigest() != source.sha256.strip().lower():
            message = f'the file of the source "{source.key}" is not the one that was cited: its SHA-256 differs'
            self._note("E523", message, source, "find out what changed; then cite anew and write down the new SHA-256", Severity.WARNING)
        try:
            return Text(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            message = f'the file of the source "{source.key}" is not a text in UTF-8; its passages can\'t be found again'
            self._note("E522", message, source, "save its text beside it as UTF-8, and name that file")
            return None

    def _path(self, source: Source, name: str) -> Path | None:
        """The file of a source in one of the folders; None, with a diagnostic, if it may not be opened or is not there."""
        if not name.strip() or "\0" in name or Path(name).is_absolute() or PureWindowsPath(name).anchor:
            self._note(
                "E521", f'the file of the source "{source.key}" is not opened: {_shown(name)} is no relative path', source, _RELATIVE
            )
            return None
        for folder in self.folders:
            try:
                path = (folder / name).resolve()
                if not path.is_relative_to(folder.resolve()):
                    message = f'the file of the source "{source.key}" is not opened: {_shown(name)} leads out of its folder'
                    self._note("E521", message, source, _RELATIVE, Severity.WARNING)
                    return None
                if path.is_file():
                    return path
            except (OSError, RuntimeError, ValueError):
                continue
        if self.folders:
            self._note("E520", f'the file of the source "{source.key}" is not at hand: {_shown(name)}', source, _AT_HAND)
        return None

    def _bytes(self, source: Source, path: Path) -> bytes | None:
        limit = min(MAX_SOURCE, MAX_ALL - self.read)
        try:
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            self._note("E520", f'the file of the source "{source.key}" can\'t be read: {reason}', source, _AT_HAND)
            return None
        if len(data) > limit:
            what = (
                f"longer than {MAX_SOURCE:,} bytes" if limit == MAX_SOURCE else f"too much: {MAX_ALL:,} bytes of sources are read at most"
            )
            self._note("E522", f'the file of the source "{source.key}" is {what}; its passages are not looked for', source, _SHORTER)
            return None
        self.read += len(data)
        return data

    def _note(self, code: str, message: str, source: Source, help: str, severity: Severity = Severity.NOTE) -> None:
        element = f"sources/{source.key}"
        self.diagnostics.append(Diagnostic(code, message, value=source.file, help=help, severity=severity, element=element))

    def passage(self, element: str, citation: Citation, text: Text | None) -> Passage:
        """A citation and what became of it, with a diagnostic where it was not found where it should be."""
        key = (citation.source, citation.at, citation.quote)
        if key not in self.known:
            self.known[key] = self._looked_up(citation, text)
        result, detail = self.known[key]
        if result in _SAYING:
            code, help = _SAYING[result]
            message, value = f"{citation.source} {citation.at}: {detail}", citation.quote or citation.at
            self.diagnostics.append(Diagnostic(code, message, None, value, help, Severity.WARNING, element))
        return Passage(element, citation, result, detail)

    def _looked_up(self, citation: Citation, text: Text | None) -> tuple[Result, str]:
        """Whether the place of a citation is in the text, and the quotation at that place."""
        if text is None:
            return Result.UNCHECKED, "no text of the source is at hand"
        wanted, quote = places(citation.at), citation.quote or ""
        if wanted is not None and not 1 <= wanted[0] <= wanted[-1] <= text.count:
            return Result.ABSENT, f"the text has {plural(text.count, 'paragraph')}, and no {_named(_beyond(wanted, text.count))}"
        if not compared(quote):
            if wanted is None:
                return Result.UNCHECKED, _NO_PLACE
            return Result.FOUND, f"the text has {_named(wanted)}"
        self.looked += text.length
        if self.looked > MAX_LOOKED:
            return Result.UNCHECKED, f"not looked for: more than {MAX_LOOKED:,} characters would be looked through"
        found = text.find(quote, wanted)
        if found is None:
            return Result.ABSENT, "the quotation is not in the text"
        if wanted is None:
            return Result.FOUND, f"the quotation stands in {_named(found)}; whether that is {citation.at} can't be seen in the text"
        if found[0] in wanted and found[-1] in wanted:
            return Result.FOUND, f"the quotation stands in {_named(found)}"
        return Result.ELSEWHERE, f"the quotation does not stand in {_named(wanted)}, but in {_named(found)}"

    def say_unchecked(self, passages: Sequence[Passage]) -> None:
        """One note on all citations whose place a text does not show (E526), and one on those that were too many (E527)."""
        places = list(dict.fromkeys(f"{p.citation.source} {p.citation.at}" for p in passages if p.detail == _NO_PLACE))
        if places:
            shown = listing([*places[:5], f"{len(places) - 5:,} more"] if len(places) > 5 else places)
            help = "cite by paragraph (¶3), or add a quotation; pages and headings are for readers"
            message = f"these places can't be found in a text: {shown}"
            self.diagnostics.append(Diagnostic("E526", message, help=help, severity=Severity.NOTE))
        if self.looked > MAX_LOOKED:
            message = f"some quotations were not looked for: more than {MAX_LOOKED:,} characters would be looked through"
            self.diagnostics.append(Diagnostic("E527", message, help=_SHORTER, severity=Severity.NOTE))


_RELATIVE = "give a path relative to the conflict file, within its folder; or the bare name, and the folder when you check"
_AT_HAND = "put it there, or name the folder that holds it when you check; without it nothing can be found again"
_SHORTER = "save the pages that are cited as a text of their own, and name that file"
_NO_PLACE = "its place can't be found in a text; only paragraphs (¶) are counted"
_SAYING = {
    Result.ELSEWHERE: ("E525", "correct the place, or the quotation"),
    Result.ABSENT: ("E524", "look it up: the place, the wording, and whether the file is the one that was cited"),
}


def _shown(name: str) -> str:
    return f'"{shortened(name)}"'


def _beyond(wanted: range, count: int) -> range:
    """The paragraphs that a text does not have."""
    return range(1) if wanted[0] < 1 else range(max(wanted[0], count + 1), wanted[-1] + 1)


def _named(numbers: range) -> str:
    return f"¶{numbers[0]}" if len(numbers) == 1 else f"¶{numbers[0]} to ¶{numbers[-1]}"
