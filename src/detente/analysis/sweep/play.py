"""Stability asked of a cell: the definitions of the concepts, over the orders that many completions share.

Under Nash, GMR and SMR a decision maker's own order decides, so that each order is judged once.  Under the others the play is followed as
the engine for single states does, by questions about improvements.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from detente.analysis.reach import reach
from detente.analysis.sweep.cell import Cell, Look
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.worths import Split, members
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Relations
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Witness, is_staying
from detente.engines.single import SingleEngine
from detente.errors import Cannot
from detente.preference.order import Ordering

Made = TypeVar("Made")

OWN = ("Nash", "GMR", "SMR")
"""The concepts under which a decision maker's own order decides, with what the others can do and not what they want."""
MOST_REACHED = 32 * 2**20
"""Most bytes that are kept, about, of what is reached from single states in one space."""
WEAKER = {"SEQ": "GMR", "SSEQ": "SMR", "SIM": None}
"""The other concepts that are looked at, and which of `OWN` each implies."""


class Reached:
    """What the others can reach from single states by any moves; the same in all completions of a frame.

    Parameters
    ----------
    frame
        The frame.
    """

    def __init__(self, frame: Frame) -> None:
        self.space = frame.space
        self._engine = SingleEngine(frame.space)
        self._images = frame.images
        self._found: dict[tuple[str, int], int] = {}
        self._bytes = frame.space.states.bits.bit_length() // 8 + 200  # an integer with a bit for each combination, its key and place

    def by_others(self, dm: str, state: int) -> int:
        """The states that all but one decision maker reach from a state by legal sequences, as an integer."""
        found = self._found.get((dm, state))
        if found is None:
            others = [other for other in self.space.masks if other != dm]
            found = self._found[dm, state] = reach(self.space, state, movers=others, images=self._images).states.bits
            if len(self._found) * self._bytes > MOST_REACHED:  # the oldest goes
                del self._found[next(iter(self._found))]
        return found

    @property
    def orders(self) -> Mapping[str, Ordering]:
        """The orders of the conflict as it is written in the frame; no more than stand-ins."""
        return self._engine.orders

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves of a decision maker."""
        return self._engine.moves(dm, state)

    def unheld(self, dm: str, better: int) -> int:
        """The states from which a decision maker can move to one of `better`."""
        return self._images.image(dm, better, backward=True)


@dataclass(frozen=True)
class Play:
    """Whether decision makers stay at states, asked of cells of a frame.

    Parameters
    ----------
    frame
        The frame.

    Examples
    --------
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.tree import Tree
    >>> from detente.cases import load
    >>> frame = next(Open(load("elmira")).frames())
    >>> play, state = Play(frame), frame.space.state(5)
    >>> tree = Tree(frame.orders, lambda cell: play.holds(cell, {dm: "SEQ" for dm in frame.orders}, state))
    >>> [leaf.value for leaf in tree.leaves()]
    [True]
    """

    frame: Frame

    @property
    def reached(self) -> Reached:
        """What the others can reach; the same in all frames with this space."""
        return self.frame.once("reached", lambda: Reached(self.frame))

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What conclusions need of the frame, made (`make`) when a `key` is first asked for; the same in all completions."""
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found

    def holds(self, cell: Cell, profile: Mapping[str, str], state: int) -> bool:
        """Whether everybody stays at a state, each under the concept of a `profile`."""
        return all(self.stays(cell, key, dm, state) for dm, key in profile.items())

    def stays(self, cell: Cell, key: str, dm: str, state: int) -> bool:
        """Whether a decision maker stays at a state under the concept with a `key`.

        Raises `Cannot` (S353) under a concept that is not one of the classical six.
        """
        if key in OWN:
            return bool(cell.ask(dm, lambda orders: self.own(orders, key, state)))
        if key not in WEAKER:
            message = f"a sweep looks at the classical concepts; {key} is not one of them"
            raise Cannot.of("S353", message, value=key, help=f"ask under {', '.join((*OWN, *WEAKER))}")
        if cell.ask(dm, lambda orders: self.own(orders, "Nash", state)):
            return True
        weaker = WEAKER[key]
        if weaker is not None and not cell.ask(dm, lambda orders: self.own(orders, weaker, state)):
            return False
        return is_staying(_Asking(self.reached, cell).verdict(concept(key), dm, state))

    def witness(self, cell: Cell, key: str, dm: str, state: int) -> Witness:
        """Why a decision maker stays at a state, or leaves it, under the concept with a `key`; it holds of all completions of the cell."""
        found = _Asking(self.reached, cell).verdict(concept(key), dm, state)
        assert isinstance(found, Stays | Leaves)
        return found

    def leaves_by(self, cell: Cell, key: str, dm: str, state: int, to: int) -> bool:
        """Whether a decision maker has an improvement from a state to another that has no answer under the concept with a `key`."""
        if to not in self.reached.moves(dm, state) or not cell.ask(dm, lambda orders: orders.prefers(to, state)):
            return False
        if key not in (*OWN, *WEAKER):
            self.stays(cell, key, dm, state)  # refuses it
        return not is_staying(_AskingOne(self.reached, cell, (dm, state, to)).verdict(concept(key), dm, state))

    def judged(self, look: Look, key: str, dm: str, state: int) -> bool | None:
        """Whether a decision maker stays at a state, as far as it can be told from their own orders; None where it can't.

        Parameters
        ----------
        look
            Gives all answers to a question.
        key
            Key of the concept.
        dm
            Key of the decision maker.
        state
            The state.
        """
        answers = look(dm, lambda orders: self.own(orders, key if key in OWN else "Nash", state))
        if len(answers) == 1 and (answers[0] or key in OWN):
            return bool(answers[0])
        weaker = WEAKER.get(key)
        if weaker is None or any(look(dm, lambda orders: self.own(orders, weaker, state))):
            return None
        return False

    def own(self, orders: PartyOrders, key: str, state: int) -> Split:
        """For each order whether it stays at a state under a concept of `OWN`."""
        if key == "Nash":
            return orders.derived(("Nash", state), orders.gains(state), lambda gains: gains == ())
        if key == "GMR" and orders.worths.is_settled_by_criteria:
            return orders.split((key, state), lambda: self._sanctioned(orders, state))
        return orders.derived((key, state), orders.better(state), lambda better: self._deterred(orders.dm, key, state, better))

    def _sanctioned(self, orders: PartyOrders, state: int) -> Split:
        """For each order whether the others can answer every improvement from a state with one that is no better than the state."""
        gains, left = orders.gains(state), np.zeros(orders.count, dtype=np.bool_)
        for to in dict.fromkeys(to for answer in gains.answers for to in _states(answer)):
            reached = self.reached.by_others(orders.dm, to)
            unanswered = orders.all_above(reached, state) if reached else None
            if unanswered is None or any(unanswered.answers):
                improving = np.array([to in _states(answer) for answer in gains.answers])[gains.labels]
                left |= improving if unanswered is None else improving & np.array(unanswered.answers)[unanswered.labels]
        if not left.any() or left.all():
            return Split(np.zeros(orders.count, dtype=np.int32), (not left.any(),))
        return Split(left.astype(np.int32), (True, False))

    def _deterred(self, dm: str, key: str, state: int, better: object) -> bool:
        """Whether every improvement has an answer, where a set (`better`) is what is preferred to the state."""
        assert isinstance(better, int)
        deterring = ~better
        if key == "SMR" and better:
            deterring &= ~self.reached.unheld(dm, better)
        gains = [to for to in self.reached.moves(dm, state) if better >> to & 1]
        return all(self.reached.by_others(dm, to) & deterring for to in gains)


class _Asking(SingleEngine):
    """The engine for single states, with a cell in the place of orders."""

    def __init__(self, reached: Reached, cell: Cell) -> None:
        super().__init__(reached.space, orders=reached.orders)
        self._graph, self._cell = reached, cell

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves of a decision maker."""
        return self._graph.moves(dm, state)

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The improvements, ascending."""
        found: tuple[int, ...] = self._cell.ask(dm, lambda orders: orders.gains(state))
        return found

    def no_better(self, dm: str, state: int, than: int) -> bool:
        """Whether a decision maker does not prefer a state to another."""
        return not self._cell.ask(dm, lambda orders: orders.prefers(state, than))

    def relations(self, concept: SolutionConcept, dm: str) -> Relations:
        """The classical relations, by questions."""
        return _Asked(self, dm)

    def _escape(self, concept: SolutionConcept, read: Relations, dm: str, state: int, now: int) -> int | None:
        if not concept.counters:
            return None
        moves = self.moves(dm, now)

        def first(better: object) -> int | None:
            assert isinstance(better, int)
            return next((to for to in moves if better >> to & 1), None)

        found: int | None = self._cell.ask(dm, lambda orders: orders.derived(("escape", now, state), orders.better(state), first))
        return found


class _AskingOne(_Asking):
    """The same, asked about one improvement as if it were the only one."""

    def __init__(self, reached: Reached, cell: Cell, one: tuple[str, int, int]) -> None:
        super().__init__(reached, cell)
        self._one = one

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The improvement that is asked about; for everybody else, and elsewhere, all."""
        return self._one[2:] if self._one[:2] == (dm, state) else super().improvements(dm, state)


@dataclass(frozen=True)
class _Asked(Relations):
    engine: _Asking
    dm: str

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to another."""
        return not self.engine.no_better(self.dm, state, origin)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is not preferred to another."""
        return self.engine.no_better(self.dm, state, origin)


def _states(answer: object) -> tuple[int, ...]:
    assert isinstance(answer, tuple)
    return answer


def members_by(cell: Cell, profile: Mapping[str, str], state: int) -> tuple[int, ...]:
    """The states that every decision maker prefers to a state in some completion of a cell, if not all in the same; the nearest first.

    >>> import numpy as np
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.cases import load
    >>> frame = next(Open(load("elmira")).frames())
    >>> orders = frame.orders
    >>> cell = Cell(orders, {dm: np.arange(party.count) for dm, party in orders.items()})
    >>> [frame.space.number(state) for state in members_by(cell, dict.fromkeys(orders, "SEQ"), frame.space.state(9))]
    [8, 4, 5, 1]
    """
    found = -1
    for dm in profile:
        found &= cell.possible(dm, lambda orders: orders.better(state))
    return tuple(sorted(members(found), key=lambda other: ((other ^ state).bit_count(), other)))
