"""Many orders of one decision maker at once: what each completion of their preference says of a state, all in a few array operations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable

import numpy as np

from detente.analysis.sweep.lists import Labels, Lists
from detente.analysis.sweep.worths import Split, Worths
from detente.space.states import StateSpace


class PartyOrders:
    """The orders that one decision maker may have in one space.

    Parameters
    ----------
    space
        The space; its states are listed.
    dm
        Key of the decision maker.
    worths
        What the states are worth in each order, or the criteria of the completions from which that follows.  Spaces that differ in rules
        may share it; it may know more states than there are in this one.

    Raises
    ------
    LimitError
        S350 if an order has more criteria than can be held in one number.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> dm = space.conflict.decision_makers[0]
    >>> orders = PartyOrders(space, dm.key, Lists([dm, dm]))
    >>> orders.count, orders.of.tolist(), [bin(answer) for answer in orders.better(0).answers]
    (1, [0, 0], ['0b10'])
    """

    def __init__(self, space: StateSpace, dm: str, worths: Worths | Lists) -> None:
        self.space, self.dm = space, dm
        self.worths = worths if isinstance(worths, Worths) else Worths(space, worths, space.states.bits)
        self.of: Labels = self.worths.lists.of
        """For each completion the number of its order; completions with the same criteria share one."""
        self.count = self.worths.count
        self._splits: dict[Hashable, Split] = {}
        self.own = 0
        """About how many bytes are held beside what is shared."""

    @property
    def held(self) -> int:
        """About how many bytes are held, answers to questions included."""
        return self.worths.held + self.own

    def forget(self) -> None:
        """Forget the answers to all questions but comparisons of states."""
        self._splits.clear()
        self.own = 0

    # -- questions -------------------------------------------------------------------------------------------------
    def split(self, key: Hashable, work_out: Callable[[], Split]) -> Split:
        """The answer to a question under a `key`; worked out (`work_out`) once."""
        found = self._splits.get(key)
        if found is None:
            found = self._splits[key] = work_out()
            self.own += found.labels.nbytes + sum(map(sys.getsizeof, found.answers))
        return found

    def prefers(self, state: int, other: int) -> Split:
        """Whether a state is preferred to another."""
        return self.split(("prefers", state, other), lambda: derived(self.worths.above((state,), other), _only))

    def gains(self, state: int) -> Split:
        """The improvements from a state, ascending."""
        return self.split(("gains", state), lambda: self._gains(state))

    def _gains(self, state: int) -> Split:
        targets = self.space.moves(self.dm, state)
        if not targets:
            return Split(np.zeros(self.count, dtype=np.int32), ((),))
        found = self.worths.above(targets, state)
        return derived(found, lambda answer: tuple(to for to, gain in zip(targets, _marks(answer), strict=True) if gain))

    def better(self, state: int) -> Split:
        """All states preferred to a state, as an integer with a bit for each combination."""
        states = self.space.states.bits
        return self.split(("better", state), lambda: derived(self.worths.better(state), lambda found: _whole(found) & states))

    def all_above(self, states: int, origin: int) -> Split:
        """Whether every one of some states (a set, as an integer) is preferred to another (`origin`), where the criteria settle that."""
        return self.worths.all_above(states, origin)

    def derived(self, key: Hashable, of: Split, then: Callable[[Hashable], Hashable]) -> Split:
        """What follows (`then`) from the answers to another question (`of`), under a `key`."""
        return self.split(key, lambda: derived(of, then))


def derived(of: Split, then: Callable[[Hashable], Hashable]) -> Split:
    """What follows (`then`) from the answers to a question (`of`).

    >>> derived(Split(np.array([0, 1, 2], dtype=np.int32), (1, 2, 3)), lambda answer: answer == 2)
    Split(labels=array([0, 1, 0], dtype=int32), answers=(False, True))
    """
    answers = [then(answer) for answer in of.answers]
    place = {answer: number for number, answer in enumerate(dict.fromkeys(answers))}
    if len(place) == len(answers):
        return Split(of.labels, tuple(answers))
    renumbered = np.array([place[answer] for answer in answers], dtype=np.int32)
    return Split(renumbered[of.labels], tuple(place))


def _only(found: Hashable) -> bool:
    return _marks(found)[0] == 1


def _marks(found: Hashable) -> bytes:
    assert isinstance(found, bytes)
    return found


def _whole(found: Hashable) -> int:
    assert isinstance(found, int)
    return found
