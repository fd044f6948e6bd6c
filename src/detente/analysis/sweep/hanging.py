"""On which guesses a conclusion hangs: what keeps it whatever the others are, and what can change it while the others stay as written.

A set of guesses *can change* a conclusion if some completion that has them otherwise, and all others as written, gives another value.  A
set is *sufficient* if the conclusion keeps its value in every completion that has these guesses as written.  A set is sufficient just when
it shares a member with every set that can change the conclusion: the minimal sets of either kind are the minimal transversals of those of
the other (Berge 1989, *Hypergraphs*; in diagnosis, Reiter 1987, "A theory of diagnosis from first principles").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations, product

import numpy as np

from detente.analysis.claims.hitting import TooManyError, least
from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.found import Hanging
from detente.analysis.sweep.frame import Axis, Open
from detente.analysis.sweep.spread import Counted, Drawn
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.sweep.transversals import all_transversals, smallest_transversals
from detente.analysis.sweep.tree import Value
from detente.model.conflict import Conflict
from detente.space.sets import bits_of

MAX_SETS = 5_000
"""Most minimal sets that can change a conclusion that are listed."""
WORK = 20_000_000
"""How many pairs of sets may be compared, about, before only smaller sets are looked for."""
NEARBY = 5_000
"""Most completions near the conflict as it is written that are asked one by one, where not all are counted."""


def hanging(swept: Swept, tally: Tally) -> Hanging:
    """On which guesses a conclusion hangs.

    Parameters
    ----------
    swept
        The sweep.
    tally
        What it found of the conclusion.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.subject import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds")])
    >>> hangs = hanging(found, found.tallies[0])
    >>> hangs.value, [len(one) for one in hangs.breaking], [len(one) for one in hangs.sufficient]
    (True, [1, 1, 1, 1], [4])
    """
    conflict = swept.conflict
    if isinstance(tally.spread, Counted):
        sets, up_to = _counted(tally.spread, tally.as_written, conflict)
    else:
        sets, up_to = _nearby(swept, tally)
    everything = up_to is None
    sufficient: list[int] | None = None
    if everything:
        with suppress(TooManyError):
            sufficient = all_transversals(sets)
    size, smallest = (min(map(int.bit_count, sufficient)), sufficient) if sufficient else smallest_transversals(sets)
    named = sorted(sets, key=lambda one: (one.bit_count(), list(bits_of(one))))
    return Hanging(
        tally.as_written,
        tuple(_keys(conflict, one) for one in named),
        tuple(_keys(conflict, one) for one in (smallest or []) if everything),
        size,
        everything and sufficient is not None,
        len(conflict.guesses) if up_to is None else up_to,
        everything and smallest is not None,
    )


def _keys(conflict: Conflict, members: int) -> tuple[str, ...]:
    return tuple(conflict.guesses[place].key for place in bits_of(members))


# -- counted -------------------------------------------------------------------------------------------------------
def _counted(spread: Counted, written: Value, conflict: Conflict) -> tuple[list[int], int | None]:
    """The minimal sets that can change a conclusion; with the size up to which these are all, None for any size."""
    place = {guess.key: number for number, guess in enumerate(conflict.guesses)}
    boxes = list(_boxes(spread, written, place))
    for most in (len(place), 4, 3, 2, 1):
        try:
            return _minimal(boxes, most), None if most == len(place) else most
        except TooManyError:
            continue
    return [], 0


_Box = tuple[int, tuple[tuple[int, ...], ...]]
"""A case with another value: the guesses about the whole that are otherwise, and for each decision maker the minimal sets of guesses about
them that are otherwise in some order of the case."""


def _boxes(spread: Counted, written: Value, place: dict[str, int]) -> Iterator[_Box]:
    """All such cases, each kind once."""
    whole = spread.open.whole.numbers()
    for frame in spread.frames:
        wrong = [number for number, value in enumerate(frame.values) if value != written]
        if not wrong:
            continue
        changed = sum(1 << place[guess.key] for guess, number in zip(spread.open.whole.guesses, whole[frame.frame], strict=True) if number)
        sets = {dm: _part_sets(frame, spread.open, dm, {int(frame.index[dm][case]) for case in wrong}, place) for dm in frame.of}
        yield from dict.fromkeys((changed, tuple(sets[dm][int(frame.index[dm][case])] for dm in frame.of)) for case in wrong)


def _part_sets(frame: Cases, open: Open, dm: str, parts: set[int], place: dict[str, int]) -> dict[int, tuple[int, ...]]:
    """For some sets of orders of a decision maker the minimal sets of guesses that are otherwise in one of the orders."""
    axis, found = open.axes[dm], {}
    masks, of = changed_masks(axis), frame.of[dm]
    for part in parts:
        inside = np.zeros(int(of.max()) + 1, dtype=np.bool_)
        inside[frame.parts[dm][part]] = True
        local = np.unique(masks[inside[of]]).tolist()
        found[part] = tuple(sum(1 << place[axis.guesses[bit].key] for bit in bits_of(one)) for one in least(local))
    return found


def changed_masks(axis: Axis) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each way to settle the guesses of an axis which of them are not as written, as bits.

    >>> changed_masks(Axis(None, ())).tolist()
    [0]
    """
    bits = np.left_shift(np.int64(1), np.arange(len(axis.guesses), dtype=np.int64))
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = (axis.numbers() != 0).astype(np.int64) @ bits
    return found


def _minimal(boxes: Sequence[_Box], most: int) -> list[int]:
    """The minimal sets of up to so many guesses that can change the conclusion.

    Raises `TooManyError` when there are too many, or it takes too much work.
    """
    found: list[int] = []
    work = WORK
    for changed, parts in sorted(boxes, key=lambda box: (box[0].bit_count() + sum(min(map(int.bit_count, part)) for part in box[1]), box)):
        partial = [changed]
        for part in parts:
            wider = {one | more for one, more in product(partial, part)}
            work -= len(wider) * (len(found) + len(wider))
            if work < 0:
                raise TooManyError("sets that can change a conclusion")
            partial = [one for one in least(one for one in wider if one.bit_count() <= most) if not any(old & one == old for old in found)]
        found = list(least([*found, *partial]))
        if len(found) > MAX_SETS:
            raise TooManyError("sets that can change a conclusion")
    return found


# -- drawn ---------------------------------------------------------------------------------------------------------
def _nearby(swept: Swept, tally: Tally) -> tuple[list[int], int]:
    """Sets that can change a conclusion, met near the conflict as it is written, or drawn; with the size up to which these are all."""
    guesses = swept.conflict.guesses
    found, up_to = set[int](), 0
    if not tally.is_only_afresh:
        for size in (1, 2):
            rows = list(_changed([len(guess.alternatives) for guess in guesses], size))
            if not rows or len(rows) > NEARBY:
                break
            numbers = np.array(rows, dtype=np.uint16)
            values = valued(swept.conflict, swept.profile, [tally.subject], numbers)[tally.subject]
            found |= {_otherwise(row) for row, code in zip(rows, values.codes, strict=True) if values.kinds[code] != tally.as_written}
            up_to = size
    spread = tally.spread
    assert isinstance(spread, Drawn)
    wrong = [code for code, value in enumerate(spread.kinds) if value != tally.as_written]
    found |= {_otherwise(row) for row in spread.numbers[np.isin(spread.codes, wrong)].tolist()}
    return list(least(found)), up_to


def _changed(sizes: Sequence[int], many: int) -> Iterator[list[int]]:
    """The completions that have so many guesses otherwise than as written."""
    for places in combinations(range(len(sizes)), many):
        for numbers in product(*(range(1, sizes[place]) for place in places)):
            row = [0] * len(sizes)
            for place, number in zip(places, numbers, strict=True):
                row[place] = number
            yield row


def _otherwise(row: Sequence[int]) -> int:
    return sum(1 << place for place, number in enumerate(row) if number)
