"""Parts made by the workers of a Dask cluster, on however many machines.

Workers need Detente in the same version, and no common disk.  Dask gives what a lost worker had begun to others; what it gives up on, this
asks for again.  When the scheduler is lost and does not come back, the parts that were finished are kept.

Rocklin (2015), "Dask: parallel computation with blocked algorithms and task scheduling", Proceedings of the 14th Python in Science
Conference, 126-132.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import queue
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from detente.app.progress import Progress, silent
from detente.app.sweep_rows.making import Made, made_of, packed
from detente.app.sweep_rows.plan import Plan, versions
from detente.app.sweep_rows.workers import AHEAD, LOST_MOST, too_often
from detente.errors import ConflictError, MissingExtra
from detente.text import plural

REACH = 15.0
"""How many seconds the scheduler has to answer at first."""
PATIENCE = 60.0
"""How many seconds a run waits while there is no scheduler or no worker."""


def ready() -> Any:
    """Dask's part for many machines, which is imported only when a cluster is asked for.

    Raises `MissingExtra` (F643) if it is not installed.

    >>> ready().__name__
    'distributed'
    """
    try:
        return importlib.import_module("distributed")
    except ImportError:
        message = "a cluster is reached with a library that is not installed"
        raise MissingExtra.of("F643", message, help='install it: pip install "detente[cluster]"') from None


def on_cluster(
    plan: Plan, numbers: Sequence[int], address: str, note: Progress = silent, patience: float | None = None, reach: float | None = None
) -> Iterator[Made]:
    """Parts made by the workers of a cluster, as they are finished.

    Parameters
    ----------
    plan
        The plan.
    numbers
        The numbers of the parts, from 0.
    address
        The address of the scheduler.
    note
        Is told when there are no workers, and when what a lost worker had begun is asked for again.
    patience
        How many seconds to wait while there is no scheduler or no worker; None for `PATIENCE`.
    reach
        How many seconds the scheduler has to answer at first; None for `REACH`.

    Raises
    ------
    ConflictError
        F645 if no scheduler answers; F646 if the cluster is lost, or its workers again and again; F647 if these have another version.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> list(on_cluster(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10), [0], "tcp://127.0.0.1:1", reach=0.1))
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: error[F645]: no Dask scheduler answers at "tcp://127.0.0.1:1"
    """
    library = ready()
    with _quiet():
        try:
            client = library.Client(address, timeout=REACH if reach is None else reach, set_as_default=False)
        except (OSError, ValueError, ImportError):
            help = "start one with: dask scheduler; and workers with: dask worker ADDRESS --nthreads 1"
            raise ConflictError.of("F645", f'no Dask scheduler answers at "{address}"', value=address, help=help) from None
        try:
            yield from _Asking(client, plan, address, note, PATIENCE if patience is None else patience).all(numbers)
        finally:
            with contextlib.suppress(Exception):  # the scheduler may be gone
                client.close(timeout=2)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the library's own messages about lost connections: what they mean is told as a diagnostic."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


class _Asking:
    """Asks a cluster for parts, and asks again for what is lost."""

    def __init__(self, client: Any, plan: Plan, address: str, note: Progress, patience: float) -> None:
        self.client, self.plan, self.address, self._note, self._patience = client, plan, address, note, patience
        self._packed, self._versions = packed(plan), versions()
        self._done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._under_way: dict[int, Any] = {}
        self._lost: Counter[int] = Counter()

    def all(self, numbers: Sequence[int]) -> Iterator[Made]:
        """The parts with some numbers."""
        waiting, idle_since = list(reversed(numbers)), time.monotonic()
        while waiting or self._under_way:
            workers = self._workers()
            while waiting and self.client.status == "running" and len(self._under_way) < max(1, AHEAD * workers):
                self._ask(waiting.pop())
            try:
                number, future = self._done.get(timeout=0.2)
            except queue.Empty:
                idle_since = self._wait(workers, idle_since, len(waiting) + len(self._under_way))
                continue
            if self._under_way.get(number) is not future:
                continue
            made = self._result(number, future)
            del self._under_way[number]
            if made is None:
                waiting.append(number)
            else:
                idle_since = time.monotonic()
                yield made

    def _workers(self) -> int:
        """How many processes work."""
        return len(self.client.scheduler_info(n_workers=-1).get("workers", {})) if self.client.status == "running" else 0

    def _ask(self, number: int) -> None:
        key = f"detente-{self.plan.identity[:16]}-{number}-{self._lost[number]}"
        future = self.client.submit(made_of, self._packed, number, key=key, pure=False)
        self._under_way[number] = future
        future.add_done_callback(lambda done: self._done.put((number, done)))

    def _result(self, number: int, future: Any) -> Made | None:
        """The part that is finished, or None where it was lost."""
        try:
            made: Made = future.result(timeout=self._patience)
            future.release()  # it is here: nobody has to make it again if that worker is lost
        except ImportError as problem:
            raise self._unlike(f"they lack {problem.name or 'Detente'}") from None
        except Exception as problem:
            if future.status == "error" and type(problem).__name__ not in ("KilledWorker", "CommClosedError", "WorkerStartTimeoutError"):
                raise
            self._lost[number] += 1
            if self._lost[number] > LOST_MOST:
                raise too_often(len(self._under_way)) from None
            self._note("a worker was lost; what it had begun is begun again")
            return None
        if made.versions != self._versions:
            others = ", ".join(f"{name} {one}" for name, one in made.versions.items() if self._versions.get(name) != one)
            raise self._unlike(f"they have {others}")
        return made

    def _wait(self, workers: int, since: float, parts: int) -> float:
        """While nothing is finished: since when there has been nobody to finish it."""
        now = time.monotonic()
        if workers:
            return now
        if now - since > self._patience:
            what = "has no workers" if self.client.status == "running" else "is lost"
            message = f'the cluster at "{self.address}" {what}; {plural(parts, "part")} {"is" if parts == 1 else "are"} not made'
            help = "the finished parts are kept: start it again, then go on with --resume"
            raise ConflictError.of("F646", message, value=self.address, help=help)
        return since

    def _unlike(self, what: str) -> ConflictError:
        mine = ", ".join(f"{name} {one}" for name, one in self._versions.items())
        message = f'the workers at "{self.address}" don\'t have what this run has: {what}'
        error = ConflictError.of("F647", message, value=self.address, help=f"install the same there: {mine}")
        assert isinstance(error, ConflictError)
        return error
