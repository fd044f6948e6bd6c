"""The values of conclusions for completions one by one, by their numbers, in a bounded amount of memory.

What a share counts at once, rows tell of each completion.  What stands in a row depends on its number alone, so that rows may be worked out
in any order, in parts, and by many machines.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.draw import Numbers, drawn, listed
from detente.analysis.sweep.frame import Axis, Frame, Open
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.tree import Tree, Value
from detente.model.conflict import Conflict

MEMORY = 1 << 29
"""About how many bytes trees and orders may hold before they are forgotten, and grow again where they are needed."""
MOST_FRAMES = 64
"""Most frames that are held at once."""
AT_ONCE = 1 << 12
"""How many completions are looked at between two looks at the memory."""

Codes = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Column:
    """The values of one conclusion for some completions.

    Parameters
    ----------
    codes
        For each completion the place of its value in `values`, shape (completions,).
    values
        The values that occur, in the order in which they are met.

    Examples
    --------
    >>> Column(np.array([0, 1, 0], dtype=np.int16), (True, None)).each
    [True, None, True]
    """

    codes: Codes
    values: tuple[Value, ...]

    @property
    def each(self) -> list[Value]:
        """The value of each completion."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass
class _Held:
    """A frame with the trees of the conclusions, as far as they have grown."""

    frame: Frame
    trees: tuple[Tree, ...]

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return sum(tree.held for tree in self.trees) + sum(orders.held for orders in self.frame.orders.values())


class Valued:
    """The values of conclusions for any completions of a conflict.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        The conclusions.
    memory
        About how many bytes may be held between two calls; values don't depend on it.

    Examples
    --------
    >>> from detente.cases import load
    >>> conflict = load("elmira")
    >>> valued = Valued(conflict, {dm.key: "SEQ" for dm in conflict.decision_makers}, [Subject("holds")])
    >>> valued.columns(np.zeros((2, 0), dtype=np.uint16))[0].each
    [False, False]
    """

    def __init__(self, conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject], memory: int = MEMORY) -> None:
        self.open, self.profile, self.subjects = Open(conflict), dict(profile), tuple(subjects)
        self.forgotten = 0
        """How often what was held was forgotten because it had become too large."""
        self._memory = memory
        self._frames: OrderedDict[int, _Held] = OrderedDict()
        place = {guess.key: column for column, guess in enumerate(conflict.guesses)}
        self._of = {axis.dm: [place[guess.key] for guess in axis.guesses] for axis in (self.open.whole, *self.open.axes.values())}

    def columns(self, numbers: Numbers) -> tuple[Column, ...]:
        """The values of each conclusion for completions given by the number of the alternative of each guess.

        Parameters
        ----------
        numbers
            As `listed` and `drawn` of `detente.analysis.sweep.draw` give them: shape (completions, guesses).
        """
        codes = [np.zeros(len(numbers), dtype=np.int16) for _ in self.subjects]
        kinds: list[dict[Value, int]] = [{} for _ in self.subjects]
        frames = self._places(self.open.whole, numbers)
        ways = {dm: self._places(axis, numbers) for dm, axis in self.open.axes.items()}
        for at in range(0, len(numbers), AT_ONCE):
            for number in np.unique(frames[at : at + AT_ONCE]).tolist():
                chosen = at + np.flatnonzero(frames[at : at + AT_ONCE] == number)
                held = self._frame(number)
                orders = {dm: held.frame.orders[dm].of[way[chosen]] for dm, way in ways.items()}
                for column, known, tree in zip(codes, kinds, held.trees, strict=True):
                    column[chosen] = tree.coded(orders, known)
                self._forget()
        return tuple(Column(column, tuple(known)) for column, known in zip(codes, kinds, strict=True))

    def _places(self, axis: Axis, numbers: Numbers) -> npt.NDArray[np.int64]:
        return axis.place(numbers[:, self._of[axis.dm]])

    def _frame(self, number: int) -> _Held:
        """A frame by its number; the one that was used last is forgotten last."""
        held = self._frames.pop(number, None)
        if held is None:
            frame = self.open.frame(number)
            play = Play(frame)
            held = _Held(frame, tuple(Tree(frame.orders, Question(one, play, self.profile).conclude) for one in self.subjects))
        self._frames[number] = held
        return held

    def _forget(self) -> None:
        """Forget what was not used for longest, until little enough is held."""
        sizes = {number: held.bytes for number, held in self._frames.items()}
        total = sum(sizes.values())
        while self._frames and (total > self._memory or len(self._frames) > MOST_FRAMES):
            number, _ = self._frames.popitem(last=False)
            total -= sizes[number]
            self.forgotten += 1


@dataclass(frozen=True)
class Numbered:
    """Completions by number: all of them, or as many as are asked for, drawn by chance.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    rows
        How many completions there are.
    seed
        Where draws come from; None where every completion is listed, once.

    Examples
    --------
    >>> from detente.cases import load
    >>> found = Numbered.of(load("elmira"), 1_000, seed=1)
    >>> found.rows, found.seed, found.numbers(0, 1).shape
    (1, None, (1, 0))
    """

    conflict: Conflict
    rows: int
    seed: int | None

    @staticmethod
    def of(conflict: Conflict, most: int, seed: int) -> Numbered:
        """Every completion if there are at most so many (`most`), else so many drawn from a `seed`."""
        count = Open(conflict).count
        return Numbered(conflict, count, None) if count <= most else Numbered(conflict, most, seed)

    def numbers(self, start: int, stop: int) -> Numbers:
        """The completions from number `start` to before `stop`, each as the number of the alternative of each guess."""
        if self.seed is None:
            return listed(self.conflict.guesses, start, stop)
        return drawn(self.conflict.guesses, self.seed, start, stop)
