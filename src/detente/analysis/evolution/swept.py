"""How far what is said of a chain hangs on who moves how often: the least and the greatest over a grid of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from detente.analysis.evolution.graph import Graph, Weights
from detente.analysis.evolution.passage import Column, Passage, Web, passages

MAX_GRID = 330
"""Most weightings of a grid, unless its fineness is given."""
MAX_SWEPT = 4_000
"""Most states of a chain that other weights are tried on."""
MAX_SWEPT_CYCLE = 120
"""Most states on a common cycle of a chain that other weights are tried on: each weighting has a system of equations of its own."""
FINEST = 12
"""In how many equal parts the weight is divided, unless that is too many weightings."""


@dataclass(frozen=True)
class Swept:
    """What becomes of the ends over a grid of weights.

    Parameters
    ----------
    movers
        Among whom the weight is divided: those who have a move somewhere that the chain reaches.
    parts
        Into how many equal parts it is divided; everybody has at least one.
    count
        How many weightings these are.
    least, greatest
        For the states of each end the least and the greatest probability.
    moves
        The least and the greatest expected number of moves.
    """

    movers: tuple[str, ...]
    parts: int
    count: int
    least: dict[tuple[int, ...], float]
    greatest: dict[tuple[int, ...], float]
    moves: tuple[float, float]


def fineness(movers: int, most: int = MAX_GRID) -> int:
    """Into how many parts the weight is divided among some movers (`movers`): at most `FINEST`, and for at most `most` weightings.

    >>> [fineness(movers) for movers in (1, 2, 3, 4, 5, 6, 12)]
    [1, 12, 12, 12, 12, 11, 13]
    """
    if movers < 2:
        return 1
    fitting = [parts for parts in range(movers + 1, max(FINEST, movers + 1) + 1) if comb(parts - 1, movers - 1) <= most]
    return fitting[-1] if fitting else movers + 1


def weightings(movers: Sequence[str], parts: int) -> Iterator[Weights]:
    """Every division of a weight in equal parts among some movers that gives each at least one part.

    Parameters
    ----------
    movers
        Who moves (keys).
    parts
        Into how many parts.

    Examples
    --------
    >>> [[int(weight) for weight in found.values()] for found in weightings(["A", "B"], 4)]
    [[1, 3], [2, 2], [3, 1]]
    """
    for cuts in combinations(range(1, parts), len(movers) - 1):
        edges = (0, *cuts, parts)
        yield {dm: Fraction(edges[i + 1] - edges[i]) for i, dm in enumerate(movers)}


def swept(graph: Graph, start: int, found: Passage, parts: int | None = None) -> Swept | None:
    """The least and the greatest probability of each end over a grid of weights.

    None where fewer than two could ever move, or the chain is too large for many weights to be tried.

    Parameters
    ----------
    graph
        Who can go where.
    start
        Where the chain begins.
    found
        How it goes on with equal weights, so that all who could move do.
    parts
        Into how many parts the weight is divided, by default as `fineness` says.

    Raises
    ------
    LimitError
        S360 as for `passage`.

    Examples
    --------
    >>> from detente.analysis.evolution.graph import equal
    >>> from detente.analysis.evolution.passage import passage
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("chicken")))
    >>> start = graph.space.state(1)
    >>> over = swept(graph, start, passage(graph, start, equal(graph.movers)))
    >>> over.count, sorted(round(value, 3) for value in over.least.values())
    (11, [0.083, 0.083])
    """
    acting = {dm for state in found.visits for dm in graph.targets(state)}
    movers = tuple(dm for dm in graph.movers if dm in acting)
    web = Web(graph, {start: None}, frozenset(acting), frozenset())
    if len(movers) < 2 or len(web.states) > MAX_SWEPT or web.longest > MAX_SWEPT_CYCLE:
        return None
    parts = max(parts or fineness(len(movers)), len(movers))
    every = passages(graph, [Column(start, weights) for weights in weightings(movers, parts)], exact=False)
    ends = [end.states for end in found.ends]
    values = {states: [float(one.at(states)) for one in every] for states in ends}
    moves = [float(one.moves) for one in every]
    return Swept(
        movers,
        parts,
        len(every),
        {states: min(those) for states, those in values.items()},
        {states: max(those) for states, those in values.items()},
        (min(moves), max(moves)),
    )
