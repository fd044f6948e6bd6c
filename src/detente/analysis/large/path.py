"""Shortest legal sequences between two states of a space of any size, by unrolling the moves one after the other.

A sequence of k moves is k + 1 copies of the state with a mover for each step (bounded model checking, Biere, Cimatti, Clarke and Zhu 1999).
That there is no shorter one is shown by the solver's refutation of each smaller length; that there is none at all, where an option
that would have to change cannot be, or where no sequence of some length begins at the start or ends at the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.analysis.certificate import Kind
from detente.analysis.large.reaching import reached_from
from detente.analysis.large.routes import MOST_STEPS, LargeRoutes
from detente.analysis.route import route
from detente.engines.sat.encoding import Copy, Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.states import StateSpace

MOST_LISTED = 1_000
"""Most states and last movers that are listed where improvements, or moves that are no loss, reach little."""


class Unrolled:
    """Legal sequences of moves as copies of the state, one after the other, as many as are asked for.

    Parameters
    ----------
    space
        The space.
    kind
        Which moves they are made of.
    movers
        Who may move (keys); by default everybody.
    clock
        Limits each search.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> Unrolled(space).steps(1, 2, 1), sorted(dm for dm, _ in Unrolled(space).steps(1, 2, 2))
    (None, ['Column', 'Row'])
    """

    def __init__(self, space: StateSpace, kind: Kind = "any", movers: Sequence[str] | None = None, clock: Clock | None = None) -> None:
        self.space, self.kind = space, kind
        self.solver = Solver(clock)
        self.code = Encoding(space, self.solver)
        everybody = [dm.key for dm in space.conflict.decision_makers if space.masks[dm.key]]
        self.movers = tuple(dm for dm in everybody if movers is None or dm in movers)
        self.states: list[Copy] = [self.code.copy()]
        self.turns: list[dict[str, int]] = []
        self.solver.add(self.code.feasible(self.states[0]))

    def extend(self) -> None:
        """Add a step."""
        code, add = self.code, self.solver.add
        before, after = self.states[-1], code.copy()
        turn = {dm: self.solver.new() for dm in self.movers}
        add(*turn.values())
        for place, (dm, moves) in enumerate(turn.items()):
            for other in list(turn.values())[place + 1 :]:
                add(-moves, -other)
            if self.turns:
                add(-moves, -self.turns[-1][dm])
            add(-moves, code.move(dm, before, after, improving=self.kind == "improving"))
            if self.kind == "no loss":
                add(-moves, code.no_worse(dm, after, before))
        add(code.differs(before, after))
        self.states.append(after)
        self.turns.append(turn)

    def steps(self, start: int | None, goal: int | None, count: int) -> list[tuple[str, int]] | None:
        """The moves of a sequence of just so many from one state to another (None: any state); None if there is none.

        Raises `LimitError` (S330) when the time is over.
        """
        while len(self.turns) < count:
            self.extend()
        asked = [] if start is None else self.code.is_state(self.states[0], start)
        asked += [] if goal is None else self.code.is_state(self.states[count], goal)
        if not self.solver.solve_under(asked):
            return None
        made = []
        for turn, after in zip(self.turns[:count], self.states[1 : count + 1], strict=True):
            made.append((next(dm for dm, moves in turn.items() if self.solver.value(moves)), self.code.read(after)))
        return made


def shortest_large(
    space: StateSpace,
    start: int,
    goal: int,
    kind: Kind = "any",
    *,
    movers: Sequence[str] | None = None,
    most: int = MOST_STEPS,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> LargeRoutes:
    """A shortest legal sequence from a state to another.

    Parameters
    ----------
    space
        The space.
    start, goal
        Two states.
    kind
        "any" for all moves, "improving" for improvements of the mover, "no loss" for moves after which the mover is no worse off.
    movers
        Who may move (keys); by default everybody.
    most
        The greatest number of moves that is looked at.
    seconds
        How long to look; None for as long as it takes.
    progress
        Told of each length that is looked at.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("cuban-missile-crisis"), list_up_to=0)
    >>> found = shortest_large(space, space.status_quo, 0)
    >>> found.steps == len(found.way.legs), found.shortest
    (True, True)
    """
    tell, clock = progress or (lambda _: None), Clock(seconds)
    orders = {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}
    if start == goal:
        return LargeRoutes(space, start, goal, kind, route(space, orders, start, ()), True, False, 0)
    looked = 0
    try:
        if _out_of_reach(space, start, goal, movers):
            return LargeRoutes(space, start, goal, kind, None, False, True, 0, "options")
        near = reached_from(space, start, kind, movers, orders, MOST_LISTED)
        if near.complete:
            way = route(space, orders, start, near.steps(space, goal, orders)) if goal in near.states else None
            lengths = tuple((state, dm, length) for (state, dm), length in near.lengths.items())
            return LargeRoutes(space, start, goal, kind, way, way is not None, way is None, 0, "" if way else "listed", lengths)
        every = Unrolled(space, kind, movers, clock)
        for count in range(1, most + 1):
            tell(f"sequences of {count} moves")
            found = every.steps(start, goal, count)
            if found is not None:
                return LargeRoutes(space, start, goal, kind, route(space, orders, start, found), True, False, looked)
            for why, begin, end in (("start", start, None), ("goal", None, goal)):
                if kind == "improving" and every.steps(begin, end, count) is None:
                    return LargeRoutes(space, start, goal, kind, None, False, True, looked, why)
            looked = count
    except LimitError:
        pass
    return LargeRoutes(space, start, goal, kind, None, False, False, looked)


def _out_of_reach(space: StateSpace, start: int, goal: int, movers: Sequence[str] | None) -> bool:
    """Whether an option that would have to change belongs to nobody who may move, or may not be changed so."""
    acting = [dm.key for dm in space.conflict.decision_makers if movers is None or dm.key in movers]
    changeable = 0
    for dm in acting:
        changeable |= space.masks[dm]
    flip = start ^ goal
    return bool(flip & (~changeable | (space.only_on & start) | (space.only_off & ~start)))
