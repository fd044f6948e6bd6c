"""A process that answers requests: reads them from its standard input, and writes how far it is, and the answers, as lines of JSON.

A job is answered in a process of its own, so that it can be given up at any moment, takes no time from the page, and takes its memory with
it.  The libraries are loaded before the first request is there.  When the standard input ends, whoever asked is gone: so is the process
then, in the middle of its work, with all that it began.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from detente.app.answers import ProblemsDocument
from detente.app.parts import diagnostic_part
from detente.errors import DetenteError, Diagnostic
from detente.workbench.answering import answered
from detente.workbench.asked import Conflicts
from detente.workbench.verbs import VERBS

LOADED = (
    *("analyzing", "checking", "comparing", "diagnosing", "evolving", "explaining", "pathing", "reporting", "sweeping", "tabling"),
    *("unlocking", "diagnosis_documents", "documents", "evolution_documents", "sweep_documents", "unlock_documents"),
)
"""The modules of `detente.app` that are loaded ahead, with what they load."""


def work(asking: IO[str], telling: IO[str]) -> None:
    """Answer one request.

    Parameters
    ----------
    asking
        Where the request comes from, as a line: an object with the name of a verb and what is asked of it.
    telling
        Where lines go: objects with `progress`, or with what was found `so far`, and at the end one with `answer` or `problems`.

    Examples
    --------
    >>> from io import StringIO
    >>> from detente.cases import path
    >>> asked = {"name": "elmira.yaml", "text": path("elmira").read_text()}
    >>> told = StringIO()
    >>> work(StringIO(json.dumps({"verb": "analysis", "asked": asked})), told)
    >>> json.loads(told.getvalue().splitlines()[-1])["answer"]["schema"]
    'detente.analysis/1'
    """

    def tell(**message: Any) -> None:
        telling.write(json.dumps(message) + "\n")
        telling.flush()

    request = json.loads(asking.readline())
    verb = VERBS[request["verb"]]
    try:
        beside = {"so_far": lambda partly: tell(**{"so far": json.loads(partly.json_text())})} if verb.partial else {}
        found = answered(verb, verb.asks.model_validate(request["asked"]), Conflicts(), lambda words: tell(progress=words), **beside)
        tell(answer=json.loads(found.json_text()))
    except DetenteError as problem:
        tell(problems=ProblemsDocument(diagnostics=tuple(map(diagnostic_part, problem.diagnostics))).data())
    except Exception as problem:
        message = f"internal error: {type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
        wrong = Diagnostic("D901", message, help="nothing is wrong with what you asked; please report it, with the conflict file")
        tell(problems=ProblemsDocument(diagnostics=(diagnostic_part(wrong),)).data())


class _Lines:
    """The lines of the standard input, read apart from the work; at its end the process ends."""

    def __init__(self) -> None:
        self._lines = SimpleQueue[str]()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin.buffer:
            self._lines.put(line.decode("utf-8", "surrogatepass"))
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)

    def readline(self) -> str:
        """The next one, as soon as it is there."""
        return self._lines.get()


def _run() -> None:
    lines: Any = _Lines()
    for name in LOADED:
        import_module(f"detente.app.{name}")
    while True:
        work(lines, sys.stdout)


if __name__ == "__main__":
    _run()
