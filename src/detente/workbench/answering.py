"""From a request to its answer: the conflict that it is about, and what a verb has to be told besides."""

from __future__ import annotations

from typing import Any

from detente.app.document_base import Document
from detente.app.progress import Progress, silent
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.verbs import Verb


def answered(verb: Verb, asked: Asked, conflicts: Conflicts, progress: Progress = silent, **more: Any) -> Document:
    """The document that answers a request.

    Parameters
    ----------
    verb
        What is asked.
    asked
        The request.
    conflicts
        Reads conflicts.
    progress
        Is told what is being done.
    more
        What else the verb takes, of this process alone.

    Raises
    ------
    DetenteError
        The conflict can't be read, or what is asked can't be answered.

    Examples
    --------
    >>> from detente.cases import path
    >>> from detente.workbench.verbs import VERBS
    >>> verb = VERBS["check"]
    >>> answered(verb, verb.asks(name="elmira.yaml", text=path("elmira").read_text()), Conflicts()).schema_
    'detente.check/1'
    """
    seen = conflicts.seen(asked)
    if verb.compares:
        more |= {"before": conflicts.seen(asked.model_copy(update={"changes": []})).opened, "says": seen.changes}
    return verb.documented(asked, seen.opened, progress, **more)
