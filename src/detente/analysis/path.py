"""Shortest ways from one state to another: by moves of anybody, by improvements only, or by moves that cost their movers nothing.

The shortest legal sequences are those by which the status-quo analysis of Li, Kilgour and Hipel (2005) first reaches the goal;
Xu, Kilgour, Hipel and Kemkes (2010) list them by coloured paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice

from detente.analysis.certificate import Kind
from detente.analysis.images import Images
from detente.analysis.reach import Reach, counts, reach
from detente.analysis.route import Route, route
from detente.space.sets import StateSet, bits_of
from detente.space.states import StateSpace

MAX_COUNTED = 100_000
"""Most states and last movers on shortest ways for which the ways are counted."""


@dataclass(frozen=True)
class Routes:
    """The shortest legal sequences from a state to a goal.

    Parameters
    ----------
    space
        The space.
    start
        Where they begin.
    goal
        The states that they may end at.
    kind
        Which moves they are made of.
    steps
        Their number of moves; 0 if the start belongs to the goal, None if there is no such sequence.
    count
        How many there are; None if they lead over more than `MAX_COUNTED` states and are not counted.
    routes
        The first of them, ordered by mover and state, step by step.
    needed
        The decision makers (keys) without whose moves no such sequence, of any length, leads there, each with all that the others reach.
    reach
        What was searched: where `steps` is None all that can be reached, so that nobody need trust the search.
    """

    space: StateSpace
    start: int
    goal: StateSet
    kind: Kind
    steps: int | None
    count: int | None
    routes: tuple[Route, ...]
    needed: Mapping[str, Reach]
    reach: Reach


def shortest(
    space: StateSpace,
    start: int,
    goal: int | StateSet,
    kind: Kind = "any",
    movers: Sequence[str] | None = None,
    listed: int = 3,
    images: Images | None = None,
) -> Routes:
    """The shortest legal sequences from a state to a goal.

    Parameters
    ----------
    space
        The space.
    start
        A state.
    goal
        A state, or a set of them any of which will do.
    kind
        "any" for all moves, "improving" for improvements of the mover, "no loss" for moves after which the mover is no worse off.
    movers
        Who may move (keys); by default everybody.
    listed
        How many to list.
    images
        The images to use, when there are some of this space already.

    Raises
    ------
    LimitError
        S304 when the improvements are too many to follow (see `Images.better`).

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> found = shortest(space, 0, 3)
    >>> found.steps, found.count, [leg.mover for leg in found.routes[0].legs]
    (2, 2, ['A', 'B'])
    """
    images = images or Images(space)
    aim = space.set_of(goal) if isinstance(goal, int) else goal
    if aim.contains(start):
        here = route(space, images.orders, start, ())
        return Routes(space, start, aim, kind, 0, 1, (here,)[:listed], {}, Reach(space, start, kind, (), (), complete=False))
    found = reach(space, start, kind, movers, aim, images)
    if found.complete:
        return Routes(space, start, aim, kind, None, 0, (), {}, found)
    web = _Web(images, found, aim)
    listing = tuple(route(space, images.orders, start, steps) for steps in islice(web.sequences(), listed))
    acting = found.movers
    on_the_way = [dm for dm in acting if all(any(leg.mover == dm for leg in way.legs) for way in listing)]  # nobody else can be needed
    without = {dm: reach(space, start, kind, [other for other in acting if other != dm], aim, images) for dm in on_the_way}
    needed = {dm: rest for dm, rest in without.items() if rest.complete}
    return Routes(space, start, aim, kind, found.length, web.count(), listing, needed, found)


class _Web:
    """The states and last movers that lie on shortest sequences, move by move."""

    def __init__(self, images: Images, found: Reach, goal: StateSet) -> None:
        self.images, self.reach = images, found
        layers: list[Mapping[str, int]] = [{dm: bits & goal.bits for dm, bits in found.layers[-1].items()}]
        for layer in reversed(found.layers[:-1]):
            layers.append(self._before(layer, layers[-1]))
        layers.reverse()
        self.size = sum(bits.bit_count() for layer in layers for bits in layer.values())
        self._layers = layers
        width = found.space.conflict.combinations // 8 + 1
        self._tables = [{dm: bits.to_bytes(width, "little") for dm, bits in layer.items()} for layer in layers]

    def _before(self, layer: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
        """The part of a layer from which somebody else moves into the part of the next one."""
        result = dict.fromkeys(layer, 0)
        for mover, targets in after.items():
            sources = self.images.image(mover, targets, backward=True) if targets else 0
            rest = sources & reduce(int.__or__, (bits for dm, bits in layer.items() if dm != mover), 0)
            if self.reach.kind != "any":
                rest = sum(1 << s for s in bits_of(rest) if self.images.better(mover, 1 << s, self.reach.kind) & targets)
            for dm, bits in layer.items():
                if dm != mover:
                    result[dm] |= bits & rest
        return result

    def _next(self, depth: int, now: int, last: str | None) -> Iterator[tuple[str, int]]:
        """The moves of shortest sequences after so many moves, by the order of the movers and then of the states."""
        for mover in self.reach.movers:
            if mover != last:
                table = self._tables[depth][mover]
                for to in self.images.space.moves(mover, now):
                    if table[to >> 3] >> (to & 7) & 1 and counts(self.images, self.reach.kind, mover, now, to):
                        yield mover, to

    def sequences(self) -> Iterator[list[tuple[str, int]]]:
        """All shortest sequences, in order; each is (mover, state) step by step."""
        steps: list[tuple[str, int]] = []
        waiting = [self._next(0, self.reach.start, None)]
        while waiting:
            step = next(waiting[-1], None)
            if step is None:
                waiting.pop()
                if steps:
                    steps.pop()
            elif len(waiting) == self.reach.length:
                yield [*steps, step]
            else:
                steps.append(step)
                waiting.append(self._next(len(steps), step[1], step[0]))

    def count(self) -> int | None:
        """How many there are, or None when the web is too large to count them."""
        if self.size > MAX_COUNTED:
            return None
        ways: dict[tuple[str | None, int], int] = {(None, self.reach.start): 1}
        for depth in range(self.reach.length):
            following: dict[tuple[str | None, int], int] = {}
            for (last, now), number in ways.items():
                for step in self._next(depth, now, last):
                    following[step] = following.get(step, 0) + number
            ways = following
        return sum(ways.values())
