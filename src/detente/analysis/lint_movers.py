"""A finding about who moves next."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.lint_model import found
from detente.errors import Diagnostic
from detente.space.states import StateSpace
from detente.text import listing


def mover_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M177: the weights of the movers leave out somebody who owns an option.

    >>> from fractions import Fraction
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.evidence import Basis, BasisKind
    >>> from detente.model.mover import Movers
    >>> two = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> movers = Movers((("A", Fraction(1)),), Basis(BasisKind.ASSUMED))
    >>> conflict = Conflict("t", two, (Option("x", "x", ("A",)), Option("y", "y", ("B",))), movers=movers)
    >>> [found.message for found in mover_findings(StateSpace(conflict))]
    ['the weights of the movers say nothing of B']
    """
    conflict = space.conflict
    if conflict.movers is None:
        return
    named = {key for key, _ in conflict.movers.weights}
    left = [dm.key for dm in conflict.decision_makers if space.masks[dm.key] and dm.key not in named]
    if left:
        help = "name everybody who owns an option, with 0 for those who never move"
        yield found("M177", f"the weights of the movers say nothing of {listing(left)}", "movers", help)
