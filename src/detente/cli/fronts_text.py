"""`fronts` in the terminal: the account in sentences, and a table of sets of fronts."""

from __future__ import annotations

from detente.app.fronting import FrontsDocument, FrontSetPart
from detente.cli.marks import HELD
from detente.cli.sections import account, cost_lines, show_sections, small_table
from detente.cli.term import Terminal
from detente.text import listing

ROWS = 16
"""Most sets that are shown without --all."""
SAID = {True: "the same", False: "other", None: "not settled"}


def show_fronts(document: FrontsDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print what becomes of the conclusions; `everything` shows all sets of fronts."""
    sections = account(document.conflict, document.paragraphs, terminal, None)
    cost = [f"types of deadlock under {listing(dict.fromkeys(document.profile.values()))}"]
    sections += [_table(document, terminal, everything), cost_lines(cost, seconds, terminal.width)]
    show_sections(sections, terminal)


def _table(document: FrontsDocument, terminal: Terminal, everything: bool) -> list[str]:
    """A row for each set of fronts that is shown: which are in the model, how large it is, and whether the conclusions are the same."""
    shown = document.sets if everything or len(document.sets) <= ROWS else _telling(document)
    keys = [front.key for front in document.fronts]
    rows = [[*keys, "options", "conclusions"]]
    for one in shown:
        rows.append([*(HELD if key in one.fronts else "·" for key in keys), str(one.options), SAID[one.same]])
    more = len(document.sets) - len(shown)
    legend = f"  {HELD} in the model  · left out" + (f"  {more:,} more sets: --all" if more else "")
    return [terminal.style("bold", "Sets of fronts"), *small_table(rows, "^" * (len(keys) + 1) + "<"), legend]


def _telling(document: FrontsDocument) -> tuple[FrontSetPart, ...]:
    """None, each alone, all but one, all; and sets with other conclusions, as long as there is room."""
    sizes = {0, 1, len(document.fronts) - 1, len(document.fronts)}
    kept = [one for one in document.sets if len(one.fronts) in sizes or one.fronts in document.enough]
    for one in document.sets:
        if one.same is not True and one not in kept and len(kept) < ROWS:
            kept.append(one)
    return tuple(sorted(kept, key=document.sets.index))
