"""A check of what is said of a chain: the visits balance, the ends are closed, and their probabilities are what flows into them.

It looks moves up and compares states anew, state by state, and solves nothing.  Visits that balance determine the probabilities of the
ends: what is never left takes up all that flows into it, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from detente.analysis.evolution.graph import Choice, Moves, Weights
from detente.analysis.evolution.passage import Number, Passage
from detente.preference.order import Order
from detente.space.states import StateSpace

TOLERANCE = 1e-7
"""By how much figures that are not exact may fail to balance."""
MAX_CHECKED = 3_000
"""Most states of a chain that are looked at again."""


def unbalanced(
    space: StateSpace,
    found: Passage,
    weights: Weights,
    choice: Choice = "any",
    moves: Moves = "improving",
    stops: frozenset[int] = frozenset(),
) -> str | None:
    """What does not fit in what is said of a chain (`found`), as a word, a colon and details; None if all does.

    Parameters
    ----------
    space
        The space.
    found
        What is said.
    weights, choice, moves, stops
        Which chain it is said of, as for `Graph` and `passage`.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.evolution.graph import Graph, equal
    >>> from detente.analysis.evolution.passage import End, passage
    >>> from detente.cases import load
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> found = passage(graph, graph.space.state(1), equal(graph.movers))
    >>> unbalanced(graph.space, found, equal(graph.movers)) is None
    True
    >>> unbalanced(graph.space, replace(found, ends=(End((found.start,), Fraction(1)),)), equal(graph.movers))
    'visits: a state of an end is left again'
    """
    return Balance(space, weights, choice, moves, stops).wrong(found)


class Balance:
    """The same check for several starts of one chain: what comes after a state is looked up once.

    Parameters
    ----------
    space, weights, choice, moves, stops
        As for `unbalanced`.
    """

    def __init__(
        self,
        space: StateSpace,
        weights: Weights,
        choice: Choice = "any",
        moves: Moves = "improving",
        stops: frozenset[int] = frozenset(),
    ) -> None:
        self.space = space
        self.rows = _Rows(space, weights, choice, moves, stops)

    def wrong(self, found: Passage) -> str | None:
        """What does not fit in what is said of the chain (`found`), or None."""
        ended = {state for end in found.ends for state in end.states}
        if any(self.space.state_of(state) != state for state in (found.start, *ended, *found.visits)):
            return "states: something is no state"
        if ended & found.visits.keys():
            return "visits: a state of an end is left again"
        return self.not_closed(found) or self.not_balanced(found, ended)

    def not_closed(self, found: Passage) -> str | None:
        """Which end is none, if one is not."""
        for end in found.ends:
            for state in end.states:
                row = self.rows.of(state)
                if (not row and len(end.states) > 1) or (row and not row.keys() <= set(end.states)):
                    return f"closed: from state {self.space.number(state)} the chain goes on"
            if not self.rows.connected(end.states):
                first = self.space.number(end.states[0])
                return f"closed: the states of an end, state {first} among them, do not all lead to one another"
        return None

    def not_balanced(self, found: Passage, ended: set[int]) -> str | None:
        """Where what flows in is not what is said, if anywhere; `ended` are the states of all ends."""
        exact, space = found.residual is None, self.space
        flows: dict[int, Number] = {found.start: Fraction(1)}
        for state, count in found.visits.items():
            if count < 0:
                return f"visits: state {space.number(state)} is visited less than never"
            for to, share in self.rows.of(state).items():
                flows[to] = flows.get(to, Fraction(0)) + count * (share if exact else float(share))
        for state, flow in flows.items():
            if state not in ended and _differs(found.visits.get(state, Fraction(0)), flow, exact):
                return f"balance: state {space.number(state)}"
        if any(state not in flows for state in found.visits):
            return "balance: a state is visited that nothing leads to"
        for end in found.ends:
            if _differs(end.probability, sum((flows.get(state, Fraction(0)) for state in end.states), Fraction(0)), exact):
                return f"ends: the probability of state {space.number(end.states[0])}"
        together = sum((end.probability for end in found.ends), Fraction(0))
        return "ends: they are not 1 together" if _differs(together, Fraction(1), exact) else None


def _differs(value: Number, other: Number, exact: bool) -> bool:
    return value != other if exact else abs(float(value) - float(other)) > TOLERANCE * max(1.0, abs(float(other)))


class _Rows:
    """What comes after a state, looked up anew."""

    def __init__(self, space: StateSpace, weights: Weights, choice: Choice, moves: Moves, stops: frozenset[int]) -> None:
        self.space, self.weights, self.choice, self.moves, self.stops = space, weights, choice, moves, stops
        self.orders = {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}
        self.known: dict[int, Mapping[int, Fraction]] = {}

    def of(self, state: int) -> Mapping[int, Fraction]:
        """The probability of each state that can come next; nothing where the chain stays."""
        if state not in self.known:
            self.known[state] = {} if state in self.stops else self.looked_up(state)
        return self.known[state]

    def connected(self, states: tuple[int, ...]) -> bool:
        """Whether each of some states leads to each of the others."""
        inside = set(states)
        after = {state: [to for to in self.of(state) if to in inside] for state in states}
        before: dict[int, list[int]] = {state: [] for state in states}
        for state, reached in after.items():
            for to in reached:
                before[to].append(state)
        return all(_closure(arcs, states[0]) == inside for arcs in (after, before))

    def looked_up(self, state: int) -> Mapping[int, Fraction]:
        """The same, without what is kept."""
        options = {dm: self.choices(dm, state) for dm in self.orders if self.weights.get(dm)}
        acting = [dm for dm, choices in options.items() if choices]
        total = sum((Fraction(self.weights[dm]) for dm in acting), Fraction(0))
        found: dict[int, Fraction] = {}
        for dm in acting:
            for to in options[dm]:
                found[to] = found.get(to, Fraction(0)) + Fraction(self.weights[dm]) / (total * len(options[dm]))
        return found

    def choices(self, dm: str, state: int) -> list[int]:
        """Where a mover would go."""
        moves, order = self.space.moves(dm, state), self.orders[dm]
        if self.moves == "any":
            return list(moves)
        better = [to for to in moves if order.prefers(to, state)]
        return better if self.choice == "any" else [to for to in better if not any(order.prefers(other, to) for other in better)]


def _closure(arcs: Mapping[int, list[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        following = [to for to in dict.fromkeys(arcs[waiting.pop()]) if to not in found]
        found.update(following)
        waiting += following
    return found
