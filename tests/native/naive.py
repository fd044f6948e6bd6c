"""What the kernels do, stated plainly, and random questions on which both must agree.

Also a program, so that kernels built with sanitizers can be asked in a process of their own:

    python naive.py FILE SEED QUESTIONS
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from random import Random
from types import ModuleType
from typing import Any

import numpy as np

Values = Any
LEVELS = ("single", "baseline", "avx2", "avx512")


def levels(kernels: ModuleType) -> list[str]:
    """The widths of vectors that this processor has."""
    before, found = kernels.vectors(), []
    for name in LEVELS:
        try:
            kernels.vectors(name)
        except ValueError:
            continue
        found.append(name)
    kernels.vectors(before)
    return found


class Question:
    """One random pass: rows and fibres of a mover, directions, values, an order of rows, what is hidden."""

    def __init__(self, rng: Random, rows: int, strategies: Sequence[int], bits: int, places: int) -> None:
        self.rng = rng
        self.dtype = np.dtype(rng.choice(("u1", "u2", "u4")))
        self.nothing = int(np.iinfo(self.dtype).max)
        self.strategies = np.array(strategies, np.uint32)
        some, other = rng.randrange(1 << bits), rng.randrange(1 << bits)
        self.only_on = some & other if rng.random() < 0.6 else 0
        self.only_off = some & ~other if rng.random() < 0.6 else 0
        self.rows = rows
        self.source = self.column(places)
        self.hidden = np.array([rng.choice((0, 0, self.nothing)) for _ in range(places)], self.dtype) if rng.random() < 0.3 else None

    def column(self, places: int, like: Values = None) -> Values:
        """Random values, some of them nothing, or nothing just where another column has nothing."""
        great = self.rng.choice((3, 20, self.nothing - 1))
        free = self.rng.choice((0.0, 0.1, 0.6))
        found = np.array([self.rng.randint(1, great) for _ in range(places)], self.dtype)
        gone = np.array([self.rng.random() < free for _ in range(places)]) if like is None else like == self.nothing
        found[gone] = self.nothing
        return found

    def codes(self, contexts: int) -> Values:
        """A random order of the rows in each context, with ties; some contexts alike."""
        drawn = [[self.rng.randrange(self.rng.choice((2, 5, 1 << 32))) for _ in range(self.rows)] for _ in range(contexts)]
        return np.array([self.rng.choice(drawn) if self.rng.random() < 0.3 else row for row in drawn], np.uint32)

    def may(self, one: int, other: int) -> bool:
        """Whether the directions allow a move from a row to another."""
        a, b = int(self.strategies[one]), int(self.strategies[other])
        return not (b & ~a & self.only_off or a & ~b & self.only_on)

    def turned(self, value: int) -> int:
        """A value the other way round."""
        return value if value == self.nothing else self.nothing - value

    def expected(self, values: list[int], row: Callable[[int], int], to: Callable[[int, int], int], better: Any) -> list[int]:
        """The least value to which one move, or none, leads; `better(place, row, other row)` says which moves are looked at."""
        found = list(values)
        hidden = [False] * len(values) if self.hidden is None else [bool(h) for h in self.hidden]
        for place, value in enumerate(values):
            if value == self.nothing or hidden[place]:
                continue
            for other in range(self.rows):
                target = to(place, other)
                if not hidden[target] and self.may(row(place), other) and better(place, row(place), other):
                    found[place] = min(found[place], values[target])
        return found


def cube(kernels: ModuleType, rng: Random) -> None:
    """One pass, or one verdict, over a cube."""
    n = rng.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11))
    own = rng.randrange(1 << n)
    if rng.random() < 0.4:
        own = (1 << rng.randint(0, n)) - 1
    while own.bit_count() > (6 if n < 10 else 3):
        own &= own - 1
    bits = [k for k in range(n) if own >> k & 1]
    q = Question(rng, 1 << len(bits), range(1 << len(bits)), len(bits), 1 << n)

    def row(place: int) -> int:
        return sum(1 << r for r, k in enumerate(bits) if place >> k & 1)

    def to(place: int, other: int) -> int:
        return place & ~own | sum(1 << k for r, k in enumerate(bits) if other >> r & 1)

    size, source, values = q.dtype.itemsize, q.source, q.source.tolist()
    anything = kernels.Schedule(q.strategies, q.only_on, q.only_off)
    target = source.copy() if rng.random() < 0.5 else np.full_like(source, 7)
    marks = np.full(max(1, source.size >> 10), rng.choice((0xFFFFFFFF, 8)), np.uint32) if rng.random() < 0.3 else None
    before = [] if marks is None else marks.tolist()
    more = {"hidden": q.hidden, "marks": marks, "me": 3}
    kind = rng.choice(("any", "improve", "ranks", "turn", "judge"))
    if kind == "any":
        expected = q.expected(values, row, to, lambda *_: True)
        changed = kernels.cube(size, source, target, n, own, anything, **more)
    elif kind == "improve":
        others = rng.sample([k for k in range(n) if not own >> k & 1], rng.randint(0, min(4, n - len(bits))))
        extra = rng.randint(0, 1)
        codes = q.codes(1 << (len(others) + extra))
        first = rng.randint(0, extra) << len(others)
        schedule = kernels.Schedule(q.strategies, q.only_on, q.only_off, codes)
        weights = np.array([1 << k for k in range(len(others))], np.uint32)
        changed = kernels.cube(size, source, target, n, own, schedule, bytes(others), weights, first, **more)

        def better(place: int, one: int, other: int) -> bool:
            context = first + sum(1 << k for k, bit in enumerate(others) if place >> bit & 1)
            return bool(codes[context, other] > codes[context, one])

        expected = q.expected(values, row, to, better)
    elif kind == "ranks":
        ranks = q.column(source.size, source)
        changed = kernels.cube(size, source, target, n, own, anything, ranks=ranks, **more)
        expected = q.expected(values, row, to, lambda place, _, other: ranks[to(place, other)] > ranks[place])
    elif kind == "turn":
        turned = q.expected([q.turned(value) for value in values], row, to, lambda *_: True)
        expected = [q.turned(value) for value in turned]
        changed = kernels.cube(size, source, target, n, own, anything, hidden=q.hidden, turn=True)
    else:
        ranks = q.column(source.size, source)
        bits_out = np.full(max(1, source.size // 8), rng.choice((0, 255)), np.uint8)
        kernels.judge(size, source, ranks, n, own, anything, q.hidden, bits_out)
        expected = verdicts(q, ranks, row, to)
        target, changed = np.unpackbits(bits_out, bitorder="little")[: source.size], None
    agree(kind, kernels, q, target, expected, changed, source, None if marks is None else (before, marks.tolist()))


def verdicts(q: Question, ranks: Values, row: Callable[[int], int], to: Callable[[int, int], int]) -> list[int]:
    """Where no move is worth more than the rank, a play being worth no more than the state where it begins."""
    least = [q.turned(min(value, rank)) for value, rank in zip(q.source.tolist(), ranks.tolist(), strict=True)]
    best = [q.turned(value) for value in q.expected(least, row, to, lambda *_: True)]
    return [int(value <= rank != q.nothing) for value, rank in zip(best, ranks.tolist(), strict=True)]


def agree(
    kind: str, kernels: ModuleType, q: Question, found: Values, expected: list[int], changed: bool | None, source: Values, marks: Values
) -> None:
    """Raise unless what was found is what was expected."""
    about = (kind, kernels.vectors(), q.dtype, q.rows, bin(q.only_on), bin(q.only_off), q.hidden is not None)
    assert found.tolist() == expected, about
    if changed is not None and kind != "turn":
        assert changed == (expected != source.tolist()), about
    if marks is not None and kind in ("any", "improve", "ranks"):
        parts = [slice(k * 1024, (k + 1) * 1024) for k in range(len(marks[0]))]
        for part, before, after in zip(parts, *marks, strict=True):
            differs = not np.array_equal(found[part], source[part])
            assert after == (0xFFFFFFF7 if differs or before == 0xFFFFFFFF else 0), about


def mixed(kernels: ModuleType, rng: Random) -> None:
    """One pass, or one verdict, in mixed radix."""
    rows, outer, inner = rng.randint(1, 9), rng.randint(1, 4), rng.choice((1, 3, 16, 40, 130))
    bits = rng.randint(1, 5)
    q = Question(rng, rows, [rng.randrange(1 << bits) for _ in range(rows)], bits, outer * rows * inner)

    def row(place: int) -> int:
        return place // inner % rows

    def to(place: int, other: int) -> int:
        return place + (other - row(place)) * inner

    size, source, values = q.dtype.itemsize, q.source, q.source.tolist()
    anything = kernels.Schedule(q.strategies, q.only_on, q.only_off)
    target = np.full_like(source, 7)
    kind = rng.choice(("any", "improve", "ranks", "judge"))
    if kind == "any":
        expected = q.expected(values, row, to, lambda *_: True)
        changed = kernels.rows(size, source, target, outer, rows, inner, anything, hidden=q.hidden)
    elif kind == "improve":
        codes = q.codes(6)
        of_outer = np.array([rng.randrange(4) for _ in range(outer)], np.uint32)
        of_inner = np.array([rng.randrange(3) for _ in range(inner)], np.uint32)
        schedule = kernels.Schedule(q.strategies, q.only_on, q.only_off, codes)
        changed = kernels.rows(size, source, target, outer, rows, inner, schedule, of_outer, of_inner, q.hidden)

        def better(place: int, one: int, other: int) -> bool:
            context = of_outer[place // inner // rows] + of_inner[place % inner]
            return bool(codes[context, other] > codes[context, one])

        expected = q.expected(values, row, to, better)
    elif kind == "ranks":
        ranks = q.column(source.size, source)
        changed = kernels.rows(size, source, target, outer, rows, inner, anything, hidden=q.hidden, ranks=ranks)
        expected = q.expected(values, row, to, lambda place, _, other: ranks[to(place, other)] > ranks[place])
    else:
        ranks = q.column(source.size, source)
        target, changed = np.full(source.size, 9, np.uint8), None
        kernels.judge_rows(size, source, ranks, outer, rows, inner, anything, q.hidden, target)
        expected = verdicts(q, ranks, row, to)
    agree(kind, kernels, q, target, expected, changed, source, None)


def large(kernels: ModuleType, rng: Random) -> None:
    """One pass that several threads share, against the same pass one value at a time and by one thread."""
    n = 18
    own = sum(1 << k for k in rng.sample(range(n), 5))
    generator = np.random.default_rng(rng.randrange(1 << 32))
    source = generator.integers(1, 4000, 1 << n, dtype=np.uint16)
    source[generator.random(1 << n) < 0.3] = 0xFFFF
    codes = generator.integers(0, 9, (4, 32), dtype=np.uint32)
    rows, only_on = np.arange(32, dtype=np.uint32), rng.randrange(4)
    others = bytes(rng.sample([k for k in range(n) if not own >> k & 1], 2))
    weights = np.array([1, 2], np.uint32)
    improving = kernels.Schedule(rows, only_on, 0, codes)
    for schedule, more in ((kernels.Schedule(rows, only_on, 0), ()), (improving, (others, weights))):
        found = []
        for level in (levels(kernels)[-1], "single"):
            kernels.vectors(level)
            target, marks, bits = np.empty_like(source), np.full(1 << (n - 10), 0xFFFFFFFF, np.uint32), np.zeros(1 << (n - 3), np.uint8)
            kernels.cube(2, source, target, n, own, schedule, *more, marks=marks, me=1)
            kernels.judge(2, target, source, n, own, kernels.Schedule(rows, only_on, 0), None, bits)
            found.append((target, marks, bits))
        assert all(np.array_equal(one, other) for one, other in zip(*found, strict=True)), (bin(own), only_on)


def ask(kernels: ModuleType, seed: int, questions: int) -> None:
    """Random questions of all kinds, at all widths of vectors."""
    rng, widths = Random(seed), levels(kernels)
    for number in range(questions):
        try:
            kernels.vectors(rng.choice(widths))
            rng.choice((cube, cube, mixed))(kernels, rng)
        except AssertionError as problem:
            raise AssertionError(f"seed {seed}, question {number}: {problem}") from problem
    for _ in range(min(8, questions)):
        large(kernels, rng)
    kernels.vectors(widths[-1])


def loaded(path: str) -> ModuleType:
    """Kernels from a file."""
    spec = importlib.util.spec_from_file_location("_kernels", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    ask(loaded(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(f"{sys.argv[3]} questions, seed {sys.argv[2]}: all agree")
