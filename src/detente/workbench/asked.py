"""From a request to a conflict: the text that a window holds, the viewpoint that it looks from, and the changes that it tries.

The server remembers nothing of a window: each request carries the whole text.  What was read is kept for as long as other requests with the
same text come, since reading a large file takes longer than most answers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock, RLock
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from detente import io
from detente.app.opening import Opened, opened_as
from detente.workbench.changes import Changes, changed

KEPT, LETTERS = 16, 8_000_000
"""How many texts, with their viewpoints and changes, are remembered as conflicts, and of how many letters together."""
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


class Remembered(Generic[Made]):
    """What was made last, by key; what was not asked for longest is forgotten.  What several ask for at the same time is made once.

    Parameters
    ----------
    most
        How many are kept.
    weigh, heaviest
        What one of them weighs, and what all that are kept may weigh; the last is kept in any case.

    Examples
    --------
    >>> kept = Remembered(1)
    >>> [kept.of("a", lambda: 1), kept.of("a", lambda: 2), kept.of("b", lambda: 3), kept.of("a", lambda: 4)]
    [1, 1, 3, 4]
    """

    def __init__(self, most: int, weigh: Callable[[Made], int] = lambda _: 0, heaviest: int = 0) -> None:
        self._most, self._weigh, self._heaviest = most, weigh, heaviest
        self._made, self._making, self._lock = OrderedDict[Hashable, Made](), dict[Hashable, _Making](), Lock()

    def known(self, key: Hashable) -> Made | None:
        """What stands under a `key`; None where nothing does."""
        with self._lock:
            return self._made.get(key)

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What stands under a `key`; made by `make` where nothing does."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            making = self._making.setdefault(key, _Making())
            making.wanted += 1
        try:
            with making.lock:
                with self._lock:
                    if key in self._made:
                        return self._made[key]
                made = make()
                with self._lock:
                    self._keep(key, made)
                return made
        finally:
            with self._lock:
                making.wanted -= 1
                if not making.wanted:
                    self._making.pop(key, None)

    def _keep(self, key: Hashable, made: Made) -> None:
        self._made[key] = made
        weights = {each: self._weigh(one) for each, one in self._made.items()}
        while len(self._made) > 1 and (len(self._made) > self._most or sum(weights.values()) > self._heaviest):
            weights.pop(self._made.popitem(last=False)[0])


@dataclass(slots=True)
class _Making:
    """What is being made, and how many want it."""

    lock: Any = field(default_factory=RLock)
    wanted: int = 0


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
        self._kept = Remembered[Seen](KEPT, lambda seen: seen.letters, LETTERS)

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
