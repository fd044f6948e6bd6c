"""What answers in the terminal are made of: the line with the title, paragraphs, small tables, and at the end what it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells, pad
from detente.cli.wrap import wrapped

if TYPE_CHECKING:
    from detente.app.documents import ConflictPart, ParagraphPart
    from detente.app.forecast_documents import ForecastDocument

ITEMS = 6
"""Most items of a list that are shown without --all, where an answer shows no fewer."""


def title_line(about: ConflictPart | ForecastDocument, terminal: Terminal) -> str:
    """The title of what an answer is `about`, and at the right end of the line its file, where both fit.

    >>> import io
    >>> from detente.app.diagnosing import diagnose
    >>> title_line(diagnose("chicken", start="DC").conflict, Terminal(io.StringIO(), width=60))
    'Chicken                                              chicken'
    """
    title, file = about.title, about.file or ""
    gap = terminal.width - cells(title) - cells(file)
    return terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else "")


def account(
    about: ConflictPart | ForecastDocument, paragraphs: Sequence[ParagraphPart], terminal: Terminal, items: int | None
) -> list[list[str]]:
    """The sections with which most answers begin: the title line, and each paragraph.

    Parameters
    ----------
    about
        What the answer is about.
    paragraphs
        What it says.  The first is the verdict: it is bold, and told in full.
    terminal
        Where it will be printed.
    items
        Most items of a list that are shown in the others; None for all.

    Examples
    --------
    >>> import io
    >>> from detente.app.diagnosing import diagnose
    >>> found = diagnose("chicken", start="DC")
    >>> title, verdict, *rest = account(found.conflict, found.paragraphs, Terminal(io.StringIO(), width=80), ITEMS)
    >>> verdict[0]
    'It is stuck: in this model nobody would leave state 2 on their own under SEQ,'
    """
    first, *rest = paragraphs
    verdict = [terminal.style("bold", line) for line in paragraph_lines(first, terminal.width, None)]
    others = (paragraph_lines(paragraph, terminal.width, items, "  ") for paragraph in rest)
    return [[title_line(about, terminal)], verdict, *others]


def small_table(rows: Sequence[Sequence[str]], align: str, indent: str = "  ") -> list[str]:
    """The lines of a table whose columns are as wide as what is in them.

    Parameters
    ----------
    rows
        The cells, row by row, all rows of one length.
    align
        For each column "<", ">" or "^" (as in `pad`); the last counts for all columns after it.
    indent
        What each line begins with.

    Examples
    --------
    >>> small_table([["", "states"], ["the whole", "9"]], "<>")
    ['             states', '  the whole       9']
    """
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    aligns = align.ljust(len(widths), align[-1])
    lines = ("  ".join(pad(cell, width, how) for cell, width, how in zip(row, widths, aligns, strict=True)) for row in rows)
    return [f"{indent}{line}".rstrip() for line in lines]


def cost_lines(facts: Sequence[str], seconds: float | None, width: int) -> list[str]:
    """What an answer rests on in short, and how long it took if that is to be told; no lines if there is nothing to be said.

    >>> cost_lines(["under SEQ", "4 completions"], 0.5, 80), cost_lines([], None, 80)
    (['under SEQ · 4 completions · 0.50 s'], [])
    """
    took = [] if seconds is None else [f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"]
    return wrapped(" · ".join([*facts, *took]), width)


def show_sections(sections: Iterable[Sequence[str]], terminal: Terminal) -> None:
    """Print sections with an empty line between each two; those without lines are left out.

    >>> show_sections([["Elmira"], [], ["under SEQ"]], Terminal(width=80))
    Elmira
    <BLANKLINE>
    under SEQ
    """
    for place, section in enumerate(filter(None, sections)):
        terminal.print(("\n" if place else "") + "\n".join(section))
