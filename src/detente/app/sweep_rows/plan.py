"""What the rows of a sweep are: which completions, which conclusions, in which parts; and what identifies them."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.draw import how_many
from detente.analysis.sweep.rows import Evaluator, Numbered
from detente.app.sweep_rows.columns import Names, guess_about, names_of, subject_about
from detente.app.version import version
from detente.errors import MissingExtra, UsageError
from detente.model.conflict import Conflict

SCHEMA = "detente.completions/1"
"""The name of the form of a folder of rows."""
SLOW_PART = 256
"""How many completions a part holds at most where each has to be analysed by itself."""
FRAMES = 16
"""From so many ways to settle rules, directions and viewpoints on, a part holds `FRAMED` times as many completions."""
FRAMED = 8
"""How many times as many: each of these ways takes about the same time in every part, however few completions it has there."""
SAFE = 1 << 53
"""Whole numbers from here on are written as texts, because not every program reads them as JSON numbers."""


@dataclass(frozen=True)
class Plan:
    """The rows of a sweep, before they are worked out: what stands in each follows from this alone.

    Parameters
    ----------
    sample
        The completions.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        The conclusions.
    part
        How many completions a part holds.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.direction import Direction
    >>> from detente.model.guess import Alternative, AsWritten, Guess
    >>> from dataclasses import replace
    >>> doubt = Guess("g", "direction", "Delay", (), (Alternative(AsWritten()), Alternative(Direction.BOTH)))
    >>> plan = Plan.of(replace(load("elmira"), guesses=(doubt,)), {"MoE": "SEQ"}, [Subject("holds")], rows=10, seed=1, part=1)
    >>> plan.parts, plan.bounds(1), len(plan.identity)
    (2, (1, 2), 64)
    """

    sample: Numbered
    profile: tuple[tuple[str, str], ...]
    subjects: tuple[Subject, ...]
    part: int

    @staticmethod
    def of(conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject], *, rows: int, seed: int, part: int) -> Plan:
        """The plan for at most so many `rows`, `part` of them in a part: fewer where each completion has to be analysed by itself, more
        where rules, directions and viewpoints are open in many ways.

        Raises `UsageError` (U514) if nothing in the conflict is open, and `Cannot` if a conclusion can't be had.
        """
        if not conflict.guesses:
            help = "say under `uncertain:` what is not certain, or open guesses with --open inferred,assumed"
            raise UsageError.of("U514", "nothing in this conflict is open: it has one completion, the conflict as it is written", help=help)
        sample = Numbered.of(conflict, rows, seed)
        first = Evaluator(conflict, profile, subjects)
        first.columns(sample.numbers(0, 1))
        held = min(part, SLOW_PART) if first.slow else part * (FRAMED if first.frames >= FRAMES else 1)
        return Plan(sample, tuple(profile.items()), tuple(subjects), held)

    @property
    def conflict(self) -> Conflict:
        """The conflict with its guesses."""
        return self.sample.conflict

    @property
    def rows(self) -> int:
        """How many completions there are in all parts."""
        return self.sample.rows

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-self.rows // self.part)

    def bounds(self, number: int) -> tuple[int, int]:
        """The completions of a part (from 0): from the first to before the second."""
        return number * self.part, min((number + 1) * self.part, self.rows)

    @cached_property
    def names(self) -> Names:
        """The names of the columns."""
        return names_of(self.conflict, self.subjects)

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the manifest says of all parts; no time and no place stands in it, so that the same rows have the same manifest."""
        sample, names = self.sample, self.names
        return {
            "schema": SCHEMA,
            "conflict": {"title": self.conflict.title, "digest": self.conflict.digest},
            "completions": whole(how_many(self.conflict.guesses)),
            "how": "listed" if sample.seed is None else "drawn",
            "seed": None if sample.seed is None else whole(sample.seed),
            "rows": whole(self.rows),
            "rows in a part": self.part,
            "profile": dict(self.profile),
            "guesses": [guess_about(guess, name) for guess, name in zip(self.conflict.guesses, names.guesses, strict=True)],
            "conclusions": [subject_about(one, name) for one, name in zip(self.subjects, names.subjects, strict=True)],
            "versions": versions(),
        }

    @cached_property
    def identity(self) -> str:
        """SHA-256, in hexadecimal, over all that the rows follow from."""
        return identity_of(self.about)


def identity_of(about: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, over what a manifest says of all parts.

    >>> identity_of({"rows": 1, "seed": 2}) == identity_of({"seed": 2, "rows": 1})
    True
    """
    text = json.dumps(about, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def whole(number: int) -> int | str:
    """A whole number for JSON: as a text where it is too large for programs that read numbers as floating point.

    >>> whole(7), whole(1 << 60)
    (7, '1152921504606846976')
    """
    return number if abs(number) < SAFE else str(number)


def versions() -> dict[str, str]:
    """The versions on which the bytes of a part depend.

    >>> sorted(versions())
    ['detente', 'numpy', 'pyarrow']
    """
    return {"detente": version(), "numpy": np.__version__, "pyarrow": arrow()[0].__version__}


def arrow() -> tuple[Any, Any]:
    """Pyarrow and its part for Parquet, which are imported only when rows are written or read.

    Raises `MissingExtra` (F618) if it is not installed.

    >>> arrow()[0].__name__
    'pyarrow'
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        message = "a Parquet file is written with a library that is not installed"
        raise MissingExtra.of("F618", message, help='install it: pip install "detente[tables]"') from None
