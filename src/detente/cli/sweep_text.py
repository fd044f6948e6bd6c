"""`sweep` in the terminal."""

from __future__ import annotations

from detente.app.sweep_documents import SweepDocument
from detente.app.sweep_writing import RowsDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells
from detente.cli.wrap import wrapped
from detente.text import listing, plural

ITEMS = 6
"""Most items of a list that are shown without --all."""


def show_sweep(document: SweepDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print what a sweep says.

    Parameters
    ----------
    document
        The answer.
    terminal
        Where to print.
    seconds
        How long it took, if that is to be told.
    everything
        Whether lists are shown in full.

    Examples
    --------
    >>> show_sweep.__name__
    'show_sweep'
    """
    head, *rest = document.paragraphs
    title, file = document.conflict.title, document.conflict.file or ""
    gap = terminal.width - cells(title) - cells(file)
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
    cost = [f"under {listing(dict.fromkeys(document.profile.values()))}", plural(document.completions, "completion")]
    if seconds is not None:
        cost.append(f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s")
    terminal.print("\n" + "\n".join(wrapped(" · ".join(cost), terminal.width)))


def show_rows(document: RowsDocument, terminal: Terminal) -> None:
    """Print what was written into a folder.

    Parameters
    ----------
    document
        The answer.
    terminal
        Where to print.

    Examples
    --------
    >>> show_rows.__name__
    'show_rows'
    """
    total = plural(document.completions, "completion")
    each = f"All {total}, each once" if document.listed else f"{document.rows:,} of {total}, drawn by chance (seed {document.seed})"
    text = f"{each}, in {plural(document.parts, 'file')} of {document.folder} ({document.bytes:,} bytes)."
    if document.kept:
        text += f" {document.kept:,} rows were there before."
    terminal.print("\n".join(wrapped(text, terminal.width)))
    terminal.print("\n".join(wrapped(f"Columns: {', '.join(document.columns)}", terminal.width)))
