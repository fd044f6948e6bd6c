"""A sweep counts what the list of all completions gives, whatever is asked of it, and however it comes to know."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from detente.analysis.sweep import frame, sweeping
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.draw import drawn, listed
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.hanging import hanging
from detente.analysis.sweep.information import information
from detente.analysis.sweep.matter import idle
from detente.analysis.sweep.rechecked import recheck
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.sweep.tornado import tornado
from tests.conformance.seeds import FIXED, fresh
from tests.sweep import by_hand
from tests.sweep.by_hand import Problem, Row, problems

MODELS = 20
Table = dict[Row, bool | None]


def swept(problem: Problem, **more: Any) -> Swept:
    """The sweep of a problem, without a limit of time."""
    return sweep(problem.conflict, problem.profile, problem.subjects, **{"seconds": None, **more})


def as_places(problem: Problem, keys: tuple[str, ...]) -> frozenset[int]:
    """Guesses by their places."""
    every = [guess.key for guess in problem.conflict.guesses]
    return frozenset(every.index(key) for key in keys)


def check(problem: Problem, found: Swept, tally: Tally, table: Table, seen: Counter[str]) -> None:
    """Hold all that is said of one counted conclusion against the list."""
    conflict, guesses = problem.conflict, problem.conflict.guesses
    assert tally.is_exact, problem.name
    assert tally.covered == found.count == len(table), problem.name
    assert tally.shares == by_hand.shares(conflict, table, {}), problem.name
    assert tally.counts == Counter(table.values()), problem.name
    assert tally.as_written == table[(0,) * len(guesses)]
    assert tally.is_unanimous == (len(set(table.values())) == 1)
    assert sum(tally.applies.values()) in (0, 1)
    for bar in tornado(found, tally):
        place = [guess.key for guess in guesses].index(bar.guess)
        every = [by_hand.shares(conflict, table, {place: number}).get(bar.value, 0) for number in range(len(guesses[place].alternatives))]
        assert list(bar.shares) == every, (problem.name, bar)
        assert bar.swing == max(every) - min(every)
    never = idle(tally)
    assert never.complete
    assert as_places(problem, never.keys) == {place for place in range(len(guesses)) if by_hand.never_matters(table, place)}, problem.name
    hangs = hanging(found, tally)
    assert hangs.complete
    assert hangs.is_least
    assert {as_places(problem, one) for one in hangs.breaking} == by_hand.breaking(table, len(guesses)), problem.name
    enough = by_hand.sufficient(table, len(guesses))
    assert {as_places(problem, one) for one in hangs.sufficient} == enough, problem.name
    assert hangs.least == min(len(one) for one in enough)
    seen["unanimous" if tally.is_unanimous else "split"] += 1
    seen["several break"] += len(hangs.breaking) > 1
    seen["two break"] += any(len(one) > 1 for one in hangs.breaking)
    seen["two are enough"] += hangs.least > 1
    seen["idle among others"] += 0 < len(never.keys) < len(guesses)


def check_information(problem: Problem, found: Swept, tables: dict[Subject, Table], seen: Counter[str]) -> None:
    """Hold the values of information against the list."""
    told = information(found)
    keys = [guess.key for guess in problem.conflict.guesses]
    sums: dict[tuple[str, ...], float] = {}
    for subject, table in tables.items():
        for size, listed_ in ((1, told.single[subject]), (2, told.pairs[subject])):
            every = {tuple(keys[place] for place in some): some for some in combinations(range(len(keys)), size)}
            for one in listed_:
                by = by_hand.worth(problem.conflict, table, every[one.guesses])
                assert (one.before, one.after, one.settled, one.bits) == pytest.approx([float(each) for each in by], abs=1e-9), problem.name
            values = {key: by_hand.worth(problem.conflict, table, some) for key, some in every.items()}
            gains = {key: float(by[1] - by[0]) for key, by in values.items()}
            if gains:
                assert listed_[0].value == pytest.approx(max(gains.values()), abs=1e-9), problem.name
            for key, gain in gains.items():
                sums[key] = sums.get(key, 0.0) + gain
    for best, size in ((told.best, 1), (told.best_two, 2)):
        most = max((gain for key, gain in sums.items() if len(key) == size), default=0.0)
        assert (best.value if best else 0.0) == pytest.approx(most, abs=1e-9), problem.name
        seen[f"best of {size}"] += best is not None


def run(models: int, seed: object) -> Counter[str]:
    """Sweep so many random problems."""
    seen = Counter[str]()
    for problem in problems(models, seed):
        tables = by_hand.values(problem)
        found = swept(problem)
        for tally in found.tallies:
            check(problem, found, tally, tables[tally.subject], seen)
        check_information(problem, found, {tally.subject: tables[tally.subject] for tally in found.tallies}, seen)
        seen["frames"] += any(guess.party is None for guess in problem.conflict.guesses)
        seen["weights"] += found.weighed
        seen["does not apply"] += any(None in table.values() for table in tables.values())
    return seen


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_all_that_is_counted(seed: int) -> None:
    seen = run(MODELS, f"counting {seed}")
    assert all(seen[kind] > 1 for kind in ("split", "unanimous", "several break", "idle among others", "frames", "weights"))
    assert min(seen["best of 1"], seen["best of 2"]) > 1


@pytest.mark.long
def test_all_that_is_counted_often() -> None:
    seen = run(1_500, f"counting often {fresh()}")
    assert all(seen[kind] > 15 for kind in ("two break", "two are enough", "does not apply", "frames", "weights"))


@pytest.mark.parametrize("reason", ["S351", "S352", "U500"])
def test_given_completions_have_the_values_of_the_list(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a conclusion can't be counted it is drawn: for each of three reasons, and each draw has the value of the list."""
    if reason == "S352":
        monkeypatch.setattr(frame, "MAX_ORDERS", 0)
    looked = 0
    for problem in problems(8, f"drawn {reason} {fresh()}"):
        tables = by_hand.values(problem)
        found = swept(problem, draws=300, most=0 if reason == "S351" else 1_000, seconds=0.0 if reason == "U500" else None)
        for tally in found.tallies:
            table = tables[tally.subject]
            hard = reason == "U500" and sweeping._is_hard(tally.subject)
            assert tally.by_itself == hard
            if hard and tally.is_exact:  # few completions are all analysed
                assert tally.counts == Counter(table.values()), problem.name
                continue
            assert tally.why_drawn == reason
            assert tally.covered == 300 if reason != "U500" else 10 <= tally.covered <= 300
            assert tally.as_written == table[(0,) * len(problem.conflict.guesses)]
            rows = drawn(problem.conflict.guesses, found.seed, 0, tally.covered).tolist()
            assert tally.counts == Counter(table[tuple(row)] for row in rows), problem.name
            assert tally.intervals.keys() == tally.shares.keys()
            assert all(share in tally.intervals[each] for each, share in tally.shares.items())
            assert not tally.is_unanimous
            assert not idle(tally).complete
            looked += 1
        every = np.array([list(row) for row in listed(problem.conflict.guesses, 0, found.count)])
        again = valued(problem.conflict, problem.profile, problem.subjects, every)
        for subject, table in tables.items():
            assert [again[subject].kinds[code] for code in again[subject].codes] == list(table.values()), problem.name
    assert looked >= 24


def test_each_drawn_completion_analysed_by_itself_has_the_value_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_DRAWN", set[str]())
    monkeypatch.setattr(sweeping._Run, "_listed", lambda run, subjects: False)
    looked = 0
    for problem in problems(5, f"afresh {fresh()}"):
        tables = by_hand.values(problem)
        found = swept(problem, draws=30, most=0)
        for tally in found.tallies:
            table = tables[tally.subject]
            rows = drawn(problem.conflict.guesses, found.seed, 0, 30).tolist()
            assert tally.counts == Counter(table[tuple(row)] for row in rows), problem.name
            assert tally.as_written == table[(0,) * len(problem.conflict.guesses)]
            assert tally.by_itself
            assert not tally.is_exact
            looked += 1
    assert looked >= 15


def test_few_completions_analysed_one_by_one_give_what_counting_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    for problem in problems(12, f"listed {fresh()}"):
        counted = swept(problem, seconds=None)
        with monkeypatch.context() as patched:
            patched.setattr(sweeping, "_DRAWN", set[str]())
            found = swept(problem, most=0, seconds=None)
        for tally, expected in zip(found.tallies, counted.tallies, strict=True):
            assert tally.by_itself
            assert tally.is_exact
            assert not expected.by_itself
            assert (tally.counts, tally.shares, tally.as_written) == (expected.counts, expected.shares, expected.as_written), problem.name
            assert hanging(found, tally) == hanging(counted, expected), problem.name
            assert idle(tally) == idle(expected), problem.name
            looked += 1
        assert recheck(found, 3).compared == 0
    assert looked >= 24


def test_what_is_said_of_drawn_completions_near_the_written_conflict() -> None:
    """Sets that can change a conclusion are minimal among up to two, and all of these; a smallest sufficient set is never overstated."""
    looked = 0
    for problem in problems(12, f"near {fresh()}"):
        tables = by_hand.values(problem)
        found = swept(problem, draws=40, most=0)
        for tally in found.tallies:
            table, many = tables[tally.subject], len(problem.conflict.guesses)
            hangs = hanging(found, tally)
            every = by_hand.breaking(table, many)
            assert hangs.up_to == min(2, many)
            assert not hangs.complete
            assert not hangs.is_least
            assert hangs.sufficient == ()
            told = {as_places(problem, one) for one in hangs.breaking}
            assert {one for one in told if len(one) <= 2} == {one for one in every if len(one) <= 2}, problem.name
            assert all(any(small <= one for small in every) for one in told), problem.name
            assert hangs.least <= min(len(one) for one in by_hand.sufficient(table, many)), problem.name
            looked += bool(told)
    assert looked > 5
