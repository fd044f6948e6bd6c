"""Shortest ways from one state to another on which groups may also act at once: who would have to agree, and whether all of them gain.

A *step* is taken by one party or by several at once (a joint move, see `detente.analysis.claims.joint`), and no part of those who take it
suffices for it.  On a way the same party, or the same parties together, do not take two steps in a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_
from typing import Literal

from detente.analysis.claims.joint import joint
from detente.analysis.claims.ways import Group, NoShorter, Place
from detente.analysis.joint import joint_targets
from detente.analysis.unlock.grouped import MAX_PARTIES
from detente.errors import LimitError
from detente.preference.compared import compared
from detente.preference.order import Comparison, Order
from detente.space.sets import StateSet, bits_of
from detente.space.states import StateSpace

Steps = Literal["any", "improving"]


@dataclass(frozen=True, slots=True)
class JointLeg:
    """One step of a way.

    Parameters
    ----------
    movers
        Who takes it (keys, in the order of the conflict); several take it at once.
    start, to
        The states before and after.
    after
        How each of them compares the state after the step with the one before it.
    at_end
        How each of them compares the end of the whole way with the state before the step.
    """

    movers: Group
    start: int
    to: int
    after: Mapping[str, Comparison]
    at_end: Mapping[str, Comparison]


@dataclass(frozen=True)
class JointWay:
    """A shortest way on which groups may act at once, or that there is none.

    Parameters
    ----------
    space
        The space.
    start, goal
        The states that it leads from and to.
    kind
        "any" for all steps, "improving" for those that everybody who takes them gains by.
    groups
        Who may act, alone or together with others of the same group (keys).
    legs
        The steps; None where no way was found.
    outcome
        For each decision maker (key) how they compare the goal with the start.
    layers
        The places that the search came to, a state and who took the step to it, by the number of steps; of places that are as far as the
        goal not all need be among them.
    complete
        Whether the search came to its end: what it did not find is not there.
    """

    space: StateSpace
    start: int
    goal: int
    kind: Steps
    groups: tuple[Group, ...]
    legs: tuple[JointLeg, ...] | None
    outcome: Mapping[str, Comparison]
    layers: tuple[tuple[Place, ...], ...]
    complete: bool

    @property
    def reached(self) -> StateSet:
        """The states other than the start that the search came to; without a way and `complete`, all that can be reached."""
        return self.space.set_of(*(state for layer in self.layers for state, _ in layer)) - self.space.set_of(self.start)

    def no_shorter(self) -> NoShorter | None:
        """That there is no shorter way, or none at all, to be checked; None where that was not settled, or nothing needs to move."""
        if not self.complete or self.start == self.goal:
            return None
        layers = self.layers if self.legs is None else self.layers[: len(self.legs)]
        return NoShorter(self.groups, self.start, self.goal, self.kind == "improving", layers, self.legs is None)

    @property
    def movers(self) -> Group:
        """Everybody who takes part in a step, in the order of the conflict."""
        acting = {dm for leg in self.legs or () for dm in leg.movers}
        return tuple(dm.key for dm in self.space.conflict.decision_makers if dm.key in acting)


class JointSteps:
    """The steps that groups can take.

    Parameters
    ----------
    space
        The space, whose states are listed.
    groups
        Who may act (keys): every part of a group may, alone or at once.
    kind
        "any" or "improving".

    Raises
    ------
    LimitError
        S308 if a group has more than ten members.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> steps = JointSteps(space, [("MoE", "Uniroyal")], "improving")
    >>> [(movers, space.number(to)) for movers, to in steps.of(space.state(5))]
    [(('MoE', 'Uniroyal'), 8)]
    """

    def __init__(self, space: StateSpace, groups: Sequence[Group], kind: Steps) -> None:
        self.space, self.kind = space, kind
        keys = [dm.key for dm in space.conflict.decision_makers]
        for group in groups:
            if len(group) > MAX_PARTIES:
                parts = f"{2 ** len(group) - 1:,} parts"
                message = f"a group of {len(group)} has {parts}; each part is looked at for at most {MAX_PARTIES} members"
                raise LimitError.of("S308", message, help="name smaller groups")
        every = {part for group in groups for n in range(1, len(group) + 1) for part in combinations(group, n)}
        self._parts = sorted(every, key=lambda part: (len(part), [keys.index(dm) for dm in part]))
        self._better: dict[tuple[str, int], int] = {}

    def of(self, state: int) -> Iterator[tuple[Group, int]]:
        """Every step from a state, with who takes it: those of single parties first, then by the number of movers."""
        known: dict[Group, int] = {}
        for part in self._parts:
            targets = joint_targets(self.space, part, state) & self._gain(part, state)
            for size in range(1, len(part)):
                for smaller in combinations(part, size):
                    targets &= ~known[smaller]
            known[part] = targets
            yield from ((part, to) for to in bits_of(targets))

    def _gain(self, part: Group, state: int) -> int:
        """The states that all of a part prefer to one; all states where any step will do."""
        if self.kind == "any":
            return self.space.states.bits
        for dm in part:
            if (dm, state) not in self._better:
                self._better[dm, state] = compared(self.space, dm, state)[0]
        return reduce(and_, (self._better[dm, state] for dm in part))


def shortest_together(
    space: StateSpace,
    start: int,
    goal: int,
    groups: Sequence[Group],
    kind: Steps = "any",
    *,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> JointWay:
    """A shortest way from a state to another on which groups may act at once; of several one that is found first, always the same.

    Parameters
    ----------
    space
        The space, whose states are listed.
    start, goal
        Two states.
    groups
        Who may act (keys, in the order of the conflict): every part of a group may, alone or at once.
    kind
        "any" for all steps, "improving" for those that everybody who takes them gains by.
    seconds
        How long to look; None for as long as it takes.
    progress
        Told how many states were come to.

    Raises
    ------
    LimitError
        S308 if a group has more than ten members.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> found = shortest_together(space, space.state(1), space.state(8), [("Local",), ("MoE", "Uniroyal")], "improving")
    >>> [(leg.movers, space.number(leg.to)) for leg in found.legs]
    [(('Local',), 5), (('MoE', 'Uniroyal'), 8)]
    """
    steps, deadline = JointSteps(space, groups, kind), None if seconds is None else time.monotonic() + seconds
    came: dict[Place, Place | None] = {(start, ()): None}
    waiting, at = list[Place](came), 0
    end: Place | None = None if start != goal else waiting[0]
    while end is None and at < len(waiting):
        if deadline is not None and time.monotonic() > deadline:
            break
        node = waiting[at]
        at += 1
        if progress is not None and at % 100 == 0:
            progress(f"ways on which groups may act at once: {at:,} places")
        for movers, to in steps.of(node[0]):
            if movers != node[1] and (to, movers) not in came:
                came[to, movers] = node
                waiting.append((to, movers))
                if to == goal:
                    end = to, movers
                    break
    orders = {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}
    legs = None if end is None else _legs(orders, came, end)
    outcome = {dm: order.compare(goal, start) for dm, order in orders.items()}
    return JointWay(space, start, goal, kind, tuple(groups), legs, outcome, _layers(came), end is not None or at == len(waiting))


def turns_matter(way: JointWay) -> bool:
    """Whether the same who acted twice in a row would get farther, or in fewer steps, than the search for a `way` came.

    Where moves compose, two steps of the same are one: only merged states and bans can make a difference.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> turns_matter(shortest_together(space, space.state(1), space.state(8), [("Local",)]))
    False
    """
    if way.space.moves_compose:
        return False
    steps, depth = JointSteps(way.space, way.groups, way.kind), dict[int, int]()
    for at, layer in enumerate(way.layers):
        for state, _ in layer:
            depth.setdefault(state, at)
    searched = way.layers if way.legs is None else way.layers[: max(len(way.legs) - 1, 0)]
    return any(
        movers == last and depth.get(to, at + 2) > at + 1
        for at, layer in enumerate(searched)
        for state, last in layer
        for movers, to in steps.of(state)
    )


def _layers(came: Mapping[Place, Place | None]) -> tuple[tuple[Place, ...], ...]:
    """The places by the number of steps; each comes after the one that it was come to from."""
    depth: dict[Place, int] = {}
    layers: list[list[Place]] = []
    for place, before in came.items():
        depth[place] = at = 0 if before is None else depth[before] + 1
        if at == len(layers):
            layers.append([])
        layers[at].append(place)
    return tuple(map(tuple, layers))


def _legs(orders: Mapping[str, Order], came: Mapping[Place, Place | None], end: Place) -> tuple[JointLeg, ...]:
    """The steps by which a place was come to."""
    found, node = [], end
    while (before := came[node]) is not None:
        found.append((node[1], before[0], node[0]))
        node = before
    return tuple(
        JointLeg(
            movers,
            start,
            to,
            {dm: orders[dm].compare(to, start) for dm in movers},
            {dm: orders[dm].compare(end[0], start) for dm in movers},
        )
        for movers, start, to in reversed(found)
    )


def is_way(way: JointWay) -> bool:
    """Whether every step of a way can be taken by those who are said to take it, together, and it leads from its start to its goal.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> is_way(shortest_together(space, space.state(1), space.state(8), [("MoE", "Uniroyal", "Local")]))
    True
    """
    now, last, orders = way.start, Group(), {}
    for leg in way.legs or ():
        orders.update({dm: Order(way.space, dm) for dm in leg.movers if dm not in orders})
        allowed = any(set(leg.movers) <= set(group) for group in way.groups)
        gains = way.kind == "any" or all(orders[dm].prefers(leg.to, leg.start) for dm in leg.movers)
        if leg.start != now or leg.movers == last or not (allowed and gains) or joint(way.space, leg.movers, leg.start, leg.to) is None:
            return False
        now, last = leg.to, leg.movers
    return now == way.goal
