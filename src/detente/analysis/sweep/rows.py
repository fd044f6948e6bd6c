"""The values of conclusions for completions one by one, by their numbers, in a bounded amount of memory.

What a share counts at once, rows tell of each completion.  What stands in a row depends on its number alone, so that rows may be worked out
in any order, in parts, and by many machines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.afresh import Afresh, alone
from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.beside import beside, is_beside
from detente.analysis.sweep.draw import Numbers, drawn, how_many, listed
from detente.analysis.sweep.drawing import Valued, coded, valued
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.tree import Tree, Value
from detente.analysis.sweep.worlds import Joined
from detente.errors import Cannot, LimitError
from detente.model.conflict import Conflict

Ways = npt.NDArray[np.int64]

MEMORY = 1 << 29
"""About how many bytes trees and orders may hold before they are forgotten, and grow again where needed; as many, what they share."""
MOST_FRAMES = 64
"""Most frames that are held at once."""
AT_ONCE = 1 << 12
"""How many completions are looked at between two looks at the memory."""


@dataclass
class _Held:
    """A frame with the conclusions as they are asked in it, and their trees as far as they have grown."""

    questions: tuple[Question, ...]
    trees: dict[int, Tree] = field(default_factory=dict)

    def tree(self, place: int) -> Tree:
        """The tree of the conclusion with a place."""
        if place not in self.trees:
            question = self.questions[place]
            self.trees[place] = Tree(question.frame.orders, question.conclude)
        return self.trees[place]

    @property
    def orders(self) -> list[PartyOrders]:
        """All orders that are asked, each once."""
        made = [one for tree in self.trees.values() for one in tree.orders.values()]
        made += [one for question in self.questions if is_beside(question) for one in question.orders.values()]
        worlds = [world for one in made if isinstance(one, Joined) for world in one.worlds]
        return list({id(one): one for one in (*made, *worlds, *(world.inner for world in worlds))}.values())

    @property
    def bytes(self) -> int:
        """About how much memory it takes, without what frames share."""
        return sum(one.own for one in self.orders) + sum(tree.held for tree in self.trees.values())


@dataclass
class _Column:
    """The values of a conclusion as they are filled in: for each completion a code, and for each value that occurs its code."""

    codes: npt.NDArray[np.int16]
    kinds: dict[Value, int] = field(default_factory=dict)


class Evaluator:
    """The values of conclusions in any completions of a conflict.

    Trees are kept from one call to the next, until they hold too much memory.  A conclusion that can't be asked of many completions at once
    is analysed in one after the other, and so it is slow; a decision maker's guesses may be settled in any number of ways.

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
    >>> evaluator = Evaluator(conflict, {dm.key: "SEQ" for dm in conflict.decision_makers}, [Subject("holds")])
    >>> found = evaluator.columns(np.zeros((2, 0), dtype=np.uint16))
    >>> found[0].codes.tolist(), found[0].kinds, evaluator.slow
    ([0, 0], (False,), ())
    """

    def __init__(self, conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject], memory: int = MEMORY) -> None:
        self.conflict, self.profile, self.subjects = conflict, dict(profile), tuple(subjects)
        self.forgotten = 0
        """How often what was held was forgotten because it had become too large."""
        self.slow: tuple[Subject, ...] = ()
        """The conclusions that turned out to be had from single completions only."""
        self._memory = memory
        self._frames: dict[int, _Held] = {}
        place = {guess.key: column for column, guess in enumerate(conflict.guesses)}
        try:
            self._open: Open | None = Open(conflict)
        except LimitError:  # so many ways that only those that occur can be held
            self._open = None
        axes = () if self._open is None else (self._open.whole, *self._open.axes.values())
        self._of = {axis.dm: [place[guess.key] for guess in axis.guesses] for axis in axes}

    @property
    def frames(self) -> int:
        """How many ways there are to settle rules, directions and viewpoints, where they are looked at one by one; otherwise 0."""
        return 0 if self._open is None else self._open.whole.count

    def columns(self, numbers: Numbers) -> tuple[Valued, ...]:
        """The values of each conclusion in completions given by the number of the alternative of each guess.

        Parameters
        ----------
        numbers
            As `listed` and `drawn` of `detente.analysis.sweep.draw` give them: shape (completions, guesses).
        """
        found = self._without_frames(numbers) if self._open is None else self._by_frames(self._open, numbers)
        if self.slow:
            found |= self._one_by_one(numbers)
        return tuple(found[subject] for subject in self.subjects)

    def _without_frames(self, numbers: Numbers) -> dict[Subject, Valued]:
        """The values where only the orders that occur can be held."""
        found: dict[Subject, Valued] = {}
        for subject in self._quick:
            try:
                found |= valued(self.conflict, self.profile, [subject], numbers)
            except (Cannot, LimitError):
                self.slow = (*self.slow, subject)
        return found

    @property
    def _quick(self) -> list[Subject]:
        """The conclusions that are asked of many completions at once."""
        return [subject for subject in dict.fromkeys(self.subjects) if subject not in self.slow]

    def _by_frames(self, open: Open, numbers: Numbers) -> dict[Subject, Valued]:
        """The values frame by frame, those first of which something is held."""
        found = {subject: _Column(np.zeros(len(numbers), dtype=np.int16)) for subject in self._quick}
        frames = open.whole.place(numbers[:, self._of[None]])
        ways = {dm: axis.place(numbers[:, self._of[dm]]) for dm, axis in open.axes.items()}
        for number in sorted(np.unique(frames).tolist(), key=lambda number: number not in self._frames):
            rows = np.flatnonzero(frames == number)
            for subject in self._quick:
                try:
                    self._fill(open, number, subject, found[subject], {dm: way[rows] for dm, way in ways.items()}, rows)
                except (Cannot, LimitError):
                    self.slow = (*self.slow, subject)
            self._forget()
        return {subject: Valued(found[subject].codes, tuple(found[subject].kinds)) for subject in self._quick}

    def _fill(self, open: Open, number: int, subject: Subject, column: _Column, ways: Mapping[str, Ways], rows: Ways) -> None:
        """Fill in a conclusion for the completions of one frame: so many at a time that memory is looked at between."""
        place = self.subjects.index(subject)
        question = self._frame(open, number).questions[place]
        if is_beside(question):
            column.codes[rows] = beside(question, {dm: question.orders[dm].of[way] for dm, way in ways.items()}, column.kinds)
            return
        for at in range(0, len(rows), AT_ONCE):
            held = self._frame(open, number)
            tree, some = held.tree(place), slice(at, at + AT_ONCE)
            column.codes[rows[some]] = tree.coded({dm: tree.orders[dm].of[way[some]] for dm, way in ways.items()}, column.kinds)
            if held.bytes > self._memory:
                del self._frames[number]
                self.forgotten += 1
            self._share_less()

    def _frame(self, open: Open, number: int) -> _Held:
        """A frame by its number."""
        if number not in self._frames:
            play = Play(open.frame(number))
            self._frames[number] = _Held(tuple(Question(subject, play, self.profile) for subject in self.subjects))
        return self._frames[number]

    def _forget(self) -> None:
        """Forget the frames that came last until little enough is held: the next completions come to all frames again."""
        sizes = {number: held.bytes for number, held in self._frames.items()}
        total = sum(sizes.values())
        while self._frames and (total > self._memory or len(self._frames) > MOST_FRAMES):
            number, _ = self._frames.popitem()
            total -= sizes[number]
            self.forgotten += 1

    def _share_less(self) -> None:
        """Forget what frames share, if it is too much."""
        shared = {id(one.worths): one.worths for held in self._frames.values() for one in held.orders}.values()
        if sum(worths.held for worths in shared) > self._memory:
            for worths in shared:
                worths.forget()

    def _one_by_one(self, numbers: Numbers) -> dict[Subject, Valued]:
        """The values of what is slow; the same completion is analysed once."""
        keys = [guess.key for guess in self.conflict.guesses]
        rows, which = np.unique(numbers, axis=0, return_inverse=True) if keys else (numbers[:1], np.zeros(len(numbers), dtype=np.int64))
        values: dict[Subject, list[Value]] = {subject: [] for subject in self.slow}
        for row in rows.tolist():
            one = Afresh(alone(self.conflict, dict(zip(keys, row, strict=True))), self.profile, self.slow)
            for subject in self.slow:
                values[subject].append(one.value(subject)[0])
        found = {subject: coded(each) for subject, each in values.items()}
        return {subject: Valued(one.codes[which.reshape(-1)], one.kinds) for subject, one in found.items()}


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
        count = how_many(conflict.guesses)
        return Numbered(conflict, count, None) if count <= most else Numbered(conflict, most, seed)

    def numbers(self, start: int, stop: int) -> Numbers:
        """The completions from number `start` to before `stop`, each as the number of the alternative of each guess."""
        if self.seed is None:
            return listed(self.conflict.guesses, start, stop)
        return drawn(self.conflict.guesses, self.seed, start, stop)
