"""Engines at work: one by itself, or two on the same question of which the first to be done ends the other.

The engine whose time can't be told works in a process of its own, so that a thread here only waits for it, and ending that process ends
its work at once.  The other works in this process, block by block, and is ended at the next block.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from detente.concepts.base import SolutionConcept
from detente.engines.base import NotWithin
from detente.errors import Cannot, LimitError
from detente.space.members import Members

Value = TypeVar("Value")
Tell = Callable[[str], None]
"""Told a few words whenever there is something to say."""


class NotKnown:
    """Why something is not known, as a clause for the reader.

    Parameters
    ----------
    reason
        The clause.
    limit
        Whether a limit of time or memory was met, so that a greater one may help; otherwise nothing that is installed can answer.

    Examples
    --------
    >>> NotKnown("not within 60 seconds", limit=True)
    <not known: not within 60 seconds>
    """

    __slots__ = ("limit", "reason")

    def __init__(self, reason: str, *, limit: bool = False) -> None:
        self.reason, self.limit = reason, limit

    def __repr__(self) -> str:
        return f"<not known: {self.reason}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotKnown) and other.reason == self.reason

    def __hash__(self) -> int:
        return hash(self.reason)


Known = Members | NotKnown
"""A set of states, or why it is not known."""


class Overtaken(Exception):
    """Ends the work of an engine when another has answered."""


class Work:
    """An engine at work on some concepts for every decision maker.

    Parameters
    ----------
    name
        The engine's name.
    keys
        Keys of the decision makers.
    concepts
        What is asked; the cheapest come first.
    progress
        Is told how far the work is.

    Attributes
    ----------
    trial_over
        Whether something was open at the end of a trial.
    """

    def __init__(self, name: str, keys: Sequence[str], concepts: Sequence[SolutionConcept], progress: Tell) -> None:
        self.name, self.keys, self.progress = name, keys, progress
        self.engine: Any = None
        self.sets: dict[str, dict[str, Known]] = {}
        self.ended = self.silent = self.trial_over = False
        self.stop: Callable[[], bool] = lambda: False
        self.why: NotKnown | None = None
        self._open = sorted(concepts, key=_cost)

    @property
    def open(self) -> tuple[SolutionConcept, ...]:
        """The concepts that are not answered yet."""
        return tuple(self._open)

    def run(self) -> None:
        """Ask for one set after the other until all is known, or a limit is met."""
        while self._open:
            concept = self._open[0]
            self.sets[concept.key] = {dm: self._ask(concept, dm) for dm in self.keys}
            if self.why is None:
                self._open.pop(0)
            else:
                for later in self._open[1:]:
                    self.sets[later.key] = dict.fromkeys(self.keys, self.why)
                return

    def _ask(self, concept: SolutionConcept, dm: str) -> Known:
        if self.why is not None:
            return self.why
        if self.stop():
            raise Overtaken
        if not self.silent:
            self.progress(f"{concept.key} for {dm}, engine {self.name}")
        try:
            found: Members = self.engine.members(concept, dm)
            return found
        except (LimitError, Cannot) as problem:
            if self.ended:
                raise Overtaken from None
            self.why = NotKnown(problem.diagnostics[0].message, limit=isinstance(problem, LimitError))
            known = problem.known if isinstance(problem, NotWithin) else {}
            return known.get((concept.key, dm), self.why)

    def tell(self, at: Any) -> None:
        """Called by the engine with its progress; ends the work where another engine was done first."""
        if self.stop():
            raise Overtaken
        if not self.silent:
            self.progress(f"engine {self.name}: {rated(at)}")

    def end(self) -> None:
        """End the engine, its process and its files."""
        if not self.ended:
            self.ended = True
            if self.engine is not None:
                self.engine.close()


def race(first: Work, second: Callable[[Sequence[SolutionConcept]], Work | None], trial: float) -> Work | None:
    """Let one engine work by itself for a while; then another beside it on what is still open, until one of them is done.

    Parameters
    ----------
    first
        An engine that works in a process of its own.
    second
        Makes the other engine for the concepts that are open after the trial, or gives None if it can answer none of them.
    trial
        Seconds that the first has to itself.

    Returns
    -------
    Work or None
        The second engine if it was started; it has been ended if the first was done before it, and the first in the other case.
    """
    failed: list[BaseException] = []

    def alone() -> None:
        try:
            first.run()
        except Overtaken:
            return
        except BaseException as error:  # raised where the race is waited for
            if not first.ended:
                failed.append(error)

    runner = threading.Thread(target=alone, daemon=True)
    runner.start()
    try:
        _wait(runner, time.monotonic() + trial)
        first.trial_over = not failed and (runner.is_alive() or first.why is not None)
        other = second(first.open) if first.trial_over else None
        if other is None:
            _wait(runner, None)
        else:
            _compete(first, runner, other)
    except BaseException:
        first.end()
        raise
    if failed:
        raise failed[0]
    return other


def _compete(first: Work, runner: threading.Thread, other: Work) -> None:
    """Let the other work here while the first works in its thread; the one that is not done first is ended."""
    first.silent = True
    other.stop = lambda: not runner.is_alive() and first.why is None
    try:
        other.run()
    except Overtaken:
        other.sets.clear()
        other.end()
        return
    if other.why is not None:  # it met a limit; the first may still be done
        _wait(runner, None)
        return
    first.end()
    runner.join()


def _wait(runner: threading.Thread, until: float | None) -> None:
    """Wait in short steps, so that Ctrl-C is heard."""
    while runner.is_alive() and (until is None or time.monotonic() < until):
        runner.join(0.05)


class _TooLongError(Exception):
    """Ends a call that takes too long."""


def within(seconds: float, call: Callable[[], Value]) -> Value | None:
    """What a call gives, or None where it takes longer; where no timer can be set (outside the main thread) it is waited for.

    >>> within(60, lambda: 1)
    1
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return call()

    def ring(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TooLongError:
        return None
    finally:
        signal.signal(signal.SIGALRM, before)


def _cost(concept: SolutionConcept) -> int:
    """Concepts whose answers are found sooner come first: those without answers of others, then any answers, then improving ones."""
    return {"Nash": 0, "GMR": 1, "SMR": 2, "SSEQ": 3, "SEQ": 4}.get(concept.key, 5)


def short(seconds: float) -> str:
    """A span of time in words.

    >>> short(0.5), short(45), short(200), short(8000)
    ('0.5 s', '45 s', '3 min', '2.2 h')
    """
    if seconds < 120:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def rated(at: Any) -> str:
    """Progress in words: what is being done, how much of it, how fast, and how long the rest will take, as far as the engine tells.

    >>> from types import SimpleNamespace
    >>> rated(SimpleNamespace(concept="SEQ", dm="A", done=30, of=120, seconds=15.0, rest=45.0))
    'SEQ for A, 30 of 120, 2.0 a second, about 45 s left'
    """
    if isinstance(at, str):
        return at
    parts = []
    concept, dm = getattr(at, "concept", ""), getattr(at, "dm", "")
    if concept:
        parts.append(f"{concept} for {dm}" if dm else str(concept))
    done, of, seconds, rest = (getattr(at, name, None) for name in ("done", "of", "seconds", "rest"))
    if done is not None and of:
        parts.append(f"{done:,} of {of:,}")
        if seconds:
            parts.append(f"{done / seconds:,.1f} a second")
    with suppress(TypeError):
        if rest is not None:
            parts.append(f"about {short(rest)} left")
    return ", ".join(parts)
