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
from detente.engines.blocks.native import UNIT
from detente.engines.blocks.plays import Table
from detente.errors import LimitError

ROUNDS = {"any": 2.5, "improving": 4.0}
"""Passes that each answering decision maker usually makes until nothing changes."""
MARKED = 1.7
"""The same where what has not changed is marked and left out."""
_TRIED = 3  # blocks
_TILE = 1 << 19  # places of a matrix of which rows are compared
_DISK = 4e8  # bytes a second that a disk is assumed to read or write
_COPIED = 4e9  # bytes a second of copies in memory


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for a place: its rank, a pass by any moves, a pass by improvements; and the scans over all places before the first rank."""

    rank: float
    move: float
    gain: float
    scans: int = 0


def costs(table: Table, seed: int = 0) -> Mapping[str, Cost]:
    """What passes of each decision maker with options cost, by a trial on a few blocks drawn with a seed."""
    rng = Random(seed)
    return {dm: _cost(table, dm, _some(table, dm, rng)) for dm in table.reaches}


def _cost(table: Table, dm: str, blocks: Sequence[Block]) -> Cost:
    cubes, reach = table.cubes, table.reaches[dm]
    rank = move = gain = 0.0
    tried = 0
    if cubes is not None:
        cubes.mover(dm)  # made once, not for each block
    for block in blocks:
        table.dtype(dm)
        at = [time.perf_counter()]
        ranks = table.ranked(dm, block)
        at.append(time.perf_counter())
        if cubes is not None:
            for improving in (False, True):
                marks = np.full(max(1, block.size // UNIT), 0xFFFFFFFF, np.uint32)
                compared = ranks if improving and cubes.compares(dm) else None
                cubes.answered(dm, block, ranks.copy(), marks, None, compared, improving=improving)
                at.append(time.perf_counter())
            tried += block.size
            gain += at[3] - at[2] + (at[1] - at[0] if cubes.compares(dm) else 0.0)
        else:
            matrix = reach.matrix(ranks).copy()
            spread(matrix, reach.moves, most=False)
            at.append(time.perf_counter())
            tile = np.ascontiguousarray(reach.matrix(ranks)[:, : max(8, _TILE // reach.rows)])
            turned = time.perf_counter()
            improve(tile, tile.copy(), reach.moves)
            tried += tile.size
            gain += time.perf_counter() - turned + (at[2] - at[1] + at[1] - at[0]) * tile.size / block.size
        rank, move = rank + at[1] - at[0], move + at[2] - at[1]
    places = sum(block.size for block in blocks)
    scans = 0 if cubes is not None and cubes.ranked(dm, blocks[0]) is not None else table.ranks(dm).scans
    return Cost(rank / places, move / places, gain / tried, scans)


def _some(table: Table, dm: str, rng: Random) -> Sequence[Block]:
    """A few blocks, drawn at random."""
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
    size = table.layout.size
    total = sum(cost.scans * cost.rank * size for cost in known.values())
    carried = 2 * width / (_DISK if on_disk else _COPIED)
    mean_rank = float(np.mean([cost.rank for cost in known.values()])) if known else 1e-9
    for concept in concepts:
        for dm in decision_makers:
            own = known.get(dm, Cost(mean_rank, 0.0, 0.0))
            place = own.rank + own.move
            if concept.answers is not None:
                place += own.rank + carried + (own.move if concept.counters else 0.0)
                others = [cost for other, cost in known.items() if other != dm]
                rounds = 1.0 if len(others) < 2 else ROUNDS[concept.answers] if table.cubes is None else MARKED
                place += rounds * sum(carried + (c.gain if concept.answers == "improving" else c.move) for c in others)
            total += place * size
    return total
