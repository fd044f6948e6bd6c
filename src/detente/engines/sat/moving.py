"""The moves of all decision makers from a state of which nothing is known, as clauses in one solver, kept between questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.concepts.base import Moves
from detente.engines.sat.encoding import FALSE, TRUE, Copy, Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Mover:
    """One decision maker's moves: from the state that all share to a copy in which own options alone have literals of their own.

    Parameters
    ----------
    own
        For each own option its place, its variable before the move and its variable after it.
    after
        The copy after the move.
    primed
        For each variable of the state that a move may change the literal after it: of own options, and of who moved last.
    step
        A literal that is true iff the two are a move.
    """

    own: tuple[tuple[int, int, int], ...]
    after: Copy
    primed: dict[int, int]
    step: int

    def then(self, literal: int) -> int:
        """What must be true before a move for a literal to be true after it: of own options the literal after it."""
        return self.primed.get(literal, literal) if literal > 0 else -self.primed.get(-literal, -literal)


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
    keeps_last
        Whether the state knows who moved last, and nobody moves twice in a row; else a decision maker may, which makes no
        difference where two moves of theirs are always one.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> moving = Moving(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "any", Clock())
    >>> moving.solver.solve(moving.movers["A"].step), len(moving.state)
    (True, 1)
    """

    def __init__(self, space: StateSpace, kind: Moves, clock: Clock, *, keeps_last: bool = False) -> None:
        self.space, self.kind = space, kind
        self.solver = Solver(clock)
        self.encoding = Encoding(space, self.solver)
        self.options: Copy = self.encoding.copy()
        """A literal for each option."""
        self.last = {dm: self.solver.new() for dm, own in space.masks.items() if own and keeps_last}
        """For each decision maker a literal that is true where they moved last."""
        self.state: Copy = (*self.options, *self.last.values())
        """All literals of the state."""
        self.feasible = self.encoding.feasible(self.options)
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
        encoding, before = self.encoding, self.options
        after = encoding.changed(before, own)
        parts = [encoding.move(dm, before, after, improving=self.kind == "improving"), encoding.differs(before, after)]
        if self.last:
            parts.append(-self.last[dm])
        pairs = tuple((k, before[k], after[k]) for k in range(len(before)) if own >> k & 1)
        primed = {one: two for _, one, two in pairs} | {variable: TRUE if who == dm else FALSE for who, variable in self.last.items()}
        return Mover(pairs, after, primed, encoding.every(parts))

    def each(self, dm: str, state: int, most: int) -> tuple[int, ...] | None:
        """The combinations that a decision maker's moves of this kind lead to from one, ascending; None if they are more than `most`."""
        mover, solver, found = self.movers[dm], self.solver, []
        gate = solver.new()
        assumed = [*self.encoding.is_state(self.options, state), *(-variable for variable in self.last.values()), mover.step, gate]
        own = self.space.masks[dm]
        while solver.solve_under(assumed):
            to = state & ~own
            for k, _, variable in mover.own:
                to |= solver.value(variable) << k
            found.append(to)
            if len(found) > most:
                break
            solver.add(-gate, *(-variable if to >> k & 1 else variable for k, _, variable in mover.own))
        solver.add(-gate)
        return tuple(sorted(found)) if len(found) <= most else None
