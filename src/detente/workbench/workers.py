"""Processes that answer requests apart from the server, begun ahead of time, each ended with all that it began."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

IS_POSIX = os.name == "posix"


class Worker:
    """A process that runs `detente.workbench.working`: ready as soon as its libraries are loaded, at its end with this process.

    Raises
    ------
    OSError
        No process can be begun.

    Examples
    --------
    >>> worker = Worker()
    >>> worker.end()
    >>> worker.ended() != 0
    True
    """

    def __init__(self) -> None:
        self.said = 0
        """How many letters it told last."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "detente.workbench.working"],  # -P: no module comes from the current folder, whatever that is
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=IS_POSIX,  # a group of its own: it is ended with what it began, and not by Ctrl-C in the terminal
        )

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def answers(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Hand a request over, and give what the process tells until it has answered; less where it is ended before.

        Parameters
        ----------
        request
            As `detente.workbench.working.work` reads it.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):  # it was killed, or died in the middle of a line
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            for line in self._process.stdout:
                told, self.said = json.loads(line), len(line)
                yield told
                if not {"progress", "so far"} & set(told):
                    return

    def end(self) -> None:
        """End it now, and what it began."""
        with suppress(OSError):
            if IS_POSIX and self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def ended(self) -> int:
        """Wait for its end; returns its status, negative for the number of the signal that ended it."""
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what could not be handed over any more
                    pipe.close()
        return status


class Spare:
    """One worker that is kept ready, so that what is begun does not wait for libraries to be loaded.

    Examples
    --------
    >>> spare = Spare()
    >>> spare.prepare()
    >>> worker = spare.taken()
    >>> worker.is_alive
    True
    >>> worker.end()
    >>> worker.ended() != 0
    True
    >>> spare.close()
    """

    def __init__(self) -> None:
        self._ready: Worker | None = None
        self._closed = False
        self._lock = Lock()

    def prepare(self) -> None:
        """Begin a worker where none is ready; where none can be begun, nothing is."""
        with self._lock, suppress(OSError):
            if not self._closed and (self._ready is None or not self._ready.is_alive):
                self._ready = Worker()

    def taken(self) -> Worker:
        """The worker that is ready, or else a new one; raises `OSError` if none can be begun."""
        with self._lock:
            ready, self._ready = self._ready, None
        return ready if ready is not None and ready.is_alive else Worker()

    def close(self) -> None:
        """End the one that is ready; no other is made ready."""
        with self._lock:
            self._closed, ready, self._ready = True, self._ready, None
        if ready is not None:
            ready.end()
            ready.ended()
