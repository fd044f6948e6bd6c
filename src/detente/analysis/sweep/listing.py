"""All completions of a conflict that has few, one by one, and how they are spread over the values of a conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value

Place = tuple[int, ...]
"""The number of a frame, and for each decision maker, in their order, the number of the way in which the guesses about them are settled."""


def every(open: Open) -> Iterator[tuple[Place, dict[str, int]]]:
    """Each completion of a conflict (`open`): its place, and for each guess (key) the number of the alternative that it comes out as.

    >>> from detente.cases import load
    >>> len(list(every(Open(load("half-known-objection")))))
    12
    """
    axes = [open.whole, *open.axes.values()]
    settled = [[dict(zip((guess.key for guess in axis.guesses), row, strict=True)) for row in axis.numbers().tolist()] for axis in axes]
    for place in product(*(range(axis.count) for axis in axes)):
        chosen: dict[str, int] = {}
        for axis, way in zip(settled, place, strict=True):
            chosen |= axis[way]
        yield place, chosen


def listed(open: Open, subject: Subject, values: Mapping[Place, Value]) -> Counted:
    """How all completions are spread over the values of a conclusion, each completion being a case of its own.

    Parameters
    ----------
    open
        The conflict with its guesses.
    subject
        The conclusion.
    values
        Its value in each completion.

    Examples
    --------
    >>> from detente.cases import load
    >>> one = Open(load("half-known-objection"))
    >>> listed(one, Subject("holds"), {place: place[0] == 0 for place, _ in every(one)}).shares()[True]
    Fraction(1, 2)
    """
    frames = []
    for frame in range(open.whole.count):
        mine = [place for place in values if place[0] == frame]
        parts = {dm: tuple(np.array([way]) for way in range(axis.count)) for dm, axis in open.axes.items()}
        index = {dm: np.array([place[column] for place in mine]) for column, dm in enumerate(open.axes, 1)}
        of = {dm: np.arange(axis.count, dtype=np.int32) for dm, axis in open.axes.items()}
        frames.append(Cases(frame, tuple(values[place] for place in mine), parts, index, of))
    return Counted(open, subject, frames)
