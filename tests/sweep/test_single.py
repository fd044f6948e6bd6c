"""What completions count for each guess by itself equals what is counted for each of its alternatives in turn."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from detente.analysis.sweep import information as worth
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.single import exact, singles
from detente.analysis.sweep.spread import Drawn
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept
from detente.analysis.sweep.tornado import tornado
from detente.cases import load

SUBJECTS = [Subject("holds", concept="SEQ"), Subject("holds", concept="SEQ", state="open against an objection"), Subject("gain")]


def swept() -> Swept:
    return sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, SUBJECTS, seconds=None)


def test_each_alternative_counts_what_it_counts_by_itself() -> None:
    found = swept()
    for tally in found.tallies:
        for guess in found.conflict.guesses:
            for number in range(len(guess.alternatives)):
                amounts = tally.spread.amounts({guess.key: number})
                assert singles(tally)[guess.key][:, number].tolist() == [amounts.get(value, 0) for value in tally.shares]


def test_drawn_completions_count_where_they_were_drawn() -> None:
    found = swept()
    (guess,) = [guess for guess in found.conflict.guesses if guess.key == "what the quarry minds"]
    drawn = Drawn(SUBJECTS[0], (guess.key,), np.array([[0], [1], [1], [0]]), np.array([0, 1, 1, 1]), (True, False))
    tally = replace(found.tallies[0], spread=drawn)
    assert list(tally.shares) == [False, True]
    assert singles(tally)[guess.key].tolist() == [[1, 2], [1, 0]]
    alone = Swept(replace(found.conflict, guesses=(guess,)), found.profile, (tally,), found.count, found.seed, found.level)
    assert [bar.shares for bar in tornado(alone, tally)] == [(Fraction(1, 2), Fraction(0), None)]


def test_what_a_guess_is_worth_is_the_same_without_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    found = swept()
    with_pairs = worth.information(found)
    monkeypatch.setattr(worth, "MOST_WAYS", 2)
    alone = worth.information(found)
    assert len(alone.pairs_together) < len(with_pairs.pairs_together)
    for subject in SUBJECTS:
        for one, other in zip(with_pairs.single[subject], alone.single[subject], strict=True):
            assert one.guesses == other.guesses
            assert (one.before, one.after, one.settled, one.bits) == pytest.approx((other.before, other.after, other.settled, other.bits))


def test_a_share_of_whole_amounts_is_exact_and_of_others_to_12_decimals() -> None:
    assert exact(1 / 3, 1.0, 3.0) == Fraction(1, 3)
    assert exact(2 / 3, 0.2, 0.3) == Fraction(666666666667, 10**12)
