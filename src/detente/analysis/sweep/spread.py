"""How the completions of a conflict are spread over the values of a conclusion: counted exactly, or from completions drawn by chance.

Every figure of a sweep is a share among the completions in which some guesses come out in given ways; so one question is enough.  Guesses
with weights count by these; of the others each alternative counts the same.  Such a share is no probability, unless every weight is one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.frame import Axis, Frame, Open
from detente.analysis.sweep.tree import MAX_LEAVES, Tree, Value

Given = Mapping[str, int]
"""For the keys of some guesses the number of the alternative (from 0) that each comes out as."""
Amounts = Mapping[Value, int]
"""For each value how many completions have it, or how much these weigh; whole numbers."""


class Spread(ABC):
    """How completions are spread over the values of one conclusion (`subject`)."""

    subject: Subject

    @abstractmethod
    def amounts(self, given: Given | None = None, *, weighed: bool = False) -> Amounts:
        """For each value how many completions have it among those in which some guesses come out as `given`.

        Parameters
        ----------
        given
            The guesses and how they come out; none by default.
        weighed
            Whether completions count by their weights, in a unit of its own, instead of one each.
        """

    def shares(self, given: Given | None = None, *, weighed: bool = False) -> dict[Value, Fraction]:
        """The same as shares, 1 together; empty if there is no such completion."""
        found = {value: amount for value, amount in self.amounts(given, weighed=weighed).items() if amount}
        total = sum(found.values())
        return {value: Fraction(amount, total) for value, amount in found.items()}


@dataclass(frozen=True)
class _Leaves:
    """The leaves of one frame: their values, and for each decision maker the orders of all leaves one after the other."""

    values: tuple[Value, ...]
    orders: Mapping[str, npt.NDArray[np.int64]]
    starts: Mapping[str, npt.NDArray[np.int64]]


class Counted(Spread):
    """A conclusion over all completions, exactly, however many they are.

    Parameters
    ----------
    open
        The conflict with its guesses.
    questions
        The conclusion as it is asked in each frame, in their order.
    most
        Most cases that each frame may fall into.

    Raises
    ------
    LimitError
        S351 if it falls into more.

    Examples
    --------
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> conflict = load("elmira")
    >>> everything = Open(conflict)
    >>> profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    >>> asked = [Question(Subject("holds"), Play(frame), profile) for frame in everything.frames()]
    >>> Counted(everything, asked).shares()
    {False: Fraction(1, 1)}
    """

    def __init__(self, open: Open, questions: Sequence[Question], most: int = MAX_LEAVES) -> None:
        self.open, self.subject = open, questions[0].subject
        self.frames = tuple(question.frame for question in questions)
        self._leaves = tuple(self._walked(question, most) for question in questions)

    @staticmethod
    def _walked(question: Question, most: int) -> _Leaves:
        found = list(Tree(question.frame.orders, question.conclude).leaves(most))
        orders = {dm: np.concatenate([leaf.within[dm] for leaf in found]) for dm in question.frame.orders}
        sizes = {dm: [len(leaf.within[dm]) for leaf in found] for dm in question.frame.orders}
        starts = {dm: np.cumsum([0, *lengths[:-1]]) for dm, lengths in sizes.items()}
        return _Leaves(tuple(leaf.value for leaf in found), orders, starts)

    @property
    def cases(self) -> int:
        """How many cases all completions fall into: those of one case answer all that the conclusion asks in the same way."""
        return sum(len(leaves.values) for leaves in self._leaves)

    def amounts(self, given: Given | None = None, *, weighed: bool = False) -> dict[Value, int]:
        """As of `Spread`."""
        known = given or {}
        found: dict[Value, int] = {}
        whole = ways(self.open.whole, known, weighed)
        mass = {dm: ways(axis, known, weighed) for dm, axis in self.open.axes.items()}
        for frame, leaves in zip(self.frames, self._leaves, strict=True):
            if not whole[frame.number]:
                continue
            for value, amount in zip(leaves.values, self._weights(frame, leaves, mass), strict=True):
                found[value] = found.get(value, 0) + int(whole[frame.number]) * amount
        return found

    def _weights(self, frame: Frame, leaves: _Leaves, mass: Mapping[str, npt.NDArray[np.object_]]) -> list[int]:
        """How many completions belong to each leaf."""
        result = np.ones(len(leaves.values), dtype=object)
        for dm, orders in frame.orders.items():
            amounts = np.zeros(orders.count, dtype=object)
            np.add.at(amounts, orders.of, mass[dm])
            result = result * np.add.reduceat(amounts[leaves.orders[dm]], leaves.starts[dm])
        return [int(amount) for amount in result]


def ways(axis: Axis, given: Given, weighed: bool = False) -> npt.NDArray[np.object_]:
    """For each way to settle the guesses of an axis what it counts: 0 where a guess comes out otherwise than `given`; whole numbers.

    >>> ways(Axis(None, ()), {}).tolist()
    [1]
    """
    numbers = axis.numbers()
    result = np.ones(len(numbers), dtype=object)
    for column, guess in enumerate(axis.guesses):
        counts = whole_weights(guess.weights) if weighed else [1] * len(guess.alternatives)
        if guess.key in given:
            counts = [count if number == given[guess.key] else 0 for number, count in enumerate(counts)]
        result = result * np.array(counts, dtype=object)[numbers[:, column]]
    return result


def whole_weights(weights: Sequence[Fraction]) -> list[int]:
    """Weights as the smallest whole numbers in the same proportion.

    >>> whole_weights([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    [3, 2, 1]
    """
    unit = lcm(*(weight.denominator for weight in weights))
    return [int(weight * unit) for weight in weights]


class Drawn(Spread):
    """A conclusion over completions that were drawn by chance, or listed.

    Parameters
    ----------
    subject
        The conclusion.
    keys
        The keys of the guesses, one for each column of `numbers`.
    numbers
        For each completion the number of the alternative of each guess, shape (completions, guesses).
    values
        The value of each completion, by its place in `kinds`, shape (completions,).
    kinds
        The values that occur.

    Notes
    -----
    Completions are drawn by their weights, so that weighed amounts are plain counts; unweighed ones are not to be had from weighted
    draws, and are plain counts too.

    Examples
    --------
    >>> drawn = Drawn(Subject("holds"), ("g",), np.array([[0], [1], [1]]), np.array([0, 1, 0]), (True, False))
    >>> drawn.amounts({"g": 1})
    {True: 1, False: 1}
    """

    def __init__(
        self,
        subject: Subject,
        keys: Iterable[str],
        numbers: npt.NDArray[np.integer],
        values: npt.NDArray[np.integer],
        kinds: Sequence[Value],
    ) -> None:
        self.subject, self.keys, self.numbers, self.codes, self.kinds = subject, tuple(keys), numbers, values, tuple(kinds)

    @cached_property
    def drawn(self) -> int:
        """How many completions there are."""
        return len(self.codes)

    def amounts(self, given: Given | None = None, *, weighed: bool = False) -> dict[Value, int]:
        """As of `Spread`."""
        chosen = np.ones(len(self.codes), dtype=np.bool_)
        for key, number in (given or {}).items():
            chosen &= self.numbers[:, self.keys.index(key)] == number
        counts = np.bincount(self.codes[chosen], minlength=len(self.kinds))
        return {value: int(count) for value, count in zip(self.kinds, counts, strict=True)}


def total(open: Open, given: Given | None = None) -> int:
    """How many completions there are in which some guesses come out as `given`.

    >>> from detente.cases import load
    >>> total(Open(load("elmira")))
    1
    """
    known = given or {}
    return prod(1 if guess.key in known else len(guess.alternatives) for guess in open.conflict.guesses)
