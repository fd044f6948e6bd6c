"""Claims about phases: an order in which the steps of a package can be taken one after the other, or that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.phase_steps import Phase, Spent, leverage, rest_of, step, taken
from detente.analysis.claims.together import verdicts
from detente.concepts.witness import Leaves, Stays, Witness
from detente.preference.order import Ordering
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Phased(Claim):
    """A package can be carried out in this order.

    Every step is feasible and a gain for all who take it; the package and every state on the way hold; and nobody prefers a state on the
    way to the package.  Every option in which the package differs from the start is changed once.

    Parameters
    ----------
    start, package
        The two states.
    phases
        The steps, from a combination of the start to one of the package.
    holds
        For the end of each step why each decision maker stays there.
    spent
        Steps by which a party gives up what it held over another.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> Phased(0, 1, (Phase(0, 1, ("A",)),), ((Stays("Nash", "A", 1, ()),),)).check(space)
    """

    kind: ClassVar[str] = "phases"
    start: int
    package: int
    phases: tuple[Phase, ...]
    holds: tuple[tuple[Witness, ...], ...]
    spent: tuple[Spent, ...] = ()

    def check(self, space: StateSpace) -> None:
        """Follow the steps, and check everything that is asked of each."""
        self.verify(space)

    def verify(self, space: StateSpace, orders: Mapping[str, Ordering] | None = None) -> None:
        """The check, with other orders for some decision makers."""
        checker = Checker(space, orders)
        need(bool(self.phases) and len(self.holds) == len(self.phases), "phases: not one reason each")
        need(space.state_of(self.phases[0].start) == self.start, f"start: {self.phases[0].start} is not in {self.start}")
        need(space.state_of(self.phases[-1].to) == self.package, f"package: {self.phases[-1].to} is not in {self.package}")
        need(self.start != self.package, "package: it is the start")
        now, changed = self.phases[0].start, 0
        for phase, holds in zip(self.phases, self.holds, strict=True):
            flip = phase.start ^ phase.to
            need(phase.start == now and flip != 0 and not flip & changed, f"phase: from {phase.start} to {phase.to}")
            state = step(checker, phase)
            need(bool(holds), f"holds: nothing shows it for {state}")
            verdicts(checker, holds, state)
            need(all(isinstance(witness, Stays) for witness in holds), f"holds: somebody leaves {state}")
            if phase is not self.phases[-1]:
                for dm in checker.decision_makers:
                    need(not checker.prefers(dm, state, self.package), f"stop: {dm} prefers {state}")
            now, changed = phase.to, changed | flip
        for spent in self.spent:
            need(spent in set(leverage(checker, self.phases)), f"spent: {spent}")


@dataclass(frozen=True)
class NoPhases(Claim):
    """There is no order in which a package can be carried out.

    Parameters
    ----------
    start, package
        The two states.
    origin, goal
        A combination of each; the package is what they differ in.
    reached
        Combinations: the origin, and every one to which a step from one of these leads that meets all that is asked of it.
    unheld
        Combinations on the way (or the package) whose states somebody leaves, each with why.
    stops
        Combinations on the way whose states somebody prefers to the package, each with who (key).

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> NoPhases(0, 1, 0, 1, (0,), (), ()).check(space)
    """

    kind: ClassVar[str] = "no phases"
    start: int
    package: int
    origin: int
    goal: int
    reached: tuple[int, ...]
    unheld: tuple[tuple[int, Leaves], ...]
    stops: tuple[tuple[int, str], ...]

    def check(self, space: StateSpace) -> None:
        """Look at every step from every combination listed: it leads to a listed one, or something that is asked of it fails."""
        checker = Checker(space)
        need((space.state_of(self.origin), space.state_of(self.goal)) == (self.start, self.package), "origin: not of these states")
        need(self.start != self.package, "package: it is the start")
        reached, stops, unheld = set(self.reached), dict(self.stops), dict(self.unheld)
        need(self.origin in reached and self.goal not in reached, "reached: the package, or not the start")
        need(all(space.is_feasible(c) for c in (*reached, *stops, *unheld)), "reached: infeasible")
        for combination, dm in stops.items():
            state = space.state_of(combination)
            need(combination != self.goal and dm in checker.decision_makers and state is not None, f"stop: {combination}")
            need(checker.prefers(dm, state or 0, self.package), f"stop: {dm} does not prefer {combination}")
        for combination, leaves in unheld.items():
            need(type(leaves) is Leaves, f"unheld: {combination}")
            need(leaves.state == space.state_of(combination), f"unheld: {combination}")
            refused = checker.check(leaves)
            need(refused is None, f"unheld: {refused}")
        for combination in reached:
            for to in rest_of(combination, self.goal):
                if to not in reached and to not in stops and to not in unheld and space.is_feasible(to):
                    need(not taken(checker, combination, to), f"reached: a step from {combination} to {to} is left out")
