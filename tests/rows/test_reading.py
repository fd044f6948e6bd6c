"""What is counted from the rows is what is counted from the completions, in whatever program reads them."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars
import pytest

from detente.analysis.sweep.asked import KINDS, Question, Subject
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.counting import count_over
from detente.analysis.sweep.draw import drawn
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.spread import Drawn
from detente.analysis.sweep.tree import Value
from detente.app.sweep_rows.columns import decoded, encoded, names_of
from detente.app.sweep_rows.manifest import FILE, part_file
from detente.app.sweep_rows.reading import stored
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder
from detente.errors import ConflictError, MissingExtra
from detente.model.conflict import Conflict
from detente.model.guess import Alternative, AsWritten, Guess, Ordered
from tests.rows.sweeps import lake, profile_of, randomly, talks, write

ASKED = [Subject("holds"), Subject("gain"), Subject("type"), Subject("red lines")]


def amounts(found: dict[Value, int]) -> dict[Value, int]:
    return {value: amount for value, amount in found.items() if amount}


def givens(conflict: Conflict) -> list[dict[str, int]]:
    first, last = conflict.guesses[0], conflict.guesses[-1]
    return [{}, {first.key: 0}, {last.key: 1}, {first.key: len(first.alternatives) - 1, last.key: 0}]


@pytest.mark.parametrize("seed", range(4))
def test_all_completions_count_as_they_are_counted_at_once(seed: int, tmp_path: Path) -> None:
    conflict = randomly(seed)
    profile = profile_of(conflict)
    written(conflict, profile, ASKED, RowsFolder(str(tmp_path / "rows"), workers=1, part=7))
    found, everything = stored(tmp_path / "rows"), Open(conflict)
    plays = [Play(frame) for frame in everything.frames()]
    for subject, spread in zip(ASKED, found.spreads, strict=True):
        counted = count_over(everything, [Question(subject, play, profile) for play in plays])
        assert spread.subject == subject
        for given in givens(conflict):
            for weighed in (False, True):
                assert amounts(spread.amounts(given, weighed=weighed)) == amounts(dict(counted.amounts(given, weighed=weighed)))
                assert spread.shares(given, weighed=weighed) == counted.shares(given, weighed=weighed)


def test_drawn_completions_count_as_those_that_are_held(tmp_path: Path) -> None:
    conflict = talks()
    first, *others = conflict.guesses
    doubts = tuple(replace(one, weight=weight) for one, weight in zip(first.alternatives, (Fraction(3, 4), Fraction(1, 4)), strict=True))
    conflict = replace(conflict, guesses=(replace(first, alternatives=doubts), *others))
    asked = [Subject("gain"), Subject("holds")]
    written(conflict, profile_of(conflict), asked, RowsFolder(str(tmp_path / "rows"), rows=2_000, workers=1, seed=11, part=300))
    numbers = drawn(conflict.guesses, 11, 0, 2_000)
    keys = [guess.key for guess in conflict.guesses]
    for subject, spread in zip(asked, stored(tmp_path / "rows").spreads, strict=True):
        values = valued(conflict, profile_of(conflict), [subject], numbers)[subject]
        held = Drawn(subject, keys, numbers, values.codes, values.kinds)
        for given in givens(conflict):
            assert spread.shares(given) == held.shares(given)
            assert spread.shares(given, weighed=True) == held.shares(given)


def test_three_programs_read_the_same_rows(tmp_path: Path) -> None:
    conflict = lake()
    written(conflict, profile_of(conflict), ASKED, RowsFolder(str(tmp_path / "rows"), workers=1, part=5))
    files = str(tmp_path / "rows" / "*.parquet")
    duck = duckdb.connect().execute(f"SELECT * FROM read_parquet('{files}') ORDER BY completion")
    names = [column[0] for column in duck.description]
    by_duck: list[tuple[Any, ...]] = duck.fetchall()
    by_polars = polars.scan_parquet(files).sort("completion").collect()
    pandas = importlib.import_module("pandas")  # has no types of its own
    by_pandas = pandas.read_parquet(sorted(map(str, (tmp_path / "rows").glob("*.parquet"))))
    assert names == list(by_polars.columns) == list(by_pandas.columns) == list(names_of(conflict, ASKED).all)
    assert by_duck == by_polars.rows()
    assert by_duck == [tuple(row) for row in by_pandas.astype(object).where(by_pandas.notna(), None).itertuples(index=False)]
    assert [row[0] for row in by_duck] == list(range(16))
    assert {name: str(kind) for name, kind in zip(by_polars.columns, by_polars.dtypes, strict=True)} == {
        "completion": "Int64", **dict.fromkeys(names[1:5], "UInt8"), "holds": "Boolean", "gain": "Boolean", "type": "String",
        "red lines": "String"}  # fmt: skip


def test_sql_over_the_rows(tmp_path: Path) -> None:
    write(tmp_path / "it's [a] *folder?")
    found = stored(tmp_path / "it's [a] *folder?")
    holding = Counter(dict(found.query("SELECT gain, count(*) FROM completions GROUP BY gain")))
    assert dict(holding) == found.spread("gain").amounts()
    assert sum(holding.values()) == found.query("SELECT count(DISTINCT completion) FROM completions")[0][0] == 3_000


def wrapped(question: Question, cell: Cell) -> tuple[int | None, ...]:
    return (question.frame.number, None, 7)


def test_values_of_any_form_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "wrapped", wrapped)
    written(lake(), profile_of(lake()), [Subject("wrapped")], RowsFolder(str(tmp_path), workers=1))
    assert stored(tmp_path).spreads[0].amounts() == {(0, None, 7): 16}
    for value in (frozenset({("a", "b"), ()}), (True, 1, "1"), Fraction(1, 3), "", (), None):
        assert decoded("json", encoded("json", value)) == value
    assert encoded("json", frozenset({"b", "a"})) == encoded("json", frozenset({"a", "b"}))
    for coding, wrong in (("yes or no", 1), ("text", True), ("json", 0.5)):
        with pytest.raises(TypeError):
            encoded(coding, wrong)  # type: ignore[arg-type]  # the parameter is one of these


def test_names_that_differ_in_large_letters_alone_are_told_apart(tmp_path: Path) -> None:
    """DuckDB takes such columns for one."""
    first, second, *others = lake().guesses
    conflict = replace(lake(), guesses=(replace(first, key="doubt"), replace(second, key="DOUBT"), *others))
    written(conflict, profile_of(conflict), [Subject("gain")], RowsFolder(str(tmp_path), workers=1))
    assert names_of(conflict, []).guesses[:2] == ("guess:doubt", "guess:DOUBT (2)")
    found = stored(tmp_path).spreads[0]
    everything = Open(conflict)
    counted = count_over(everything, [Question(Subject("gain"), Play(frame), profile_of(conflict)) for frame in everything.frames()])
    for given in ({"doubt": 1}, {"DOUBT": 1}, {"doubt": 0, "DOUBT": 1}):
        assert amounts(found.amounts(given)) == amounts(dict(counted.amounts(given)))


def test_more_alternatives_than_a_byte_counts(tmp_path: Path) -> None:
    orders = [Alternative(AsWritten()), *(Alternative(Ordered(order)) for order in islice(permutations(range(1, 7)), 1, None))]
    conflict = replace(talks(), guesses=(Guess("many", "order", "Israel", tuple(range(1, 7)), tuple(orders)),))
    written(conflict, profile_of(conflict), [Subject("gain")], RowsFolder(str(tmp_path), workers=1))
    found = stored(tmp_path).query('SELECT min("guess:many"), max("guess:many"), count(*) FROM completions')
    assert found == [(0, 719, 720)]


def test_a_sweep_that_is_not_finished_is_not_counted(tmp_path: Path) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, progress=stop)
    with pytest.raises(ConflictError, match="14 parts of 15 not made") as caught:
        stored(tmp_path)
    assert caught.value.diagnostics[0].code == "F649"


@pytest.mark.parametrize("damage", [b"", None])
def test_a_damaged_sweep_is_not_counted(damage: bytes | None, tmp_path: Path) -> None:
    write(tmp_path, rows=400)
    (tmp_path / part_file(1)).unlink()
    if damage is not None:
        (tmp_path / part_file(1)).write_bytes(damage)
    with pytest.raises(ConflictError, match=part_file(1)) as caught:
        stored(tmp_path)
    assert caught.value.diagnostics[0].code == "F649"


def test_a_folder_without_a_sweep(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="F640"):
        stored(tmp_path)


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, rows=10)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match="F644"):
        stored(tmp_path).spreads[0].amounts()


def test_the_manifest_says_what_the_columns_are(tmp_path: Path) -> None:
    conflict = randomly(3)
    written(conflict, profile_of(conflict), ASKED, RowsFolder(str(tmp_path), workers=1))
    about = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert about["finished"]
    assert about["conflict"] == {"title": conflict.title, "digest": conflict.digest}
    assert [len(guess["alternatives"]) for guess in about["guesses"]] == [len(guess.alternatives) for guess in conflict.guesses]
    assert [one["kind"] for one in about["conclusions"]] == [subject.kind for subject in ASKED]
    assert sum(part["rows"] for part in about["parts"]) == about["rows"] == int(np.prod([len(g.alternatives) for g in conflict.guesses]))
