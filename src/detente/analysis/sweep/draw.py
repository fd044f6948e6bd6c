"""Completions by number: every one of them in a fixed order, or drawn by chance from a seed; either way each has its number.

What stands under a number never depends on how many are drawn, on how they are cut into parts, or on who works on them: draws come from
a counter-based generator (Philox: Salmon, Moraes, Dror and Shaw 2011), one block of the counter for each completion number.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.spread import whole_weights
from detente.model.guess import Guess

Numbers = npt.NDArray[np.uint16]
BLOCK = 4_096
"""How many completions are drawn from one stream."""


def how_many(guesses: Sequence[Guess]) -> int:
    """How many completions there are, however many that is.

    >>> how_many(())
    1
    """
    return prod(len(guess.alternatives) for guess in guesses)


def listed(guesses: Sequence[Guess], start: int, stop: int) -> Numbers:
    """The completions with some numbers, from `start` to before `stop`, when all are listed; the last guess changes fastest.

    Returns an array of shape (completions, guesses): the number of the alternative of each guess.

    >>> from detente.model.guess import Alternative, AsWritten, LeftOut
    >>> held = (Alternative(AsWritten()), Alternative(LeftOut()))
    >>> listed([Guess("g", "rule", None, (1,), held), Guess("h", "rule", None, (2,), held)], 1, 3).tolist()
    [[0, 1], [1, 0]]
    """
    found = np.zeros((stop - start, len(guesses)), dtype=np.uint16)
    left = np.arange(start, stop, dtype=object)
    for column in range(len(guesses) - 1, -1, -1):
        size = len(guesses[column].alternatives)
        found[:, column] = (left % size).astype(np.uint16)
        left = left // size
    return found


def drawn(guesses: Sequence[Guess], seed: int, start: int, stop: int) -> Numbers:
    """The same for completions drawn by chance from a `seed`, each guess by itself: by its weights, or evenly where it has none.

    >>> from detente.model.guess import Alternative, AsWritten, LeftOut
    >>> held = (Alternative(AsWritten()), Alternative(LeftOut()))
    >>> whole = drawn([Guess("g", "rule", None, (1,), held)], 7, 0, 10_000)
    >>> bool((drawn([Guess("g", "rule", None, (1,), held)], 7, 5_000, 6_000) == whole[5_000:6_000]).all())
    True
    """
    blocks = [_block(guesses, seed, block) for block in range(start // BLOCK, -(-stop // BLOCK))]
    whole = np.concatenate(blocks) if blocks else np.zeros((0, len(guesses)), dtype=np.uint16)
    first = start // BLOCK * BLOCK
    return whole[start - first : stop - first]


def _block(guesses: Sequence[Guess], seed: int, block: int) -> Numbers:
    random = np.random.Generator(np.random.Philox(key=[seed, block]))
    found = np.zeros((BLOCK, len(guesses)), dtype=np.uint16)
    for column, guess in enumerate(guesses):
        ends = np.cumsum(np.array(whole_weights(guess.weights), dtype=np.uint64))
        found[:, column] = np.searchsorted(ends, random.integers(0, int(ends[-1]), BLOCK, dtype=np.uint64), side="right")
    return found
