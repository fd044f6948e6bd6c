"""Ways from a state to a wanted one that holds: moves that parties make of their own accord, and as few joint moves as possible.

A party moves of its own accord by an improvement that has no answer under the concept that describes its behaviour.  A joint move is made
by parties all of whom prefer its end, and it is one that none of them could make alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from detente.analysis.certificate import Checker
from detente.analysis.claims.plan import Stage, together
from detente.analysis.joint import joint_targets
from detente.analysis.unlock.holding import Holding
from detente.preference.compared import compared
from detente.space.sets import StateSet, bits_of
from detente.space.states import StateSpace

FEW = 50
"""Up to so many wanted states are asked beforehand whether they hold; more, when they are come to."""
MOST_STATES = 400
"""Most states from which steps are followed, unless told otherwise."""

Purse = tuple[tuple[str, int], ...]
"""How many more joint moves a party can take part in, for those that are limited."""


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of a way, each with who takes it (keys) and the state that it leads to, and the number of joint moves among them."""

    steps: tuple[tuple[tuple[str, ...], int], ...]
    joint: int


class Ways:
    """The cheapest ways in one conflict.

    Parameters
    ----------
    space
        The space.
    holding
        Which states hold, and who leaves them; its orders are those of the conflict.
    most_states
        Most states from which steps are followed.
    deadline
        When to stop, by `time.monotonic`; None for never.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", -1), ("y", 2))))
    >>> b = DecisionMaker("B", "B", OptionWeighting((("x", 2), ("y", -1))))
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> Ways(space, Holding(space, {"A": "SEQ", "B": "SEQ"})).cheapest(0, space.set_of(3))
    Way(steps=((('A', 'B'), 3),), joint=1)
    """

    def __init__(self, space: StateSpace, holding: Holding, most_states: int = MOST_STATES, deadline: float | None = None) -> None:
        self.space, self.holding, self.most_states, self.deadline = space, holding, most_states, deadline
        self.checker = Checker(space, holding.orders)
        self.keys = tuple(dm.key for dm in space.conflict.decision_makers)
        self.cut = False
        """Whether some search was cut short, so that a way it did not find may exist."""
        self._own: dict[int, tuple[tuple[tuple[str, ...], int], ...]] = {}

    def cheapest(self, start: int, wanted: StateSet, most_joint: int = 2, limits: Mapping[str, int] | None = None) -> Way | None:
        """A way with the fewest joint moves to one of the wanted states that hold; of several one that is found first, always the same.

        Parameters
        ----------
        start
            Where it begins.
        wanted
            States, of which any that holds will do.
        most_joint
            Most joint moves.
        limits
            For some parties (keys) the most joint moves that they can take part in.

        Returns
        -------
        Way or None
            None if there is none with so few joint moves; `cut` then says whether that is certain.
        """
        aims = self._aims(wanted)
        if aims is not None and not aims:
            return None
        purse: Purse = tuple(sorted((limits or {}).items()))
        came: dict[tuple[int, Purse], tuple[tuple[int, Purse], tuple[str, ...]] | None] = {(start, purse): None}
        layer = [(start, purse)]
        for joint in range(most_joint + 1):
            layer = self._closed(layer, came)
            hit = next((node for node in layer if self._hits(node[0], wanted, aims)), None)
            if hit is not None:
                return Way(_steps(came, hit), joint)
            if joint == most_joint:
                break
            direct = self._direct(layer, wanted, aims, came)
            if direct is not None:
                return Way(_steps(came, direct), joint + 1)
            layer = self._jointly(layer, came) if joint + 1 < most_joint or aims is None or self._entered(aims) else []
        return None

    def _aims(self, wanted: StateSet) -> frozenset[int] | None:
        """The wanted states that hold, if they are few enough to be asked one by one beforehand; otherwise None."""
        return frozenset(state for state in wanted.each() if self.holding.holds(state)) if wanted.count <= FEW else None

    def _hits(self, state: int, wanted: StateSet, aims: frozenset[int] | None) -> bool:
        """Whether a state is wanted and holds."""
        return state in aims if aims is not None else wanted.contains(state) and self.holding.holds(state)

    def _entered(self, aims: frozenset[int]) -> bool:
        """Whether from some state a party that leaves it could improve to a wanted one by a move of its own."""
        return any(
            dm in self.holding.leavers(state) and self.checker.prefers(dm, aim, state)
            for aim in sorted(aims)
            for dm in self.keys
            for state in bits_of(joint_targets(self.space, (dm,), aim, backward=True))
        )

    def _closed(
        self,
        layer: list[tuple[int, Purse]],
        came: dict[tuple[int, Purse], tuple[tuple[int, Purse], tuple[str, ...]] | None],
    ) -> list[tuple[int, Purse]]:
        """These places, and all that moves of parties' own accord lead to from them, breadth first."""
        found, at = list(layer), 0
        while at < len(found):
            if at >= self.most_states or self._late():
                self.cut = True
                break
            node = found[at]
            at += 1
            for movers, to in self.own(node[0]):
                following = (to, node[1])
                if following not in came:
                    came[following] = (node, movers)
                    found.append(following)
        return found

    def own(self, state: int) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Every move from a state that a party makes of its own accord."""
        if state not in self._own:
            found = []
            for dm in self.holding.leavers(state):
                for to in sorted(self.holding.single.improvements(dm, state)):
                    if self.holding.leaves_by(dm, state, to) is not None:
                        found.append(((dm,), to))
            self._own[state] = tuple(found)
        return self._own[state]

    def _direct(
        self,
        layer: list[tuple[int, Purse]],
        wanted: StateSet,
        aims: frozenset[int] | None,
        came: dict[tuple[int, Purse], tuple[tuple[int, Purse], tuple[str, ...]] | None],
    ) -> tuple[int, Purse] | None:
        """A wanted state that holds and that one joint move leads to: by the fewest movers, then the first."""
        for node in layer:
            if aims is None:
                moves = sorted((len(movers), to, movers) for movers, to in self.joint(node[0], wanted.bits))
            else:
                moves = sorted((len(movers), aim, movers) for aim in aims if (movers := together(self.checker, node[0], aim)))
            for _, to, movers in moves:
                left = _spent(node[1], movers)
                if left is not None and self._hits(to, wanted, aims):
                    came.setdefault((to, left), (node, movers))
                    return to, left
        return None

    def _jointly(
        self,
        layer: list[tuple[int, Purse]],
        came: dict[tuple[int, Purse], tuple[tuple[int, Purse], tuple[str, ...]] | None],
    ) -> list[tuple[int, Purse]]:
        """The places that one joint move leads to, and that were not known."""
        found = []
        for node in layer:
            if self._late():
                self.cut = True
                break
            for movers, to in self.joint(node[0]):
                left = _spent(node[1], movers)
                if left is not None and (to, left) not in came:
                    came[to, left] = (node, movers)
                    found.append((to, left))
        return found

    def joint(self, state: int, among: int | None = None) -> Iterator[tuple[tuple[str, ...], int]]:
        """Every joint move from a state (to one `among` some) that all who make it gain by, and that none of them could make alone."""
        everywhere = self.space.states.bits if among is None else among
        better = {dm: self._better(dm, state) & everywhere for dm in self.keys}
        targets = 0
        for size in range(2, len(self.keys) + 1):
            for members in combinations(self.keys, size):
                gains = everywhere
                for dm in members:
                    gains &= better[dm]
                if gains & ~targets:
                    targets |= gains & joint_targets(self.space, members, state)
        for to in bits_of(targets):
            if movers := together(self.checker, state, to):
                yield movers, to

    def _better(self, dm: str, state: int) -> int:
        """All states that a party prefers to one."""
        if self.holding.orders is None:
            return compared(self.space, dm, state)[0]
        return self.space.set_of(*(to for to in self.space.states.each() if self.checker.prefers(dm, to, state))).bits

    def _late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def stages(self, start: int, way: Way) -> tuple[Stage, ...]:
        """The steps of a way, with why they are taken and who stays at the end of each."""
        found, now = [], start
        for movers, to in way.steps:
            alone = self.holding.leaves_by(movers[0], now, to) if len(movers) == 1 else None
            found.append(Stage(now, to, movers, alone, self.holding.witnesses(to)))
            now = to
        return tuple(found)


def _spent(purse: Purse, movers: tuple[str, ...]) -> Purse | None:
    """What is left to limited parties after a joint move; None if one of the movers has nothing left."""
    left = tuple((dm, amount - (dm in movers)) for dm, amount in purse)
    return None if any(amount < 0 for _, amount in left) else left


def _steps(
    came: Mapping[tuple[int, Purse], tuple[tuple[int, Purse], tuple[str, ...]] | None], node: tuple[int, Purse]
) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The steps by which a place was come to."""
    steps = []
    while (before := came[node]) is not None:
        steps.append((before[1], node[0]))
        node = before[0]
    return tuple(reversed(steps))
