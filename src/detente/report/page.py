"""The report as one page of HTML that needs nothing besides itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from detente.model.conflict import Conflict
from detente.report.accounts import Account
from detente.report.build import content_of
from detente.report.content import ReportContent
from detente.report.gathering import Data
from detente.report.palette import COLOURS
from detente.report.plain import visible
from detente.space.sets import StateSet
from detente.text import listing, plural

TEMPLATES = files("detente.report") / "templates"


def html(
    conflict: Conflict,
    *,
    analysis: Data,
    check: Data | None = None,
    explanations: Sequence[Data] = (),
    paths: Sequence[Data] = (),
    story: Sequence[Data] = (),
    unlock: Data | None = None,
    answers: Data | None = None,
    diagnosis: Data | None = None,
    fronts: Data | None = None,
    accounts: Sequence[Account] = (),
    sweep: Data | None = None,
    file: str,
    command: str,
    tried: Sequence[str] = (),
    equilibria: Mapping[str, StateSet] | None = None,
) -> str:
    """The report on a conflict as one self-contained HTML page.

    It needs no script, no network and no other file; its style and its drawings are in it.  The same arguments give the same text.

    Parameters
    ----------
    conflict
        The conflict: names, descriptions, bases, sources.
    analysis, check, explanations, paths
        The documents `detente.analysis/1`, `detente.check/1`, `detente.explanation/1`, `detente.path/1` as JSON data.
    story
        Paragraphs on what can come of the status quo, if they are not in the analysis.
    unlock, answers
        The documents `detente.unlock/1` and `detente.answers/1`, where there are such.
    diagnosis
        The document `detente.diagnosis/1` about the status quo as JSON data, or None.
    fronts
        The document `detente.fronts/1` as JSON data, or None.
    accounts
        Further sections that are accounts in sentences.
    sweep
        The document `detente.sweep/1` as JSON data, or None.
    file, command
        The conflict's file as the reader knows it, and the command that makes this report again.
    tried
        What was changed in the conflict of the file, in words: the report says it first, and that no command makes it again.
    equilibria
        For each concept all equilibria, for the drawings; by default those that the analysis lists.
    """
    return render(
        content_of(
            conflict,
            analysis=analysis,
            check=check,
            explanations=explanations,
            paths=paths,
            story=story,
            unlock=unlock,
            answers=answers,
            diagnosis=diagnosis,
            fronts=fronts,
            accounts=accounts,
            sweep=sweep,
            file=file,
            command=command,
            tried=tried,
            equilibria=equilibria,
        )
    )


def render(content: ReportContent) -> str:
    """The page for what a report holds."""
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("tokens.css", "report.css", "drawing.css"))
    page = environment().get_template("report.html.jinja").render(report=content, style=Markup(style), colours=COLOURS)  # noqa: S704 - our own style
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"


@cache
def environment() -> Environment:
    """The templates, with escaping on for everything and no silent gaps."""
    made = Environment(
        loader=FunctionLoader(lambda name: (TEMPLATES / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters.update(plural=plural, listing=listing, grouped=lambda number: f"{number:,}")
    return made


def _shown(value: object) -> object:
    """What a template writes: our own markup as it is, other text without hidden characters; None is refused."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("a template wrote nothing where something was meant")
    return visible(str(value))
