"""Explanations in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.answers import ElementPart, ExplanationsDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, quoted, typed
from detente.cli.wrap import wrapped

ITEMS = 5
FEW = 2
EVIDENCE = 6


def show_explanations(document: ExplanationsDocument, terminal: Terminal, *, everything: bool = False) -> None:
    """Print explanations, one below the other, and at the end what they rest on.

    Of several the state is described once.  Where several concepts and decision makers are asked about, a summary takes their place unless
    everything is asked for.
    """
    documents = document.explanations
    several = len(documents) > 1
    if several and document.summary:
        for sentence in document.summary:
            terminal.print("\n".join(wrapped(sentence.text, terminal.width)))
        terminal.print()
        if not everything and len({one.under for one in documents}) > 1:
            file, first = typed(documents[0].conflict), documents[0]
            terminal.print(f"Why:     detente explain {file} {first.state.id} --by {quoted(first.by)} --under {first.under}")
            terminal.print(f"In full: detente explain {file} {first.state.id} --all")
            return
    items = None if everything else FEW if several else ITEMS
    for place, one in enumerate(documents):
        verdict, setting, *rest = one.paragraphs
        terminal.print(terminal.style("bold", "\n".join(paragraph_lines(verdict, terminal.width, None))))
        for paragraph in rest if place and not everything else (setting, *rest):
            terminal.print()
            terminal.print("\n".join(paragraph_lines(paragraph, terminal.width, items, "  ")))
        terminal.print()
    evidence = {part.element: part for one in documents for part in one.evidence}
    if evidence:
        head = " All of this rests on:" if several else " It rests on:"
        terminal.print("\n".join(evidence_lines(list(evidence.values()), terminal.width, everything, head)))


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
