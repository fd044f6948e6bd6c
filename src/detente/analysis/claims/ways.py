"""Claims about ways on which groups may also act at once: that none is shorter than so many steps, or that there is none at all.

A *step* is what `detente.analysis.joint_path` says: some parties, all of one group, go together where no smaller part of them could go
(and, where only gains count, each of them prefers where it leads).  On a way the same do not take two steps in a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need, tick
from detente.analysis.claims.joint import changeable
from detente.space.states import StateSpace

Group = tuple[str, ...]
Place = tuple[int, Group]
"""A state, and who took the step to it (keys in the order of the conflict; nobody at the start)."""


@dataclass(frozen=True)
class NoShorter(Claim):
    """No way by steps of some groups leads from a start to a goal in fewer steps than there are layers; if they are all, none does.

    Parameters
    ----------
    groups
        Who may act (keys): every part of a group may, alone or at once.
    start, goal
        Two different states.
    gaining
        Whether only steps count that everybody who takes them gains by.
    layers
        The places that are come to: first the start, then those that one step leads to, and so on, each where it is come to first.
    whole
        Whether no step leads from them to any other place.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> NoShorter((("A",),), 0, 2, False, (((0, ()),), ((1, ("A",)),)), True).check(space)
    """

    kind: ClassVar[str] = "no shorter way"
    groups: tuple[Group, ...]
    start: int
    goal: int
    gaining: bool
    layers: tuple[tuple[Place, ...], ...]
    whole: bool

    def check(self, space: StateSpace) -> None:
        """Look at every step from every place that is listed, but for those of the last layer if it is not said that these are all."""
        checker = Checker(space)
        need({self.gaining, self.whole} <= {False, True}, "kind: neither yes nor no")
        for state in (self.start, self.goal):
            need(space.states.contains(state), f"ends: {state} is no state")
        need(self.start != self.goal, "ends: they are the same")
        for group in self.groups:
            need(bool(group) and set(group) <= set(checker.decision_makers) and len(set(group)) == len(group), f"groups: {group}")
        need(self.layers[:1] == (((self.start, ()),),), "layers: the first is not the start")
        depth = {place: at for at, layer in enumerate(self.layers) for place in layer}
        need(len(depth) == sum(map(len, self.layers)), "layers: a place is listed twice")
        need(all(state != self.goal for state, _ in depth), "layers: the goal is come to")
        taken: dict[int, tuple[tuple[Group, int], ...]] = {}
        for at, layer in enumerate(self.layers if self.whole else self.layers[:-1]):
            for state, last in layer:
                if state not in taken:
                    taken[state] = tuple(steps(checker, self.groups, state, gaining=self.gaining))
                    tick()
                for movers, to in taken[state]:
                    soon = depth.get((to, movers), at + 2) <= at + 1
                    need(soon or movers == last, f"step: {movers} lead from {state} to {to}")


def effort(space: StateSpace, groups: tuple[Group, ...]) -> int:
    """How many changes of options a check looks at for each state that is come to.

    >>> from detente.cases import load
    >>> effort(StateSpace(load("elmira")), (("MoE", "Uniroyal"),))
    26
    """
    parts = {part for group in groups for n in range(1, len(group) + 1) for part in combinations(group, n)}
    return sum(1 << _mask(space, part).bit_count() for part in parts)


def steps(checker: Checker, groups: tuple[Group, ...], state: int, *, gaining: bool) -> Iterator[tuple[Group, int]]:
    """Every step from a state: who takes it, and where it leads.

    Parameters
    ----------
    checker
        Compares states.
    groups
        Who may act (keys).
    state
        Where it begins.
    gaining
        Whether only those count that everybody who takes them gains by.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> checker, five = Checker(space), space.state(5)
    >>> [(movers, space.number(to)) for movers, to in steps(checker, (("MoE", "Uniroyal"),), five, gaining=True)]
    [(('MoE', 'Uniroyal'), 8)]
    """
    order = checker.decision_makers.index
    parts = {tuple(sorted(part, key=order)) for group in groups for n in range(1, len(group) + 1) for part in combinations(group, n)}
    led: dict[Group, set[int]] = {}
    for part in sorted(parts, key=lambda part: (len(part), part)):
        gains = set(_targets(checker, part, state, gaining=gaining))
        smaller = (other for n in range(1, len(part)) for other in combinations(part, n))
        led[part] = gains.difference(*(led[other] for other in smaller))
        yield from ((part, to) for to in sorted(led[part]))


def _targets(checker: Checker, part: Group, state: int, *, gaining: bool) -> Iterator[int]:
    """Where some parties lead by changing options of theirs at once: each set of these is looked at."""
    space, mask = checker.space, _mask(checker.space, part)
    for member in space.members(state):
        flip = -mask & mask
        while flip:
            now, flip = flip, flip - mask & mask  # the next part of the mask
            to = space.state_of(member ^ now)
            if to is None or to == state or (gaining and not all(checker.prefers(dm, to, state) for dm in part)):
                continue
            if not now & ~changeable(space, part, member, member ^ now):
                yield to


def _mask(space: StateSpace, part: Group) -> int:
    """The options of some parties, as bits."""
    found = 0
    for dm in part:
        found |= space.masks[dm]
    return found
