"""From a request to a conflict: the text that a window holds, the viewpoint that it looks from, and the changes that it tries.

The server remembers nothing of a window: each request carries the whole text.  What was read is kept for as long as other requests with the
same text come, since reading a large file takes longer than most answers.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from detente import io
from detente.app.kept import Kept
from detente.app.opening import Opened, opened_as
from detente.workbench.changes import Changes, changed

KEPT, LETTERS = 16, 8_000_000
"""How many texts, with their viewpoints and changes, are remembered as conflicts, and of how many letters together."""


class Asked(BaseModel):
    """What every question carries: the conflict that it is about.

    `name` is what the file is called, `text` what it holds, `viewpoint` the key of a viewpoint of the file, and `changes` what is tried,
    one after the other, on the conflict as that viewpoint has it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(max_length=1_000)]
    text: Annotated[str, Field(max_length=4_000_000)]
    viewpoint: Annotated[str, Field(max_length=1_000)] | None = None
    changes: Changes = []

    @property
    def key(self) -> Hashable:
        """What tells this conflict from others."""
        tried = tuple(change.model_dump_json() for change in self.changes)
        return sha256(self.text.encode("utf-8", "surrogatepass")).digest(), self.name, self.viewpoint, tried


@dataclass(frozen=True, slots=True)
class Seen:
    """A conflict that is asked about.

    Parameters
    ----------
    opened
        The conflict and where it came from.
    changes
        What was changed in it, in words.
    letters
        How many letters its text has.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> Seen(opened("elmira")).changes
    ()
    """

    opened: Opened
    changes: tuple[str, ...] = ()
    letters: int = 0


class Conflicts:
    """The conflicts that requests are about.

    Examples
    --------
    >>> from detente.cases import path
    >>> asked = Asked(name="elmira.yaml", text=path("elmira").read_text())
    >>> Conflicts().seen(asked).opened.conflict.title
    'Elmira groundwater contamination'
    """

    def __init__(self) -> None:
        self._kept = Kept[Seen](KEPT, lambda seen: seen.letters, LETTERS)

    def seen(self, asked: Asked) -> Seen:
        """The conflict that a request is about.

        Parameters
        ----------
        asked
            The request.

        Raises
        ------
        ConflictError
            The text can't be read: everything that is wrong with it.
        UsageError
            U470 if there is no such viewpoint.
        EditError
            A change does not fit.
        """
        return self._kept.of(asked.key, lambda: self._made(asked))

    def _made(self, asked: Asked) -> Seen:
        if asked.changes:
            before = self.seen(asked.model_copy(update={"changes": []})).opened
            known = self._kept.known(asked.model_copy(update={"changes": asked.changes[:-1]}).key)
            if known is None:
                conflict, says = changed(before.conflict, asked.changes)
            else:  # one change more
                conflict, says = changed(known.opened.conflict, asked.changes[-1:], known.changes)
            return Seen(Opened(conflict, before.name), says, len(asked.text))
        if asked.viewpoint is not None:
            return Seen(opened_as(self.seen(asked.model_copy(update={"viewpoint": None})).opened, asked.viewpoint), (), len(asked.text))
        loaded = io.loads(asked.text, asked.name)
        return Seen(Opened(loaded.conflict, asked.name, None, loaded.diagnostics, loaded.positions, loaded.text), (), len(asked.text))
