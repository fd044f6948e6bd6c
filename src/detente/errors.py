"""What can go wrong, as values and as exceptions.

Every problem that a user can cause is a `Diagnostic`: a stable code, a place, the offending value and what to do.
Exceptions carry diagnostics; the tree is

    DetenteError
    ├── ConflictError        the conflict can't be read or is not well formed   (exit status 1)
    ├── EditError            an edit does not fit the conflict it is applied to (exit status 1)
    ├── UsageError           the question is not well put                       (exit status 2)
    ├── LimitError           a stated limit of size, memory or time was reached (exit status 1)
    ├── Cannot               no engine can answer this; says which could        (exit status 1)
    └── MissingExtra         an optional library is not installed; says how     (exit status 1)

Codes: M model, P preference, E evidence, F file, S size or engine, I importer, U usage, D Detente itself.
`detente explain-code CODE` prints the page of a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is: an error stops the analysis, a warning does not, a note is information.

    >>> Severity("warning").value
    'warning'
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file.

    Parameters
    ----------
    file
        Name of the file, as the user gave it.
    line, column
        Where it begins, counted from 1.
    length
        How many characters it spans.

    Examples
    --------
    >>> Position("elmira.yaml", 27, 18, 6).label
    'elmira.yaml:27:18'
    """

    file: str
    line: int
    column: int
    length: int = 1

    @property
    def label(self) -> str:
        """`file:line:column`, as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a stable code, what is wrong, where, with which value, and what to do.

    Parameters
    ----------
    code
        A letter and three digits, e.g. ``M104``; it has a page under `detente.codes`.
    message
        One sentence that says what is wrong.
    where
        Position in the file, if there is one.
    value
        The offending value as the user wrote it.
    help
        What to do about it.
    severity
        `Severity.ERROR`, `Severity.WARNING` or `Severity.NOTE`.
    element
        Path of the element that it is about, e.g. ``decision makers/Uniroyal``, if there is one.

    Examples
    --------
    >>> print(Diagnostic("M104", 'no option is called "Aceept"', value="Aceept"))
    error[M104]: no option is called "Aceept"
    """

    code: str
    message: str
    where: Position | None = None
    value: str | None = None
    help: str | None = None
    severity: Severity = Severity.ERROR
    element: str | None = None

    def __str__(self) -> str:
        place = f"{self.where.label}: " if self.where else ""
        return f"{place}{self.severity}[{self.code}]: {self.message}"


class DetenteError(Exception):
    """Base of everything that Detente raises on purpose; carries diagnostics.

    Parameters
    ----------
    diagnostics
        What is wrong, one or more; kept as a tuple under the same name.

    Examples
    --------
    >>> raise ConflictError.of("M100", "there is no decision maker")
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: error[M100]: there is no decision maker
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    @classmethod
    def of(
        cls, code: str, message: str, *, where: Position | None = None, value: str | None = None, help: str | None = None
    ) -> DetenteError:
        """The exception with one diagnostic.

        Parameters
        ----------
        code, message, where, value, help
            Those of the `Diagnostic`.

        Returns
        -------
        DetenteError
            An instance of the class it is called on.

        Examples
        --------
        >>> UsageError.of("U401", "no solution concept is called SEQQ", value="SEQQ").diagnostics[0].code
        'U401'
        """
        return cls([Diagnostic(code, message, where, value, help)])


class ConflictError(DetenteError):
    """The conflict can't be read, or is not well formed."""


class EditError(DetenteError):
    """An edit does not fit the conflict that it is applied to."""


class UsageError(DetenteError):
    """The question is not well put: an unknown concept, a state that does not exist, a file that is not there."""


class LimitError(DetenteError):
    """A stated limit of size, memory or time was reached; the message says which and how to raise it."""


class Cannot(DetenteError):
    """No engine that may be used can answer this question; the message says which could."""


class MissingExtra(DetenteError):
    """An optional library is needed and not installed; the message gives the command that installs it."""


@dataclass(slots=True)
class Problems:
    """Collects diagnostics, so that a file is told all its problems at once.

    Parameters
    ----------
    found
        The diagnostics so far.

    Examples
    --------
    >>> problems = Problems()
    >>> problems.error("M100", "there is no decision maker", help="add one")
    >>> problems.has_errors, problems.found[0].help
    (True, 'add one')
    """

    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, where: Position | None = None, **more: str | None) -> None:
        """Note an error with a code and a message, and where it is; `more` may give `value`, `help` and `element`."""
        self.found.append(Diagnostic(code, message, where, severity=Severity.ERROR, **more))

    def warn(self, code: str, message: str, where: Position | None = None, **more: str | None) -> None:
        """Note a warning with a code and a message, and where it is; `more` may give `value`, `help` and `element`."""
        self.found.append(Diagnostic(code, message, where, severity=Severity.WARNING, **more))

    def note(self, code: str, message: str, where: Position | None = None, **more: str | None) -> None:
        """Note something worth knowing with a code and a message, and where it is; `more` may give `value`, `help` and `element`."""
        self.found.append(Diagnostic(code, message, where, severity=Severity.NOTE, **more))

    @property
    def has_errors(self) -> bool:
        """Whether an error is among them."""
        return any(d.severity is Severity.ERROR for d in self.found)

    def raise_errors(self) -> None:
        """Raise what was found, if an error is among it.

        Raises
        ------
        ConflictError
            With everything found so far, warnings and notes included.
        """
        if self.has_errors:
            raise ConflictError(self.found)
