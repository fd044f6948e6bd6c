"""Several processes write what one writes; those that are killed lose nothing that was finished, and outlive nobody."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest

from detente.app.sweep_rows.manifest import FILE
from detente.app.sweep_rows.workers import AHEAD
from detente.errors import ConflictError
from tests.rows.sweeps import PART, ROWS, content, parts_in, write

psutil: Any = importlib.import_module("psutil")  # has no types of its own
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from tests.rows.sweeps import write
if __name__ == "__main__":
    folder, count, address = sys.argv[1:]
    write(Path(folder), workers=int(count), cluster=address or None, resume=True, progress=lambda told: print(told, flush=True))
"""


def workers() -> list[int]:
    """The processes that this one has started."""
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


class Killer:
    """Kills a process that works, at random, after every few parts; `times` in all.  Counts which parts are handed out."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, times: int, seed: int = 0, every: int = 3) -> None:
        self.folder, self.left, self.every, self.rng, self.told = folder, times, every, Random(seed), 0
        self.given: list[int] = []
        self.seen: list[tuple[int, set[int]]] = []
        submit = ProcessPoolExecutor.submit

        def counting(pool: Any, work: Any, plan: bytes, number: int) -> Any:
            self.given.append(number)
            return submit(pool, work, plan, number)

        monkeypatch.setattr(ProcessPoolExecutor, "submit", counting)

    def __call__(self, _: str) -> None:
        self.told += 1
        if self.left and self.told % self.every == 0 and (found := workers()):
            self.seen.append((len(self.given), parts_in(self.folder)))
            os.kill(self.rng.choice(found), signal.SIGKILL)
            self.left -= 1

    def assert_little_was_made_twice(self, count: int, missing: int) -> None:
        """No part that was there when somebody was killed was handed out again; and others at most once more each time."""
        assert [part for at, there in self.seen for part in self.given[at:] if part in there] == []
        assert missing <= len(self.given) <= missing + AHEAD * count * len(self.seen)


def ended(pids: list[int], seconds: float = 30) -> bool:
    """Whether processes have ended before long."""
    until = time.monotonic() + seconds
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def killed_while_writing(folder: Path, seed: int, count: int = 2, cluster: str = "") -> int:
    """A run in a process of its own that is killed after some parts; returns how many its folder then holds."""
    after = Random(seed).randint(1, 10)
    command = [sys.executable, "-c", PROGRAM, str(folder), str(count), cluster]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for _ in range(after):
            assert run.stdout.readline().startswith("part ")
        children = [child.pid for child in psutil.Process(run.pid).children(recursive=True)]
        run.kill()
    assert ended([run.pid, *children])
    there = len(list(folder.glob("part-*.parquet")))
    assert there >= after
    return there


def test_processes_write_what_one_writes_whoever_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    notes: list[str] = []
    killer = Killer(tmp_path, monkeypatch, 2)
    write(tmp_path, workers=2, progress=killer, note=notes.append)
    assert killer.left == 0
    assert 1 <= len(notes) <= 2
    assert set(notes) == {"a worker process was lost; what it had begun is begun again"}
    assert content(tmp_path) == undisturbed
    assert workers() == []
    killer.assert_little_was_made_twice(2, ROWS // PART)


def test_a_writer_that_is_killed_leaves_what_was_finished_and_nobody_at_work(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    there = killed_while_writing(tmp_path, seed=1)
    assert {name: undisturbed[name] for name in content(tmp_path) if name.startswith("part-")}.items() <= content(tmp_path).items()
    assert write(tmp_path, workers=1, resume=True).kept >= PART * there - PART
    assert content(tmp_path) == undisturbed


def test_an_interruption_is_not_waited_for(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, workers=2, progress=stop)
    assert workers() == []
    assert FILE in content(tmp_path)
    write(tmp_path, workers=1, resume=True)
    assert content(tmp_path) == undisturbed


def test_workers_that_are_always_lost_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process ends itself before it makes a part, because it can't read what it is sent."""
    monkeypatch.setattr("detente.app.sweep_rows.workers.packed", lambda plan: b"\x80\x04cos\n_exit\nK\x01\x85R.")
    monkeypatch.setattr("detente.app.sweep_rows.workers.LOST_MOST", 1)
    notes: list[str] = []
    with pytest.raises(ConflictError, match="15 parts are not made") as caught:
        write(tmp_path, workers=2, note=notes.append)
    assert caught.value.diagnostics[0].code == "F646"
    assert len(notes) == 1
    assert sorted(content(tmp_path)) == [FILE]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_killed_at_whatever_time(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    """The process that writes, then two that work."""
    killed_while_writing(tmp_path, seed)
    there = parts_in(tmp_path)
    killer = Killer(tmp_path, monkeypatch, 2, seed, every=2)
    write(tmp_path, workers=3, resume=True, progress=killer)
    assert content(tmp_path) == undisturbed
    assert there.isdisjoint(killer.given)
    killer.assert_little_was_made_twice(3, ROWS // PART - len(there))
