"""Who makes the parts of a plan: this process, or several of this machine.

Each gives the parts as they are finished, in any order.  A process that is lost, to the system's want of memory or to somebody who killed
it, loses what it had begun and no more: others begin that again.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection

from detente.app.progress import Progress, silent
from detente.app.sweep_rows.making import Made, Maker, made_of, packed
from detente.app.sweep_rows.plan import Plan
from detente.errors import ConflictError
from detente.text import plural

LOST_MOST = 5
"""How often in a row workers may be lost without any part being finished."""
AHEAD = 2
"""How many parts are handed out for each worker."""


def here(plan: Plan, numbers: Sequence[int]) -> Iterator[Made]:
    """Parts made in this process.

    Parameters
    ----------
    plan
        The plan.
    numbers
        The numbers of the parts, from 0.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> [made.number for made in here(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10), [0])]
    [0]
    """
    maker = Maker(plan)
    return (maker.made(number) for number in numbers)


def processes(plan: Plan, numbers: Sequence[int], count: int, note: Progress = silent) -> Iterator[Made]:
    """Parts made by several processes of this machine.

    Parameters
    ----------
    plan, numbers
        As for `here`.
    count
        How many processes.
    note
        Is told when one is lost.

    Raises
    ------
    ConflictError
        F646 if they are lost again and again.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> list(processes(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10), [], 2))
    []
    """
    waiting, plan_bytes, lost = list(reversed(numbers)), packed(plan), 0
    while waiting:
        under_way: dict[Future[Made], int] = {}
        context = multiprocessing.get_context("spawn")
        ends, held = context.Pipe(duplex=False)  # closed, by will or because this process has ended: workers end too
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(ends,))
        try:
            while waiting or under_way:
                while waiting and len(under_way) < AHEAD * count:
                    under_way[pool.submit(made_of, plan_bytes, waiting[-1])] = waiting[-1]
                    waiting.pop()  # only now: handing out may fail
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    made = future.result()
                    del under_way[future]
                    lost = 0
                    yield made
        except BrokenProcessPool:
            lost += 1
            again = sorted(set(waiting) | set(under_way.values()), reverse=True)
            if lost > LOST_MOST:
                raise too_often(len(again)) from None
            waiting = again
            note("a worker process was lost; what it had begun is begun again")
        finally:
            held.close()
            pool.shutdown(wait=True, cancel_futures=True)
            ends.close()


def too_often(parts: int) -> ConflictError:
    """The error (F646) that says that workers were lost too often, with so many `parts` not made.

    >>> print(too_often(3))
    error[F646]: workers were lost again and again; 3 parts are not made
    """
    message = f"workers were lost again and again; {plural(parts, 'part')} {'is' if parts == 1 else 'are'} not made"
    help = "the finished parts are kept: see to the workers' memory, ask for fewer (--workers), then go on with --resume"
    error = ConflictError.of("F646", message, help=help)
    assert isinstance(error, ConflictError)
    return error


def _begin(ends: Connection) -> None:
    """Leave an interruption from the keyboard to the process that asked, and end when that wants it, or has ended itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end, args=(ends,), daemon=True).start()


def _end(ends: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        ends.recv_bytes()
    os._exit(0)
