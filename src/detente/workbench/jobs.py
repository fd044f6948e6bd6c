"""Work that may take long: begun, watched and given up by number, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal

from detente.app.answers import ProblemsDocument
from detente.app.parts import diagnostic_part
from detente.errors import Diagnostic, UsageError
from detente.workbench.asked import Asked
from detente.workbench.documents import JobDocument
from detente.workbench.verbs import Verb

RUNNING = 2
"""Most jobs that run at the same time; others wait."""
KEPT = 20
"""How many jobs that are over are remembered."""
WAITING = 20
"""Most jobs that wait."""
State = Literal["waiting", "running", "done", "failed", "given up"]


@dataclass
class Job:
    """One job, and how far it is."""

    number: int
    verb: str
    asked: Asked
    state: State = "waiting"
    progress: str = ""
    answer: dict[str, Any] | None = None
    began: float = field(default_factory=monotonic)
    ended: float | None = None
    process: subprocess.Popen[str] | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state not in ("waiting", "running")

    def document(self) -> JobDocument:
        """How far it is."""
        seconds = round((monotonic() if self.ended is None else self.ended) - self.began, 1)
        return JobDocument(
            number=self.number, verb=self.verb, state=self.state, progress=self.progress, seconds=seconds, answer=self.answer
        )


class Jobs:
    """All jobs of a workbench.

    Examples
    --------
    >>> Jobs().state(1)
    Traceback (most recent call last):
    ...
    detente.errors.UsageError: error[U546]: there is no job number 1
    """

    def __init__(self) -> None:
        self._jobs = OrderedDict[int, Job]()
        self._waiting = deque[Job]()
        self._lock = Lock()
        self._last = 0

    def begin(self, verb: Verb, asked: Asked) -> JobDocument:
        """Begin to answer a request, as soon as there is room.

        Parameters
        ----------
        verb
            What is asked.
        asked
            The request.

        Raises
        ------
        UsageError
            U547 if too many jobs wait already.
        """
        with self._lock:
            if len(self._waiting) >= WAITING:
                raise UsageError.of("U547", f"{WAITING} jobs wait already", help="wait until some are done, or give some up")
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, verb.name, asked)
            self._waiting.append(job)
        self._go_on()
        return job.document()

    def state(self, number: int) -> JobDocument:
        """How far a job is; raises `UsageError` (U546) if there is none with this `number`."""
        return self._job(number).document()

    def give_up(self, number: int) -> JobDocument:
        """End a job, by its `number`, wherever it is; one that is over stays as it is.  Raises as `state` does."""
        job = self._job(number)
        with self._lock:
            if not job.is_over:
                job.state, job.ended = "given up", monotonic()
                if job in self._waiting:
                    self._waiting.remove(job)
                if job.process is not None:
                    job.process.kill()
        self._go_on()
        return job.document()

    def close(self) -> None:
        """Give all jobs up, those that wait first, so that none is begun instead."""
        for number, job in reversed(list(self._jobs.items())):
            if not job.is_over:
                self.give_up(number)

    def _job(self, number: int) -> Job:
        with self._lock:
            if number not in self._jobs:
                help = f"the last {KEPT} jobs that are over are remembered"
                raise UsageError.of("U546", f"there is no job number {number}", value=str(number), help=help)
            return self._jobs[number]

    def _go_on(self) -> None:
        """Start jobs that wait, where there is room, and forget the oldest that are over."""
        with self._lock:
            running = sum(job.state == "running" for job in self._jobs.values())
            while self._waiting and running < RUNNING:
                job = self._waiting.popleft()
                try:
                    job.process = _process()
                except OSError as problem:
                    job.answer = _ended_early(f"could not be begun: {problem.strerror}")
                    job.state, job.ended = "failed", monotonic()
                else:
                    job.state, running = "running", running + 1
                    Thread(target=self._follow, args=(job, job.process), daemon=True).start()
            over = [number for number, job in self._jobs.items() if job.is_over]
            for number in over[: max(0, len(over) - KEPT)]:
                del self._jobs[number]

    def _follow(self, job: Job, process: subprocess.Popen[str]) -> None:
        """Hand a job to its process, and note what this tells until it ends."""
        assert process.stdin is not None
        assert process.stdout is not None
        told: dict[str, Any] = {}
        try:
            json.dump({"verb": job.verb, "asked": job.asked.model_dump(by_alias=True)}, process.stdin)
            process.stdin.close()
            for line in process.stdout:
                told = json.loads(line)
                job.progress = told.get("progress", job.progress)
        except (OSError, ValueError):  # it was killed, or died in the middle of a line
            told = {}
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what could not be handed over any more
                pipe.close()
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        with self._lock:
            if not job.is_over:
                job.answer = told.get("answer") or told.get("problems") or _ended_early(f"{how} before it had answered")
                job.state, job.ended = "done" if "answer" in told else "failed", monotonic()
        self._go_on()


def _ended_early(how: str) -> dict[str, Any]:
    """The problems of a job whose process told none."""
    found = Diagnostic("U550", f"the process of the job {how}", help="it may have needed more memory than there is; ask for less, or again")
    return ProblemsDocument(diagnostics=(diagnostic_part(found),)).data()


def _process() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "detente.workbench.working"],  # -P: no module comes from the folder that happens to be the current one
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
