"""Expected verdicts in the terminal: what differs first, then what is disputed, then how much holds."""

from __future__ import annotations

from detente.app.answers import ExpectationDocument
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped
from detente.text import plural


def show_expectations(document: ExpectationDocument, terminal: Terminal) -> None:
    """Print a comparison with expected verdicts."""
    failed = [claim for claim in document.claims if not claim.agrees and claim.disputed is None]
    disputed = [claim for claim in document.claims if claim.disputed is not None]
    for claim in failed:
        terminal.print("\n".join(wrapped(f"✗ {claim.claim}: {claim.difference}", terminal.width, "", "    ")))
        terminal.print("\n".join(wrapped(f"source: {claim.source}", terminal.width, "    ")))
    for claim in disputed:
        terminal.print("\n".join(wrapped(f"~ {claim.claim}: {claim.difference}", terminal.width, "", "    ")))
        terminal.print("\n".join(wrapped(f"source: {claim.source}; disputed: {claim.disputed}", terminal.width, "    ")))
    held = len(document.claims) - len(failed) - len(disputed)
    parts = [f"{plural(held, 'claim holds', 'claims hold')}"]
    parts += [plural(len(failed), "differs", "differ")] if failed else []
    parts += [f"{len(disputed):,} disputed"] if disputed else []
    terminal.print(f"{document.file}: {', '.join(parts)}")
