"""`fronts` in the terminal: the account in sentences, and a table of sets of fronts."""

from __future__ import annotations

from detente.app.fronting import FrontsDocument, FrontSetPart
from detente.cli.marks import HELD
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells, pad
from detente.cli.wrap import wrapped
from detente.text import listing

ROWS = 16
"""Most sets that are shown without --all."""
SAID = {True: "the same", False: "other", None: "not settled"}


def show_fronts(document: FrontsDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print what becomes of the conclusions; `everything` shows all sets of fronts."""
    head, *rest = document.paragraphs
    title, file = document.conflict.title, document.conflict.file or ""
    gap = terminal.width - cells(title) - cells(file)
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None, "  ")))
    terminal.print("\n" + "\n".join(_table(document, terminal, everything)))
    cost = [f"types of deadlock under {listing(dict.fromkeys(document.profile.values()))}"]
    if seconds is not None:
        cost.append(f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s")
    terminal.print("\n" + "\n".join(wrapped(" · ".join(cost), terminal.width)))


def _table(document: FrontsDocument, terminal: Terminal, everything: bool) -> list[str]:
    """A row for each set of fronts that is shown: which are in the model, how large it is, and whether the conclusions are the same."""
    shown = document.sets if everything or len(document.sets) <= ROWS else _telling(document)
    keys = [front.key for front in document.fronts]
    rows = [[*keys, "options", "conclusions"]]
    for one in shown:
        rows.append([*(HELD if key in one.fronts else "·" for key in keys), str(one.options), SAID[one.same]])
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [terminal.style("bold", "Sets of fronts")]
    for row in rows:
        made = (pad(cell, width, "<" if i == len(row) - 1 else "^") for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        lines.append(f"  {'  '.join(made)}".rstrip())
    more = len(document.sets) - len(shown)
    lines.append(f"  {HELD} in the model  · left out" + (f"  {more:,} more sets: --all" if more else ""))
    return lines


def _telling(document: FrontsDocument) -> tuple[FrontSetPart, ...]:
    """None, each alone, all but one, all; and sets with other conclusions, as long as there is room."""
    sizes = {0, 1, len(document.fronts) - 1, len(document.fronts)}
    kept = [one for one in document.sets if len(one.fronts) in sizes or one.fronts in document.enough]
    for one in document.sets:
        if one.same is not True and one not in kept and len(kept) < ROWS:
            kept.append(one)
    return tuple(sorted(kept, key=document.sets.index))
