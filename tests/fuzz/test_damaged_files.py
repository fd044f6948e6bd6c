"""Damaged files: each is read, or told what is wrong with it; nothing else, and soon.

A run damages four thousand that no run had before, the long tests ten thousand that stay.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from detente import io
from detente.codes import known
from detente.errors import ConflictError, Diagnostic, Severity
from detente.explain.diagnostics import render
from tests.conformance.seeds import fresh
from tests.fuzz.damage import damaged, originals

BATCH = 1_000
FRESH, MORE = 4, 10
"""Batches of files that no run had before; and of files that stay, which the long tests damage."""
SECONDS = 10
"""Longest time for one file, by the clock of the processor; the longest that was seen is far below a second."""


class Hang(BaseException):
    """A file took too long."""


@contextmanager
def watched() -> Iterator[None]:
    """Interrupts what takes too long, also inside of a library."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def diagnostics(path: Path) -> tuple[tuple[Diagnostic, ...], bool]:
    """What reading a file says, and whether it was refused; a file that was read must come back when written."""
    try:
        loaded = io.read(path)
    except ConflictError as problem:
        return problem.diagnostics, True
    assert io.loads(io.dumps(loaded.conflict)).conflict == loaded.conflict
    return loaded.diagnostics, False


@pytest.mark.parametrize("batch", range(FRESH))
def test_a_damaged_file_is_read_or_told_what_is_wrong(batch: int, tmp_path: Path) -> None:
    damage_many(range(MORE * BATCH + fresh() + batch * BATCH, MORE * BATCH + fresh() + (batch + 1) * BATCH), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(MORE))
def test_ten_thousand_damaged_files_that_stay(batch: int, tmp_path: Path) -> None:
    damage_many(range(batch * BATCH, (batch + 1) * BATCH), tmp_path)


def damage_many(seeds: range, tmp_path: Path) -> None:
    """Damage files by their numbers, and read each."""
    files, pages = originals(), set(known())
    told: Counter[str] = Counter()
    for seed in seeds:
        name, data = damaged(seed, files)
        path = tmp_path / name
        path.write_bytes(data)
        text = data.decode("utf-8", "replace")
        try:
            with watched():
                found, refused = diagnostics(path)
                shown = [render(d, text) for d in found]
        except (Exception, Hang) as problem:
            raise AssertionError(f"seed {seed} ({name}): {type(problem).__name__}: {problem}") from problem
        assert {d.code for d in found} <= pages, f"seed {seed}"
        assert any(d.severity is Severity.ERROR for d in found) == refused, f"seed {seed}"
        assert all(c == "\n" or c.isprintable() or c == "\xa0" for part in shown for c in part), f"seed {seed}"
        told.update({d.code for d in found} or {"read"})
    print(f"seeds {seeds[0]} to {seeds[-1]}: {dict(told.most_common())}")
    assert len(told) > 25, "the damage is too much of one kind"


def test_the_watch_is_seen_to_bite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.test_damaged_files.SECONDS", 0.05)
    with pytest.raises(Hang):
        spin(5)


def spin(seconds: float) -> None:
    """Keep the processor busy, watched."""
    with watched():
        start = time.process_time()
        while time.process_time() < start + seconds:
            pass
