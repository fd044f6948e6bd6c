"""The worker process of the symbolic engine: it is told a conflict and answers questions about it until its input ends.

An operation on decision diagrams can't be interrupted, and can need any amount of time and memory; so it runs in a process that can be
ended from outside.  It bounds its own memory, and when the other side is gone it ends at once.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.engines.symbolic.solve import Solver

NODE = 40
"""Bytes of memory for each node, with its place in the tables that find it."""
RESULT = 20
"""Bytes of memory for each result that is remembered."""


STARTED = 256 << 20
"""Bytes of memory beside the diagrams: the interpreter, libraries, tables on their way."""
TOO_MUCH = 86
"""The status with which the process ends itself when it holds more than it may."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What the worker says when it can't go on: whether for lack of memory, and in which words."""

    memory: bool
    words: str


def answers(limit: int) -> Callable[[str, Any], Any]:
    """A function that answers one question after another, in so much memory (bytes)."""
    from detente.engines.symbolic.diagrams import Room
    from detente.engines.symbolic.solve import Solver

    small = Room(1 << 20, 1 << 14)
    remembered = max(1 << 12, min(1 << 23, limit // 8 // RESULT))
    room = Room(max(1 << 14, (limit - remembered * RESULT) // NODE), remembered)
    solver: Solver | None = None
    told: Any = None
    is_small = False

    def answer(question: str, about: Any) -> Any:
        nonlocal solver, told, is_small
        if question == "conflict":
            if solver is None or about != told:  # otherwise what was worked out still holds
                solver, told = None, about
                task, is_small, seed = about
                solver = Solver(task, small if is_small else room, seed)
            return None
        assert solver is not None, "the conflict is told first"
        try:
            return _answered(solver, question, about)
        except MemoryError:  # few options need little room, as a rule
            if not is_small:
                raise
            solver, is_small = Solver(told[0], room, told[2]), False
            return _answered(solver, question, about)

    return answer


def _answered(solver: Solver, question: str, about: Any) -> Any:
    match question:
        case "feasible":
            return solver.feasible()
        case "stable":
            return solver.stable(*about)
        case "all stable":
            return solver.all_stable(about)
    raise ValueError(f"unknown question {question}")


def _listen(into: SimpleQueue[Any]) -> None:
    """Pass questions on; when the input ends the whole process does, whatever it is doing."""
    with suppress(Exception):
        while True:
            into.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
    os._exit(0)


def _held() -> int | None:
    """Most bytes of memory that this program has held; None where the system does not tell.

    On Linux the usage that `getrusage` tells begins with what the process that started this one held then.
    """
    with suppress(OSError), Path("/proc/self/status").open("rb") as status:
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) << 10
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _guard(limit: int) -> None:
    """End the process when it has held more memory than it may; beside the bound on nodes, which the library keeps.

    A limit of addresses would not do: each set of diagrams reserves a gigabyte for the stack of a thread, and gives it back late.  Where
    the system does not tell what is held, the number of nodes is bounded all the same.
    """
    while (held := _held()) is not None and held <= limit:
        time.sleep(0.1)
    if held is not None:
        os._exit(TOO_MUCH)


def main() -> None:
    """Answer until the input ends; the argument is the limit of memory in bytes."""
    limit = int(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side decides
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(questions,), daemon=True).start()
    threading.Thread(target=_guard, args=(limit + STARTED,), daemon=True).start()
    answer = answers(limit)
    while True:
        question, about = questions.get()
        reply: Any
        try:
            reply = answer(question, about)
        except MemoryError as error:  # of OxiDD too
            reply = Ended(memory=True, words=str(error))
        except BaseException as error:  # a defect below, told to whoever asked
            reply = Ended(memory=False, words=f"{type(error).__name__}: {error}")
        pickle.dump(reply, out, pickle.HIGHEST_PROTOCOL)
        out.flush()


if __name__ == "__main__":
    main()
