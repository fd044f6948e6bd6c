"""How long a run takes, from a short trial: what one pass costs for a place, measured on a few blocks, times the passes that are usual."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from detente.concepts.base import SolutionConcept
from detente.engines.blocks.cuts import Block
from detente.engines.blocks.kernels import improve, spread
from detente.engines.blocks.plays import Table
from detente.errors import LimitError

ROUNDS = {"any": 2.5, "improving": 4.0}
"""Passes that each answering decision maker usually makes until nothing changes; the first costs most."""
_TRIED = 3  # blocks
_DISK = 4e8  # bytes a second that a disk is assumed to read or write


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for a place: its rank, a pass by any moves, a pass by improvements."""

    rank: float
    move: float
    gain: float


def costs(table: Table, seed: int = 0) -> Mapping[str, Cost]:
    """What passes of each decision maker with options cost, by a trial on a few blocks that hold something."""
    rng = Random(seed)
    found = {}
    for dm, reach in table.reaches.items():
        blocks = list(_some(table, dm, rng))
        started = time.perf_counter()
        ranks = [table.ranked(dm, block) for block in blocks]
        at = [started, time.perf_counter()]
        matrices = [reach.matrix(column).copy() for column in ranks]
        for matrix in matrices:
            spread(matrix, reach.moves, most=False)
        at.append(time.perf_counter())
        tiles = [(reach.matrix(column)[:, : _tile(reach.rows)].copy()) for column in ranks]
        at.append(time.perf_counter())
        for tile in tiles:
            improve(tile, tile.copy(), reach.moves)
        at.append(time.perf_counter())
        places, tried = sum(block.size for block in blocks), sum(tile.size for tile in tiles)
        found[dm] = Cost((at[1] - at[0]) / places, (at[2] - at[1]) / places, (at[4] - at[3]) / tried)
    return found


def _tile(rows: int) -> int:
    return max(8, (1 << 19) // rows)


def _some(table: Table, dm: str, rng: Random) -> Sequence[Block]:
    """A few blocks, drawn at random; where that can be, such that hold something."""
    cut = table.cut(dm)
    wanted = {rng.randrange(cut.count) for _ in range(_TRIED)}
    return [block for place, block in enumerate(cut.blocks()) if place in wanted]


def seconds_for(
    table: Table, concepts: Sequence[SolutionConcept], decision_makers: Sequence[str], width: int, *, on_disk: bool
) -> float | None:
    """How long it takes to find the stable states of some decision makers under some concepts; None where a trial can't tell.

    Parameters
    ----------
    table
        What plays share; its blocks should be small.
    concepts, decision_makers
        What is asked.
    width
        Bytes of a value.
    on_disk
        Whether values are read from a disk and written to it.
    """
    try:
        known = costs(table)
    except LimitError:
        return None
    size, total = table.layout.size, 0.0
    carried = 2 * width / _DISK if on_disk else 2 * width / 4e9
    mean_rank = float(np.mean([cost.rank for cost in known.values()])) if known else 1e-9
    for concept in concepts:
        for dm in decision_makers:
            own = known.get(dm, Cost(mean_rank, 0.0, 0.0))
            place = own.rank + own.move
            if concept.answers is not None:
                place += own.rank + carried + (own.move if concept.counters else 0.0)
                others = [cost for other, cost in known.items() if other != dm]
                rounds = 1.0 if len(others) < 2 else ROUNDS[concept.answers]
                place += rounds * sum(carried + (c.rank + c.gain if concept.answers == "improving" else 1.5 * c.move) for c in others)
            total += place * size
    return total
