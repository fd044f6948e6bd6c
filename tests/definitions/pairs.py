"""What statements about pairs of states say of s and t, and what the order says of those that no statement covers.

A statement about pairs covers s and t if s meets its first condition and t its second, or the other way round, but not both; what is
unknown has no direction and covers them in both cases.  The first statement of a kind counts.  A state is never paired with itself.  A
merged state is judged by its greatest member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .plain import Condition, PlainModel

Interval: TypeAlias = tuple[Fraction, Fraction]

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class About:
    """A statement: its kind, the condition of the state spoken of, that of the state it is compared with, and numbers."""

    kind: str
    of: Condition
    over: Condition
    values: tuple[Fraction, ...] = ()


class PairModel:
    """A model with statements about pairs, and with the degree by which each decision maker's order prefers one state to another.

    `degrees[i][s, t]` is how strongly the order of i prefers s to t, from 1; it is asked only where s is preferred.
    """

    def __init__(
        self,
        model: PlainModel,
        abouts: Mapping[str, Sequence[About]],
        degrees: Mapping[str, Mapping[tuple[int, int], int]] | None = None,
        thresholds: Mapping[str, Mapping[str, Fraction]] | None = None,
    ) -> None:
        self.model, self.abouts, self.degrees = model, abouts, degrees or {}
        self.thresholds = thresholds or {}

    def said(self, kind: str, i: str, s: int, t: int) -> tuple[tuple[Fraction, ...], bool] | None:
        """The numbers of the statement of a kind that counts for s and t, and whether it speaks of s over t; None if there is none."""
        first, second = self.model.state(s).combination, self.model.state(t).combination
        for about in self.abouts.get(i, ()):
            if about.kind != kind or s == t:
                continue
            forward = about.of(first) and about.over(second)
            backward = about.of(second) and about.over(first)
            if (kind == "unknown" and (forward or backward)) or (kind != "unknown" and forward != backward):
                return about.values, forward
        return None

    def unknown(self, i: str, s: int, t: int) -> bool:
        """Whether s U_i t: it is not known how i compares s and t."""
        return self.said("unknown", i, s, t) is not None

    def known_better(self, i: str, t: int, s: int) -> bool:
        """Whether t is known to be preferred to s."""
        return not self.unknown(i, s, t) and self.model.better(i, t, s)

    def known_no_better(self, i: str, t: int, s: int) -> bool:
        """Whether s is known to be at least as preferred as t."""
        return not self.unknown(i, s, t) and self.model.at_least(i, s, t)

    def degree(self, i: str, s: int, t: int) -> int:
        """How strongly i prefers s to t: from 1 if s is preferred, 0 if neither is, less than 0 if t is."""
        said = self.said("degree", i, s, t)
        if said is not None:
            values, forward = said
            return int(values[0]) if forward else -int(values[0])
        if self.model.better(i, s, t):
            return self.degrees.get(i, {}).get((s, t), 1)
        return -self.degrees.get(i, {}).get((t, s), 1) if self.model.better(i, t, s) else 0

    def certainty(self, i: str, s: int, t: int) -> Fraction:
        """r^i(s, t), from 0 to 1: how certainly i prefers s to t; one half where neither is preferred."""
        said = self.said("certainty", i, s, t)
        if said is not None:
            values, forward = said
            return values[0] if forward else 1 - values[0]
        return Fraction(1) if self.model.better(i, s, t) else Fraction(0) if self.model.better(i, t, s) else HALF

    def probability(self, i: str, s: int, t: int) -> Fraction:
        """P_i(s, t): how probably i strictly prefers s to t."""
        said = self.said("probability", i, s, t)
        if said is not None:
            values, forward = said
            return values[0] if forward else 1 - values[0]
        return Fraction(1) if self.model.better(i, s, t) else Fraction(0)

    def grey(self, i: str, s: int, t: int) -> list[Interval]:
        """How certainly i prefers s to t, as a union of intervals."""
        said = self.said("grey", i, s, t)
        if said is None:
            one = Fraction(1) if self.model.better(i, s, t) else Fraction(0) if self.model.better(i, t, s) else HALF
            return [(one, one)]
        values, forward = said
        ends = list(zip(values[::2], values[1::2], strict=True))
        return ends if forward else [(1 - high, 1 - low) for low, high in reversed(ends)]


Said: TypeAlias = Mapping[tuple[str, str], Mapping[tuple[int, int], tuple[Fraction, ...]]]
"""For a kind and a decision maker what is said of s over t, for single pairs."""


class Tabled(PairModel):
    """A model in which what is said of pairs is a table."""

    def __init__(self, model: PlainModel, table: Said) -> None:
        super().__init__(model, {})
        self.table = table

    def said(self, kind: str, i: str, s: int, t: int) -> tuple[tuple[Fraction, ...], bool] | None:
        """What the table says of s over t, or of t over s."""
        pairs = self.table.get((kind, i), {})
        return (pairs[s, t], True) if (s, t) in pairs else (pairs[t, s], False) if (t, s) in pairs else None
