"""Who can go where from a state, as a chain of moves needs it: the moves or improvements of each decision maker, or the best of them.

In the *improvement chain* the next move is made by one of the decision makers who have an improvement, drawn in proportion to weights;
it leads to one of their improvements, each as often as the others (`choice` "any"), or to one that they prefer most ("best").  A
state from which nobody has an improvement is left no more: these states are the Nash equilibria.  In the chain of all moves (`moves`
"any") preferences play no part.  Kilgour and Hipel (2005) review the graph; absorbing chains are treated by Kemeny and Snell (1960).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.states import StateSpace

Choice = Literal["any", "best"]
"""Which of their improvements a mover takes: each as often as the others, or one of those preferred most."""
Moves = Literal["improving", "any"]
"""Whether the chain is made of improvements, or of moves of any kind."""
Targets: TypeAlias = Mapping[str, tuple[int, ...]]
"""For each decision maker (key) who can go somewhere the states that they can go to."""
Weights: TypeAlias = Mapping[str, Fraction]
"""For each decision maker (key) how often they move next; only proportions count."""

MAX_STATES = 50_000
"""Most states that a chain is followed over."""
MAX_LOOKED = 5_000_000
"""Most moves that are looked at to follow a chain."""


class Graph:
    """Who can go where, looked up state by state and kept.

    Parameters
    ----------
    space
        The space; it need not be listed.
    choice
        Which improvements a mover takes.
    moves
        Improvements, or moves of any kind.

    Examples
    --------
    >>> from detente.cases import load
    >>> graph = Graph(StateSpace(load("elmira")))
    >>> graph.targets(graph.space.status_quo), graph.targets(graph.space.state(5))
    ({'Local': (18,)}, {})
    """

    def __init__(self, space: StateSpace, choice: Choice = "any", moves: Moves = "improving") -> None:
        self.space, self.choice, self.moves = space, choice, moves
        self.movers = tuple(dm.key for dm in space.conflict.decision_makers if space.masks[dm.key])
        """Who owns an option, in the order of the conflict."""
        self._orders = {dm: Order(space, dm) for dm in self.movers}
        self._known: dict[int, Targets] = {}
        self._left = MAX_LOOKED

    def targets(self, state: int) -> Targets:
        """Where each decision maker who can go somewhere from a state can go, in the order of the conflict."""
        found = self._known.get(state)
        if found is None:
            made = ((dm, self._of(dm, state)) for dm in self.movers)
            found = self._known[state] = {dm: to for dm, to in made if to}
        return found

    def _of(self, dm: str, state: int) -> tuple[int, ...]:
        moves = self.space.moves(dm, state)
        self._left -= len(moves)
        if self.moves == "any":
            return moves
        key = self._orders[dm].key
        here = key(state)
        better = [(key(to), to) for to in moves if key(to) > here]
        if self.choice == "best" and better:
            best = max(better)[0]
            return tuple(to for value, to in better if value == best)
        return tuple(to for _, to in better)

    def row(self, state: int, weights: Weights) -> dict[int, Fraction]:
        """With which probability each state is the next one after a state; empty where nobody with a weight above 0 can go anywhere.

        Parameters
        ----------
        state
            The state.
        weights
            How often each decision maker moves next.

        Examples
        --------
        >>> from detente.cases import load
        >>> graph = Graph(StateSpace(load("elmira")))
        >>> graph.row(graph.space.state(1), equal(graph.movers))
        {18: Fraction(1, 1)}
        """
        return row_of({dm: to for dm, to in self.targets(state).items() if weights.get(dm)}, weights)

    def allow(self, moves: int) -> None:
        """Let no more than so many `moves` be looked at from now on.

        >>> from detente.cases import load
        >>> graph = Graph(StateSpace(load("elmira")))
        >>> graph.allow(0)
        >>> graph.reached([1], frozenset(graph.movers))
        Traceback (most recent call last):
            ...
        detente.errors.LimitError: error[S360]: too many moves would have to be looked at for a chain to be followed
        """
        self._left = moves

    def reached(self, starts: Iterable[int], support: frozenset[str], stops: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """Every state that those with a weight above 0 (`support`) reach from some states, these included, first come first.

        Parameters
        ----------
        starts
            Where it begins.
        support
            Who moves at all.
        stops
            States that are not left, whoever could.

        Raises
        ------
        LimitError
            S360 if there are more than `MAX_STATES`, or more than `MAX_LOOKED` moves are looked at.
        """
        order = dict.fromkeys(starts)
        waiting = list(order)
        for state in waiting:
            if state in stops:
                continue
            for dm, targets in self.targets(state).items():
                if dm not in support:
                    continue
                for to in targets:
                    if to not in order:
                        order[to] = None
                        waiting.append(to)
            if len(order) > MAX_STATES or self._left < 0:
                message = f"more than {MAX_STATES:,} states are reached, too many for a chain of moves to be followed over all of them"
                if self._left < 0:
                    message = "too many moves would have to be looked at for a chain to be followed"
                raise LimitError.of("S360", message, help="leave out options that do not matter, or begin nearer to where it ends")
        return tuple(order)


def row_of(targets: Targets, weights: Weights) -> dict[int, Fraction]:
    """With which probability each state comes next, from where each mover can go (`targets`) and how often they move (`weights`).

    >>> row_of({"A": (1, 2), "B": (2,)}, {"A": Fraction(1), "B": Fraction(3)})
    {1: Fraction(1, 8), 2: Fraction(7, 8)}
    """
    found: dict[int, Fraction] = {}
    total = sum((weights[dm] for dm in targets), Fraction(0))
    for dm, reached in targets.items():
        share = Fraction(weights[dm]) / total / len(reached)
        for to in reached:
            found[to] = found.get(to, Fraction(0)) + share
    return found


def equal(movers: Iterable[str]) -> Weights:
    """The same weight for each of some decision makers (`movers`): the uniform mover.

    >>> equal(["A", "B"])
    {'A': Fraction(1, 1), 'B': Fraction(1, 1)}
    """
    return dict.fromkeys(movers, Fraction(1))
