"""What holds and is better for all, worked out side by side, is what the tree of the conclusion and each completion by itself give."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from detente.analysis.sweep import beside
from detente.analysis.sweep.afresh import Afresh
from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.beside import is_beside, kept_gains
from detente.analysis.sweep.draw import drawn
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import OWN, WEAKER, Play
from detente.analysis.sweep.rows import Evaluator
from detente.cases import load
from detente.model.completed import completed
from detente.model.parse import parse_formula
from tests.rows.sweeps import profile_of, randomly

CONCEPTS = (*OWN, *WEAKER)


def compared(seed: int) -> set[bool]:
    """Assert that the two ways give the same in all frames of a random conflict, under random concepts; returns the values."""
    conflict, rng = randomly(seed), Random(seed)
    profile = {dm.key: rng.choice(CONCEPTS) for dm in conflict.decision_makers}
    wanted = rng.choice([None, parse_formula(rng.choice(conflict.options).key)])
    found: set[bool] = set()
    for frame in Open(conflict).frames():
        question = Question(Subject("kept gain", where=wanted), Play(frame), profile)
        if not is_beside(question):
            assert frame.start is None
            continue
        counts = [orders.count for orders in question.orders.values()]
        every = np.indices(counts, dtype=np.int32).reshape(len(counts), -1)[:, :: 1 + np.prod(counts) // 500]
        orders = dict(zip(question.orders, every, strict=True))
        values = kept_gains(question, orders).tolist()
        assert values == question.tree.values(orders)
        found |= set(values)
    return found


def test_the_tree_gives_the_same() -> None:
    """Under all concepts, with and without a condition; both values occur often enough that neither is always said."""
    found = [compared(seed) for seed in range(60)]
    assert sum(True in values for values in found) > 10
    assert sum(False in values for values in found) > 10


def test_so_many_pairs_are_looked_at_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MOST", 7)
    assert {value for seed in range(8) for value in compared(seed)} == {True, False}


def test_a_concept_that_is_not_classical_is_refused_as_in_a_tree() -> None:
    conflict = load("elmira")
    profile = profile_of(conflict, "LMSEQ")
    play = Play(next(Open(conflict).frames()))
    assert not is_beside(Question(Subject("kept gain"), play, profile))


@pytest.mark.long
def test_completions_of_the_talks_as_they_are_declared() -> None:
    """Every frame, each completion analysed by itself."""
    conflict = load("gaza-hostage-talks")
    asked = [Subject("kept gain"), Subject("kept gain", where=parse_formula("ReleaseAll"))]
    whole = Open(conflict)
    numbers = drawn(conflict.guesses, 5, 0, 200)
    assert len(set(whole.whole.place(numbers[:, [guess.party is None for guess in conflict.guesses]]).tolist())) > 40
    columns = Evaluator(conflict, profile_of(conflict), asked).columns(numbers)
    keys = [guess.key for guess in conflict.guesses]
    for row, *codes in zip(numbers.tolist(), *(column.codes for column in columns), strict=True):
        one = Afresh(completed(conflict, dict(zip(keys, row, strict=True))), profile_of(conflict), asked)
        assert [one.value(subject)[0] for subject in asked] == [column.kinds[code] for column, code in zip(columns, codes, strict=True)]
