"""Where each combination stands in a long row of numbers: a place for each choice of everybody that their own rules allow.

The place of a combination is a number with one *digit* for each option, or for each group of options that rules tie together: "exactly one
of five" is a digit with five values, where five options have 32 settings.  The values of a digit ascend with the settings that they
stand for, and digits stand in the order of the options, so that places ascend with combinations.  Where no rule makes digits smaller, the
place of a combination is the combination.  Rules over options of different owners make no digits; what they forbid keeps a place.

The lowest digits together make a *run* of some thousand places; the engine works on runs, each with one setting of all higher options.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from detente.model.conflict import Conflict
from detente.model.evaluate import evaluator
from detente.model.formula import Formula, options_in
from detente.model.rule import required

Column: TypeAlias = npt.NDArray[Any]
"""Whole numbers, one for each place looked at."""
Mask: TypeAlias = npt.NDArray[np.bool_]
"""Whether something holds, for each place looked at."""

MAX_GROUP = 12
"""Most options that one digit stands for."""
RUN = 1 << 14
"""Most places of a run, unless a single digit has more values."""
MAX_RUN_OPTIONS = 60
"""Most options whose digits lie within a run."""
WORTH = 0.25
"""Digits for groups of options are used where they leave at most this share of the combinations; passes over plain digits are quicker."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit of places.

    Parameters
    ----------
    options
        Places of its options in a combination, ascending, without gaps.
    owners
        Who can change them (keys).
    values
        For each value of the digit the bits of its options that are taken, ascending.

    Examples
    --------
    >>> Digit(range(2, 4), ("A",), (0, 4, 8)).mask
    12
    """

    options: range
    owners: tuple[str, ...]
    values: tuple[int, ...]

    @property
    def mask(self) -> int:
        """The bits of its options."""
        return sum(1 << k for k in self.options)

    @property
    def is_grouped(self) -> bool:
        """Whether it leaves out settings of its options."""
        return len(self.values) < 1 << len(self.options)


class Layout:
    """The places of the combinations of a conflict.

    Parameters
    ----------
    conflict
        The conflict.
    run
        Most places of a run.
    mixed
        Whether digits of more than two values are used; by default where they leave at most `WORTH` of the combinations.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.rule import ExactlyOne
    >>> options = tuple(Option(key, key, ("A",)) for key in "xyz")
    >>> layout = Layout(Conflict("one", (DecisionMaker("A", "A"),), options, (ExactlyOne(("x", "y", "z")),)), mixed=True)
    >>> layout.size, [layout.combination(place) for place in range(3)], layout.place(2), layout.place(3)
    (3, [1, 2, 4], 1, None)
    """

    def __init__(self, conflict: Conflict, run: int = RUN, mixed: bool | None = None) -> None:
        self.conflict = conflict
        plain, grouped = tuple(_plain(conflict, range(len(conflict.options)))), tuple(_grouped(conflict))
        if mixed is None:
            mixed = _size(grouped) <= WORTH * _size(plain)
        self.digits = grouped if mixed else plain
        """The digits, lowest first."""
        self.size = _size(self.digits)
        """How many places there are."""
        self.strides = tuple(prod(len(d.values) for d in self.digits[:k]) for k in range(len(self.digits)))
        """For each digit how many places further its next value stands."""
        self.low_digits = _digits_in_run(self.digits, run)
        """How many digits lie within a run."""
        self.run = _size(self.digits[: self.low_digits])
        """Places of a run."""
        self.runs = self.size // self.run
        """How many runs there are."""
        self._value_of = [{setting: value for value, setting in enumerate(digit.values)} for digit in self.digits]

    @property
    def is_mixed(self) -> bool:
        """Whether rules make some digit smaller than its options would."""
        return any(digit.is_grouped for digit in self.digits)

    @cached_property
    def low(self) -> Column:
        """The bits of the low options for each place of a run."""
        found = np.zeros(1, np.int64)
        for digit in self.digits[: self.low_digits]:
            found = (np.array(digit.values, np.int64)[:, None] | found[None, :]).ravel()
        return found

    @cached_property
    def low_mask(self) -> int:
        """The options whose digits lie within a run."""
        return sum(digit.mask for digit in self.digits[: self.low_digits])

    def high(self, run: int) -> int:
        """The bits of all higher options in a run."""
        bits = 0
        for digit in self.digits[self.low_digits :]:
            run, value = divmod(run, len(digit.values))
            bits |= digit.values[value]
        return bits

    def combination(self, place: int) -> int:
        """The combination at a place."""
        run, within = divmod(place, self.run)
        return self.high(run) | int(self.low[within])

    def place(self, combination: int) -> int | None:
        """The place of a combination; None where it has none, because a rule forbids it."""
        found = 0
        for digit, stride, value_of in zip(self.digits, self.strides, self._value_of, strict=True):
            value = value_of.get(combination & digit.mask)
            if value is None:
                return None
            found += value * stride
        return found if combination >> len(self.conflict.options) == 0 else None

    @cached_property
    def rules(self) -> tuple[Formula, ...]:
        """The conditions of the rules that the digits do not keep of themselves."""
        conditions = [condition for rule in self.conflict.rules for condition in (required(rule),) if condition is not None]
        return tuple(condition for condition in conditions if not self._kept(condition))

    def _kept(self, condition: Formula) -> bool:
        mask = _mask(self.conflict, options_in(condition))
        return mask != 0 and any(d.is_grouped and mask & ~d.mask == 0 for d in self.digits)

    def own(self, dm: str) -> tuple[int, ...]:
        """The digits that a decision maker can change (their places among all digits)."""
        return tuple(k for k, digit in enumerate(self.digits) if dm in digit.owners)

    @cached_property
    def signature(self) -> str:
        """What a file of places depends on: the digits and the run, in a few characters for each digit."""
        return f"{self.run}:" + ",".join(f"{len(d.options)}/{len(d.values)}" for d in self.digits)


def _size(digits: Sequence[Digit]) -> int:
    return prod(len(digit.values) for digit in digits)


def _mask(conflict: Conflict, keys: Iterable[str]) -> int:
    return sum(1 << conflict.option_index[key] for key in keys)


def _digits_in_run(digits: Sequence[Digit], run: int) -> int:
    count = min(1, len(digits))
    while count < len(digits) and _size(digits[: count + 1]) <= run and digits[count].options[-1] < MAX_RUN_OPTIONS:
        count += 1
    return count


def _plain(conflict: Conflict, options: range) -> Iterable[Digit]:
    return (Digit(range(k, k + 1), tuple(sorted(conflict.options[k].owners)), (0, 1 << k)) for k in options)


def _grouped(conflict: Conflict) -> Iterable[Digit]:
    """Digits for groups of options that rules tie together, where all of a group have the same owners."""
    spans = _spans(conflict)
    k = 0
    while k < len(conflict.options):
        span = next((s for s in spans if s.start == k), range(k, k + 1))
        values = _values(conflict, span)
        if values and len(values) < 1 << len(span):
            yield Digit(span, tuple(sorted(conflict.options[k].owners)), values)
        else:
            yield from _plain(conflict, span)
        k = span.stop


def _spans(conflict: Conflict) -> list[range]:
    """The stretches of options that rules tie together, none overlapping another, each with the same owners throughout."""
    conditions = [condition for rule in conflict.rules for condition in (required(rule),) if condition is not None]
    found: list[range] = []
    for condition in conditions:
        places = sorted(conflict.option_index[key] for key in options_in(condition))
        if not places:
            continue
        span = range(places[0], places[-1] + 1)
        touching = [other for other in found if other.start < span.stop and span.start < other.stop]
        joined = range(min(s.start for s in (span, *touching)), max(s.stop for s in (span, *touching)))
        if len(joined) <= MAX_GROUP and len({frozenset(conflict.options[k].owners) for k in joined}) == 1:
            found = [other for other in found if other not in touching] + [joined]
    return found


def _values(conflict: Conflict, span: range) -> tuple[int, ...]:
    """The settings of a stretch of options that the rules about these alone allow."""
    mask = sum(1 << k for k in span)
    conditions = [condition for rule in conflict.rules for condition in (required(rule),) if condition is not None]
    within = [c for c in conditions if (about := _mask(conflict, options_in(c))) and not about & ~mask]
    tests = [evaluator(condition, conflict.option_index) for condition in within]
    settings = (r << span.start for r in range(1 << len(span)))
    return tuple(setting for setting in settings if all(test(setting) for test in tests))
