"""Every check of scripts/check has been seen to fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).resolve().parents[2] / "scripts/checks.py"


def checks(*arguments: str) -> tuple[int, str]:
    """What scripts/checks.py says, with its exit status."""
    done = subprocess.run([sys.executable, str(CHECKS), *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


NAMES = [line.split()[0] for line in checks("--list")[1].splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_every_breakage_is_noticed(name: str) -> None:
    status, said = checks("--self-test", name)
    assert status == 0, said
    assert "breakages were noticed" in said


def test_a_check_that_does_not_exist_is_a_mistake_of_usage() -> None:
    status, said = checks("licenses")
    assert status == 2
    assert "no check is called licenses" in said
    assert "licences" in said
