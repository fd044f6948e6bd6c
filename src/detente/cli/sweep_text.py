"""`sweep` in the terminal."""

from __future__ import annotations

from detente.app.sweep_documents import SweepDocument
from detente.app.sweep_writing import RowsDocument
from detente.cli.sections import ITEMS, account, cost_lines, show_sections
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped
from detente.text import listing, plural


def show_sweep(document: SweepDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print what a sweep says; `everything` shows lists in full."""
    sections = account(document.conflict, document.paragraphs, terminal, None if everything else ITEMS)
    cost = [f"under {listing(dict.fromkeys(document.profile.values()))}", plural(document.completions, "completion")]
    show_sections([*sections, cost_lines(cost, seconds, terminal.width)], terminal)


def show_rows(document: RowsDocument, terminal: Terminal) -> None:
    """Print what was written into a folder (`document`) to the `terminal`."""
    total = plural(document.completions, "completion")
    each = f"All {total}, each once" if document.listed else f"{document.rows:,} of {total}, drawn by chance (seed {document.seed})"
    text = f"{each}, in {plural(document.parts, 'file')} of {document.folder} ({document.bytes:,} bytes)."
    if document.kept:
        text += f" {document.kept:,} rows were there before."
    terminal.print("\n".join(wrapped(text, terminal.width)))
    terminal.print("\n".join(wrapped(f"Columns: {', '.join(document.columns)}", terminal.width)))
