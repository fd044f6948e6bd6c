"""The program as its users run it: a process with streams and a status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

DETENTE = str(Path(sys.executable).with_name("detente"))
ROOT = Path(__file__).resolve().parents[2]


def environment(columns: int = 80, **more: str) -> dict[str, str]:
    """The environment of a plain shell with a width."""
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
    return {**kept, "COLUMNS": str(columns), "TERM": "xterm", **more}


def run(
    *arguments: str | Path, cwd: Path | None = None, columns: int = 80, stdin: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run one command and wait for it."""
    return subprocess.run(
        [DETENTE, *map(str, arguments)],
        cwd=cwd,
        env=environment(columns, **more),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def timeless(text: str) -> str:
    """A text without the seconds that its making took, and without the size of what was written."""
    return re.sub(r"[\d,]+ bytes", "… bytes", re.sub(r"(?<![\d.])\d+(?:\.\d+)? s\b", "… s", text))
