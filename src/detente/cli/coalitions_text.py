"""`coalitions` in the terminal: the account in sentences, and a table of coalitions and concepts."""

from __future__ import annotations

from detente.app.coalescing import CoalitionPart, CoalitionsDocument
from detente.cli.explain_text import evidence_lines
from detente.cli.marks import HELD, UNKNOWN
from detente.cli.sections import account, cost_lines, show_sections, small_table
from detente.cli.term import Terminal

ITEMS = 5
"""Most items of a list that are shown without --all."""
ROWS = 16
"""Most coalitions that are shown without --all."""
LEFT = "○"
MARKS = {True: HELD, False: LEFT, None: UNKNOWN}


def show_coalitions(document: CoalitionsDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print for which coalitions a state is stable; `everything` shows every list in full."""
    sections = account(document.conflict, document.paragraphs, terminal, None if everything else ITEMS)
    if document.evidence:
        sections.append(evidence_lines(document.evidence, terminal.width, everything))
    sections += [_table(document, terminal, everything), cost_lines([], seconds, terminal.width)]
    show_sections(sections, terminal)


def _table(document: CoalitionsDocument, terminal: Terminal, everything: bool) -> list[str]:
    """A row for each coalition that is shown: how many improvements it can bring about, and the verdicts."""
    shown = document.coalitions if everything or len(document.coalitions) <= ROWS else _telling(document)
    concepts = list(document.stable)
    rows = [["", "improvements", *concepts]]
    for one in shown:
        marks = {verdict.under: MARKS[verdict.stable] for verdict in one.verdicts}
        rows.append([" + ".join(one.members), f"{one.improvements:,}" if one.improvements else "·", *(marks[key] for key in concepts)])
    more = len(document.coalitions) - len(shown)
    legend = f"  {HELD} stable for the coalition  {LEFT} not stable"
    legend += f"  {UNKNOWN} not settled" if any(UNKNOWN in row for row in rows) else ""
    legend += f"  {more:,} more: --all" if more else ""
    return [terminal.style("bold", f"State {document.state.id:,}"), *small_table(rows, "<^"), legend]


def _telling(document: CoalitionsDocument) -> tuple[CoalitionPart, ...]:
    """The coalitions that have improvements first, then the others, as long as there is room; in the order of the document."""
    kept = sorted(document.coalitions, key=lambda one: not one.improvements)[:ROWS]
    return tuple(one for one in document.coalitions if any(one is other for other in kept))
