"""Where a conflict can go from a state, in how many moves, and who moves last: status-quo analysis.

V_i^(h)(s) holds the states that a legal sequence of at most h moves reaches from s with decision maker i moving last (Li, Kilgour and
Hipel 2005); V_i^(h)+ counts improvements only.  In a legal sequence nobody moves twice in a row, and anybody may move again later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.analysis.certificate import Kind
from detente.analysis.images import Images
from detente.analysis.route import Route, route
from detente.errors import LimitError
from detente.space.sets import StateSet, bits_of
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the published table of a status-quo analysis.

    Parameters
    ----------
    state
        The state.
    distance
        The number of moves of a shortest sequence that reaches it.
    movers
        For h = 1, 2, ... who can have moved last in a sequence of at most h moves (keys).
    """

    state: int
    distance: int
    movers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Reach:
    """What legal sequences reach from one state.

    Parameters
    ----------
    space
        The space.
    start
        The state that the sequences begin at.
    kind
        Which moves they are made of.
    movers
        Who may move (keys, in the order of the conflict).
    layers
        For each number of moves, from 1, and each mover: the states first reached by a sequence of that length that they end.
    complete
        Whether nothing else can be reached; False when the search stopped at its goal.
    """

    space: StateSpace
    start: int
    kind: Kind
    movers: tuple[str, ...]
    layers: tuple[Mapping[str, int], ...]
    complete: bool

    @property
    def length(self) -> int:
        """The number of moves after which nothing is added."""
        return len(self.layers)

    def v(self, dm: str, h: int) -> StateSet:
        """V_i^(h), or V_i^(h)+ for improvements: what sequences of at most h moves reach with this decision maker moving last."""
        bits = 0
        for layer in self.layers[: max(h, 0)]:
            bits |= layer.get(dm, 0)
        return StateSet(self.space, bits)

    @property
    def states(self) -> StateSet:
        """Every state that some sequence reaches; the start is among them only if a sequence comes back to it."""
        bits = 0
        for layer in self.layers:
            for states in layer.values():
                bits |= states
        return StateSet(self.space, bits)

    @property
    def unreached(self) -> StateSet:
        """The states other than the start that no sequence reaches; only of a complete search."""
        return ~self.states - self.space.set_of(self.start)

    def lengths(self, state: int) -> dict[str, int]:
        """For each decision maker who can move last to a state the number of moves of a shortest such sequence."""
        found: dict[str, int] = {}
        for h, layer in enumerate(self.layers, start=1):
            found.update({dm: h for dm in self.movers if layer.get(dm, 0) >> state & 1})
        return {dm: found[dm] for dm in self.movers if dm in found}

    def distance(self, state: int) -> int | None:
        """The number of moves of a shortest sequence to a state: 0 to the start itself, None if there is none."""
        return 0 if state == self.start else min(self.lengths(state).values(), default=None)

    def rows(self) -> Iterator[Row]:
        """The published table: a line for each state reached, nearest first, then by number."""
        seen = 0
        for h, layer in enumerate(self.layers, start=1):
            new = 0
            for states in layer.values():
                new |= states
            for state in bits_of(new & ~seen):
                lengths = self.lengths(state)
                movers = (tuple(dm for dm in lengths if lengths[dm] <= n) for n in range(1, self.length + 1))
                yield Row(state, h, tuple(movers))
            seen |= new

    def pairs(self) -> dict[tuple[int, str], int]:
        """The length for each state and last mover, as `Checker.check_reached` takes it; lists everything that is reached."""
        return {(state, dm): h for h, layer in enumerate(self.layers, start=1) for dm, bits in layer.items() for state in bits_of(bits)}

    def way(self, state: int, last: str | None = None, images: Images | None = None) -> Route | None:
        """One shortest sequence to a state, always the same one; None if there is none.

        Parameters
        ----------
        state
            Where it ends.
        last
            Who makes the last move; by default anybody.
        images
            The images to use, when there are some of this space already.
        """
        images = images or Images(self.space)
        lengths = self.lengths(state)
        if last is None and state == self.start:
            return route(self.space, images.orders, state, ())
        found = {dm: h for dm, h in lengths.items() if last in (None, dm)}
        if not found:
            return None
        mover = min(found, key=found.__getitem__)
        steps, now = [(mover, state)], state
        for h in range(found[mover] - 1, 0, -1):
            mover, now = self._before(images, now, mover, h)
            steps.append((mover, now))
        return route(self.space, images.orders, self.start, reversed(steps))

    def _before(self, images: Images, state: int, mover: str, h: int) -> tuple[str, int]:
        """Who moved before, and to where, on a sequence whose move after the h-th is this one: the first that can have."""
        sources, layer = images.image(mover, 1 << state, backward=True), self.layers[h - 1]
        moved = ((dm, source) for dm in self.movers if dm != mover for source in bits_of(layer[dm] & sources))
        return next((dm, source) for dm, source in moved if counts(images, self.kind, mover, source, state))


def counts(images: Images, kind: Kind, mover: str, start: int, to: int) -> bool:
    """Whether a move, known to be one, is of a kind."""
    order = images.orders[mover]
    return kind == "any" or order.prefers(to, start) or (kind == "no loss" and not order.prefers(start, to))


def reach(
    space: StateSpace,
    start: int,
    kind: Kind = "any",
    movers: Sequence[str] | None = None,
    until: StateSet | None = None,
    images: Images | None = None,
) -> Reach:
    """Everything that legal sequences reach from a state.

    Works on sets, so that a million states take seconds; see `Images.better` for the one limit.

    Parameters
    ----------
    space
        The space.
    start
        A state.
    kind
        "any" for all moves, "improving" for improvements of the mover, "no loss" for moves after which the mover is no worse off.
    movers
        Who may move (keys); by default everybody.
    until
        Stop when a state of this set is reached.
    images
        The images to use, when there are some of this space already.

    Raises
    ------
    LimitError
        S304 when a decision maker tells too many groups of states apart for their improvements to be followed.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> found = reach(space, 0)
    >>> found.length, found.distance(3), found.lengths(3), found.unreached.count
    (4, 2, {'A': 2, 'B': 2}, 0)
    """
    images = images or Images(space)
    everybody = [dm.key for dm in space.conflict.decision_makers]
    acting = tuple(dm for dm in everybody if movers is None or dm in movers)
    layers: list[dict[str, int]] = []
    seen = dict.fromkeys(acting, 0)
    frontier = {dm: images.better(dm, 1 << start, kind) for dm in acting}
    while any(frontier.values()):
        layers.append(frontier)
        if until is not None and any(bits & until.bits for bits in frontier.values()):
            return Reach(space, start, kind, acting, tuple(layers), complete=False)
        for dm in acting:
            seen[dm] |= frontier[dm]
        following = {}
        for dm in acting:
            before = 0
            for other in acting:
                before |= frontier[other] if other != dm else 0
            following[dm] = images.better(dm, before, kind, space.states.bits & ~seen[dm]) if before else 0
        frontier = following
    return Reach(space, start, kind, acting, tuple(layers), complete=True)


def turns_matter(found: Reach) -> bool:
    """Whether somebody who moved twice in a row would get farther, or in fewer moves, than what was `found` to be reached.

    Where moves compose, two moves of one party are one move: only merged states and bans can make a difference.

    >>> from detente.cases import load
    >>> turns_matter(reach(StateSpace(load("elmira")), 0b10))
    False
    """
    space, seen = found.space, 1 << found.start
    if space.moves_compose:
        return False
    images = Images(space)
    for place, layer in enumerate(found.layers):
        after = found.layers[place + 1] if place + 1 < len(found.layers) else {}
        if not after and not found.complete:
            return False  # what was looked for is reached
        for bits in (*layer.values(), *after.values()):
            seen |= bits
        try:
            if any(images.better(dm, bits, found.kind, space.states.bits & ~seen) for dm, bits in layer.items() if bits):
                return True
        except LimitError:
            return True  # it may
    return False
