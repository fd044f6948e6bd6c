"""How the completions of a conflict are spread over the values of a conclusion: counted exactly, or from completions drawn by chance.

Every figure of a sweep is a share among the completions in which some guesses come out in given ways; so one question is enough.  Guesses
with weights count by these; of the others each alternative counts the same.  Such a share is no probability, unless every weight is one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm, prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.cases import Cases, Masses
from detente.analysis.sweep.frame import Axis, Open
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value

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


class Tabled(Spread):
    """A spread that is asked of a table elsewhere, and that counts how all guesses come out in one go."""

    @abstractmethod
    def by_guess(self, *, weighed: bool = False) -> Mapping[str, Sequence[Amounts]]:
        """For the key of each guess, and each of its alternatives, what `amounts` gives.

        Parameters
        ----------
        weighed
            As for `amounts`.
        """


class Counted(Spread):
    """A conclusion over all completions, exactly, however many they are.

    Parameters
    ----------
    open
        The conflict with its guesses.
    subject
        The conclusion.
    frames
        The cases of each frame, in their order.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> keys = [dm.key for dm in elmira.decision_makers]
    >>> one = np.array([0], dtype=np.int32)
    >>> frame = Cases(0, (False,), {dm: (one,) for dm in keys}, dict.fromkeys(keys, one), dict.fromkeys(keys, one))
    >>> Counted(Open(elmira), Subject("holds"), [frame]).shares()
    {False: Fraction(1, 1)}
    """

    def __init__(self, open: Open, subject: Subject, frames: Sequence[Cases]) -> None:
        self.open, self.subject = open, subject
        self.frames: tuple[Cases, ...] = tuple(frames)
        """The cases of each frame, in their order."""

    @property
    def cases(self) -> int:
        """How many cases all completions fall into: those of one case answer all that the conclusion asks in the same way."""
        return sum(len(frame.values) for frame in self.frames)

    def amounts(self, given: Given | None = None, *, weighed: bool = False) -> dict[Value, int]:
        """As of `Spread`."""
        known = given or {}
        found: dict[Value, int] = {}
        whole = ways(self.open.whole, known, weighed)
        mass = {dm: ways(axis, known, weighed) for dm, axis in self.open.axes.items()}
        for frame in self.frames:
            if whole[frame.frame]:
                for value, amount in zip(frame.values, frame.masses(mass).tolist(), strict=True):
                    found[value] = found.get(value, 0) + int(whole[frame.frame]) * amount
        return found

    def value(self, numbers: Sequence[int]) -> Value:
        """The value in one completion, given as the number of the alternative of each guess, by the case that it belongs to.

        Parameters
        ----------
        numbers
            One for each guess, in the order of the conflict.
        """
        chosen = dict(zip((guess.key for guess in self.open.conflict.guesses), numbers, strict=True))
        found = [value for value, amount in self.amounts(chosen).items() if amount]
        assert len(found) == 1
        return found[0]


def ways(axis: Axis, given: Given, weighed: bool = False) -> Masses:
    """For each way to settle the guesses of an axis what it counts: 0 where a guess comes out otherwise than `given`; whole numbers.

    >>> ways(Axis(None, ()), {}).tolist()
    [1]
    """
    counts = [whole_weights(guess.weights) if weighed else [1] * len(guess.alternatives) for guess in axis.guesses]
    numbers = axis.numbers()
    kind = np.int64 if prod(sum(each) for each in counts) < 1 << 62 else object
    result: Masses = np.ones(len(numbers), dtype=kind)
    for column, guess in enumerate(axis.guesses):
        each = counts[column]
        if guess.key in given:
            each = [count if number == given[guess.key] else 0 for number, count in enumerate(each)]
        result = result * np.array(each, dtype=kind)[numbers[:, column]]
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
