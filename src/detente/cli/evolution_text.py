"""`evolve` and `forecast` in the terminal: sentences, and the evidence that they rest on."""

from __future__ import annotations

from detente.app.evolution_documents import EvolutionDocument
from detente.app.forecast_documents import ForecastDocument
from detente.cli.explain_text import evidence_lines
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells
from detente.cli.wrap import wrapped

ITEMS = 6
"""Most items of a list that are shown without --all."""


def show_evolution(document: EvolutionDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print how a conflict would go on; `everything` shows every list in full."""
    _titled(document.conflict.title, document.conflict.file, terminal)
    _told(document, terminal, everything)
    if document.evidence:
        terminal.print("\n" + "\n".join(evidence_lines(document.evidence, terminal.width, everything)))
    if seconds is not None:
        terminal.print("\n" + "\n".join(wrapped(f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s", terminal.width)))


def show_forecast(document: ForecastDocument, terminal: Terminal, *, everything: bool = False) -> None:
    """Print how forecasts did; `everything` shows each of them."""
    _titled(document.title, document.file, terminal)
    _told(document, terminal, everything)


def _titled(title: str, file: str | None, terminal: Terminal) -> None:
    gap = terminal.width - cells(title) - cells(file or "")
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))


def _told(document: EvolutionDocument | ForecastDocument, terminal: Terminal, everything: bool) -> None:
    head, *rest = document.paragraphs
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
