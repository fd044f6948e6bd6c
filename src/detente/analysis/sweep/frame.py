"""Frames: the completions of a conflict sorted by what changes the space, and within each by the orders of the decision makers.

Guesses about rules, directions and viewpoints change which states there are, who can move where, or several preferences at once; each
choice among them is a *frame*.  Within a frame every decision maker's guesses are their own, and a completion is one order for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from operator import or_
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from detente.analysis.groups import Groups
from detente.analysis.images import Images
from detente.analysis.sweep.laid import KINDS, can_be_laid, laid
from detente.analysis.sweep.lists import Lists
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.worths import Worths
from detente.errors import LimitError
from detente.model.completed import completed, party_completed, still_open
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.guess import AsWritten, Guess
from detente.space.states import StateSpace

Made = TypeVar("Made")

MAX_ORDERS = 1 << 16
"""Most completions of one decision maker's preference that are held at once."""
MAX_FRAMES = 1 << 12
"""Most choices among rules, directions and viewpoints."""
MAX_TOGETHER = 1 << 8
"""Most frames whose states are gathered beforehand, so that what they are worth is worked out once."""

Key = tuple[DecisionMaker, frozenset[str]]
"""A decision maker in a frame, and the keys of the guesses about them that are open there."""


@dataclass(frozen=True)
class Axis:
    """Guesses that are settled together: those about one decision maker, or (`dm` is None) those about the conflict as a whole.

    Parameters
    ----------
    dm
        Key of the decision maker, or None.
    guesses
        The guesses, in the order of the conflict.
    """

    dm: str | None
    guesses: tuple[Guess, ...]

    @property
    def count(self) -> int:
        """How many ways there are to settle them."""
        return prod(len(guess.alternatives) for guess in self.guesses)

    def numbers(self) -> npt.NDArray[np.uint16]:
        """For each way, in order, the number of the alternative of each guess, shape (ways, guesses); the last changes fastest."""
        sizes = [len(guess.alternatives) for guess in self.guesses]
        if not sizes:
            return np.zeros((1, 0), dtype=np.uint16)
        return np.indices(sizes, dtype=np.uint16).reshape(len(sizes), -1).T

    def place(self, numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """The ways, as their places in `numbers()`, of alternatives given for each guess; shape (..., guesses)."""
        found = np.zeros(numbers.shape[:-1], dtype=np.int64)
        for column, guess in enumerate(self.guesses):
            found = found * len(guess.alternatives) + numbers[..., column]
        return found


class Frame:
    """The completions that share rules, directions and viewpoint.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    chosen
        For the key of each guess about the whole the number of an alternative.
    axes
        For each decision maker the guesses about them.
    number
        Its place among the frames.

    Examples
    --------
    >>> from detente.cases import load
    >>> frame = next(Open(load("elmira")).frames())
    >>> frame.space.number(frame.start), [orders.count for orders in frame.orders.values()]
    (1, [1, 1, 1])
    """

    def __init__(self, conflict: Conflict, chosen: Mapping[str, int], axes: Mapping[str, Axis], number: int = 0) -> None:
        self.axes, self.chosen, self.number = axes, dict(chosen), number
        self.written = conflict
        """The conflict with its guesses."""
        self.conflict = completed(conflict, chosen)
        """The conflict with the guesses about the whole settled, and all others as they are written."""
        self.open = {guess.key for guess in still_open(conflict, chosen)}
        """The keys of the guesses about decision makers that still make a difference."""
        self.space = StateSpace(self.conflict)

    @cached_property
    def orders(self) -> dict[str, PartyOrders]:
        """For each decision maker (key) the orders that they may have, one for each way to settle the guesses about them."""
        return {dm: PartyOrders(self.space, dm, self.worths(dm)) for dm in self.axes}

    def lists(self, dm: str) -> Lists:
        """What criteria each way to settle the guesses about a decision maker (`dm`, a key) gives them."""
        laid_out = self.laid(dm) if type(self).parties is Frame.parties else None
        places = (guess.places[0] for guess in self.axes[dm].guesses if guess.kind == "relation" and guess.key in self.open)
        return laid_out or Lists(self.parties(dm), sorted(places))

    def laid(self, dm: str, kinds: Collection[str] = KINDS) -> Lists | None:
        """The same where only guesses of some `kinds` are open; None for preferences (of `dm`, a key) that can't be laid out."""
        party, live = self.conflict.decision_maker(dm), self.live(dm)
        open_here = [guess for guess, is_live in zip(self.axes[dm].guesses, live, strict=True) if is_live]
        guesses = [guess for guess in open_here if guess.kind in kinds]
        if not can_be_laid(party, open_here):
            return None
        columns = [place for place, guess in enumerate(self.axes[dm].guesses) if guess in guesses]
        return Lists.numbered(party, lambda number: laid(party, guesses, self.ways(dm)[:, columns], number))

    def live(self, dm: str) -> list[bool]:
        """Which of the guesses about a decision maker (`dm`, a key) still make a difference."""
        return [guess.key in self.open for guess in self.axes[dm].guesses]

    def worths(self, dm: str) -> Worths | Lists:
        """What states are worth to a decision maker (`dm`, a key) in each of their orders, or that from which it follows."""
        return self.lists(dm)

    def ways(self, dm: str) -> npt.NDArray[np.integer]:
        """The ways to settle the guesses about a decision maker (`dm`) that are looked at: all of them."""
        return self.axes[dm].numbers()

    def parties(self, dm: str) -> Iterator[DecisionMaker]:
        """A decision maker (`dm`, a key) as each way to settle the guesses about them has them."""
        axis, party = self.axes[dm], self.conflict.decision_maker(dm)
        live = [guess for guess in axis.guesses if guess.key in self.open]
        for row in self.ways(dm).tolist():
            made = {guess.key: guess.alternatives[number].what for guess, number in zip(axis.guesses, row, strict=True)}
            yield party_completed(party, made, [guess for guess in live if not isinstance(made[guess.key], AsWritten)])

    @property
    def start(self) -> int | None:
        """The state that the conflict is in; None where it can't occur."""
        return self.space.status_quo

    # -- what follows from the space alone -----------------------------------------------------------------------------
    @cached_property
    def of_space(self) -> dict[Hashable, Any]:
        """What was made of the space, whatever the orders are; frames with one space share it."""
        return {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What follows from the space alone, made (`make`) when a `key` is first asked for."""
        if key not in self.of_space:
            self.of_space[key] = make()
        found: Made = self.of_space[key]
        return found

    @property
    def images(self) -> Images:
        """Moves of whole sets."""
        return self.once("images", lambda: Images(self.space))

    @property
    def groups(self) -> Groups:
        """What groups can bring about from the start."""
        assert self.start is not None
        start = self.start
        return self.once("groups", lambda: Groups(self.space, start, self.images))


class Open:
    """A conflict with its guesses: how many completions there are, and how they are sorted.

    Parameters
    ----------
    conflict
        The conflict.

    Raises
    ------
    LimitError
        S352 if the guesses about one decision maker, or about the whole, can be settled in too many ways.

    Examples
    --------
    >>> from detente.cases import load
    >>> Open(load("elmira")).count
    1
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.known: dict[Key, Lists] = {}
        """The criteria of decision makers in all completions: frames share them where no viewpoint has a decision maker otherwise."""
        parties = [dm.key for dm in conflict.decision_makers]
        self.whole = Axis(None, tuple(guess for guess in conflict.guesses if guess.party is None))
        self.axes = {dm: Axis(dm, tuple(guess for guess in conflict.guesses if guess.party == dm)) for dm in parties}
        for axis, most in ((self.whole, MAX_FRAMES), *((axis, MAX_ORDERS) for axis in self.axes.values())):
            if axis.count > most:
                whose = "the conflict as a whole" if axis.dm is None else axis.dm
                message = f"the guesses about {whose} can be settled in {axis.count:,} ways; at most {most:,} are looked at"
                raise LimitError.of("S352", message, help="leave fewer of them open, or open the order of fewer statements")

    @property
    def count(self) -> int:
        """How many completions there are."""
        return self.whole.count * prod(axis.count for axis in self.axes.values())

    @cached_property
    def together(self) -> int | None:
        """The states of all frames, as an integer; None where frames can't share what states are worth."""
        if not 1 < self.whole.count <= MAX_TOGETHER:
            return None
        spaces = [self.frame(number).space for number in range(self.whole.count)]
        return None if any(space.classes for space in spaces) else reduce(or_, (space.states.bits for space in spaces))

    def frames(self) -> Iterator[Frame]:
        """The frames, the conflict as it is written first; each is made when it is asked for."""
        for number in range(self.whole.count):
            yield self.frame(number)

    def frame(self, number: int) -> Frame:
        """The frame with a number, from 0."""
        row = self.whole.numbers()[number].tolist()
        return _Sharing(self, {guess.key: place for guess, place in zip(self.whole.guesses, row, strict=True)}, number)

    def number(self, chosen: Mapping[str, int]) -> int:
        """The frame of a completion, given as the number of an alternative for the key of each guess."""
        return int(self.whole.place(np.array([chosen.get(guess.key, 0) for guess in self.whole.guesses])))


class _Sharing(Frame):
    """A frame that shares with others what does not depend on rules and directions."""

    def __init__(self, open: Open, chosen: Mapping[str, int], number: int) -> None:
        super().__init__(open.conflict, chosen, open.axes, number)
        self._whole = open

    def lists(self, dm: str) -> Lists:
        """What criteria each way to settle the guesses about a decision maker gives them."""
        known, key = self._whole.known, self._key(dm)
        if key not in known:
            known[key] = super().lists(dm)
        return known[key]

    def worths(self, dm: str) -> Worths | Lists:
        """What states are worth, of all frames at once, where that does not depend on what can occur."""
        lists, together = self.lists(dm), self._whole.together
        return lists if together is None else Worths.shared(self.space, lists, together)

    def _key(self, dm: str) -> Key:
        return self.conflict.decision_maker(dm), frozenset(guess.key for guess in self.axes[dm].guesses if guess.key in self.open)
