"""The figures on the page are those that the benchmark kept."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_tells_what_was_measured() -> None:
    row = json.loads((ROOT / "bench/results/completions.json").read_text(encoding="utf-8"))["rows"][0]
    page = " ".join((ROOT / "docs/reference/sweep-rows.md").read_text(encoding="utf-8").split())
    told = [
        f"of the {row['completions']} completions",
        f"took one process {row['rows_seconds']:.1f} s of processor time",
        f"{row['naive']} of them took {row['naive_seconds']:.1f} s",
        f"{row['ratio']:,} times as fast",
        f"All {row['compared']} answers were the same",
    ]
    assert [words for words in told if words not in page] == []
    assert row["rows"] == 1_000_000


def test_it_tells_of_the_declared_guesses_too() -> None:
    """At least fifty times as fast as analysing each completion from scratch."""
    row = json.loads((ROOT / "bench/results/completions.json").read_text(encoding="utf-8"))["rows"][1]
    page = " ".join((ROOT / "docs/reference/sweep-rows.md").read_text(encoding="utf-8").split())
    told = [
        f"{row['guesses']} guesses, {int(row['completions'].replace(',', '')):.2e} completions",
        f"took two processes {row['rows_seconds']:,.0f} s of processor time together",
        f"from scratch {row['naive']} of them took {row['naive_seconds']:.1f} s",
        f"{row['ratio']:,} times as fast",
        f"again with {row['compared']} answers the same",
    ]
    assert [words for words in told if words not in page] == []
    assert (row["open"], row["rows"], row["workers"]) == ("declared", 1_000_000, 2)
    assert row["ratio"] >= 50
