"""Smallest changes of single orders, by the theorem of `detente.analysis.claims.raised`: raise a state, or lower it, level by level.

For Nash, GMR and SMR a decision maker's verdict depends on no other's order, so that what is smallest for each is smallest for
all together: the whole inverse problem falls apart into one for each decision maker, and needs a few verdicts for each, at any size.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from detente.analysis.claims.raised import Raised, pairs
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept as named
from detente.concepts.witness import Stays, Witness
from detente.engines.single import SingleEngine
from detente.preference.order import Ordering
from detente.preference.shifted import Shift, Shifted, shifted_orders
from detente.space.states import StateSpace

RedLines = Literal["excluded", "counted"]
"""Whether a state may be moved past states that differ from it in crossing a red line of the decision maker."""

SEPARATE = frozenset({"Nash", "GMR", "SMR"})
"""Concepts under which a decision maker's verdict depends on no other's order."""


class Raising:
    """Smallest raises and descents in one space; keeps the levels of the orders and the moves that it has looked up.

    Parameters
    ----------
    space
        The space.
    others
        Shifts of orders that are taken as given; none of the decision maker who is asked about.
    red_lines
        "excluded" where a state that crosses a red line stays worse than every state that crosses none; "counted" where such pairs count
        like others.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> release = space.state(2)
    >>> [Raising(space).cheapest("Syria", key, release).cost for key in ("Nash", "GMR", "SMR", "SEQ")]
    [3, 1, 1, 1]
    """

    def __init__(self, space: StateSpace, others: Sequence[Shift] = (), red_lines: RedLines = "excluded") -> None:
        self.space = space
        self.others = tuple(others)
        self.red_lines = red_lines
        self._orders = dict(shifted_orders(space, others))
        self._engine = SingleEngine(space, orders=self._orders)
        self._levels: dict[str, tuple[int, ...]] = {}

    def cheapest(self, dm: str, concept: str, state: int, *, stable: bool = True) -> Raised | None:
        """The smallest change of a decision maker's order that makes a state stable for them, or (`stable` false) unstable.

        Parameters
        ----------
        dm, concept, state
            Whose order (key), under which concept (key), and the state (combination).
        stable
            What is wanted.

        Returns
        -------
        Raised or None
            The change with its proof; None if no change of this order does it, within what red lines leave.

        Raises
        ------
        LimitError
            S303 if a verdict has too many cases to be listed.
        """
        order, asked = self._orders[dm], named(concept)
        now = self._verdict(asked, dm, state, None)
        if isinstance(now, Stays) == stable:
            return Raised(concept, None, 0, now, None, None, self.others)
        steps = list(self._steps(dm, order, state, stable))
        found: dict[int, Witness] = {}

        def does(place: int) -> bool:
            found[place] = self._verdict(asked, dm, state, Shift(dm, state, steps[place], stable))
            return isinstance(found[place], Stays) == stable

        place = bisect_left(range(len(steps)), True, key=does)
        if place == len(steps):
            return None
        shift = Shift(dm, state, steps[place], stable)
        before = found[place - 1] if place else now
        less = steps[place - 1] if place else None
        return Raised(concept, shift, pairs(self.space, shift), found[place], less, before, self.others)

    def for_all(self, profile: Mapping[str, str], state: int) -> dict[str, Raised] | None:
        """For each decision maker the smallest change that makes a state stable for them; None if for one there is none."""
        result: dict[str, Raised] = {}
        for dm, concept in profile.items():
            found = self.cheapest(dm, concept, state)
            if found is None:
                return None
            result[dm] = found
        return result

    def _verdict(self, concept: SolutionConcept, dm: str, state: int, shift: Shift | None) -> Witness:
        order = self._orders[dm]
        self._engine.orders[dm] = order if shift is None else Shifted(order, shift)
        try:
            return self._engine.witness(concept, dm, state)
        finally:
            self._engine.orders[dm] = order

    def _steps(self, dm: str, order: Ordering, state: int, up: bool) -> Iterator[int]:
        """A state of each level that a state can be moved past, nearest first; its own level first if others are tied with it."""
        here = order.key(state)
        red = bool(self.space.conflict.decision_maker(dm).red_lines) and self.red_lines == "excluded"
        levels = self.levels(dm)
        for other in reversed(levels) if up else levels:
            key = order.key(other)
            if key == here:
                mate = self._mate(order, dm, state)
                if mate is not None:
                    yield mate
            elif (key > here) == up and not (red and key[0] != here[0]):
                yield other

    def _mate(self, order: Ordering, dm: str, state: int) -> int | None:
        """Another state that is tied with one."""
        from detente.preference.compared import compared

        tied = compared(self.space, dm, state)[1] & ~(1 << state)
        return None if not tied else tied.bit_length() - 1

    def levels(self, dm: str) -> tuple[int, ...]:
        """One state of each level of a decision maker's order in the conflict, most preferred first."""
        if dm not in self._levels:
            self._levels[dm] = levels(self.space, dm)
        return self._levels[dm]


FEW = 1 << 12
"""Up to so many states levels are found state by state; above, all at once with NumPy."""


def levels(space: StateSpace, dm: str) -> tuple[int, ...]:
    """One state of each level of a decision maker's order, most preferred first.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1), ("y", 1))))
    >>> levels(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))), "A")
    (3, 1, 0)
    """
    if space.states.count <= FEW:
        from detente.preference.order import Order

        first: dict[tuple[int, ...], int] = {}
        order = Order(space, dm)
        for state in space.states.each():
            first.setdefault(order.key(state), state)
        return tuple(first[key] for key in sorted(first, reverse=True))
    import numpy as np

    from detente.engines.array.tables import mask_of, rank_column

    states = np.flatnonzero(mask_of(space.states.bits, space.conflict.combinations))
    _, at = np.unique(rank_column(space, dm)[states], return_index=True)
    return tuple(int(state) for state in states[at[::-1]])


def total(found: Iterable[Raised], weights: Mapping[str, int] | None = None) -> int:
    """The weighted cost of changes of several orders; a decision maker without a weight counts 1.

    >>> total([], {"A": 2})
    0
    """
    return sum(raised.cost * (weights or {}).get(raised.after.dm, 1) for raised in found)
