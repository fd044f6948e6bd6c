"""Stable states as decision diagrams: the worker's side of the symbolic engine.

With m the least value that the others' answers bring about for a decision maker i, a state is stable iff no move of i leads to a
state whose m exceeds the state's own value.  Because m is nowhere greater than i's value there, the greatest m may be taken over all
moves of i instead of over improvements only, and the state where the answers start may be counted among those that they reach.
"""

from __future__ import annotations

from functools import reduce
from operator import and_

from detente.engines.symbolic.diagrams import Diagram, Room
from detente.engines.symbolic.moves import Model, groups
from detente.engines.symbolic.order import arranged
from detente.engines.symbolic.table import Table
from detente.engines.symbolic.task import Kind, Task


class Solver:
    """Answers for one conflict.

    Parameters
    ----------
    task
        The conflict.
    room
        How much all diagrams together may hold.
    seed
        Of the orders that are tried.
    """

    def __init__(self, task: Task, room: Room, seed: int = 1) -> None:
        self.task, self.seed = task, seed
        self._room = Room(room.nodes // 2, room.remembered // 2)
        self.common = Model(task, arranged(len(task.keys), groups(task), seed), self._room)
        self._focal: tuple[int, Model] | None = None
        self._found: dict[tuple[Kind, int], Diagram] = {}

    def feasible(self) -> Table:
        """All feasible combinations."""
        return self.common.diagrams.table(self.common.feasible)

    def stable(self, kind: Kind, party: int) -> Table:
        """The states that are stable for a decision maker under a concept of a kind."""
        return self.common.diagrams.table(self._stable(kind, party))

    def all_stable(self, wanted: tuple[tuple[Kind, int], ...]) -> Table:
        """The states that are stable for several decision makers, each under a concept of their own; all if there are none."""
        sets = sorted((self._stable(kind, party) for kind, party in wanted), key=Diagram.node_count)
        return self.common.diagrams.table(reduce(and_, sets, self.common.feasible))

    def _stable(self, kind: Kind, party: int) -> Diagram:
        found = self._found.get((kind, party))
        if found is None:
            if kind.answers == "improving":
                model = self._model_for(party)
                found = self.common.diagrams.loaded(model.diagrams.table(verdict(model, kind, party)))
            else:
                found = verdict(self.common, kind, party)
            self._found[kind, party] = found
        return found

    def _model_for(self, party: int) -> Model:
        """Diagrams in the order that suits one decision maker's question; those for the one before are dropped."""
        if self._focal is None or self._focal[0] != party:
            self._focal = None
            order = arranged(len(self.task.keys), groups(self.task, party), self.seed)
            self._focal = party, Model(self.task, order, self._room)
        return self._focal[1]


def verdict(model: Model, kind: Kind, party: int) -> Diagram:
    """The states that are stable for a decision maker under a concept of a kind, in a model."""
    diagrams, mover = model.diagrams, model.movers[party]
    if kind.answers is None:
        best = mover.greatest(mover.changeable)
        return model.feasible & ~diagrams.less(mover.changeable, best)
    number = mover.greatest(mover.value) if kind.counters else mover.value
    answered = model.answered_by_improvements if kind.answers == "improving" else model.answered
    number = answered(party, number)
    if kind.counters:
        number = diagrams.least(number, mover.value)
    return model.feasible & ~diagrams.less(mover.value, mover.greatest(number))
