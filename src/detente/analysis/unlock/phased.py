"""The steps between a start and a package, and what was found about the orders in which they can be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from detente.analysis.certificate import Checker
from detente.analysis.claims.joint import changeable
from detente.analysis.claims.phase_steps import Phase, gaining, leverage, rest_of
from detente.analysis.claims.phases import NoPhases, Phased
from detente.concepts.witness import Witness
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace

MOST = 12
"""Most options of a package for which all orders are looked at."""
LISTED = 5
"""How many orders are listed, unless told otherwise."""


class Verdicts(Protocol):
    """Says who stays at a state, and why; `detente.analysis.unlock.holding.Holding` does."""

    orders: Mapping[str, Ordering] | None
    """For some or all decision makers an order to use instead of their preference."""

    def holds(self, state: int) -> bool:
        """Whether nobody leaves a state."""
        ...

    def leavers(self, state: int) -> tuple[str, ...]:
        """Everybody who leaves a state (keys)."""
        ...

    def witness(self, dm: str, state: int) -> Witness:
        """Why a decision maker stays at a state or leaves it."""
        ...

    def witnesses(self, state: int) -> tuple[Witness, ...]:
        """Why each decision maker stays at a state or leaves it."""
        ...


class Steps:
    """The combinations between two states, changed option by option, and the steps between them.

    Parameters
    ----------
    space
        The space.
    start, package
        Two different states.
    holding
        Says which states hold.

    Examples
    --------
    >>> from detente.analysis.unlock.holding import Holding
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> steps = Steps(space, 0, 1, Holding(space, {"A": "Nash"}))
    >>> steps.origin, steps.goal, steps.fine(1), steps.taken(0, 1)
    (0, 1, True, False)
    """

    def __init__(self, space: StateSpace, start: int, package: int, holding: Verdicts) -> None:
        self.space, self.start, self.package, self.holding = space, start, package, holding
        pairs = ((a, b) for a in space.members(start) for b in space.members(package))
        self.origin, self.goal = min(pairs, key=lambda pair: ((pair[0] ^ pair[1]).bit_count(), pair[0], pair[0] ^ pair[1]))
        self.flip = self.origin ^ self.goal
        self.checker = Checker(space, holding.orders)
        self.keys = tuple(dm.key for dm in space.conflict.decision_makers)
        self._fine: dict[int, bool] = {}
        self._plain = not space.conflict.bans and all(dm.unperceived is None for dm in space.conflict.decision_makers)
        self._masks = {dm: changeable(space, (dm,), self.origin, self.goal) for dm in self.keys} if self._plain else {}
        self._rank: dict[tuple[str, int], int] = {}

    @property
    def options(self) -> int:
        """How many options the package changes."""
        return self.flip.bit_count()

    @cached_property
    def _ranks(self) -> dict[int, tuple[int, ...]]:
        """For each feasible combination between the two the place of its state in everybody's order, higher for better."""
        states = {c: state for c in (self.origin, *rest_of(self.origin, self.goal)) if (state := self.space.state_of(c)) is not None}
        columns = []
        for dm in self.keys:
            order = (self.holding.orders or {}).get(dm) or Order(self.space, dm)
            keys = {state: order.key(state) for state in states.values()}
            place = {key: n for n, key in enumerate(sorted(set(keys.values())))}
            columns.append({state: place[key] for state, key in keys.items()})
        return {c: tuple(column[state] for column in columns) for c, state in states.items()}

    def feasible(self, combination: int) -> bool:
        """Whether a partial combination can occur."""
        return combination in self._ranks

    def state(self, combination: int) -> int:
        """The state of a feasible combination."""
        state = self.space.state_of(combination)
        if state is None:
            raise KeyError(combination)
        return state

    def gain(self, start: int, to: int) -> tuple[str, ...]:
        """Everybody who prefers the state of a combination to that of another."""
        before, after = self._ranks[start], self._ranks[to]
        return tuple(dm for dm, a, b in zip(self.keys, before, after, strict=True) if b > a)

    def uncovered(self, start: int, to: int) -> int:
        """The bits that have to change between two feasible combinations and that nobody can change who gains by it."""
        rest = start ^ to
        if self._plain:
            for dm in self.gain(start, to):
                rest &= ~self._masks[dm]
            return rest
        return rest & ~changeable(self.space, self.gain(start, to), start, to)

    def taken(self, start: int, to: int) -> bool:
        """Whether a step between two feasible combinations is a gain for enough of those who own what it changes."""
        return not self.uncovered(start, to)

    def needed(self, start: int, to: int) -> tuple[str, ...] | None:
        """Everybody who gains by a step between two feasible combinations, and who else it needs; None if it can't be taken."""
        rest, needed = self.uncovered(start, to), set(self.gain(start, to))
        for dm in self.keys:
            own = rest & (self._masks[dm] if self._plain else changeable(self.space, (dm,), start, to))
            if own:
                needed.add(dm)
                rest &= ~own
        return None if rest else tuple(dm for dm in self.keys if dm in needed)

    def stops(self, combination: int) -> tuple[str, ...]:
        """Everybody who prefers a partial state to the package; nobody for the package and the start."""
        if combination in (self.origin, self.goal):
            return ()
        return self.gain(self.goal, combination)

    def fine(self, combination: int) -> bool:
        """Whether a combination may be on the way: it is feasible, its state holds, and nobody would rather stop there."""
        if combination not in self._fine:
            good = self.feasible(combination) and not self.stops(combination)
            self._fine[combination] = combination == self.origin or (good and self.holding.holds(self.state(combination)))
        return self._fine[combination]

    @cached_property
    def reached(self) -> dict[int, tuple[int, ...]]:
        """Every combination that steps lead to which meet all that is asked, with those that one more step leads to."""
        found: dict[int, tuple[int, ...]] = {}
        waiting = [self.origin]
        while waiting:
            now = waiting.pop()
            if now not in found:
                found[now] = tuple(
                    sorted(to for to in rest_of(now, self.goal) if self.feasible(to) and self.taken(now, to) and self.fine(to))
                )
                waiting += found[now]
        return dict(sorted(found.items()))

    def phase(self, start: int, to: int) -> Phase:
        """The step between two combinations, with everybody who takes it."""
        return Phase(start, to, gaining(self.checker, start, to))

    def claim(self, combinations: tuple[int, ...]) -> Phased:
        """The claim that the package can be carried out over these combinations, the first and the last included."""
        phases = tuple(self.phase(a, b) for a, b in pairwise(combinations))
        holds = tuple(self.holding.witnesses(self.state(phase.to)) for phase in phases)
        return Phased(self.start, self.package, phases, holds, tuple(leverage(self.checker, phases)))


@dataclass(frozen=True)
class Phases:
    """In which orders a package can be carried out.

    Parameters
    ----------
    space
        The space.
    start, package
        The two states.
    profile
        For each decision maker (key) the key of the concept that says whether they stay.
    steps
        The partial states between them, and what is known of each.
    count
        How many orders there are; None if the package changes too many options for them to be looked at.
    fewest, most
        The numbers of steps of a shortest and of a longest order; None if there is none.
    shortest, finest
        Orders of the fewest and of the most steps, the first of them.
    none
        If there is no order: why, with every step that can be reached.
    """

    space: StateSpace
    start: int
    package: int
    profile: Mapping[str, str]
    steps: Steps
    count: int | None
    fewest: int | None = None
    most: int | None = None
    shortest: tuple[Phased, ...] = ()
    finest: tuple[Phased, ...] = ()
    none: NoPhases | None = None

    @property
    def stopped(self) -> str:
        """Why not all orders were looked at: "size", or nothing."""
        return "size" if self.count is None else ""
