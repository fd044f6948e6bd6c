"""A Dask cluster of several processes writes what one process writes, whichever of them, of its clients or its scheduler is lost."""

from __future__ import annotations

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
from detente.errors import ConflictError
from tests.rows.sweeps import PART, ROWS, content, write
from tests.rows.test_workers import ROOT, ended, killed_while_writing, psutil

pytestmark = pytest.mark.xdist_group("cluster")
WORKERS = 3
NODE = """
import sys
import distributed
if __name__ == "__main__":
    with distributed.LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None) as nodes:
        print(nodes.scheduler_address, flush=True)
        sys.stdin.read()
"""


class Nodes:
    """A cluster in processes of its own: a scheduler, and workers that are started again when they are lost."""

    def __init__(self, workers: int = WORKERS) -> None:
        command = [sys.executable, "-c", NODE, str(workers)]
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
def nodes() -> Iterator[Nodes]:
    found = Nodes()
    yield found
    found.close()


class Killer:
    """Kills a worker of a cluster, at random, after every few parts; `times` in all."""

    def __init__(self, nodes: Nodes, times: int, seed: int = 0, every: int = 4) -> None:
        self.nodes, self.left, self.every, self.rng, self.told = nodes, times, every, Random(seed), 0

    def __call__(self, _: str) -> None:
        self.told += 1
        if self.left and self.told % self.every == 0 and (found := self.nodes.workers):
            os.kill(self.rng.choice(found), signal.SIGKILL)
            self.left -= 1


def test_a_cluster_writes_what_one_process_writes_though_workers_are_killed(
    nodes: Nodes, tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    assert len(nodes.workers) == WORKERS
    before, killer = set(nodes.workers), Killer(nodes, 2)
    assert write(tmp_path, cluster=nodes.address, progress=killer).kept == 0
    assert killer.left == 0
    assert len(before - set(nodes.workers)) >= 1
    assert content(tmp_path) == undisturbed


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 2.0)
    nodes, told = Nodes(1), 0

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
    killed_while_writing(tmp_path, seed, cluster=nodes.address)
    write(tmp_path, cluster=nodes.address, resume=True, progress=Killer(nodes, 2, seed, every=1 + seed % 3))
    assert content(tmp_path) == undisturbed
