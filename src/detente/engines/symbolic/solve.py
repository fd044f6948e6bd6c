"""Stable states as decision diagrams: the worker's side of the symbolic engine.

With m the least value that the others' answers bring about for a decision maker i, a state is stable iff no move of i leads to a
state whose m exceeds the state's own value.  Because m is nowhere greater than i's value there, the greatest m may be taken over all
moves of i instead of over improvements only, and the state where the answers start may be counted among those that they reach.
"""

from __future__ import annotations

from contextlib import suppress

from detente.engines.symbolic.diagrams import Diagram, Diagrams, Room
from detente.engines.symbolic.moves import Model, groups, support
from detente.engines.symbolic.order import arranged
from detente.engines.symbolic.table import Table
from detente.engines.symbolic.task import Kind, Task

TRIES = 6
"""Orders that are tried for the answers by improvements to one decision maker."""
RULED = 8
"""How much more a rule counts than a statement in the common order: verdicts are small in any order, the feasible states are not."""
FEW = 16
"""Options up to which one order is as good as another."""
TRIAL = 500_000
"""Nodes that an order may make before others are tried."""
BETTER = 2
"""How many times fewer nodes another order has to make for what equilibria have in common, so that trying costs less than it can gain."""


class _Enough(Exception):
    """Ends a trial."""


class _Trial:
    """A trial of an order: how many bits it finds before it has made so many nodes, or how many nodes it makes for so many bits."""

    def __init__(self, model: Model, nodes: int, bits: int | None = None) -> None:
        self.model, self.nodes, self.bits, self.found = model, nodes, bits, 0
        self.is_whole = False

    def run(self, party: int) -> None:
        """Try until enough is known."""
        self.model.watch = self._look
        with suppress(_Enough):
            self.model.answered_by_improvements(party, self.model.movers[party].value)
            self.is_whole = True
        self.model.watch = lambda bit: None

    def _look(self, bit: int) -> None:
        self.found = bit
        if self.model.diagrams.made > self.nodes or (self.bits is not None and bit >= self.bits):
            raise _Enough


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
        self._smaller = Room(room.nodes // 4, room.remembered // 4)
        ruled = [support(task, rule) for rule in task.rules] * RULED
        self.common = Model(task, arranged(len(task.keys), [*ruled, *groups(task)], seed), self._smaller)
        self._focal: tuple[int, Model] | None = None
        self._found: dict[tuple[Kind, int], Table] = {}

    def feasible(self) -> Table:
        """All feasible combinations."""
        return self.common.diagrams.table(self.common.feasible)

    def stable(self, kind: Kind, party: int) -> Table:
        """The states that are stable for a decision maker under a concept of a kind."""
        diagrams = self.common.diagrams
        return diagrams.table(diagrams.loaded(self._verdict(kind, party)) & self.common.feasible)

    def all_stable(self, wanted: tuple[tuple[Kind, int], ...]) -> Table:
        """The states that are stable for several decision makers, each under a concept of their own; all if there are none.

        In the common order where that takes few nodes, so that the set can be compared with others at once; otherwise in an order of
        its own: what holds the options together is then in which verdicts they occur.
        """
        factors = sorted({self._verdict(kind, party) for kind, party in wanted}, key=lambda table: len(table.levels))
        together = [support(self.task, rule) for rule in self.task.rules]
        together += [frozenset(table.order[level] for level in table.levels) for table in factors]
        best = self.common.diagrams
        before = best.made
        found = self._conjunction(best, factors)
        nodes = best.made - before
        if nodes > TRIAL and len(self.task.keys) > FEW:
            for seed in range(self.seed, self.seed + TRIES):
                diagrams = Diagrams(self.task.places, arranged(len(self.task.keys), together, seed), self._smaller)
                with suppress(_Enough):
                    tried = self._conjunction(diagrams, factors, nodes // BETTER)
                    best, found, nodes = diagrams, tried, diagrams.made
        return best.table(found)

    def _conjunction(self, diagrams: Diagrams, factors: list[Table], most: int | None = None) -> Diagram:
        """The feasible states in common to some sets; raises `_Enough` when more nodes than `most` are made on the way."""

        def look() -> None:
            if most is not None and diagrams.made > most:
                raise _Enough

        found = diagrams.true
        for rule in self.task.rules:
            found &= diagrams.formula(rule)
            look()
        for table in factors:
            found &= diagrams.loaded(table, look)
            look()
        return found

    def _verdict(self, kind: Kind, party: int) -> Table:
        """The states that are stable for a decision maker, among feasible ones; what it says of others is left open."""
        found = self._found.get((kind, party))
        if found is None:
            model = self._model_for(party) if kind.answers == "improving" else self.common
            found = self._found[kind, party] = model.diagrams.table(verdict(model, kind, party))
        return found

    def _model_for(self, party: int) -> Model:
        """Diagrams in the order that suits one decision maker's question; those for the one before are dropped."""
        if len(self.task.keys) <= FEW:
            return self.common
        if self._focal is None or self._focal[0] != party:
            self._focal = None
            self._focal = party, self._quickest(party)
        return self._focal[1]

    def _quickest(self, party: int) -> Model:
        """The first order if it answers with few nodes; otherwise of several the one that makes fewest nodes for the first bits.

        How many nodes an order makes for the first bits tells well how many it makes for all.
        """
        together = list(groups(self.task, party))
        best: Model | None = None
        nodes, bits, seen = TRIAL, None, set[tuple[int, ...]]()
        for seed in range(self.seed, self.seed + TRIES):
            order = arranged(len(self.task.keys), together, seed)
            if order in seen:
                continue
            seen.add(order)
            model = Model(self.task, order, self._room)
            trial = _Trial(model, nodes, bits)
            trial.run(party)
            made = model.diagrams.made
            if best is None or made <= nodes:
                best, nodes, bits = model, made, trial.found if bits is None else bits
            if trial.is_whole or not bits:
                break
        assert best is not None, "the first order is always taken"
        return best


def verdict(model: Model, kind: Kind, party: int) -> Diagram:
    """The states that are stable for a decision maker under a concept of a kind, in a model; of infeasible ones it says anything."""
    diagrams, mover = model.diagrams, model.movers[party]
    if kind.answers is None:
        best = mover.greatest(mover.changeable)
        return ~diagrams.less(mover.changeable, best)
    number = mover.greatest(mover.value) if kind.counters else mover.value
    answered = model.answered_by_improvements if kind.answers == "improving" else model.answered
    number = answered(party, number)
    if kind.counters:
        number = diagrams.least(number, mover.value)
    return ~diagrams.less(mover.value, mover.greatest(number))
