"""A million feasible states and four decision makers, under all concepts: in seconds, in bounded memory, and right on a sample."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_benchmark_of_a_million_states() -> None:
    """The benchmark asserts its own answers; the limits here are far from what an idle machine needs (8 s, 150 MiB)."""
    command = [sys.executable, "bench/engines.py", "--shape", "full"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=280)
    assert "1,048,576 states of 1,048,576 combinations, 4 decision makers" in done.stdout
    together = next(line for line in done.stdout.splitlines() if line.startswith("  together"))
    seconds, mebibytes = float(together.split()[1]), int(together.split()[-2].replace(",", ""))
    assert seconds < 90
    assert mebibytes < 600
    agreeing = next(line for line in done.stdout.splitlines() if "verdicts agree" in line)
    assert int(agreeing.split()[0]) >= 60
