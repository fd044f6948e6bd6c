"""Answers in the terminal: each question, its answer, what that rests on; then what sources conclude beside what the model gives."""

from __future__ import annotations

from detente.app.answering import AnswersDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.sections import ITEMS, title_line
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped
from detente.text import capital

MARKS = {"agrees": "=", "differs": "≠", "open": "?", "outside": "–"}


def show_answers(document: AnswersDocument, terminal: Terminal, *, everything: bool = False) -> None:
    """Print answers; `everything` lists everything that is counted."""
    terminal.print(title_line(document.conflict, terminal))
    for number, one in enumerate(document.answers, start=1):
        terminal.print()
        terminal.print("\n".join(terminal.style("bold", line) for line in wrapped(f"{number}. {one.asks}", terminal.width, "", "   ")))
        verdict, *rest = one.paragraphs
        terminal.print("\n".join(paragraph_lines(verdict, terminal.width, None, "   ")))
        for paragraph in rest:
            terminal.print("\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "   ")))
    if document.compared:
        terminal.print()
        terminal.print(terminal.style("bold", "What the sources conclude, and what the model gives"))
    for part in document.compared:
        cited = f", {part.cited}" if part.cited else ""
        says = f"{capital(part.says)}{cited}:"
        found = f"{capital(part.in_words)}. {part.sentence.text}"
        lines = [*wrapped(says, terminal.width, f" {MARKS[part.result]} ", "   "), *wrapped(found, terminal.width, "     ")]
        terminal.print("\n".join(lines))
