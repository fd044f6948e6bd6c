"""A Dask cluster of several processes writes what one process writes, whichever of them, of its clients or its scheduler is lost."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from detente.app.sweep_rows import cluster as clusters
from detente.app.sweep_rows.workers import AHEAD
from detente.errors import ConflictError
from tests.rows.sweeps import PART, ROWS, content, parts_in, write
from tests.rows.test_workers import ROOT, ended, killed_while_writing, psutil

pytestmark = pytest.mark.xdist_group("cluster")
WORKERS = 3
PARTS = ROWS // PART
IN_FLIGHT = AHEAD * WORKERS
"""How many parts are handed out at a time."""
NODE = """
import sys
import distributed

class Counting(distributed.diagnostics.plugin.SchedulerPlugin):
    # writes down the number of each part that a worker has made
    def transition(self, key, start, finish, *args, **kwargs):
        if finish == "memory" and key.startswith("detente-"):
            print(key.split("-")[2], file=made, flush=True)

if __name__ == "__main__":
    made = open(sys.argv[2], "w")
    with distributed.LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None) as nodes:
        nodes.scheduler.add_plugin(Counting(), name="counting")
        print(nodes.scheduler_address, flush=True)
        sys.stdin.read()
"""


class Nodes:
    """A cluster in processes of its own: a scheduler, and workers that are started again when they are lost."""

    def __init__(self, folder: Path, workers: int = WORKERS) -> None:
        self._made = folder / "made.txt"
        command = [sys.executable, "-c", NODE, str(workers), str(self._made)]
        self.run = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
        assert self.run.stdout is not None
        self.address = self.run.stdout.readline().strip()

    @property
    def workers(self) -> list[int]:
        """The processes that work."""
        found = psutil.Process(self.run.pid).children(recursive=True)
        return sorted(child.pid for child in found if "spawn_main" in " ".join(_command(child)))

    @property
    def made(self) -> list[int]:
        """The numbers of the parts that were made so far, each as often as it was."""
        return [int(line) for line in self._made.read_text(encoding="utf-8").split()]

    def kill(self) -> None:
        """End the scheduler and all workers at once."""
        pids = [child.pid for child in psutil.Process(self.run.pid).children(recursive=True)]
        os.killpg(self.run.pid, signal.SIGKILL)
        self.close()
        assert ended(pids)

    def close(self) -> None:
        """End everything in its order."""
        self.run.communicate()


def _command(child: Any) -> list[str]:
    try:
        return list(child.cmdline())
    except psutil.Error:
        return []


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    found = Nodes(tmp_path_factory.mktemp("nodes"))
    yield found
    found.close()


class Killer:
    """Kills a worker of a cluster, at random, after every few parts; `times` in all."""

    def __init__(self, nodes: Nodes, folder: Path, times: int, seed: int = 0, every: int = 4) -> None:
        self.nodes, self.folder, self.left, self.every, self.rng, self.told = nodes, folder, times, every, Random(seed), 0
        self.before, self.there = len(nodes.made), parts_in(folder)
        self.seen: list[tuple[int, set[int]]] = []

    def __call__(self, _: str) -> None:
        self.told += 1
        if self.left and self.told % self.every == 0 and (found := self.nodes.workers):
            self.seen.append((len(self.nodes.made), self.there))  # the last part may still be known to the scheduler
            os.kill(self.rng.choice(found), signal.SIGKILL)
            self.left -= 1
        self.there = parts_in(self.folder)

    def assert_little_was_made_twice(self, most: int) -> None:
        """No part that was there when somebody was killed was made again; and no more than `most` in all."""
        made = self.nodes.made
        assert [part for at, there in self.seen for part in made[at:] if part in there] == []
        assert len(made) - self.before <= most


def test_a_cluster_writes_what_one_process_writes_though_workers_are_killed(
    nodes: Nodes, tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    assert len(nodes.workers) == WORKERS
    before, killer = set(nodes.workers), Killer(nodes, tmp_path, 2)
    assert write(tmp_path, cluster=nodes.address, progress=killer).kept == 0
    assert killer.left == 0
    assert len(before - set(nodes.workers)) >= 1
    assert content(tmp_path) == undisturbed
    killer.assert_little_was_made_twice(PARTS + 2 * IN_FLIGHT)


def test_a_client_that_is_killed_is_gone_on_for(nodes: Nodes, tmp_path: Path, undisturbed: dict[str, str]) -> None:
    there = killed_while_writing(tmp_path, seed=2, cluster=nodes.address)
    assert write(tmp_path, cluster=nodes.address, resume=True).kept >= PART * there - PART
    assert content(tmp_path) == undisturbed


def test_workers_of_other_versions_are_refused(nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "versions", lambda: {"detente": "0.0.0"})
    with pytest.raises(ConflictError, match=r"they have detente \d") as caught:
        write(tmp_path, cluster=nodes.address)
    assert caught.value.diagnostics[0].code == "F647"


def test_a_cluster_that_is_lost_loses_nothing_that_was_finished(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 2.0)
    nodes, told = Nodes(tmp_path_factory.mktemp("lost"), 1), 0

    def kill(_: str) -> None:
        nonlocal told
        told += 1
        if told == 3:
            nodes.kill()

    with pytest.raises(ConflictError, match="parts are not made") as caught:
        write(tmp_path, cluster=nodes.address, progress=kill)
    assert caught.value.diagnostics[0].code == "F646"
    done = write(tmp_path, resume=True)
    assert 3 * PART <= done.kept < ROWS
    assert content(tmp_path) == undisturbed


def test_no_scheduler_at_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "REACH", 0.2)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        for address in (f"tcp://127.0.0.1:{taken.getsockname()[1]}", "nonsense://x", "tcp://"):
            with pytest.raises(ConflictError) as caught:
                write(tmp_path / "rows", rows=10, cluster=address, resume=True)
            assert caught.value.diagnostics[0].code == "F645"


def test_the_library_is_loaded_for_a_cluster_alone() -> None:
    told = "import sys; import detente.app.sweep_rows.running, detente.app.sweep_rows.reading; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert {"distributed", "dask", "duckdb", "pyarrow", "polars", "pandas"} & set(loaded) == set()
    assert "numpy" in loaded
    library: Any = importlib.import_module("distributed")
    assert clusters.ready() is library


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_killed_at_whatever_time(seed: int, nodes: Nodes, tmp_path: Path, undisturbed: dict[str, str]) -> None:
    """The client, then two of the workers: what was there when each was killed is not made again, and little else is."""
    before = len(nodes.made)
    killed_while_writing(tmp_path, seed, cluster=nodes.address)
    at, there = len(nodes.made), parts_in(tmp_path)
    killer = Killer(nodes, tmp_path, 2, seed, every=1 + seed % 3)
    write(tmp_path, cluster=nodes.address, resume=True, progress=killer)
    assert content(tmp_path) == undisturbed
    assert [part for part in nodes.made[at:] if part in there] == []
    killer.assert_little_was_made_twice(PARTS + 2 * IN_FLIGHT)
    assert PARTS <= len(nodes.made) - before <= PARTS + 3 * IN_FLIGHT


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_scheduler_that_is_killed_at_whatever_time(
    seed: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    """With its workers; and what is left to be made is made by another cluster."""
    monkeypatch.setattr(clusters, "PATIENCE", 1.0)
    nodes, after, told = Nodes(tmp_path_factory.mktemp("lost")), Random(seed).randint(1, 10), 0

    def kill(_: str) -> None:
        nonlocal told
        told += 1
        if told == after:
            nodes.kill()

    with contextlib.suppress(ConflictError):  # unless the last parts had been sent back before
        write(tmp_path, cluster=nodes.address, progress=kill)
    there = parts_in(tmp_path)
    assert len(there) >= after
    others = Nodes(tmp_path_factory.mktemp("others"))
    try:
        assert write(tmp_path, cluster=others.address, resume=True).kept == PART * len(there)
        assert sorted(others.made) == sorted(set(range(PARTS)) - there)
    finally:
        others.close()
    assert content(tmp_path) == undisturbed
