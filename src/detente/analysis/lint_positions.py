"""Findings about what decision makers demand."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.lint_model import found
from detente.errors import Diagnostic
from detente.space.states import StateSpace


def position_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M168 (a position, or the fallback, can't occur).

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.position import StatedPosition
    >>> from detente.model.rule import Infeasible
    >>> one, demand = Option("x", "x", ("A",)), StatedPosition("A", frozenset({"x"}))
    >>> conflict = Conflict("t", (DecisionMaker("A", "A"),), (one,), (Infeasible(Taken("x")),), positions=(demand,))
    >>> [found.message for found in position_findings(StateSpace(conflict))]
    ["the position of A can't occur: the rules exclude it"]
    """
    conflict = space.conflict
    demanded = [(f"positions/{p.party}", f"the position of {conflict.decision_maker(p.party).name}", p.taken) for p in conflict.positions]
    if conflict.fallback is not None:
        demanded.append(("fallback", "the fallback", conflict.fallback.taken))
    for element, what, taken in demanded:
        if not space.is_feasible(conflict.combination(taken)):
            help = "look whether it is what is demanded, and whether the rule says what is meant"
            yield found("M168", f"{what} can't occur: the rules exclude it", element, help)
