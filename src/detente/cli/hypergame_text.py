"""`hypergame` in the terminal."""

from __future__ import annotations

from detente.app.hypergaming import HypergameDocument
from detente.cli.sections import ITEMS, account, cost_lines, show_sections
from detente.cli.term import Terminal
from detente.text import listing


def show_hypergame(document: HypergameDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print whether a state holds as the decision makers see the conflict; `everything` shows lists in full.

    >>> import io
    >>> from detente.app.hypergaming import hypergame
    >>> from detente.app.opening import opened
    >>> printed = io.StringIO()
    >>> show_hypergame(hypergame(opened("misread-neighbours")), Terminal(printed, width=100))
    >>> printed.getvalue().splitlines()[0].split("  ")[0]
    'Misread neighbours'
    """
    sections = account(document.conflict, document.paragraphs, terminal, None if everything else ITEMS)
    holders = sum(part.viewpoint is not None for part in document.acting)
    cost = [f"under {listing(dict.fromkeys(document.profile.values()))}", f"{holders} of {len(document.acting)} act on viewpoints"]
    show_sections([*sections, cost_lines(cost, seconds, terminal.width)], terminal)
