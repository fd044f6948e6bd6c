"""The page on speed says what the benchmarks measured, and no family of conflicts has changed since."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = """
from common import conflict, exponent
print(*(conflict(family, 12, 3, 4, seed=2).digest[:12] for family in ("full", "ruled", "random", "local")))
print(exponent([(1, 1), (2, 4), (4, 16)]), exponent([(1, 1), (2, 4)]))
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT / "bench", capture_output=True, text=True, check=False)


def test_the_page_is_what_the_results_say() -> None:
    done = run("speed.py", "--check")
    assert done.returncode == 0, done.stderr


def test_every_time_was_kept_with_how_its_answer_was_checked() -> None:
    files = sorted((ROOT / "bench/results").glob("*.json"))
    assert files
    for file in files:
        for row in json.loads(file.read_text(encoding="utf-8"))["rows"]:
            assert (row["seconds"] is None and row["note"]) or row["checked"], (file.name, row)


def test_a_family_gives_the_same_conflicts_again() -> None:
    first, second = run("-c", FAMILIES), run("-c", FAMILIES)
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert first.stdout.splitlines()[1] == "2.0 None"
