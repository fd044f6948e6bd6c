"""How far what is said of a chain hangs on who moves how often: the least and the greatest over a grid of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from detente.analysis.evolution.flows import Flows
from detente.analysis.evolution.graph import Graph, Weights
from detente.analysis.evolution.passage import Web

MAX_GRID = 330
"""Most weightings of a grid, unless its fineness is given."""
MAX_WORK = 120_000_000_000
"""Most multiplications for all weightings of a grid, about; where each takes many, the grid is coarser."""
MAX_SIDE = 4_000_000
"""Most numbers that are held for the chains that are worked out side by side."""
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
    lot
        How many of the other parts go together: 1, or more where the grid is coarser.
    count
        How many weightings these are.
    least, greatest
        For the states of each end the least and the greatest probability.
    moves
        The least and the greatest expected number of moves.
    """

    movers: tuple[str, ...]
    parts: int
    lot: int
    count: int
    least: dict[tuple[int, ...], float]
    greatest: dict[tuple[int, ...], float]
    moves: tuple[float, float]


def fineness(movers: int, most: int = MAX_GRID) -> tuple[int, int]:
    """Into how many parts the weight is divided among some movers (`movers`), and in lots of how many, for at most `most` weightings.

    Everybody has one part, and the others are given in lots: fewer and larger ones rather than a narrower range of weights.

    >>> [fineness(movers) for movers in (1, 2, 3, 4, 5, 6, 12)], [fineness(4, most) for most in (100, 20, 10, 1)]
    ([(1, 1), (12, 1), (12, 1), (12, 1), (12, 1), (11, 1), (13, 1)], [(12, 2), (13, 3), (12, 4), (12, 8)])
    """
    if movers < 2:
        return 1, 1
    fitting = [parts for parts in range(movers + 1, max(FINEST, movers + 1) + 1) if comb(parts - 1, movers - 1) <= MAX_GRID]
    free = max(fitting, default=movers + 1) - movers
    lot = next((lot for lot in range(1, free) if comb(-(-free // lot) + movers - 1, movers - 1) <= most), free)
    return movers + lot * -(-free // lot), lot


def weightings(movers: Sequence[str], parts: int, lot: int = 1) -> Iterator[Weights]:
    """Every division of a weight in equal parts among some movers that gives each one part, and the others in lots.

    Parameters
    ----------
    movers
        Who moves (keys).
    parts
        Into how many parts.
    lot
        How many of the other parts go together.

    Examples
    --------
    >>> [[int(weight) for weight in found.values()] for found in weightings(["A", "B"], 4)]
    [[1, 3], [2, 2], [3, 1]]
    >>> [[int(weight) for weight in found.values()] for found in weightings(["A", "B"], 8, 3)]
    [[1, 7], [4, 4], [7, 1]]
    """
    lots = (parts - len(movers)) // lot
    for cuts in combinations(range(1, lots + len(movers)), len(movers) - 1):
        edges = (0, *cuts, lots + len(movers))
        yield {dm: Fraction(1 + lot * (edges[i + 1] - edges[i] - 1)) for i, dm in enumerate(movers)}


def swept(graph: Graph, starts: Sequence[int], parts: int | None = None) -> tuple[Swept, ...] | None:
    """For each of some states the least and the greatest probability of each end that is reached from there.

    None where fewer than two could ever move.  The grid is coarser where many weightings would take too long.

    Parameters
    ----------
    graph
        Who can go where.
    starts
        Where the chains begin.
    parts
        Into how many parts the weight is divided, by default as `fineness` says of as many weightings as there is time for.

    Raises
    ------
    LimitError
        S360 as for `passage`.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> graph = Graph(StateSpace(load("chicken")))
    >>> (over,) = swept(graph, [graph.space.state(1)])
    >>> over.count, sorted(round(value, 3) for value in over.least.values())
    (11, [0.083, 0.083])
    """
    web = Web(graph, dict.fromkeys(starts), frozenset(graph.movers), frozenset())
    left = (members for members, closed in zip(web.components, web.closed, strict=True) if not closed)
    acting = {dm for members in left for state in members for dm in web.targets[state]}
    movers = tuple(dm for dm in graph.movers if dm in acting)
    if len(movers) < 2:
        return None
    affordable = min(MAX_GRID, MAX_WORK // web.work(len(starts)))
    parts, lot = fineness(len(movers), affordable) if parts is None else (max(parts, len(movers)), 1)
    every = list(weightings(movers, parts, lot))
    side = max(1, MAX_SIDE // (len(web.states) * len(starts)))
    ranges: list[list[_Range]] = []
    for begin in range(0, len(every), side):
        some = every[begin : begin + side]
        found = web.stream.sent([start for start in starts for _ in some], [weights for _ in starts for weights in some])
        ranges.append([_range(found, slice(k * len(some), (k + 1) * len(some))) for k in range(len(starts))])
    return tuple(_over((movers, parts, lot, len(every)), each) for each in zip(*ranges, strict=True))


@dataclass(frozen=True, slots=True)
class _Range:
    """The least and greatest probabilities of ends, and expected moves, over some weightings."""

    ends: dict[tuple[int, ...], tuple[float, float]]
    moves: tuple[float, float]


def _range(found: Flows, chains: slice) -> _Range:
    ends = {states: each[chains] for states, each in found.ends.items()}
    moves = found.moves[chains]
    reached = {states: (float(each.min()), float(each.max())) for states, each in ends.items() if each.any()}
    return _Range(reached, (float(moves.min()), float(moves.max())))


def _over(grid: tuple[tuple[str, ...], int, int, int], ranges: Sequence[_Range]) -> Swept:
    """What holds over several parts of a grid: among whom, in how many parts and lots of how many, how many weightings."""
    reached = dict.fromkeys(states for one in ranges for states in one.ends)
    values = {states: [one.ends.get(states, (0.0, 0.0)) for one in ranges] for states in reached}
    return Swept(
        *grid,
        {states: min(low for low, _ in those) for states, those in values.items()},
        {states: max(high for _, high in those) for states, those in values.items()},
        (min(one.moves[0] for one in ranges), max(one.moves[1] for one in ranges)),
    )
