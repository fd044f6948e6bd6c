"""Work that may take long: begun, watched and given up by number, each in a process of its own."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Any, Literal, TypeAlias

from detente.app.answers import ProblemsDocument
from detente.app.parts import diagnostic_part
from detente.errors import Diagnostic, UsageError
from detente.workbench.asked import Asked
from detente.workbench.documents import JobDocument, SoFarDocument
from detente.workbench.verbs import Verb
from detente.workbench.workers import Spare, Worker

RUNNING = 2
"""Most jobs that run at the same time, of those that are mostly over in seconds and of the others each; more of them wait."""
KEPT, LETTERS = 20, 64_000_000
"""How many jobs that are over are remembered, and with how many letters of questions and answers together; the last is in any case."""
WAITING = 20
"""Most jobs that wait."""
LONGEST_WAIT = 20
"""Most seconds that a request waits for news of a job."""
GONE = 30.0
"""Seconds after which a page that asked, and has not asked for news since, counts as closed."""
LONGEST_PAGE = 64
"""How many letters of what a page calls itself tell it from others."""
PAUSE = 0.1
"""Least seconds between two pieces of news, but for the last, to one who waits."""
State = Literal["waiting", "running", "done", "failed", "given up"]
Bell: TypeAlias = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@dataclass
class Job:
    """One job, and how far it is."""

    number: int
    verb: Verb
    asked: Asked
    key: Hashable
    state: State = "waiting"
    progress: str = ""
    answer: dict[str, Any] | None = None
    began: float = field(default_factory=monotonic)
    ended: float | None = None
    worker: Worker | None = None
    told: int = 0
    letters: int = 0
    so_far: int = 0
    partly: dict[str, Any] | None = None
    bells: set[Bell] = field(default_factory=set)
    askers: dict[str, float] = field(default_factory=dict)
    """When each page that asked was heard last; a program that does not say what page it is ("") is never gone."""
    is_watched: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state not in ("waiting", "running")

    @property
    def is_wanted(self) -> bool:
        """Whether somebody who asked has not stopped, and is not gone."""
        return any(not page or monotonic() - heard < GONE for page, heard in self.askers.items())

    def hear(self, page: str) -> None:
        """Note that a `page` that asked is still there."""
        if page in self.askers:
            self.askers[page] = monotonic()

    def document(self) -> JobDocument:
        """How far it is."""
        seconds = round((monotonic() if self.ended is None else self.ended) - self.began, 1)
        return JobDocument(
            number=self.number,
            verb=self.verb.name,
            state=self.state,
            progress=self.progress,
            told=self.told,
            so_far=self.so_far,
            seconds=seconds,
            answer=self.answer,
        )

    def end(self, state: State, answer: dict[str, Any] | None = None) -> None:
        """Note that it is over."""
        self.answer, self.state, self.ended, self.partly = answer, state, monotonic(), None
        self.ring()

    def ring(self) -> None:
        """Tell whoever waits that there is news."""
        self.told += 1
        for loop, bell in tuple(self.bells):
            with suppress(RuntimeError):  # the server is closed
                loop.call_soon_threadsafe(bell.set)


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
        self._spare = Spare()

    def prepare(self) -> None:
        """Have a process ready for the next job, whose libraries are loaded."""
        self._spare.prepare()

    def begin(self, verb: Verb, asked: Asked, page: str = "") -> JobDocument:
        """Begin to answer a request, as soon as there is room.

        The same request is not answered twice: while a job for it waits or runs, or is done and remembered, that is the one.

        Parameters
        ----------
        verb
            What is asked.
        asked
            The request.
        page
            What page asks; "" for a program.

        Raises
        ------
        UsageError
            U547 if too many jobs wait already.
        """
        more = asked.model_dump_json(by_alias=True, exclude=set(Asked.model_fields))
        key = (verb.name, asked.key, more)
        with self._lock:
            for job in reversed(self._jobs.values()):
                if job.key == key and job.state not in ("failed", "given up"):
                    self._jobs.move_to_end(job.number)
                    job.askers[page] = monotonic()
                    return job.document()
            if len(self._waiting) >= WAITING:
                raise UsageError.of("U547", f"{WAITING} jobs wait already", help="wait until some are done, or give some up")
            self._last += 1
            job = self._jobs[self._last] = Job(self._last, verb, asked, key, letters=len(asked.text), askers={page: monotonic()})
            self._waiting.append(job)
        self._go_on()
        return job.document()

    def state(self, number: int) -> JobDocument:
        """How far a job is; raises `UsageError` (U546) if there is none with this `number`."""
        return self._job(number).document()

    def so_far(self, number: int) -> SoFarDocument:
        """What a job (its `number`) has found so far.  Raises as `state` does."""
        job = self._job(number)
        return SoFarDocument(number=number, so_far=job.so_far, answer=job.partly)

    async def news(self, number: int, seconds: float, told: int | None = None, page: str = "") -> JobDocument:
        """How far a job is, as soon as that is news, or after some seconds.

        Parameters
        ----------
        number
            The job.
        seconds
            How long to wait at most.
        told
            What the last answer said of how often something was told; None for what is told from now on.
        page
            What page waits; "" for a program.

        Raises
        ------
        UsageError
            U546 if there is no job with this number.
        """
        job = self._job(number)
        job.hear(page)
        heard = job.told if told is None else told
        await _until(lambda: job.told != heard, job, seconds)
        if not job.is_over:
            await _until(lambda: False, job, min(PAUSE, seconds))
        job.hear(page)
        return job.document()

    async def over(self, number: int, seconds: float) -> JobDocument:
        """How far a job is (its `number`), as soon as it is over, or after some `seconds`.  Raises as `state` does."""
        job = self._job(number)
        await _until(lambda: False, job, seconds)
        return job.document()

    def give_up(self, number: int, page: str | None = None) -> JobDocument:
        """End a job wherever it is, or what one page asked; one that is over stays as it is.

        Parameters
        ----------
        number
            The job.
        page
            The page that wants it no more: the job ends when no other wants it that asked.  None ends it for all.

        Raises
        ------
        UsageError
            U546 if there is no job with this number.
        """
        job = self._job(number)
        with self._lock:
            if page is None:
                job.askers.clear()
            else:
                job.askers.pop(page, None)
            again, job.is_watched = not job.is_watched, True
        self._end_unwanted(job, again=again)
        return job.document()

    def _end_unwanted(self, job: Job, *, again: bool) -> None:
        """End a job that nobody wants any more; look `again` later where somebody may be gone by then."""
        with self._lock:
            if job.is_over or (job.is_wanted and not again):
                return
            if job.is_wanted:
                later = Timer(GONE, self._end_unwanted, [job], {"again": True})
                later.daemon = True
                later.start()
                return
            job.end("given up")
            if job in self._waiting:
                self._waiting.remove(job)
            if job.worker is not None:
                job.worker.end()
        self._go_on()

    def close(self) -> None:
        """Give all jobs up, those that wait first, so that none is begun instead."""
        self._spare.close()
        for number, job in reversed(list(self._jobs.items())):
            if not job.is_over:
                self.give_up(number)

    def _job(self, number: int) -> Job:
        with self._lock:
            if number not in self._jobs:
                help = f"of the jobs that are over, the last {KEPT} are remembered at most"
                raise UsageError.of("U546", f"there is no job number {number}", value=str(number), help=help)
            return self._jobs[number]

    def _go_on(self) -> None:
        """Start jobs that wait, where there is room, and forget the oldest that are over."""
        with self._lock:
            for job in tuple(self._waiting):
                if sum(one.state == "running" and one.verb.brief == job.verb.brief for one in self._jobs.values()) < RUNNING:
                    self._waiting.remove(job)
                    self._start(job)
            over = [number for number, job in self._jobs.items() if job.is_over]
            while len(over) > 1 and (len(over) > KEPT or sum(self._jobs[number].letters for number in over) > LETTERS):
                del self._jobs[over.pop(0)]

    def _start(self, job: Job) -> None:
        try:
            job.worker = self._spare.taken()
        except OSError as problem:
            job.end("failed", _ended_early(f"could not be begun: {problem.strerror}"))
        else:
            job.state = "running"
            job.ring()
            Thread(target=self._follow, args=(job, job.worker), daemon=True).start()

    def _follow(self, job: Job, worker: Worker) -> None:
        """Hand a job to its process, and note what this tells until it has answered, or ends."""
        told: dict[str, Any] = {}
        for told in worker.answers({"verb": job.verb.name, "asked": job.asked.model_dump(by_alias=True)}):
            if "progress" in told:
                job.progress = told["progress"]
                job.ring()
            if "so far" in told:
                job.partly, job.so_far = told["so far"], job.so_far + 1
                job.ring()
        is_answered = bool({"answer", "problems"} & set(told))
        if is_answered:
            worker.end()
        status = worker.ended()
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        with self._lock:
            if not job.is_over:
                answer = told.get("answer") or told.get("problems") or _ended_early(f"{how} before it had answered")
                job.end("done" if "answer" in told else "failed", answer)
                job.letters += worker.said
        self._go_on()
        self.prepare()


async def _until(happened: Callable[[], bool], job: Job, seconds: float) -> None:
    """Wait until something has happened, or a job is over, or for some seconds."""
    bell = asyncio.Event()
    here = (asyncio.get_running_loop(), bell)
    job.bells.add(here)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not (job.is_over or happened()):
                    await bell.wait()
                    bell.clear()
    finally:
        job.bells.discard(here)


def _ended_early(how: str) -> dict[str, Any]:
    """The problems of a job whose process told none."""
    found = Diagnostic("U550", f"the process of the job {how}", help="it may have needed more memory than there is; ask for less, or again")
    return ProblemsDocument(diagnostics=(diagnostic_part(found),)).data()
