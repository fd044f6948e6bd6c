"""Beyond the limits of what is listed, less is said, and nothing wrong: minimal sets, idle guesses, tables of large amounts."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from detente.analysis.claims.hitting import TooManyError
from detente.analysis.sweep import hanging, information, matter, play, tables
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept
from detente.analysis.sweep.transversals import all_transversals, smallest_transversals
from tests.conformance.seeds import fresh
from tests.sweep import by_hand
from tests.sweep.by_hand import Problem, problems

MEMBERS = 7


def transversals(sets: list[int]) -> set[int]:
    """By trying all."""
    every = [one for one in range(1 << MEMBERS) if all(one & each for each in sets)]
    return {one for one in every if not any(other != one and other & one == other for other in every)}


def test_transversals_are_those_found_by_trying_all() -> None:
    random = Random(fresh())
    for _ in range(60):
        sets = [random.randrange(1, 1 << MEMBERS) for _ in range(random.randint(0, 7))]
        expected = transversals(sets)
        found = all_transversals(sets)
        assert len(found) == len(set(found))
        assert set(found) == expected
        assert found == sorted(found, key=int.bit_count) or [one.bit_count() for one in found] == sorted(one.bit_count() for one in found)
        size = min(one.bit_count() for one in expected)
        assert smallest_transversals(sets) == (size, sorted(one for one in expected if one.bit_count() == size))


def test_nothing_meets_an_empty_set() -> None:
    assert all_transversals([0, 1]) == []


def test_a_search_that_takes_too_much_work_gives_up() -> None:
    sets = [1 << a | 1 << b for a, b in combinations(range(20), 2)]
    with pytest.raises(TooManyError):
        all_transversals(sets, work=1_000)
    size, found = smallest_transversals(sets, work=1_000)
    assert found is None
    assert 1 <= size <= 19


def swept(problem: Problem) -> Swept:
    """Counted, without a limit of time."""
    return sweep(problem.conflict, problem.profile, problem.subjects, seconds=None)


def test_with_too_many_sets_the_smaller_are_all_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    short = 0
    for place, problem in enumerate(problems(12, f"sets {fresh()}")):
        monkeypatch.setattr(hanging, "MAX_SETS", place % 2)
        lists, found = by_hand.values(problem), swept(problem)
        keys = [guess.key for guess in problem.conflict.guesses]
        for tally in found.tallies:
            every = by_hand.breaking(lists[tally.subject], len(keys))
            hangs = hanging.hanging(found, tally)
            told = {frozenset(map(keys.index, one)) for one in hangs.breaking}
            assert told == {one for one in every if len(one) <= hangs.up_to}, problem.name
            assert hangs.least <= min(len(one) for one in by_hand.sufficient(lists[tally.subject], len(keys)))
            if told != every:
                short += 1
                assert not hangs.complete
                assert not hangs.is_least
                assert hangs.sufficient == ()
    assert short > 0


def test_guesses_that_never_matter_where_tables_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matter, "MAX_CELLS", 0)
    named = 0
    for problem in problems(12, f"idle {fresh()}"):
        lists, found = by_hand.values(problem), swept(problem)
        keys = [guess.key for guess in problem.conflict.guesses]
        for tally in found.tallies:
            never = matter.idle(tally)
            assert all(by_hand.never_matters(lists[tally.subject], keys.index(key)) for key in never.keys), problem.name
            assert not never.complete or len(never.keys) == len(keys)
            named += len(never.keys)
    assert named > 0


def test_values_of_information_from_shares_and_from_single_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where amounts are too large for floating point they are shares; guesses that come out in too many ways are not paired."""
    for problem in problems(5, f"information {fresh()}"):
        found = swept(problem)
        expected = information.information(found)
        with monkeypatch.context() as patched:
            patched.setattr(tables, "WHOLE", 0)
            scaled = information.information(found)
        with monkeypatch.context() as patched:
            patched.setattr(information, "MOST_WAYS", 1)
            single = information.information(found)
        assert single.pairs_together == ()
        assert single.left_out == tuple(guess.key for guess in problem.conflict.guesses)
        for tally in found.tallies:
            subject = tally.subject
            for other in (scaled, single):
                by_key = {one.guesses: one for one in other.single[subject]}
                for one in expected.single[subject]:
                    same = by_key[one.guesses]
                    told = (same.before, same.after, same.settled, same.bits)
                    assert told == pytest.approx((one.before, one.after, one.settled, one.bits), abs=1e-9), problem.name
            assert [one.value for one in scaled.pairs[subject]] == pytest.approx([one.value for one in expected.pairs[subject]], abs=1e-9)


def test_chance_alone_makes_no_guess_worth_knowing() -> None:
    """What was drawn of a guess of many ways that tells nothing, beside one that tells all."""
    numbers = np.random.default_rng(7)
    values = numbers.integers(0, 2, 300)
    idle, telling = np.zeros((2, 120)), np.zeros((2, 2))
    for value, way in zip(values, numbers.integers(0, 120, 300), strict=True):
        idle[value, way] += 1
        telling[value, value] += 1
    nothing, everything = information._estimated(("idle",), idle), information._estimated(("telling",), telling)
    assert nothing.value < 0.08 < information._worth(("idle",), idle).value
    assert (nothing.settled, everything.settled) == (0.0, 1.0)
    assert nothing.bits < 0.1
    assert everything.after == 1.0
    assert everything.bits > 0.95
    for drawn in (10, 100, 1_000):
        for _ in range(400):  # guesses of two ways that tell nothing: the best of them tells nothing
            counts = np.bincount(numbers.integers(0, 4, drawn), minlength=4).reshape(2, 2).astype(float)
            assert information._estimated(("idle",), counts).value == 0.0


def test_what_is_reached_from_states_is_forgotten_and_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for problem in problems(8, f"reached {fresh()}"):
        whole = [tally.shares for tally in swept(problem).tallies]
        monkeypatch.setattr(play, "MOST_REACHED", 0)
        assert [tally.shares for tally in swept(problem).tallies] == whole
        monkeypatch.undo()
