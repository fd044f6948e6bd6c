"""Where a chain ends: absorption probabilities, expected visits and expected moves, exactly or with the residual of what was solved.

With v(s) the expected number of visits to a state that is left again, and q(r, s) the probability that s comes after r, visits balance:
v(s) = [s is the start] + sum over r of v(r) q(r, s).  A recurrent class is entered with the sum of v(r) q(r, s) over its states s, and
until then sum of v(s) moves are expected (Kemeny and Snell 1960, chapter 3: the fundamental matrix).  The components of the chain are
gone through in order, so that only states on a common cycle need a system of equations of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from detente.analysis.evolution.classes import components
from detente.analysis.evolution.flows import Flows, Stream
from detente.analysis.evolution.graph import Graph, Weights, row_of
from detente.errors import LimitError

MAX_EXACT = 300
"""Most states that are reached for which the equations are solved exactly."""
MAX_EXACT_CYCLE = 40
"""Most states on a common cycle for which they are solved exactly."""
MAX_CYCLE = 1_500
"""Most states on a common cycle that are left again: their equations are solved together."""
_COLUMNS = 200
"""Starts and weights that are worked out side by side."""
_PER_ARC = 50
"""How many multiplications an arc of a chain takes as long as."""

Number: TypeAlias = Fraction | float
"""A probability or an expected number: a fraction where it is exact."""


@dataclass(frozen=True, slots=True)
class Column:
    """One chain out of many over the same graph: where it begins, and who moves how often.

    Parameters
    ----------
    start
        A state.
    weights
        How often each decision maker moves next.
    """

    start: int
    weights: Weights


@dataclass(frozen=True, slots=True)
class End:
    """A recurrent class: states that, once one of them is reached, are not left again.

    Parameters
    ----------
    states
        The states, ascending; a single one is an absorbing state.
    probability
        With which probability the chain ends there.
    """

    states: tuple[int, ...]
    probability: Number


@dataclass(frozen=True)
class Passage:
    """How one chain goes on from its start.

    Parameters
    ----------
    start
        Where it begins.
    ends
        Every recurrent class that it can end in, the most probable first, then by their states; the probabilities are 1 together.
    visits
        For each state that is left again the expected number of visits; states that can't be reached are left out.
    residual
        None where all is exact; otherwise the greatest amount by which the visits to some state do not balance.
    """

    start: int
    ends: tuple[End, ...]
    visits: Mapping[int, Number]
    residual: float | None

    @property
    def moves(self) -> Number:
        """The expected number of moves until the chain has reached its end."""
        return sum(self.visits.values(), Fraction(0))

    @cached_property
    def by_states(self) -> dict[tuple[int, ...], Number]:
        """The probability of each end by its states."""
        return {end.states: end.probability for end in self.ends}

    def at(self, states: tuple[int, ...]) -> Number:
        """The probability that the chain ends in a recurrent class with these states; 0 where there is none that it can end in."""
        return self.by_states.get(states, Fraction(0))


def passage(graph: Graph, start: int, weights: Weights, exact: bool = True, stops: frozenset[int] = frozenset()) -> Passage:
    """How a chain goes on from a state.

    Parameters
    ----------
    graph
        Who can go where.
    start
        Where it begins.
    weights
        How often each decision maker moves next.
    exact
        Whether to solve exactly where the chain is small enough.
    stops
        States that are not left, whoever could.

    Raises
    ------
    LimitError
        S360 if too many states are reached, or lie on a common cycle.

    Examples
    --------
    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> found = passage(graph, graph.space.state(1), equal(graph.movers))
    >>> [(graph.space.number(*end.states), end.probability) for end in found.ends], found.moves
    ([(5, Fraction(1, 1))], Fraction(1, 1))
    """
    return passages(graph, [Column(start, weights)], exact, stops)[0]


def passages(graph: Graph, columns: Sequence[Column], exact: bool = True, stops: frozenset[int] = frozenset()) -> tuple[Passage, ...]:
    """How several chains over one graph go on; see `passage`.  Those whose movers are the same are worked out side by side.

    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> [found.moves for found in passages(graph, [Column(graph.space.state(n), equal(graph.movers)) for n in (1, 5)])]
    [Fraction(1, 1), Fraction(0, 1)]
    """
    groups: dict[frozenset[str], list[int]] = {}
    for place, column in enumerate(columns):
        groups.setdefault(frozenset(dm for dm, weight in column.weights.items() if weight > 0), []).append(place)
    found: dict[int, Passage] = {}
    for support, places in groups.items():
        web = Web(graph, dict.fromkeys(columns[place].start for place in places), support, stops)
        if exact and web.is_small:
            found.update({place: web.exact(columns[place]) for place in places})
            continue
        for begin in range(0, len(places), _COLUMNS):
            some = places[begin : begin + _COLUMNS]
            found.update(zip(some, web.solved([columns[place] for place in some]), strict=True))
    return tuple(found[place] for place in range(len(columns)))


class Web:
    """The states that some chains reach, in components, with the movers that have a weight above 0.

    Parameters
    ----------
    graph, stops
        As for `passage`.
    starts
        Where the chains begin.
    support
        Who moves at all.

    Raises
    ------
    LimitError
        S360 if too many states are reached, or lie on a common cycle.
    """

    def __init__(self, graph: Graph, starts: Mapping[int, object], support: frozenset[str], stops: frozenset[int]) -> None:
        self.graph = graph
        self.states = graph.reached(starts, support, stops)
        self.targets = {
            state: {} if state in stops else {dm: to for dm, to in graph.targets(state).items() if dm in support} for state in self.states
        }
        after = {state: list(dict.fromkeys(to for each in targets.values() for to in each)) for state, targets in self.targets.items()}
        self.components = components(after)
        place = {state: number for number, members in enumerate(self.components) for state in members}
        self.closed = [
            all(place[to] == number for state in members for to in after[state]) for number, members in enumerate(self.components)
        ]
        self.longest = max((len(m) for m, closed in zip(self.components, self.closed, strict=True) if not closed), default=0)
        if self.longest > MAX_CYCLE:
            message = f"{self.longest:,} states lie on common cycles, more than the {MAX_CYCLE:,} whose equations are solved together"
            raise LimitError.of("S360", message, help="ask for improvements instead of moves of any kind, or leave out options")

    @property
    def is_small(self) -> bool:
        """Whether the equations are solved exactly."""
        return len(self.states) <= MAX_EXACT and self.longest <= MAX_EXACT_CYCLE

    def work(self, starts: int) -> int:
        """How many multiplications one weighting takes for chains from so many `starts`, about: the equations, and some for each arc."""
        cycles = (len(members) for members, closed in zip(self.components, self.closed, strict=True) if not closed and len(members) > 1)
        arcs = sum(len(to) for targets in self.targets.values() for to in targets.values())
        return 2 * sum(size**3 for size in cycles) // 3 + _PER_ARC * arcs * starts

    # -- exactly ---------------------------------------------------------------------------------------------------
    def exact(self, column: Column) -> Passage:
        """One chain, in fractions."""
        inflow: dict[int, Fraction] = {column.start: Fraction(1)}
        visits: dict[int, Number] = {}
        ends: list[End] = []
        for members, closed in zip(self.components, self.closed, strict=True):
            if not any(inflow.get(state) for state in members):
                continue
            if closed:
                ends.append(End(members, sum((inflow.get(state, Fraction(0)) for state in members), Fraction(0))))
                continue
            rows = {state: row_of(self.targets[state], column.weights) for state in members}
            own = {state: inflow.get(state, Fraction(0)) for state in members}
            solved = own if len(members) == 1 else _exactly(members, rows, own)
            visits.update(solved)
            for state, count in solved.items():
                for to, share in rows[state].items():
                    if to not in own:
                        inflow[to] = inflow.get(to, Fraction(0)) + count * share
        return Passage(column.start, _ordered(ends), visits, None)

    # -- in floating point, many at once -----------------------------------------------------------------------------
    @cached_property
    def stream(self) -> Stream:
        """The same, made ready for many chains at once."""
        return Stream(self.components, self.closed, self.targets, self.graph.movers)

    def solved(self, columns: Sequence[Column]) -> tuple[Passage, ...]:
        """Several chains side by side, in floating point."""
        found = self.stream.sent([column.start for column in columns], [column.weights for column in columns])
        return tuple(_alone(found, place, column.start) for place, column in enumerate(columns))


def _alone(found: Flows, place: int, start: int) -> Passage:
    """One of several chains (`place`) by itself."""
    ends = [End(states, float(each[place])) for states, each in found.ends.items() if each[place] > 0]
    visits = zip(found.states, found.visits[:, place].tolist(), strict=True)
    return Passage(start, _ordered(ends), {state: count for state, count in visits if count > 0}, float(found.residual[place]))


def _exactly(members: Sequence[int], rows: Mapping[int, Mapping[int, Fraction]], own: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """The visits v of states on common cycles: v (I - Q) = own, by elimination."""
    place = {state: number for number, state in enumerate(members)}
    size = len(members)
    table = [[Fraction(int(i == j)) for j in range(size)] + [own[state]] for i, state in enumerate(members)]
    for state in members:
        for to, share in rows[state].items():
            if to in place:
                table[place[to]][place[state]] -= share
    for i in range(size):
        pivot = next(k for k in range(i, size) if table[k][i])
        table[i], table[pivot] = table[pivot], table[i]
        scale = table[i][i]
        table[i] = [value / scale for value in table[i]]
        for k in range(size):
            if k != i and table[k][i]:
                factor = table[k][i]
                table[k] = [a - factor * b for a, b in zip(table[k], table[i], strict=True)]
    return {state: table[place[state]][size] for state in members}


def _ordered(ends: Sequence[End]) -> tuple[End, ...]:
    return tuple(sorted(ends, key=lambda end: (-end.probability, end.states)))
