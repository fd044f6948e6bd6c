"""`hypergame` in the terminal."""

from __future__ import annotations

from detente.app.hypergaming import HypergameDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, cells
from detente.cli.wrap import wrapped
from detente.text import listing

ITEMS = 6
"""Most items of a list that are shown without --all."""


def show_hypergame(document: HypergameDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print whether a state holds as the decision makers see the conflict; `everything` shows lists in full.

    Parameters
    ----------
    document
        The answer.
    terminal
        Where to print.
    seconds
        How long it took, if that is to be told.
    everything
        Whether lists are shown in full.

    Examples
    --------
    >>> import io
    >>> from detente.app.hypergaming import hypergame
    >>> from detente.app.opening import opened
    >>> printed = io.StringIO()
    >>> show_hypergame(hypergame(opened("misread-neighbours")), Terminal(printed, width=100))
    >>> printed.getvalue().splitlines()[0].split("  ")[0]
    'Misread neighbours'
    """
    head, *rest = document.paragraphs
    title, file = document.conflict.title, document.conflict.file or ""
    gap = terminal.width - cells(title) - cells(file)
    terminal.print(terminal.style("bold", title) + (" " * gap + file if file and gap > 1 else ""))
    terminal.print("\n" + "\n".join(terminal.style("bold", line) for line in paragraph_lines(head, terminal.width, None)))
    for paragraph in rest:
        terminal.print("\n" + "\n".join(paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "  ")))
    holders = sum(part.viewpoint is not None for part in document.acting)
    cost = [f"under {listing(dict.fromkeys(document.profile.values()))}", f"{holders} of {len(document.acting)} act on viewpoints"]
    if seconds is not None:
        cost.append(f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s")
    terminal.print("\n" + "\n".join(wrapped(" · ".join(cost), terminal.width)))
