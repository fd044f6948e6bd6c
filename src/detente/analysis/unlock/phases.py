"""Phases: the orders in which a package can be carried out step by step, each step a gain, each state on the way held.

A *package* is a state to be brought about; what it changes are the options in which it differs from the start.  In an order of phases
each of them is changed once, some in each step, so that

(i) for every option changed in a step some owner gains by the step, who perceives both ends and whom no ban keeps from it;
(ii) the package and every state on the way hold: nobody leaves them under the given behaviour;
(iii) nobody prefers a state strictly between start and package to the package, and so would rather stop there.

The start itself need not hold.  All orders are looked at, those of a single step, one signature, included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from detente.analysis.claims.phase_steps import rest_of
from detente.analysis.claims.phases import NoPhases, Phased
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever, Levers
from detente.analysis.unlock.phased import LISTED, MOST, Phases, Steps
from detente.concepts.witness import Leaves
from detente.space.states import StateSpace


def phases(
    space: StateSpace,
    start: int,
    package: int,
    profile: Mapping[str, str],
    *,
    most: int = MOST,
    listed: int = LISTED,
    holding: Holding | None = None,
) -> Phases:
    """All orders in which a package can be carried out, or why there is none.

    Parameters
    ----------
    space
        The space.
    start
        The state that the conflict is in.
    package
        The state to be brought about, another one.
    profile
        For each decision maker (key) the key of the concept that says whether they stay.
    most
        Most options of a package for which all orders are looked at.
    listed
        How many orders of the fewest and of the most steps are given.
    holding
        What is known of which states hold, also under other orders; by default it is found.

    Returns
    -------
    Phases
        With a claim for each order given, or one for there being none.

    Raises
    ------
    ValueError
        If the package is the start.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", -1), ("y", 2))))
    >>> b = DecisionMaker("B", "B", OptionWeighting((("x", 2), ("y", -1))))
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> found = phases(space, 0, 3, {"A": "SEQ", "B": "SEQ"})
    >>> found.count, found.fewest, found.shortest[0].phases[0].movers
    (1, 1, ('A', 'B'))
    """
    if start == package:
        raise ValueError("the package is the start")
    holding = holding or Holding(space, profile)
    steps = Steps(space, start, package, holding)
    if steps.options > most:
        return Phases(space, start, package, profile, steps, None)
    if not holding.orders:
        holding.equilibria  # noqa: B018 - all at once is quicker than one after the other
    reached = steps.reached
    if steps.goal not in reached:
        return Phases(space, start, package, profile, steps, 0, none=_none(steps))
    ways, short, long = _measured(steps)
    shortest = _orders(steps, short, lambda now, to: short[now] == short[to] + 1)
    finest = _orders(steps, long, lambda now, to: long[now] == long[to] + 1)
    claims = [tuple(steps.claim(order) for order, _ in zip(orders, range(listed), strict=False)) for orders in (shortest, finest)]
    origin = steps.origin
    return Phases(space, start, package, profile, steps, ways[origin], short[origin], long[origin], claims[0], claims[1])


def _measured(steps: Steps) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """For each combination from which the package can be reached: how many orders lead there, and the fewest and most steps."""
    ways, short, long = {steps.goal: 1}, {steps.goal: 0}, {steps.goal: 0}
    for now in sorted(steps.reached, key=lambda c: (c ^ steps.goal).bit_count()):
        following = [to for to in steps.reached[now] if to in ways]
        if following:
            ways[now] = sum(ways[to] for to in following)
            short[now] = 1 + min(short[to] for to in following)
            long[now] = 1 + max(long[to] for to in following)
    return ways, short, long


def _orders(steps: Steps, known: Mapping[int, int], fits: Callable[[int, int], bool]) -> Iterator[tuple[int, ...]]:
    """Orders as the combinations that they lead over, in ascending order of these."""

    def after(way: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if way[-1] == steps.goal:
            yield way
        for to in steps.reached[way[-1]]:
            if to in known and fits(way[-1], to):
                yield from after((*way, to))

    return after((steps.origin,))


def _none(steps: Steps) -> NoPhases:
    """Why there is no order: for every step that is a gain, and leads to nothing that was reached, what fails at its end."""
    unheld: dict[int, Leaves] = {}
    stops: dict[int, str] = {}
    for now in steps.reached:
        for to in rest_of(now, steps.goal):
            if to in steps.reached or to in unheld or to in stops or not steps.feasible(to) or not steps.taken(now, to):
                continue
            if steps.stops(to):
                stops[to] = steps.stops(to)[0]
            else:
                witness = steps.holding.witness(steps.holding.leavers(steps.state(to))[0], steps.state(to))
                assert isinstance(witness, Leaves)
                unheld[to] = witness
    listed = tuple(sorted(steps.reached)), tuple(sorted(unheld.items(), key=lambda pair: pair[0])), tuple(sorted(stops.items()))
    return NoPhases(steps.start, steps.package, steps.origin, steps.goal, *listed)


# -- levers ------------------------------------------------------------------------------------------------------------
KIND = "phases"
"""What levers of this kind are called."""
MOST_TARGETS = 50
"""Most wanted states for which orders are looked for."""


def phase_levers(space: StateSpace, goal: Goal, *, most: int = MOST, most_targets: int = MOST_TARGETS, listed: int = 1) -> Levers[Phased]:
    """Orders of phases in which wanted states can be carried out, for each of them the shortest and, if it is another, the finest.

    Parameters
    ----------
    space
        The space.
    goal
        The start, the behaviour and the wanted states; those that hold are looked at, whatever else is asked for.
    most
        Most options of a package for which orders are looked at.
    most_targets
        Most wanted states that are looked at: those that differ from the start in the fewest options, then by number.
    listed
        How many of the shortest and of the finest orders are given for each.

    Returns
    -------
    Levers
        By the number of steps, which is their cost, then by state.  None is asked for where only leaving the start is asked for
        ("not asked").
    """
    if goal.targets is None:
        return Levers(KIND, (), None, False, "not asked")
    holding = Holding(space, goal.profile)
    states = [state for state in (goal.targets & holding.equilibria).each() if state != goal.start]
    states.sort(key=lambda state: ((state ^ goal.start).bit_count(), state))
    stopped, found = "many" if len(states) > most_targets else "", []
    for state in states[:most_targets]:
        orders = phases(space, goal.start, state, goal.profile, most=most, listed=listed, holding=holding)
        stopped = stopped or orders.stopped
        for claim in dict.fromkeys((*orders.shortest, *orders.finest)):
            movers = {dm for phase in claim.phases for dm in phase.movers}
            by = tuple(dm.key for dm in space.conflict.decision_makers if dm.key in movers)
            found.append(Lever(KIND, len(claim.phases), by, state, claim))
    found.sort(key=lambda lever: lever.cost)
    least = 1 if stopped else found[0].cost if found else None
    return Levers(KIND, tuple(found), least, not stopped, stopped)
