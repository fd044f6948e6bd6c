"""`compose` in the terminal: the account in sentences, and a table of the fronts."""

from __future__ import annotations

from detente.app.composing import ComposeDocument, WithinPart
from detente.cli.sections import account, show_sections, small_table
from detente.cli.term import Terminal


def show_composition(document: ComposeDocument, terminal: Terminal) -> None:
    """Print what a whole is made of (`document`) to the `terminal`."""
    sections = account(document.conflict, document.paragraphs, terminal, None)
    show_sections([*sections, _table(document, terminal)], terminal)
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
    return [terminal.style("bold", "Fronts"), *small_table(rows, "<>")]


def _states(count: int | None) -> str:
    """How many states there are, or that they were not listed."""
    return "not listed" if count is None else f"{count:,}"


def _count(part: WithinPart | None) -> str:
    """How many states, or that they were not listed."""
    return "not listed" if part is None else f"{part.count:,}"
