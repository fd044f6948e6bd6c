"""What is so after a change of preferences in a space of any size, with the witnesses that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.certificate import Checker
from detente.analysis.claims.outcome import Outcome
from detente.analysis.large.path import shortest_large
from detente.analysis.large.reaching import reached_from
from detente.analysis.large.verdicts import Verdicts
from detente.analysis.large.ways import GroupWays
from detente.analysis.unlock.goal import Want
from detente.concepts.witness import AnyWitness, Step, is_staying
from detente.engines.sat.solver import Clock
from detente.space.states import StateSpace

Profile = Mapping[str, str]


@dataclass(frozen=True)
class LargeGoal:
    """What is to be had in a space of any size.

    Parameters
    ----------
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    want
        "break", "hold" or "reach", as of a goal in a listed space.
    target
        The wanted state; None where the start is to be left.
    """

    start: int
    profile: Profile
    want: Want
    target: int | None = None


class Trial:
    """Asks of changed conflicts whether what is wanted is so, with the witnesses of the unchanged one wherever they still show it.

    Parameters
    ----------
    space
        The space of the conflict as it is.
    goal
        What is wanted.
    clock
        Limits all that is asked.
    """

    def __init__(self, space: StateSpace, goal: LargeGoal, clock: Clock) -> None:
        self.space, self.goal, self.clock = space, goal, clock
        self.unsettled = False
        self._base = Verdicts(space, goal.profile, clock)

    def outcome(self, there: StateSpace, changed: str | None = None) -> Outcome | None:
        """What shows that what is wanted is so in a conflict; None if it is not, or that was not settled (then `unsettled` is True)."""
        self.clock.check()
        goal, profile = self.goal, tuple(self.goal.profile.items())
        verdicts = Verdicts(there, goal.profile, self.clock) if changed is not None else self._base
        checker = Checker(there)
        if goal.want == "break":
            starts = self.verdicts(verdicts, checker, goal.start, changed)
            if starts is None or all(map(is_staying, starts)):
                return None
            return Outcome("break", goal.start, profile, 0, None, (), starts)
        assert goal.target is not None
        ends = self.verdicts(verdicts, checker, goal.target, changed, staying=True)
        if ends is None or not all(map(is_staying, ends)):
            return None
        if goal.want == "hold":
            return Outcome("hold", goal.start, profile, 0, goal.target, ends)
        return self._reached(there, verdicts, checker, changed, ends)

    def everybody(self, there: StateSpace, state: int, changed: str | None) -> tuple[AnyWitness, ...] | None:
        """Everybody's witness at a state of a conflict in which somebody's preference is changed; None where one is not settled."""
        self.clock.check()
        verdicts = Verdicts(there, self.goal.profile, self.clock) if changed is not None else self._base
        return self.verdicts(verdicts, Checker(there), state, changed)

    def _reached(
        self, there: StateSpace, verdicts: Verdicts, checker: Checker, changed: str | None, ends: tuple[AnyWitness, ...]
    ) -> Outcome | None:
        goal, profile = self.goal, tuple(self.goal.profile.items())
        assert goal.target is not None
        if goal.target == goal.start:
            return None
        ways = GroupWays(there, goal.start, verdicts.orders, self.clock)
        group = ways.smallest_group(goal.target)
        starts = self.verdicts(verdicts, checker, goal.start, changed)
        if group:
            way = ways.way(group, goal.target) or ()
            return Outcome("reach", goal.start, profile, 0, goal.target, ends, starts or (), way, group)
        if starts is None or all(map(is_staying, starts)):
            return None
        reached = reached_from(there, goal.start, "improving", orders=verdicts.orders)
        if goal.target in reached.states:
            steps = reached.steps(there, goal.target, verdicts.orders)
        elif reached.complete:
            return None
        else:
            found = shortest_large(there, goal.start, goal.target, "improving", seconds=2.0)
            self.unsettled = self.unsettled or (found.way is None and not found.none)
            if found.way is None:
                return None
            steps = [(leg.mover, leg.to) for leg in found.way.legs]
        return Outcome("reach", goal.start, profile, 0, goal.target, ends, starts, tuple(Step(dm, to) for dm, to in steps))

    def verdicts(
        self, verdicts: Verdicts, checker: Checker, state: int, changed: str | None, *, staying: bool = False
    ) -> tuple[AnyWitness, ...] | None:
        """Everybody's witness at a state, the changed party first asked; None where one is not settled, or (`staying`) somebody leaves."""
        kept: dict[str, AnyWitness] = {}
        for dm, key in self.goal.profile.items():
            before = self._base.witness(key, dm, state) if changed not in (None, dm) else None
            if before is not None and checker.check(before) is None:
                if staying and not is_staying(before):
                    return None
                kept[dm] = before
        found: dict[str, AnyWitness] = {}
        for dm in sorted(self.goal.profile, key=lambda dm: dm != changed):
            witness = kept.get(dm) or verdicts.witness(self.goal.profile[dm], dm, state)
            if witness is None:
                self.unsettled = True
                return None
            if staying and not is_staying(witness):
                return None
            found[dm] = witness
        return tuple(found[dm] for dm in self.goal.profile)
