"""The value in each row is that of the completion analysed by itself, whatever is held in memory."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.sweep import frame, rows
from detente.analysis.sweep.afresh import Afresh
from detente.analysis.sweep.asked import KINDS, Question, Subject
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.draw import Numbers, drawn, how_many, listed
from detente.analysis.sweep.rows import Evaluator, Numbered
from detente.analysis.sweep.tree import Value
from detente.app.sweep_rows import plan
from detente.app.sweep_rows.plan import SLOW_PART, Plan
from detente.errors import Cannot
from detente.model.completed import completed
from detente.model.conflict import Conflict
from tests.rows.sweeps import flagship, lake, profile_of, randomly, talks

ASKED = ("holds", "gain", "kept gain", "type", "red lines")


def subjects(conflict: Conflict) -> list[Subject]:
    return [*map(Subject, ASKED), *(Subject("stays", dm=dm.key) for dm in conflict.decision_makers)]


def values(evaluator: Evaluator, numbers: Numbers) -> list[list[Value]]:
    return [[column.kinds[code] for code in column.codes] for column in evaluator.columns(numbers)]


def one_by_one(conflict: Conflict, asked: list[Subject], numbers: Numbers) -> list[list[Value]]:
    keys = [guess.key for guess in conflict.guesses]
    found = [Afresh(completed(conflict, dict(zip(keys, row, strict=True))), profile_of(conflict), asked) for row in numbers.tolist()]
    return [[one.value(subject)[0] for one in found] for subject in asked]


@pytest.mark.parametrize("seed", range(5))
def test_rows_are_what_each_completion_gives_by_itself(seed: int) -> None:
    conflict = randomly(seed)
    asked = subjects(conflict)
    numbers = listed(conflict.guesses, 0, min(how_many(conflict.guesses), 12))
    evaluator = Evaluator(conflict, profile_of(conflict), asked)
    assert values(evaluator, numbers) == one_by_one(conflict, asked, numbers)
    assert evaluator.slow == ()


@pytest.mark.parametrize("seed", range(2))
def test_what_is_forgotten_grows_again(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 5)
    conflict = randomly(seed)
    numbers = drawn(conflict.guesses, 1, 0, 60)
    ample, scant = (Evaluator(conflict, profile_of(conflict), subjects(conflict), memory) for memory in (1 << 40, 1))
    assert values(scant, numbers) == values(ample, numbers)
    assert (ample.forgotten, scant.forgotten > 10) == (0, True)


def test_few_frames_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_FRAMES", 1)
    conflict = next(one for one in map(randomly, range(100)) if any(guess.party is None for guess in one.guesses))
    asked, numbers = subjects(conflict), listed(conflict.guesses, 0, min(how_many(conflict.guesses), 40))
    scant = Evaluator(conflict, profile_of(conflict), asked)
    assert values(scant, numbers) == one_by_one(conflict, asked, numbers)
    assert scant.forgotten > 0


def test_a_decision_maker_may_have_any_number_of_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = lake()
    numbers = listed(conflict.guesses, 0, 16)
    before = values(Evaluator(conflict, profile_of(conflict), subjects(conflict)), numbers)
    monkeypatch.setattr(frame, "MAX_ORDERS", 1)
    assert values(Evaluator(conflict, profile_of(conflict), subjects(conflict)), numbers) == before


def refused(question: Question, cell: Cell) -> bool:
    raise Cannot.of("S354", "this can't be asked of many completions at once")


def test_what_cannot_be_asked_of_many_is_asked_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = lake()
    numbers = np.concatenate([listed(conflict.guesses, 0, 16)] * 2)
    asked = [Subject("holds"), Subject("gain")]
    before = values(Evaluator(conflict, profile_of(conflict), asked), numbers)
    monkeypatch.setitem(KINDS, "holds", refused)
    evaluator = Evaluator(conflict, profile_of(conflict), asked)
    assert values(evaluator, numbers) == before == one_by_one(conflict, asked, numbers)
    assert evaluator.slow == (asked[0],)
    parts = [Plan.of(talks(), profile_of(talks()), [one], rows=3_000, seed=1, part=1_000).part for one in asked]
    assert parts == [SLOW_PART, 1_000]


def test_parts_are_larger_where_rules_are_open_in_many_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which follows from the conflict and the conclusions alone."""
    conflict = next(one for one in map(randomly, range(100)) if any(guess.party is None for guess in one.guesses))
    asked = subjects(conflict)

    def planned() -> Plan:
        return Plan.of(conflict, profile_of(conflict), asked, rows=40, seed=1, part=3)

    frames = Evaluator(conflict, profile_of(conflict), asked).frames
    assert frames > 1
    monkeypatch.setattr(plan, "FRAMES", frames + 1)
    assert planned().part == 3
    monkeypatch.setattr(plan, "FRAMES", frames)
    assert planned().part == 3 * plan.FRAMED


def test_all_completions_are_listed_where_they_are_few() -> None:
    every, some = Numbered.of(lake(), 16, 1), Numbered.of(lake(), 15, 1)
    assert (every.rows, every.seed, some.rows, some.seed) == (16, None, 15, 1)
    assert len(np.unique(every.numbers(0, 16), axis=0)) == 16
    many = Numbered.of(flagship(), 1_000, 3)
    assert (how_many(flagship().guesses), many.rows) == (1 << 29, 1_000)
    assert np.array_equal(np.concatenate([many.numbers(0, 333), many.numbers(333, 1_000)]), many.numbers(0, 1_000))
