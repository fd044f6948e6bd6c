"""The moves of all decision makers from a state of which nothing is known, as clauses in one solver, kept between questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.concepts.base import Moves
from detente.engines.sat.encoding import Copy, Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Mover:
    """One decision maker's moves: from the state that all share to a copy in which own options alone have literals of their own.

    Parameters
    ----------
    own
        The variables of own options in the state before.
    after
        The copy after the move.
    primed
        For each variable of an own option before the move the literal after it.
    step
        A literal that is true iff the two are a move (or the same, where any move counts).
    """

    own: frozenset[int]
    after: Copy
    primed: dict[int, int]
    step: int


class Moving:
    """A state, and for each decision maker the moves from it.

    Parameters
    ----------
    space
        The space.
    kind
        Which moves count: any, or improvements of their mover.
    clock
        Limits the questions; replaced by each question.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> moving = Moving(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "any", Clock())
    >>> moving.solver.solve(moving.movers["A"].step), len(moving.state)
    (True, 1)
    """

    def __init__(self, space: StateSpace, kind: Moves, clock: Clock) -> None:
        self.space, self.kind = space, kind
        self.solver = Solver(clock)
        self.encoding = Encoding(space, self.solver)
        self.state = self.encoding.copy()
        self.feasible = self.encoding.feasible(self.state)
        self._built = self.solver.clauses

    @property
    def worn(self) -> bool:
        """Whether questions have left so much behind that it is quicker to begin anew."""
        return self.solver.clauses > 20 * self._built + 100_000

    @cached_property
    def movers(self) -> dict[str, Mover]:
        """The moves of each decision maker who has options."""
        return {dm: self._mover(dm, own) for dm, own in self.space.masks.items() if own}

    def _mover(self, dm: str, own: int) -> Mover:
        after = self.encoding.changed(self.state, own)
        step = self.encoding.move(dm, self.state, after, improving=self.kind == "improving")
        bits = [k for k in range(len(self.state)) if own >> k & 1]
        return Mover(frozenset(self.state[k] for k in bits), after, {self.state[k]: after[k] for k in bits}, step)
