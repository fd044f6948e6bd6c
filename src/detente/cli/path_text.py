"""Paths in the terminal: sentences, then the moves one by one with everybody's rank."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.answers import PathDocument, RoutePart
from detente.cli.paragraphs import paragraph_lines
from detente.cli.sections import small_table
from detente.cli.term import Terminal

ITEMS = 5


def show_paths(documents: Sequence[PathDocument], terminal: Terminal, *, everything: bool = False) -> None:
    """Print paths, one below the other."""
    for place, document in enumerate(documents):
        if place:
            terminal.print()
        verdict, *rest = document.paragraphs
        terminal.print(terminal.style("bold", "\n".join(paragraph_lines(verdict, terminal.width, None))))
        for paragraph in rest:
            terminal.print()
            terminal.print("\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
        for name, found in (("moves", document.moves), ("improvements", document.improvements)):
            ranked = found is not None and all(state.rank for state in found.states)
            if found is not None and ranked and found.steps and not (name == "improvements" and found == document.moves):
                terminal.print()
                terminal.print("\n".join(_strip(document, name, found)))


def _strip(document: PathDocument, name: str, found: RoutePart) -> list[str]:
    """A route as a table: a line for each state on it, with who moved there, and everybody's rank."""
    keys = [dm.key for dm in document.decision_makers]
    movers = ["from", *(step.by for step in found.steps)]
    rows = [["", "state", *keys]]
    rows += [[mover, f"{state.id:,}", *(f"{state.rank[key]:,}" for key in keys)] for mover, state in zip(movers, found.states, strict=True)]
    for row, step, before, after in zip(rows[2:], found.steps, found.states, found.states[1:], strict=False):
        for mover in step.together or (step.by,):
            row[2 + keys.index(mover)] += "▾" if after.rank[mover] > before.rank[mover] else ""
    first = "the first way" if found.count != 1 else "the way"
    lines = [f"  Ranks on {first}{' by improvements' if name == 'improvements' else ''}:", *small_table(rows, "<>", "    ")]
    if any(step.regrets for step in found.steps):
        lines.append("    ▾ lower than before for whoever moved")
    return lines
