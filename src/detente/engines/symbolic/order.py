"""The order of the variables of decision diagrams, from which options stand in the same conditions.

FORCE (Aloul, Markov and Sakallah 2003): each condition pulls its options together; options move to the mean of the centres of their
conditions until the conditions' spans grow no shorter.  From several starts, because it stops at the first that pulls no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

STARTS = 8
ROUNDS = 100
_STALE = 8  # rounds without progress
_WORK = 3_000_000  # ends of conditions looked at, over all starts


def arranged(options: int, groups: Iterable[Iterable[int]], seed: int = 1) -> tuple[int, ...]:
    """The places of options in an order in which groups of them stand close together.

    Parameters
    ----------
    options
        How many options there are.
    groups
        Places of options that should stand together; a group that is given twice counts twice.
    seed
        Of the starts; the same seed gives the same order.

    Examples
    --------
    >>> arranged(4, [(0, 2), (2, 3), (3, 1)])
    (0, 2, 3, 1)
    """
    edges = [tuple(sorted(group)) for group in map(set, groups) if len(group) > 1]
    ends = sum(map(len, edges)) or 1
    rng = Random(seed)
    start, best, found = list(range(options)), -1, list(range(options))
    for _ in range(max(2, min(STARTS, _WORK // (ends * 25)))):
        span, order = _force(start, edges)
        if best < 0 or span < best:
            best, found = span, order
        rng.shuffle(start)
    return tuple(found)


def _force(start: Sequence[int], edges: Sequence[tuple[int, ...]]) -> tuple[int, list[int]]:
    order, at = list(start), [0] * len(start)
    best, found, stale = -1, list(start), 0
    for _ in range(ROUNDS):
        for position, option in enumerate(order):
            at[option] = position
        pulls, pulled, span = [0.0] * len(at), [0] * len(at), 0
        for edge in edges:
            positions = [at[option] for option in edge]
            span += max(positions) - min(positions)
            centre = sum(positions) / len(positions)
            for option in edge:
                pulls[option] += centre
                pulled[option] += 1
        if best < 0 or span < best:
            best, found, stale = span, list(order), 0
        else:
            stale += 1
            if stale > _STALE:
                break
        order.sort(key=lambda option: pulls[option] / pulled[option] if pulled[option] else at[option])
    return best, found
