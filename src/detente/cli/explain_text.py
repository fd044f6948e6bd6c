"""Explanations in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.answers import ElementPart, ExplanationDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped

ITEMS = 5
EVIDENCE = 6


def show_explanations(documents: Sequence[ExplanationDocument], terminal: Terminal, *, everything: bool = False) -> None:
    """Print explanations, one below the other, and at the end what they rest on."""
    for document in documents:
        verdict, *rest = document.paragraphs
        terminal.print(terminal.style("bold", "\n".join(paragraph_lines(verdict, terminal.width, None))))
        for paragraph in rest:
            terminal.print()
            terminal.print("\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
        terminal.print()
    evidence = {part.element: part for document in documents for part in document.evidence}
    if evidence:
        several = " All of this" if len(documents) > 1 else " It"
        terminal.print("\n".join(evidence_lines(list(evidence.values()), terminal.width, everything, f"{several} rests on:")))


def evidence_lines(evidence: Sequence[ElementPart], width: int, everything: bool, head: str = " It rests on:") -> list[str]:
    """What an explanation rests on, element by element; those without a basis together in the end."""
    based = [part for part in evidence if part.kind is not None]
    shown = based if everything else based[:EVIDENCE]
    lines = [f" {head}"]
    for part in shown:
        lines += wrapped(f"{part.called}: {part.words}", width, "    ", "      ")
    if len(shown) < len(based):
        lines.append(f"    {len(based) - len(shown)} more: --all")
    without = [part.called for part in evidence if part.kind is None]
    if without:
        lines += wrapped(f"without a stated basis: {'; '.join(without)}", width, "    ", "      ")
    return lines
