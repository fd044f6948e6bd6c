"""The report of a conflict as the workbench hands it out: the file that `detente report` writes, with what was tried said in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from detente.app.document_base import Document
from detente.app.opening import Opened
from detente.app.progress import Progress
from detente.workbench.asked import Asked

Named = Annotated[str, Field(max_length=1_000)]


class AskReport(Asked):
    """The analysis as one HTML file, as `detente report` writes it; `seconds` is for what may take long in it."""

    under: Named | dict[Named, Named] | list[Named] | None = None
    seconds: Annotated[float, Field(gt=0, le=3_600)] | None = None


class ReportDocument(Document):
    """A report: what its file is called, and what that holds."""

    schema_: Literal["detente.report/1"] = Field(default="detente.report/1", serialization_alias="schema", validation_alias="schema")
    name: str
    text: str


def reported(opened: Opened, more: Mapping[str, Any], progress: Progress) -> ReportDocument:
    """The report of a conflict.

    Parameters
    ----------
    opened
        The conflict.
    more
        `under` and `seconds` as of `AskReport`, and what was changed in the conflict, in words (`says`).
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        As of `detente.app.reporting.report`.
    UsageError
        An unknown concept.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> more = {"under": "Nash", "seconds": None, "says": ("A is B.",)}
    >>> found = reported(opened("prisoners-dilemma"), more, lambda progress: None)
    >>> found.name, "<li><bdi>A is B.</bdi></li>" in found.text
    ('prisoners-dilemma.html', True)
    """
    from detente.app.reporting import report_text, stem
    from detente.app.wanted import Wanted

    name = f"{stem(opened)}.html"
    wanted = Wanted(seconds=more["seconds"])
    text = report_text(opened, name, under=more["under"], wanted=wanted, tried=more["says"], progress=progress)
    return ReportDocument(name=name, text=text)
