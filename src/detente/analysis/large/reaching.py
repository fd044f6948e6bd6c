"""What legal sequences reach from a state of a space of any size, listed as long as it is little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.analysis.certificate import Kind
from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.states import StateSpace

MOST_PAIRS = 5_000
"""Most states and last movers that are listed."""
MOST_OWN = 12
"""Most options of a decision maker whose moves are listed."""


@dataclass(frozen=True)
class Reached:
    """What legal sequences of one kind of move reach from a start.

    Parameters
    ----------
    start
        The start.
    kind
        Which moves count.
    movers
        Who may move (keys).
    lengths
        For each state and last mover the number of moves of a shortest sequence.
    complete
        Whether nothing else is reached.
    """

    start: int
    kind: Kind
    movers: tuple[str, ...]
    lengths: Mapping[tuple[int, str], int]
    complete: bool

    @property
    def states(self) -> frozenset[int]:
        """The states that are reached."""
        return frozenset(state for state, _ in self.lengths)

    def steps(self, space: StateSpace, to: int, orders: Mapping[str, Order]) -> list[tuple[str, int]]:
        """The moves of a shortest sequence to a state that is reached; `orders` has everybody's."""
        mover = min((dm for state, dm in self.lengths if state == to), key=lambda dm: self.lengths[to, dm])
        made = [(mover, to)]
        while (length := self.lengths[made[-1][1], made[-1][0]]) > 1:
            last, state = made[-1]
            mover, before = next(
                (dm, now)
                for (now, dm), h in self.lengths.items()
                if h == length - 1
                and dm != last
                and not (now ^ state) & ~space.masks[last]
                and state in _of_kind(space, orders[last], last, now, self.kind)
            )
            made.append((mover, before))
        return list(reversed(made))


def reached_from(
    space: StateSpace,
    start: int,
    kind: Kind,
    movers: Sequence[str] | None = None,
    orders: Mapping[str, Order] | None = None,
    most: int = MOST_PAIRS,
) -> Reached:
    """What legal sequences reach from a start, up to a limit of states and last movers.

    Parameters
    ----------
    space
        The space.
    start
        The start.
    kind
        Which moves count.
    movers
        Who may move (keys); by default everybody.
    orders
        Everybody's order, where they are known.
    most
        Most states and last movers that are listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> found = reached_from(space, 0, "any")
    >>> found.complete, len(found.states)
    (True, 6)
    """
    everybody = [dm.key for dm in space.conflict.decision_makers]
    acting = tuple(dm for dm in everybody if movers is None or dm in movers)
    known = orders or {dm: Order(space, dm) for dm in everybody}
    lengths: dict[tuple[int, str], int] = {}
    complete = all(space.masks[dm].bit_count() <= MOST_OWN for dm in acting)
    frontier: list[tuple[int, str]] = [(start, "")]
    length = 0
    while frontier and complete:
        length += 1
        following: list[tuple[int, str]] = []
        for now, last in frontier:
            for dm in acting:
                for to in _of_kind(space, known[dm], dm, now, kind) if dm != last else ():
                    if (to, dm) not in lengths:
                        lengths[to, dm] = length
                        following.append((to, dm))
            if len(lengths) > most:
                complete = False
                break
        frontier = following
    return Reached(start, kind, acting, lengths, complete)


def _of_kind(space: StateSpace, order: Order, dm: str, now: int, kind: Kind) -> Iterable[int]:
    try:
        moves = space.moves(dm, now)
    except LimitError:
        return ()
    if kind == "any":
        return moves
    return (to for to in moves if order.prefers(to, now) or (kind == "no loss" and not order.prefers(now, to)))
