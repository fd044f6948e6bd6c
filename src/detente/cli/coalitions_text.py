"""`coalitions` in the terminal: the account in sentences, and a table of coalitions and concepts."""

from __future__ import annotations

from detente.app.coalescing import CoalitionPart, CoalitionsDocument
from detente.cli.explain_text import evidence_lines
from detente.cli.marks import HELD, UNKNOWN
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells, pad
from detente.cli.wrap import wrapped

ITEMS = 5
"""Most items of a list that are shown without --all."""
ROWS = 16
"""Most coalitions that are shown without --all."""
LEFT = "○"
MARKS = {True: HELD, False: LEFT, None: UNKNOWN}


def show_coalitions(document: CoalitionsDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print for which coalitions a state is stable; `everything` shows every list in full."""
    head, *rest = document.paragraphs
    title, file = document.conflict.title, document.conflict.file or ""
    gap = terminal.width - cells(title) - cells(file)
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
    if document.evidence:
        terminal.print("\n" + "\n".join(evidence_lines(document.evidence, terminal.width, everything)))
    terminal.print("\n" + "\n".join(_table(document, terminal, everything)))
    if seconds is not None:
        terminal.print("\n" + "\n".join(wrapped(f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s", terminal.width)))


def _table(document: CoalitionsDocument, terminal: Terminal, everything: bool) -> list[str]:
    """A row for each coalition that is shown: how many improvements it can bring about, and the verdicts."""
    shown = document.coalitions if everything or len(document.coalitions) <= ROWS else _telling(document)
    concepts = list(document.stable)
    rows = [["", "improvements", *concepts]]
    for one in shown:
        marks = {verdict.under: MARKS[verdict.stable] for verdict in one.verdicts}
        rows.append([" + ".join(one.members), f"{one.improvements:,}" if one.improvements else "·", *(marks[key] for key in concepts)])
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [terminal.style("bold", f"State {document.state.id:,}")]
    for row in rows:
        made = (pad(cell, width, "<^"[i > 0]) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        lines.append(f"  {'  '.join(made)}".rstrip())
    more = len(document.coalitions) - len(shown)
    legend = f"  {HELD} stable for the coalition  {LEFT} not stable"
    legend += f"  {UNKNOWN} not settled" if any(UNKNOWN in row for row in rows) else ""
    lines.append(legend + (f"  {more:,} more: --all" if more else ""))
    return lines


def _telling(document: CoalitionsDocument) -> tuple[CoalitionPart, ...]:
    """The coalitions that have improvements first, then the others, as long as there is room; in the order of the document."""
    kept = sorted(document.coalitions, key=lambda one: not one.improvements)[:ROWS]
    return tuple(one for one in document.coalitions if any(one is other for other in kept))
