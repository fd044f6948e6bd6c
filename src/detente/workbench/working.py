"""The process of one job: reads what is asked from its standard input, and writes how far it is, and the answer, as lines of JSON.

A job is a process of its own, so that it can be given up at any moment, takes no time from the page, and takes its memory with it.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from detente.app.answers import ProblemsDocument
from detente.app.parts import diagnostic_part
from detente.errors import DetenteError, Diagnostic
from detente.workbench.asked import Conflicts
from detente.workbench.verbs import VERBS


def work(asking: IO[str], telling: IO[str]) -> None:
    """Answer one request.

    Parameters
    ----------
    asking
        Where the request comes from: an object with the name of a verb and what is asked of it.
    telling
        Where lines go: objects with `progress`, and at the end one with `answer` or `problems`.

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

    request = json.load(asking)
    verb = VERBS[request["verb"]]
    try:
        asked = verb.asks.model_validate(request["asked"])
        found = verb.documented(asked, Conflicts().seen(asked).opened, lambda words: tell(progress=words))
        tell(answer=json.loads(found.json_text()))
    except DetenteError as problem:
        tell(problems=ProblemsDocument(diagnostics=tuple(map(diagnostic_part, problem.diagnostics))).data())
    except Exception as problem:
        message = f"internal error: {type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
        wrong = Diagnostic("D901", message, help="nothing is wrong with what you asked; please report it, with the conflict file")
        tell(problems=ProblemsDocument(diagnostics=(diagnostic_part(wrong),)).data())


if __name__ == "__main__":
    work(sys.stdin, sys.stdout)
