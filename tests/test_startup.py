"""`detente --help` answers at once, because it loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

HEAVY = ("numpy", "pydantic", "jinja2", "rich", "ruamel.yaml")
LOADED = f"""
import sys
from detente.cli.main import run
sys.argv = ["detente", *sys.argv[1:]]
try:
    run()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["analyze", "--help"]])
def test_nothing_heavy_is_loaded(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "[]"
    assert done.stdout.strip()


def test_importing_detente_loads_nothing_heavy() -> None:
    code = f"import sys, detente; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_takes_less_than_three_tenths_of_a_second() -> None:
    command = [sys.executable, "-c", "from detente.cli.main import run; import sys; sys.argv = ['detente', '--help']; run()"]
    spent = []
    for _ in range(7):  # the best of seven: a busy machine is not slow code
        before = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "COLUMNS": "100"})
        spent.append(time.perf_counter() - before)
    assert min(spent) < 0.3
