"""What an analyst would want to know of statements about pairs of states, and of viewpoints."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.lint_model import found
from detente.errors import Diagnostic
from detente.model.checks_beliefs import everybody
from detente.model.formula import written
from detente.model.viewpoint import unseen_by
from detente.space.states import StateSpace


def belief_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M145 (a statement about pairs covers none), M146 (a viewpoint does not perceive the status quo), M147 (options that nothing settles).

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.pairs import PairStatement
    >>> idle = DecisionMaker("A", "A", pairs=(PairStatement("unknown", Taken("x"), Taken("x")),))
    >>> [one.code for one in belief_findings(StateSpace(Conflict("one", (idle,), (Option("x", "x", ("A",)),))))]
    ['M145']
    """
    for path, dm in everybody(space.conflict):
        for place, pair in enumerate(dm.pairs, start=1):
            of, over = space.where(pair.of), space.where(pair.over)
            alone = (of | over).count < 2 if pair.kind == "unknown" else of == over
            if not of or not over or alone:
                nobody = written(pair.of) if not of else written(pair.over)
                why = f'no state meets "{nobody}"' if not of or not over else "both conditions are met by the same states"
                help = "look at its conditions; a state is never compared with itself, nor with one that meets both the other way round"
                yield found("M145", f"the statement about pairs of states covers no pair: {why}", f"{path}/pairs/{place}", help)
    yield from _unseen(space)


def _unseen(space: StateSpace) -> Iterator[Diagnostic]:
    conflict = space.conflict
    for seen in conflict.viewpoints:
        path = f"viewpoints/{seen.key}"
        if seen.unperceived_options and conflict.status_quo is None:
            message = "there is no status quo, so that the options that are not perceived count as not taken"
            yield found("M147", message, f"{path}/unperceived options", "name a status quo")
        hidden = unseen_by(conflict, seen)
        if hidden is not None and space.status_quo is not None and space.where(hidden).contains(space.status_quo):
            message = f'the viewpoint "{seen.key}" does not perceive the status quo, so that nobody who holds it moves from there'
            yield found("M146", message, path, "look at its condition; what somebody does not perceive is a state that they do not know of")
