"""A report's account of how sure it is, counted by queries over the rows, is what is counted over the completions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.analysis.sweep.draw import drawn, how_many
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.spread import Drawn
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept, Tally, intervals
from detente.analysis.sweep.tornado import tornado
from detente.app.opening import Opened, opened
from detente.app.reporting import report_text
from detente.app.sweep_parts import value_parts
from detente.app.sweep_rows.reading import stored
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder
from detente.app.sweep_stored import stored_sweep
from detente.app.sweep_writing import sweep_rows
from detente.cases import load
from detente.errors import UsageError
from detente.explain.subjects import subject_label
from detente.model.conflict import Conflict
from tests.rows.sweeps import lake, profile_of, randomly
from tests.rows.test_reading import ASKED

KNOWN = load("half-known-objection")


def told(conflict: Conflict, folder: Path) -> list[object]:
    """The same from the document of the rows, with the shares as the numbers that stand in it."""
    document = stored_sweep(opened(conflict), folder, profile_of(conflict))
    return [(one.label, one.values, {bar.guess: bar.shares for bar in one.moved_by}) for one in document.conclusions]


def expected(conflict: Conflict, swept: Swept) -> list[object]:
    found: list[object] = []
    for tally in swept.tallies:
        bars = {} if tally.is_unanimous else {bar.guess: bar.shares for bar in tornado(swept, tally) if bar.swing}
        floats = {guess: tuple(None if share is None else float(share) for share in shares) for guess, shares in bars.items()}
        found.append((subject_label(conflict, tally.subject), value_parts(tally), floats))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_where_all_completions_are_rows_it_is_what_a_sweep_counts(seed: int, tmp_path: Path) -> None:
    conflict = randomly(seed)
    counted = sweep(conflict, profile_of(conflict), ASKED, seconds=None)
    assert all(tally.is_exact for tally in counted.tallies)
    written(conflict, profile_of(conflict), ASKED, RowsFolder(str(tmp_path / "rows"), workers=1, part=7))
    assert told(conflict, tmp_path / "rows") == expected(conflict, counted)


def test_some_of_these_have_weights_and_some_have_not() -> None:
    weighed = [any(guess.is_weighted for guess in randomly(seed).guesses) for seed in range(4)]
    assert set(weighed) == {True, False}


def test_where_rows_were_drawn_it_is_what_these_completions_give(tmp_path: Path) -> None:
    conflict = lake()
    written(conflict, profile_of(conflict), ASKED, RowsFolder(str(tmp_path / "rows"), rows=15, workers=1, part=4, seed=3))
    numbers = drawn(conflict.guesses, 3, 0, 15)
    values = valued(conflict, profile_of(conflict), ASKED, numbers)
    at_first = valued(conflict, profile_of(conflict), ASKED, np.zeros((1, len(conflict.guesses)), dtype=np.uint16))
    keys, weighed = [guess.key for guess in conflict.guesses], any(guess.is_weighted for guess in conflict.guesses)
    spreads = [Drawn(subject, keys, numbers, values[subject].codes, values[subject].kinds) for subject in ASKED]
    tallies = [Tally(each.subject, each, at_first[each.subject].kinds[0], weighed, 15, "rows") for each in spreads]
    swept = Swept(conflict, profile_of(conflict), tuple(tallies), how_many(conflict.guesses), 3, 0.95)
    assert told(conflict, tmp_path / "rows") == expected(conflict, replace(swept, tallies=intervals(swept)))
    document = stored_sweep(opened(conflict), tmp_path / "rows", profile_of(conflict))
    assert {(one.exact, one.same, one.covered, one.reason) for one in document.conclusions} == {(False, False, 15, "rows")}
    assert "looked at in 15 of them drawn by chance (seed 3)" in " ".join(document.data()["paragraphs"][1]["sentences"][0]["text"].split())


def test_a_report_tells_of_the_rows(tmp_path: Path) -> None:
    sweep_rows("half-known-objection", RowsFolder(str(tmp_path / "rows"), workers=1))
    changed = stored(tmp_path / "rows").query('SELECT count(*) FROM completions WHERE "holds:SEQ"')
    assert changed == [(4,)]
    text = report_text("half-known-objection", rows=tmp_path / "rows")
    assert "no in 8 of 12 completions (66.7%), yes in 4 (33.3%)" in text
    assert "detente report half-known-objection -o report.html --rows rows" in text


@pytest.mark.parametrize(
    ("other", "under", "why"),
    [
        (load("elmira"), "SEQ", "of another conflict"),
        (
            replace(load("half-known-objection"), guesses=load("half-known-objection").guesses[:2]),
            "SEQ",
            "what is open in it is something else",
        ),
        (KNOWN, "GMR", "other behaviour: Quarry=SEQ, Village=SEQ"),
    ],
)
def test_rows_of_something_else_are_refused(other: Conflict, under: str, why: str, tmp_path: Path) -> None:
    sweep_rows("half-known-objection", RowsFolder(str(tmp_path / "rows"), rows=3, workers=1))
    said: list[str] = []
    with pytest.raises(UsageError, match=why) as caught:
        report_text(Opened(other, "other.yaml"), under=under, rows=tmp_path / "rows", progress=said.append)
    assert caught.value.diagnostics[0].code == "U515"
    assert said == []
