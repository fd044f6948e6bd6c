"""`evolve` and `forecast` in the terminal: sentences, and the evidence that they rest on."""

from __future__ import annotations

from detente.app.evolution_documents import EvolutionDocument
from detente.app.forecast_documents import ForecastDocument
from detente.cli.explain_text import evidence_lines
from detente.cli.sections import ITEMS, account, cost_lines, show_sections
from detente.cli.term import Terminal


def show_evolution(document: EvolutionDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print how a conflict would go on; `everything` shows every list in full."""
    sections = account(document.conflict, document.paragraphs, terminal, None if everything else ITEMS)
    if document.evidence:
        sections.append(evidence_lines(document.evidence, terminal.width, everything))
    show_sections([*sections, cost_lines([], seconds, terminal.width)], terminal)


def show_forecast(document: ForecastDocument, terminal: Terminal, *, everything: bool = False) -> None:
    """Print how forecasts did; `everything` shows each of them."""
    show_sections(account(document, document.paragraphs, terminal, None if everything else ITEMS), terminal)
