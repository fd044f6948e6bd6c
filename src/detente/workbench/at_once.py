"""Questions that are answered at once: apart from the server's own work, so many at a time, and no longer than somebody waits for them.

Python can't end a thread.  Whoever goes away, or has waited too long, leaves one behind: it ends where its work next tells how far it is,
or at its end, and as long as it goes on it counts among those that may be answered at the same time.  What takes long by nature is a job
(`jobs`), which has a process of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Any, TypeVar

from detente.app.progress import Progress
from detente.errors import LimitError

MOST = 8
"""Most questions that are answered at the same time; others wait, and nothing that is no question waits for them."""
SECONDS = 60.0
"""Longest that a question is waited for."""
PATIENCE, TOGETHER = 1.0, 0.1
"""Longest that a question waits for those that are looked at first, and how soon after it these come, in seconds."""
LOOK = 0.25
"""How often is looked whether somebody still waits, in seconds."""
Made = TypeVar("Made")


class GoneError(Exception):
    """Nobody waits for the answer any more."""


class AtOnce:
    """Answers questions in threads.

    Examples
    --------
    >>> async def nobody_is_gone():
    ...     return False
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor() as apart:  # where another loop may run already
    ...     apart.submit(asyncio.run, AtOnce().answer(lambda progress: 6 * 7, nobody_is_gone)).result()
    42
    """

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(MOST)
        self._first = 0
        self._closed = asyncio.Event()

    async def after_first(self) -> None:
        """Wait until what is looked at first is answered, but not long: threads take the processor from each other."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.sleep(TOGETHER)
                while self._first:
                    await asyncio.sleep(TOGETHER)

    async def answer(self, work: Callable[[Progress], Made], is_gone: Callable[[], Awaitable[bool]], *, first: bool = False) -> Made:
        """What some work gives, done in a thread.

        Parameters
        ----------
        work
            Is called there, with what it tells how far it is; that raises `GoneError` as soon as nobody waits.
        is_gone
            Whether whoever asked is gone.
        first
            Whether `after_first` waits for it.

        Raises
        ------
        LimitError
            U551 if it is not done in time.
        GoneError
            If whoever asked is gone, or the server ends.
        """
        begun: list[Event] = []
        self._first += first
        asking = asyncio.create_task(self._apart(work, begun))
        watching = asyncio.create_task(self._until_gone(is_gone))
        try:
            await asyncio.wait({asking, watching}, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                return asking.result()
            if watching.done():
                raise GoneError
            help = "ask for less; or ask again: where states are listed, some of what was worked out by then is kept"
            raise LimitError.of("U551", f"there was no answer after {SECONDS:g} seconds", help=help)
        finally:
            self._first -= first
            for one in begun:
                one.set()
            for task in (asking, watching):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    def close(self) -> None:
        """Let nobody wait any longer; from the thread of the server."""
        self._closed.set()

    async def _until_gone(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        while not (self._closed.is_set() or await is_gone()):
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._closed.wait()

    async def _apart(self, work: Callable[[Progress], Made], begun: list[Event]) -> Made:
        """Do some work in a thread as soon as there is room; `begun` is given what tells it that nobody waits."""
        await self._room.acquire()
        loop, answered, nobody = asyncio.get_running_loop(), asyncio.get_running_loop().create_future(), Event()
        begun.append(nobody)

        def progress(_: str) -> None:
            if nobody.is_set():
                raise GoneError

        def end(tell: Callable[[Any], None], what: Any) -> None:
            self._room.release()
            if not answered.done():
                tell(what)

        def run() -> None:
            tell: Callable[[Any], None] = answered.set_result
            what: Any
            try:
                what = work(progress)
            except BaseException as problem:
                tell, what = answered.set_exception, problem
            with suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(end, tell, what)

        Thread(target=run, daemon=True).start()
        found: Made = await answered
        return found
