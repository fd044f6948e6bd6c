"""`compose` in the terminal: the account in sentences, and a table of the fronts."""

from __future__ import annotations

from detente.app.composing import ComposeDocument, WithinPart
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells, pad


def show_composition(document: ComposeDocument, terminal: Terminal) -> None:
    """Print what a whole is made of (`document`) to the `terminal`."""
    head, *rest = document.paragraphs
    title, file = document.conflict.title, document.conflict.file or ""
    gap = terminal.width - cells(title) - cells(file)
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None, "  ")))
    terminal.print("\n" + "\n".join(_table(document, terminal)))
    if document.written is not None:
        terminal.note(f"wrote {document.written}")


def _table(document: ComposeDocument, terminal: Terminal) -> list[str]:
    """A row for each front and one for the whole: sizes, and how many states hold."""
    rows = [["", "decision makers", "options", "states", "hold alone", "hold within"]]
    for front in document.fronts:
        sizes = [str(len(front.decision_makers)), str(len(front.options)), _states(front.states)]
        rows.append([front.key, *sizes, _count(front.alone), _count(front.within)])
    sizes = [str(len(document.decision_makers)), str(len(document.options)), _states(document.states)]
    rows.append(["the whole", *sizes, "", _count(document.holding)])
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [terminal.style("bold", "Fronts")]
    for row in rows:
        made = (pad(cell, width, "<" if i == 0 else ">") for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        lines.append(f"  {'  '.join(made)}".rstrip())
    return lines


def _states(count: int | None) -> str:
    """How many states there are, or that they were not listed."""
    return "not listed" if count is None else f"{count:,}"


def _count(part: WithinPart | None) -> str:
    """How many states, or that they were not listed."""
    return "not listed" if part is None else f"{part.count:,}"
