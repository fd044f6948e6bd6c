"""The other side of the worker: started when there is a question, ended when a limit is met, kept for the next conflict when it is idle.

Whoever waits here can be interrupted at any moment; the worker is then ended.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from detente.engines.symbolic.worker import TOO_MUCH, Ended

_START = "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); from detente.engines.symbolic.worker import main; main()"
_LOOK = 0.2
"""How often, in seconds, a wait looks up, so that it can be interrupted on every system."""


class Late(Exception):
    """The time was over before the answer came."""


class Died(Exception):
    """The worker ended by itself.

    Attributes
    ----------
    memory
        Whether for lack of memory.
    words
        What it last said.
    """

    def __init__(self, words: str, *, memory: bool) -> None:
        super().__init__(words)
        self.memory, self.words = memory, words


class Worker:
    """A worker process.

    Parameters
    ----------
    memory
        Most bytes that it may hold.
    """

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process does
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, json.dumps(sys.path), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        self._replies: SimpleQueue[Any] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.is_alive, self.is_busy = True, False

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(Exception):
            while True:
                self._replies.put((pickle.load(self._process.stdout),))  # noqa: S301 - from our own process
        self._replies.put(None)

    def ask(self, question: str, about: Any = None, until: float | None = None) -> Any:
        """Ask and wait for the answer.

        Parameters
        ----------
        question, about
            What is asked; see `detente.engines.symbolic.worker.answers`.
        until
            When the time is over, on the monotonic clock; None for no limit.

        Raises
        ------
        Late
            When the time is over; the worker has been ended.
        Died
            When the worker ended by itself, or could not go on; it has been ended.
        """
        self.is_busy = True
        try:
            reply = self._answer(question, about, until)
        except BaseException:
            self.end()
            raise
        self.is_busy = False
        return reply

    def _answer(self, question: str, about: Any, until: float | None) -> Any:
        assert self._process.stdin is not None
        with suppress(OSError):  # it is gone: the wait below says so
            pickle.dump((question, about), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        while True:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise Late
            try:
                reply = self._replies.get(timeout=_LOOK if left is None else min(_LOOK, left))
            except Empty:
                continue
            if reply is None:
                raise self._why()
            if isinstance(reply[0], Ended):
                raise Died(reply[0].words, memory=reply[0].memory)
            return reply[0]

    def _why(self) -> Died:
        """Why the worker is gone."""
        status = self._process.wait()
        lines: list[str] = []
        with suppress(ValueError):  # another thread has closed it
            self._said.seek(0)
            lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        memory = status == TOO_MUCH or any(
            "memory allocation" in line or "MemoryError" in line or "out of memory" in line for line in lines
        )
        return Died(next((line for line in lines if line and not line.startswith("note:")), f"status {status}"), memory=memory)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if not self.is_alive:
            return
        self.is_alive = False
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._listener.join()  # the pipe has ended
        for stream in (self._process.stdin, self._process.stdout, self._said):
            with suppress(OSError):
                stream.close() if stream is not None else None


_idle: list[tuple[int, Worker]] = []  # process identifier of the owner, worker
_lock = threading.Lock()


def take(memory: int) -> Worker:
    """A worker with a limit of memory: one that is idle, or a new one."""
    with _lock:
        for place, (owner, worker) in enumerate(_idle):
            if worker.memory == memory and owner == os.getpid():
                del _idle[place]
                return worker
    return Worker(memory)


def give_back(worker: Worker) -> None:
    """Keep a worker for the next conflict instead of the one that is kept; one that is still at a question is ended."""
    if worker.is_busy:
        worker.end()
    elif worker.is_alive:
        end_idle()
        with _lock:
            _idle.append((os.getpid(), worker))


@atexit.register
def end_idle() -> None:
    """End the worker that is kept; one that another process started (of which this is a copy) is left alone."""
    with _lock:
        kept = [worker for owner, worker in _idle if owner == os.getpid()]
        _idle.clear()
    for worker in kept:
        worker.end()
