"""The next moves one by one: where a chain stands after one move, two moves and so on, and the most probable ways to its ends."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.analysis.evolution.graph import Graph, Weights
from detente.analysis.evolution.passage import Number

MAX_ROUNDS = 50
"""Most moves that are followed one by one."""
MAX_EXACT = 2_000
"""Most states at which a chain may stand for the next move to be worked out in fractions."""


@dataclass(frozen=True, slots=True)
class Round:
    """Where a chain stands after some moves; a state that is left no more keeps what has reached it.

    Parameters
    ----------
    moves
        How many moves.
    states
        The probability of each state, the most probable first, then by state.
    settled
        With which probability an end has been reached: a state, or a recurrent class, that is left no more.
    """

    moves: int
    states: tuple[tuple[int, Number], ...]
    settled: Number


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a way: by whom, to which state, and with which probability it is the next one."""

    by: str
    to: int
    probability: Fraction


@dataclass(frozen=True, slots=True)
class Way:
    """A way of a chain: its moves, and the probability that the chain goes exactly so until it arrives.

    Parameters
    ----------
    start
        Where it begins.
    steps
        Its moves.

    Examples
    --------
    >>> Way(0, (Step("A", 1, Fraction(1, 2)), Step("B", 3, Fraction(1, 2)))).probability
    Fraction(1, 4)
    """

    start: int
    steps: tuple[Step, ...]

    @property
    def probability(self) -> Fraction:
        """The product of the probabilities of its moves."""
        found = Fraction(1)
        for step in self.steps:
            found *= step.probability
        return found


def rounds(
    graph: Graph, start: int, weights: Weights, most: int, stops: frozenset[int] = frozenset(), ends: Iterable[int] = ()
) -> tuple[Round, ...]:
    """Where a chain stands after one move, two moves, and so on.

    Parameters
    ----------
    graph, weights, stops
        As for `passage`.
    start
        Where it begins.
    most
        How many moves are followed; fewer where before that nobody has a move left.
    ends
        States of recurrent classes, besides those that nobody leaves.

    Examples
    --------
    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> [(one.moves, one.settled) for one in rounds(graph, graph.space.state(1), equal(graph.movers), 4)]
    [(1, Fraction(1, 1))]
    """
    recurrent, rows = frozenset(ends), _Rows(graph, weights, stops)
    now: dict[int, Number] = {start: Fraction(1)}
    found: list[Round] = []
    for number in range(1, min(most, MAX_ROUNDS) + 1):
        if len(now) > MAX_EXACT:
            now = {state: float(probability) for state, probability in now.items()}
        following: dict[int, Number] = {}
        for state, probability in now.items():
            for to, share in rows.after(state, isinstance(probability, float)).items():
                following[to] = following.get(to, 0) + probability * share
        if following == now:
            break
        now = following
        ended = (p for state, p in now.items() if state in recurrent or state in rows.exact(state))
        found.append(Round(number, tuple(sorted(now.items(), key=lambda one: (-one[1], one[0]))), sum(ended, Fraction(0))))
    return tuple(found)


class _Rows:
    """What comes after each state, looked up once; where a chain stays, the state itself."""

    def __init__(self, graph: Graph, weights: Weights, stops: frozenset[int]) -> None:
        self.graph, self.weights, self.stops = graph, weights, stops
        self._exact: dict[int, Mapping[int, Fraction]] = {}
        self._floats: dict[int, Mapping[int, float]] = {}

    def exact(self, state: int) -> Mapping[int, Fraction]:
        """The probability of each state that can come next."""
        if state not in self._exact:
            row = {} if state in self.stops else self.graph.row(state, self.weights)
            self._exact[state] = row or {state: Fraction(1)}
        return self._exact[state]

    def after(self, state: int, floating: bool) -> Mapping[int, Number]:
        """The same, in floating point where it is asked for."""
        if not floating:
            return self.exact(state)
        if state not in self._floats:
            self._floats[state] = {to: float(share) for to, share in self.exact(state).items()}
        return self._floats[state]


def ways(graph: Graph, start: int, weights: Weights, goals: Iterable[frozenset[int]]) -> tuple[Way | None, ...]:
    """For each of some sets of states a most probable way to it: of all ways one that the chain takes with the greatest probability.

    Parameters
    ----------
    graph, weights
        As for `passage`.
    start
        Where they begin.
    goals
        The sets of states, any of which will do.

    Returns
    -------
    tuple
        A way for each set that can be reached, otherwise None; of several that are equally probable one of the fewest moves.

    Examples
    --------
    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> (way,) = ways(graph, graph.space.state(1), equal(graph.movers), [frozenset({graph.space.state(5)})])
    >>> [(step.by, graph.space.number(step.to)) for step in way.steps]
    [('Local', 5)]
    """
    wanted = list(goals)
    missing = set[int]().union(*wanted)
    before: dict[int, tuple[int, Step]] = {}
    done: dict[int, int] = {}
    waiting: list[tuple[Fraction, int, int, int, int, Step | None]] = [(Fraction(-1), 0, start, start, 0, None)]
    while waiting and missing:
        negative, length, state, came, _, step = heapq.heappop(waiting)
        if state in done:
            continue
        done[state] = length
        missing.discard(state)
        if step is not None:
            before[state] = (came, step)
        for place, (by, to, share) in enumerate(steps_from(graph, state, weights)):
            if to not in done:  # an option of two decision makers: both may lead there alike, and the first of them is named
                heapq.heappush(waiting, (negative * share, length + 1, to, state, place, Step(by, to, share)))
        if any(goal & done.keys() for goal in wanted) and all(goal & done.keys() for goal in wanted):
            break
    return tuple(_way(start, before, next((s for s in done if s in goal), None)) for goal in wanted)


def steps_from(graph: Graph, state: int, weights: Weights) -> list[tuple[str, int, Fraction]]:
    """The moves that can come next after a state, each with its mover and its probability, in the order of the conflict.

    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> steps_from(graph, graph.space.state(1), equal(graph.movers))
    [('Local', 18, Fraction(1, 1))]
    """
    acting = {dm: to for dm, to in graph.targets(state).items() if weights.get(dm)}
    total = sum((weights[dm] for dm in acting), Fraction(0))
    return [(dm, to, Fraction(weights[dm]) / total / len(reached)) for dm, reached in acting.items() for to in reached]


def _way(start: int, before: Mapping[int, tuple[int, Step]], goal: int | None) -> Way | None:
    if goal is None:
        return None
    steps, now = [], goal
    while now != start:
        now, step = before[now]
        steps.append(step)
    return Way(start, tuple(reversed(steps)))
