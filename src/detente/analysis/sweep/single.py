"""How often each guess comes out in each way, value by value of a conclusion, for all guesses in one pass over its cases."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.cases import WHOLE, Cases, Masses
from detente.analysis.sweep.frame import Axis
from detente.analysis.sweep.spread import Counted, Drawn, Tabled, ways
from detente.analysis.sweep.tally import Tally
from detente.analysis.sweep.tree import Value

Floats = npt.NDArray[np.float64]
DIGITS = 12
"""Decimals to which shares are exact where completions together count more than floating point holds."""


def singles(tally: Tally) -> dict[str, Floats]:
    """For the key of each guess what completions count, for each value of a conclusion and alternative; shape (values, alternatives).

    The values are in the order of `tally.shares`.  Amounts are whole numbers where all completions together count no more than 2**53,
    and otherwise shares of all.

    Parameters
    ----------
    tally
        What a sweep found of the conclusion.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> objection = load("half-known-objection")
    >>> found = sweep(objection, {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds")]).tallies[0]
    >>> list(found.shares), singles(found)["what the quarry minds"].tolist()
    ([False, True], [[2.0, 2.0, 4.0], [2.0, 2.0, 0.0]])
    """
    values = {value: number for number, value in enumerate(tally.shares)}
    if isinstance(tally.spread, Drawn):
        return _drawn(tally.spread, values)
    if isinstance(tally.spread, Tabled):
        table = tally.spread.by_guess(weighed=tally.weighed)
        return {key: np.array([[float(one.get(value, 0)) for one in each] for value in values]) for key, each in table.items()}
    assert isinstance(tally.spread, Counted)
    return _counted(tally.spread, tally.weighed, values)


def exact(share: float, amount: float, of: float) -> Fraction:
    """A share as a fraction: of whole amounts as it is, otherwise to 12 decimals.

    >>> exact(1 / 3, 1.0, 3.0), exact(1 / 3, 0.1, 0.3)
    (Fraction(1, 3), Fraction(333333333333, 1000000000000))
    """
    whole = amount.is_integer() and of.is_integer()
    return Fraction(int(amount), int(of)) if whole else Fraction(round(share * 10**DIGITS), 10**DIGITS)


def _drawn(spread: Drawn, values: dict[Value, int]) -> dict[str, Floats]:
    place = np.array([values.get(kind, 0) for kind in spread.kinds])[spread.codes]
    found = {}
    for column, key in enumerate(spread.keys):
        chosen = spread.numbers[:, column].astype(np.int64)
        wide = int(chosen.max(initial=0)) + 1
        found[key] = np.bincount(place * wide + chosen, minlength=len(values) * wide).reshape(len(values), wide).astype(np.float64)
    return found


def _counted(spread: Counted, weighed: bool, values: dict[Value, int]) -> dict[str, Floats]:
    axes = [spread.open.whole, *spread.open.axes.values()]
    masses = [ways(axis, {}, weighed) for axis in axes]
    small = prod(int(each.sum()) for each in masses) <= WHOLE
    counts = {axis.dm: mass.astype(np.float64) if small else _shares(mass) for axis, mass in zip(axes, masses, strict=True)}
    numbers = {axis.dm: axis.numbers().astype(np.int64) for axis in axes}
    found = {guess.key: np.zeros((len(values), len(guess.alternatives))) for axis in axes for guess in axis.guesses}
    for frame in spread.frames:
        of = np.array([values[value] for value in frame.values])
        for number in np.unique(of):
            cases = np.flatnonzero(of == number)
            sums = {dm: _sums(frame, dm, counts[dm]) for dm in frame.of}
            total = _rest(frame, cases, sums, float(counts[None][frame.frame]), None)
            for guess, chosen in zip(spread.open.whole.guesses, numbers[None][frame.frame], strict=True):
                found[guess.key][number, chosen] += total.sum()
            for dm, axis in spread.open.axes.items():
                rest = _rest(frame, cases, sums, float(counts[None][frame.frame]), dm)
                _add(found, int(number), axis, numbers[dm], counts[dm] * _by_way(frame, dm, cases, rest))
    return found


def _sums(frame: Cases, dm: str, counts: Floats) -> Floats:
    """For each set of orders of a decision maker what the ways count that lead to one of them."""
    orders = np.bincount(frame.of[dm], weights=counts)
    return np.array([orders[part].sum() for part in frame.parts[dm]])


def _rest(frame: Cases, cases: npt.NDArray[np.int64], sums: dict[str, Floats], count: float, without: str | None) -> Floats:
    """What each of some cases counts, one decision maker left out."""
    found = np.full(len(cases), count)
    for dm, each in sums.items():
        if dm != without:
            found = found * each[frame.index[dm][cases]]
    return found


def _by_way(frame: Cases, dm: str, cases: npt.NDArray[np.int64], rest: Floats) -> Floats:
    """For each way to settle the guesses about a decision maker what the cases to which it belongs count."""
    parts = np.bincount(frame.index[dm][cases], weights=rest, minlength=len(frame.parts[dm]))
    orders = np.zeros(int(frame.of[dm].max()) + 1)
    for place in np.flatnonzero(parts):
        orders[frame.parts[dm][place]] += parts[place]
    found: Floats = orders[frame.of[dm]]
    return found


def _add(found: dict[str, Floats], number: int, axis: Axis, chosen: npt.NDArray[np.int64], weights: Floats) -> None:
    for column, guess in enumerate(axis.guesses):
        found[guess.key][number] += np.bincount(chosen[:, column], weights=weights, minlength=len(guess.alternatives))


def _shares(masses: Masses) -> Floats:
    """Whole numbers, however great, as shares of their sum."""
    total = int(masses.sum())
    return np.array([int(each) / total for each in masses])
