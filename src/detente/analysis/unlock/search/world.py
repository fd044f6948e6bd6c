"""A conflict in which single states have been moved in the orders: what stays, what is reached, asked of a few states at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from detente.analysis.certificate import Checker
from detente.analysis.claims.comparisons import Pairs
from detente.analysis.unlock.search.arrange import STEP, Places
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.concepts.sim import verdict
from detente.concepts.witness import Leaves
from detente.space.states import StateSpace

Reached = dict[tuple[int, str], tuple[int, str] | None]
"""States with who moved last, and what each was first reached from; None for the start."""


class Board:
    """The moves of a space and the orders as they are, shared by all worlds.

    Parameters
    ----------
    space
        The space.
    pairs
        The order of each decision maker.
    """

    def __init__(self, space: StateSpace, pairs: Mapping[str, Pairs]) -> None:
        self.space = space
        self.pairs = pairs
        self.checker = Checker(space)
        self.decision_makers = self.checker.decision_makers
        self.moves = self.checker.moves
        self._gains: dict[tuple[str, int], tuple[int, ...]] = {}

    def gains(self, dm: str, state: int) -> tuple[int, ...]:
        """The improvements of a decision maker, by the order as it is."""
        key = (dm, state)
        if key not in self._gains:
            rank = self.pairs[dm].rank
            self._gains[key] = tuple(to for to in self.moves(dm, state) if rank[to] < rank[state])
        return self._gains[key]


class World:
    """A conflict with some states moved; a graph as rules of concepts want it.

    Parameters
    ----------
    board
        The moves, and the orders as they are.
    moved
        For some decision makers the states that have been moved, with their places.
    """

    def __init__(self, board: Board, moved: Mapping[str, Places]) -> None:
        self.board = board
        self.moved = {dm: dict(moved.get(dm, {})) for dm in board.decision_makers}
        self.decision_makers = board.decision_makers
        self.moves = board.moves
        self._gains: dict[tuple[str, int], tuple[int, ...]] = {}

    def place(self, dm: str, state: int) -> int:
        """The place of a state in a decision maker's order; smaller is preferred."""
        found = self.moved[dm].get(state)
        return self.board.pairs[dm].rank[state] * STEP if found is None else found

    def prefers(self, dm: str, state: int, other: int) -> bool:
        """Whether a decision maker prefers a state to another."""
        return self.place(dm, state) < self.place(dm, other)

    def no_better(self, dm: str, state: int, than: int) -> bool:
        """Whether a decision maker does not prefer a state to another."""
        return not self.prefers(dm, state, than)

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves to states that the decision maker prefers, ascending."""
        moved = self.moved[dm]
        if not moved:
            return self.board.gains(dm, state)
        key = (dm, state)
        if key not in self._gains:
            moves = self.moves(dm, state)
            if state in moved or not moved.keys().isdisjoint(moves):
                self._gains[key] = tuple(to for to in moves if self.prefers(dm, to, state))
            else:
                self._gains[key] = self.board.gains(dm, state)
        return self._gains[key]

    def flips(self, dm: str, state: int) -> Iterator[tuple[int, int, int]]:
        """Every change open to a decision maker, as (member of the state, flipped bits, state reached)."""
        reachable = set(self.moves(dm, state))
        for member in self.board.space.members(state):
            for flip, target in self.board.space.flips(dm, member):
                to = self.board.space.state_of(target)
                if to is not None and to in reachable:
                    yield member, flip, to

    def state_of(self, combination: int) -> int | None:
        """The state of a combination, None if infeasible."""
        return self.board.space.state_of(combination)

    # -- verdicts --------------------------------------------------------------------------------------------------
    def stays(self, key: str, dm: str, state: int) -> bool:
        """Whether a decision maker stays at a state under a concept."""
        return next(self.unanswered(key, dm, state), None) is None

    def unanswered(self, key: str, dm: str, state: int) -> Iterator[int]:
        """The improvements of a decision maker from a state that nothing deters under a concept; for SIM only the first."""
        asked = concept(key)
        if key == "SIM":
            found = verdict(self, dm, state)
            if isinstance(found, Leaves):
                yield found.improvement
            return
        for to in self.improvements(dm, state):
            if asked.answers is None or not self._answered(asked, dm, state, to):
                yield to

    def _answered(self, asked: SolutionConcept, dm: str, state: int, to: int) -> bool:
        others = tuple(other for other in self.decision_makers if other != dm)
        return any(self.deters(asked, dm, state, now) for now, _ in self.sequences(to, others, asked.answers == "improving"))

    def deters(self, asked: SolutionConcept, dm: str, state: int, now: int) -> bool:
        """Whether an answer that ends in a state deters a decision maker from leaving another."""
        if self.prefers(dm, now, state):
            return False
        return not asked.counters or not any(self.prefers(dm, on, state) for on in self.moves(dm, now))

    def sequences(self, start: int, movers: tuple[str, ...], improving: bool, came: Reached | None = None) -> Iterator[tuple[int, str]]:
        """Every state, with its last mover, that legal sequences reach from a start, shortest first; `came` is filled for reading off."""
        came = {} if came is None else came
        steps = self.improvements if improving else self.moves
        order: list[tuple[int, str] | None] = [None]
        for place in count():
            if place == len(order):
                return
            node = order[place]
            now, last = node or (start, "")
            for mover in movers:
                if mover != last:
                    for to in steps(mover, now):
                        if (to, mover) not in came:
                            came[to, mover] = node
                            order.append((to, mover))
                            yield to, mover
