"""From a request to a conflict: the text that a window holds, the viewpoint that it looks from, and the changes that it tries.

The server remembers nothing of a window: each request carries the whole text.  What was read is kept for as long as other requests with the
same text come, since reading a large file takes longer than most answers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from detente import io
from detente.app.opening import Opened, opened_as
from detente.workbench.changes import Changes, changed

KEPT = 16
"""How many texts, with their viewpoints and changes, are remembered as conflicts."""
Made = TypeVar("Made")


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

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> Seen(opened("elmira")).changes
    ()
    """

    opened: Opened
    changes: tuple[str, ...] = ()


class Remembered(Generic[Made]):
    """What was made last, by key; what was not asked for longest is forgotten.

    Parameters
    ----------
    most
        How many are kept.

    Examples
    --------
    >>> kept = Remembered(1)
    >>> [kept.of("a", lambda: 1), kept.of("a", lambda: 2), kept.of("b", lambda: 3), kept.of("a", lambda: 4)]
    [1, 1, 3, 4]
    """

    def __init__(self, most: int) -> None:
        self._most, self._made, self._lock = most, OrderedDict[Hashable, Made](), Lock()

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What stands under a `key`; made by `make` where nothing does."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


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
        self._kept = Remembered[Seen](KEPT)

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
            conflict, says = changed(before.conflict, asked.changes)
            return Seen(Opened(conflict, before.name), says)
        if asked.viewpoint is not None:
            return Seen(opened_as(self.seen(asked.model_copy(update={"viewpoint": None})).opened, asked.viewpoint))
        loaded = io.loads(asked.text, asked.name)
        return Seen(Opened(loaded.conflict, asked.name, None, loaded.diagnostics, loaded.positions, loaded.text))
