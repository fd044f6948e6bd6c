"""What was made last, kept by key, so that what is asked again and again is made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What was made last, by key; what was not asked for longest is forgotten.  What several ask for at the same time is made once.

    Parameters
    ----------
    most
        How many are kept.
    weigh, heaviest
        What one of them weighs, and what all that are kept may weigh; the last is kept in any case.
    in_turn
        Whether no two are made at the same time, since what is made uses what was made before.

    Examples
    --------
    >>> kept = Kept(1)
    >>> [kept.of("a", lambda: 1), kept.of("a", lambda: 2), kept.of("b", lambda: 3), kept.of("a", lambda: 4)]
    [1, 1, 3, 4]
    """

    def __init__(self, most: int, weigh: Callable[[Made], int] = lambda _: 0, heaviest: int = 0, *, in_turn: bool = False) -> None:
        self._most, self._weigh, self._heaviest, self._in_turn = most, weigh, heaviest, in_turn
        self._made, self._making, self._lock = OrderedDict[Hashable, Made](), dict[Hashable, _Making](), Lock()

    def known(self, key: Hashable) -> Made | None:
        """What stands under a `key`; None where nothing does."""
        with self._lock:
            return self._made.get(key)

    def all(self) -> tuple[Made, ...]:
        """All that are kept; what was asked for last comes last."""
        with self._lock:
            return tuple(self._made.values())

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What stands under a `key`; made by `make` where nothing does."""
        turn = None if self._in_turn else key
        with self._lock:
            if key in self._made:
                return self._again(key)
            making = self._making.setdefault(turn, _Making())
            making.wanted += 1
        try:
            with making.lock:
                with self._lock:
                    if key in self._made:
                        return self._again(key)
                made = make()
                with self._lock:
                    self._keep(key, made)
                return made
        finally:
            with self._lock:
                making.wanted -= 1
                if not making.wanted:
                    self._making.pop(turn, None)

    def _again(self, key: Hashable) -> Made:
        self._made.move_to_end(key)
        return self._made[key]

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
