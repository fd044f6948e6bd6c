"""Levers that are found for a conflict as it is written, to be tried in every completion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.analysis.conclusions import ways_out
from detente.analysis.sweep.attempt import Attempt, attempt
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.guarantee import guarantee_levers
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import MEASURE, Means
from detente.analysis.unlock.priority import priority_levers
from detente.errors import Cannot
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.space.sets import StateSet
from detente.space.states import StateSpace


def levers_of(conflict: Conflict, profile: Mapping[str, str], *, each: int = 3, seconds: float = 10.0) -> tuple[Attempt, ...]:
    """Some levers for the status quo of a conflict as it is written.

    These are, of each kind at most so many: for the smallest groups that have a way out together the one that hangs least on the order of
    two statements; single edits of statements with which somebody leaves the status quo; and guarantees with which a named state is
    reached and holds.  Where the file lists measures, also plans for a named state that take one of them.

    Parameters
    ----------
    conflict
        The conflict; its guesses are taken as they are written.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    each
        Most levers of each kind.
    seconds
        How long each kind is looked for, about.

    Returns
    -------
    tuple
        The levers, of each kind the cheapest first; none where somebody leaves the status quo anyway, or there is none.

    Raises
    ------
    LimitError
        The conflict is too large to list its states, or has too many decision makers.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> stuck = replace(elmira, status_quo=elmira.taken(StateSpace(elmira).state(5)))
    >>> [(one.kind, one.want, one.by) for one in levers_of(stuck, {dm.key: "SEQ" for dm in elmira.decision_makers})]
    [('coalition', 'together', ('MoE', 'Uniroyal'))]
    """
    space = StateSpace(completed(conflict, {}))
    start = space.status_quo
    if start is None:
        return ()
    ways = ways_out(space, start, profile)
    if not ways.stuck:
        return ()
    found: list[Lever[Any]] = []
    groups = [move for move in ways.moves.moves if move.minimal & move.holding and len(move.members) > 1][:each]
    found += [ways.lever(state) for move in groups if (state := ways.nearest(move.minimal & move.holding)) is not None]
    named = (space.state_of(space.conflict.combination(one.taken)) for one in space.conflict.named_states)
    targets = space.set_of(*(state for state in named if state is not None and state != start))
    found += _changes(space, Goal(start, profile, "break"), each, seconds)
    found += _reaching(space, Goal(start, profile, "reach", targets), targets, each, seconds) if targets else ()
    return tuple(_possible(space, found))


def _changes(space: StateSpace, goal: Goal, each: int, seconds: float) -> tuple[Lever[Any], ...]:
    """Single edits of statements; none under a concept for which they are not looked for."""
    try:
        return priority_levers(space, goal, most=1, seconds=seconds).found[:each]
    except Cannot:
        return ()


def _reaching(space: StateSpace, goal: Goal, targets: StateSet, each: int, seconds: float) -> Iterator[Lever[Any]]:
    """Guarantees, and plans out of measures, for named states."""
    yield from [lever for lever in guarantee_levers(space, goal, seconds=seconds).found if lever.claim.measures][:each]
    parties = {dm.key for dm in space.conflict.decision_makers}
    means = tuple(Means(MEASURE, one.cost, tuple({one.by or ""} & parties), measure=one) for one in space.conflict.measures)
    yield from plans(space, goal, means, Terms(most_means=1, listed=each, seconds=seconds)).found[:each] if means else ()


def _possible(space: StateSpace, found: list[Lever[Any]]) -> Iterator[Attempt]:
    """Those of some levers that can be tried in every completion."""
    for lever in found:
        try:
            yield attempt(space, lever)
        except Cannot:
            continue
