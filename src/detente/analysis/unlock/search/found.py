"""What was found of preference shifts: the levers, and the claim of what there is besides."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.separate import Separate
from detente.analysis.claims.shifted import Shifts
from detente.analysis.claims.smallest import Smallest
from detente.analysis.unlock.lever import Levers


@dataclass(frozen=True)
class ShiftLevers(Levers[Shifts]):
    """Minimal changes of orders for one goal, and what shows that there are no smaller ones.

    Parameters
    ----------
    kind, found, least, complete, stopped
        As for all levers.
    red_lines
        Whether pairs of which just one state crosses a red line were left as they are ("excluded") or counted like others.
    proof
        That nothing is smaller, or a bound; None where nothing is shown.
    """

    red_lines: RedLines = "excluded"
    proof: Smallest | Separate | None = None
