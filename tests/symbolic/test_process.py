"""Limits end runs that can't finish, the worker may die, and whoever waits can be interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from detente.concepts.registry import concept
from detente.engines.base import NotWithin
from detente.engines.symbolic import SymbolicEngine, process
from detente.errors import Cannot, MissingExtra
from detente.space.states import StateSpace
from tests.symbolic.models import sparse

ROOT = Path(__file__).resolve().parents[2]


def wide() -> StateSpace:
    """A conflict whose statements are too wide for diagrams: nobody has answered it."""
    return StateSpace(sparse(70, 5, 20, 9, 1))


def is_alive(pid: int) -> bool:
    """Whether a process is there and not only waiting to be collected."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def pid_of(engine: SymbolicEngine) -> int:
    """The process of an engine's worker."""
    assert engine._worker is not None
    return engine._worker._process.pid


def test_time_ends_a_run() -> None:
    """A question that can't be answered in time ends with what is known, and its process is gone."""
    with SymbolicEngine(wide(), seconds=3.0) as engine:
        finished = engine.members(concept("Nash"), "P0") if engine.feasible() else None
        begun, pid = time.monotonic(), pid_of(engine)
        with pytest.raises(NotWithin, match="3 seconds were not enough for SSEQ for P1") as caught:
            engine.members(concept("SSEQ"), "P1")
        assert time.monotonic() - begun < 10
        assert dict(caught.value.known) == {("Nash", "P0"): finished}
        assert not is_alive(pid)


def test_memory_ends_a_run() -> None:
    """A question that needs more memory than it may have ends with what is known."""
    with SymbolicEngine(wide(), memory=32 << 20) as engine, pytest.raises(NotWithin, match="GiB of memory were not enough for SEQ for P0"):
        engine.members(concept("SEQ"), "P0")


def test_after_a_limit_the_engine_answers_again() -> None:
    """A new worker takes the place of the one that was ended."""
    with SymbolicEngine(wide(), memory=96 << 20) as engine:
        with pytest.raises(NotWithin):
            engine.members(concept("SEQ"), "P0")
        assert engine.feasible().count > 1 << 50


def test_what_the_starting_process_holds_does_not_count() -> None:
    """A worker is ended for what it holds itself, not for what whoever started it held then."""
    code = (
        "held = bytearray(b'x') * (600 << 20)\n"
        "from detente.engines.symbolic import SymbolicEngine\n"
        "from detente.space.states import StateSpace\n"
        "from tests.symbolic.models import sparse\n"
        "with SymbolicEngine(StateSpace(sparse(30, 3, 4, 2, 1)), memory=32 << 20) as engine:\n"
        "    print(engine.feasible().count)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 0


def test_a_worker_that_dies() -> None:
    """Killed from outside: said so, and the next question is answered by another."""
    with SymbolicEngine(StateSpace(sparse(30, 3, 4, 2, 1))) as engine:
        count = engine.members(concept("GMR"), "P0").count
        os.kill(pid_of(engine), signal.SIGKILL)
        with pytest.raises(Cannot, match="ended by itself at GMR for P1"):
            engine.members(concept("GMR"), "P1")
        assert engine.members(concept("GMR"), "P1").count > 0
        assert engine.members(concept("GMR"), "P0").count == count


def test_workers_are_used_again() -> None:
    """Small questions one after another need one process."""
    pids = set()
    for seed in range(4):
        with SymbolicEngine(StateSpace(sparse(10, 2, 3, 2, seed))) as engine:
            engine.feasible()
            pids.add(pid_of(engine))
    assert len(pids) == 1
    process.end_idle()
    assert not any(map(is_alive, pids))


def test_closed_from_another_thread() -> None:
    """Closing an engine ends the question at work, and its process is not given to the next."""
    engine = SymbolicEngine(wide())
    engine.feasible()
    pid = pid_of(engine)
    timer = threading.Timer(0.5, engine.close)
    timer.start()
    with pytest.raises(Cannot, match="ended by itself"):
        engine.members(concept("SEQ"), "P0")
    timer.join()
    assert not is_alive(pid)
    with SymbolicEngine(StateSpace(sparse(10, 2, 3, 2, 1))) as other:
        assert other.feasible().count > 0
        assert pid_of(other) != pid


WAITING = """
import sys
from tests.symbolic.test_process import pid_of, wide
from detente.concepts.registry import concept
from detente.engines.symbolic import SymbolicEngine
engine = SymbolicEngine(wide())
engine.feasible()
print(pid_of(engine), flush=True)
try:
    engine.members(concept("SEQ"), "P0")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize(("how", "said"), [(signal.SIGINT, "interrupted"), (signal.SIGKILL, "")])
def test_interrupted_or_killed_while_waiting(how: signal.Signals, said: str) -> None:
    """Ctrl-C ends the wait and the worker; a worker whose owner is killed ends by itself."""
    child = subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    pid = int(child.stdout.readline())
    time.sleep(1.0)
    child.send_signal(how)
    out, _ = child.communicate(timeout=30)
    assert out.strip() == said
    for _ in range(100):
        if not is_alive(pid):
            break
        time.sleep(0.1)
    assert not is_alive(pid)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OxiDD it refuses, with the command that installs it; asked all the same, it says so."""
    monkeypatch.setattr("detente.engines.symbolic.is_installed", lambda: False)
    space = StateSpace(sparse(10, 2, 3, 2, 1))
    refusal = SymbolicEngine.can(space, concept("SEQ"))
    assert refusal is not None
    assert 'pip install "detente[symbolic]"' in refusal.reason
    with pytest.raises(MissingExtra, match="S321"):
        SymbolicEngine(space)
