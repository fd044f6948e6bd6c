"""Conclusions over given completions, few or many: each walked down the tree of its frame, or analysed by itself.

Only the orders that occur among the given completions are made, so that neither the number of all completions nor that of the orders of
one decision maker is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.beside import beside, is_beside
from detente.analysis.sweep.frame import Axis, Frame
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.tree import Tree, Value
from detente.model.conflict import Conflict

Numbers = npt.NDArray[np.integer]
"""Completions: for each guess, in the order of the conflict, the number of its alternative; shape (completions, guesses)."""


MOST_FRAMES = 256
"""Most frames of which what was made is kept."""


class Drawing:
    """A conflict from which completions are drawn, with what was made of its spaces: what follows from these is worked out once.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    frames
        Frames of it that there are already.

    Examples
    --------
    >>> from detente.cases import load
    >>> part = next(Drawing(load("elmira")).parts(np.zeros((3, 0), dtype=np.uint16)))
    >>> part.rows.tolist(), part.ways["MoE"].tolist()
    ([0, 1, 2], [0, 0, 0])
    """

    def __init__(self, conflict: Conflict, frames: Iterable[Frame] = ()) -> None:
        self.conflict = conflict
        self._whole = [place for place, guess in enumerate(conflict.guesses) if guess.party is None]
        self._places = {dm.key: [p for p, guess in enumerate(conflict.guesses) if guess.party == dm.key] for dm in conflict.decision_makers}
        self._axes = {dm: Axis(dm, tuple(conflict.guesses[place] for place in own)) for dm, own in self._places.items()}
        self._frames = {self._key(frame.chosen): frame for frame in frames}

    def _key(self, chosen: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(chosen.get(self.conflict.guesses[place].key, 0) for place in self._whole)

    def _frame(self, kind: Sequence[int], number: int) -> Frame:
        chosen = {self.conflict.guesses[place].key: alternative for place, alternative in zip(self._whole, kind, strict=True)}
        found = self._frames.get(self._key(chosen)) or Frame(self.conflict, chosen, self._axes, number)
        if len(self._frames) < MOST_FRAMES:
            self._frames[self._key(chosen)] = found
        return found

    def parts(self, numbers: Numbers) -> Iterator[Part]:
        """Given completions (`numbers`), sorted by frames."""
        kinds, which = _distinct(numbers[:, self._whole])
        for number, kind in enumerate(kinds.tolist()):
            rows = np.flatnonzero(which == number)
            found = {dm: _distinct(numbers[rows][:, own]) for dm, own in self._places.items()}
            frame = _Chosen(self._frame(kind, number), {dm: ways for dm, (ways, _) in found.items()})
            yield Part(frame, rows, {dm: ways for dm, (_, ways) in found.items()})


class _Chosen(Frame):
    """A frame (`base`) with some of the ways to settle the guesses about each decision maker (`ways`)."""

    def __init__(self, base: Frame, ways: Mapping[str, Numbers]) -> None:
        self.axes, self.chosen, self.number, self.written = base.axes, base.chosen, base.number, base.written
        self.conflict, self.open, self.space, self.of_space = base.conflict, base.open, base.space, base.of_space
        self._ways = ways

    def ways(self, dm: str) -> Numbers:
        """The ways that occur."""
        return self._ways[dm]


@dataclass(frozen=True)
class Part:
    """The given completions of one frame.

    Parameters
    ----------
    frame
        The frame, with the orders that occur.
    rows
        The places of the completions among all that were given, ascending.
    ways
        For each decision maker (key) and each completion which of the frame's ways to settle the guesses about them it has.
    """

    frame: Frame
    rows: npt.NDArray[np.int64]
    ways: Mapping[str, npt.NDArray[np.int64]]


def _distinct(rows: Numbers) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """The different rows, and for each row which of these it is."""
    if not rows.shape[1]:
        return rows[:1], np.zeros(len(rows), dtype=np.int64)
    kinds, which = np.unique(rows, axis=0, return_inverse=True)
    return kinds, which.reshape(-1)


@dataclass(frozen=True)
class Valued:
    """The values of one conclusion in given completions.

    Parameters
    ----------
    codes
        For each completion the place of its value in `kinds`, shape (completions,).
    kinds
        The values that occur.
    """

    codes: npt.NDArray[np.int16]
    kinds: tuple[Value, ...]


def valued(
    conflict: Conflict | Drawing,
    profile: Mapping[str, str],
    subjects: Sequence[Subject],
    numbers: Numbers,
    tick: Callable[[], None] | None = None,
) -> dict[Subject, Valued]:
    """The values of some conclusions in given completions.

    Parameters
    ----------
    conflict
        The conflict with its guesses; or a drawing of it, which keeps what several calls need.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        The conclusions.
    numbers
        The completions.
    tick
        Called before each question, and after each conclusion in each frame; what it raises ends it.

    Raises
    ------
    Cannot
        A conclusion can't be asked of many completions at once.
    LimitError
        S350 if a preference tells too many levels apart.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira, asked = load("elmira"), Subject("holds")
    >>> found = valued(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [asked], np.zeros((2, 0), dtype=np.uint16))
    >>> found[asked].codes.tolist(), found[asked].kinds
    ([0, 0], (False,))
    """
    codes = {subject: np.zeros(len(numbers), dtype=np.int16) for subject in subjects}
    kinds: dict[Subject, dict[Value, int]] = {subject: {} for subject in subjects}
    drawing = conflict if isinstance(conflict, Drawing) else Drawing(conflict)
    for part in drawing.parts(numbers):
        play = Play(part.frame)
        for subject in subjects:
            question = Question(subject, play, profile)
            chosen = {dm: question.frame.orders[dm].of[ways] for dm, ways in part.ways.items()}
            if is_beside(question):
                codes[subject][part.rows] = beside(question, chosen, kinds[subject])
            else:
                codes[subject][part.rows] = Tree(question.frame.orders, question.conclude, tick).coded(chosen, kinds[subject])
            if tick is not None:
                tick()
    return {subject: Valued(codes[subject], tuple(kinds[subject])) for subject in subjects}


def coded(values: Sequence[Hashable]) -> Valued:
    """Values as numbers.

    >>> coded([True, None, True]).codes.tolist()
    [0, 1, 0]
    """
    kinds: dict[Value, int] = {}
    codes = np.array([kinds.setdefault(value, len(kinds)) for value in values], dtype=np.int16)
    return Valued(codes, tuple(kinds))
