"""Levers that are found for a conflict as it is written, to be tried in every completion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from detente.analysis.conclusions import ways_out
from detente.analysis.sweep.attempt import Attempt, attempt
from detente.analysis.sweep.looked import EACH, Looked
from detente.analysis.sweep.play import OWN, WEAKER
from detente.analysis.sweep.subject import Subject
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.guarantee import guarantee_levers
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import MEASURE, Means, Plan
from detente.analysis.unlock.priority import priority_levers
from detente.errors import Cannot, LimitError
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MOST_TARGETS = 12
"""Most named states to which plans are looked for."""


def looked_for(conflict: Conflict, profile: Mapping[str, str], *, each: int = EACH, seconds: float = 10.0) -> Looked:
    """The levers of a conflict that a sweep tries, or why there are none.

    Parameters
    ----------
    conflict, profile, each, seconds
        As of `levers_of`.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> looked_for(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}).reason
    'left'
    """
    if not {*profile.values()} <= {*OWN, *WEAKER}:
        return Looked((), each, reason="S353")
    try:
        attempts = levers_of(conflict, profile, each=each, seconds=seconds)
    except LimitError as limit:
        return Looked((), each, reason=limit.diagnostics[0].code)
    space = StateSpace(completed(conflict, {}))
    if not attempts and (space.status_quo is None or not Holding(space, profile).holds(space.status_quo)):
        return Looked((), each, reason="left")
    return Looked(attempts, each, bool(_targets(space)), bool(conflict.measures))


def lever_subjects(attempts: Sequence[Attempt]) -> tuple[Subject, ...]:
    """What is asked of every completion about levers: of each whether it works, and of several of one kind which is the cheapest that does.

    Both are asked as "cheapest", of one lever or of several: where the status quo does not hold no lever is needed.

    Parameters
    ----------
    attempts
        The levers, of each kind the cheapest first.

    Examples
    --------
    >>> one, other = Attempt("coalition", 2, ("A", "B"), "together"), Attempt("coalition", 3, ("A", "B", "C"), "together")
    >>> [len(subject.attempts) for subject in lever_subjects([one, other])]
    [1, 1, 2]
    """
    found = [Subject("cheapest", attempts=(one,)) for one in attempts]
    for kind in dict.fromkeys(one.kind for one in attempts):  # costs of several kinds can't be compared
        alike = tuple(one for one in attempts if one.kind == kind)
        found += [Subject("cheapest", attempts=alike)] if len(alike) > 1 else []
    return tuple(found)


def levers_of(conflict: Conflict, profile: Mapping[str, str], *, each: int = EACH, seconds: float = 10.0) -> tuple[Attempt, ...]:
    """Some levers for the status quo of a conflict as it is written.

    These are, of each kind at most so many: for the smallest groups that have a way out together the one that hangs least on the order of
    two statements; for each decision maker single edits of their statements with which somebody leaves the status quo; and guarantees with
    which a named state is reached and holds.  Where the file lists measures, also plans for a named state that take one of them.

    Parameters
    ----------
    conflict
        The conflict; its guesses are taken as they are written.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    each
        Most levers of each kind; of edits of statements, for each decision maker.
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
    targets = _targets(space)
    found += _changes(space, Goal(start, profile, "break"), each, seconds)
    found += _reaching(space, Goal(start, profile, "reach", targets), targets, each, seconds) if targets else ()
    return tuple(_possible(space, found))


def _targets(space: StateSpace) -> StateSet:
    """The named states, without the status quo."""
    named = (space.state_of(space.conflict.combination(one.taken)) for one in space.conflict.named_states)
    return space.set_of(*(state for state in named if state is not None and state != space.status_quo))


def _changes(space: StateSpace, goal: Goal, each: int, seconds: float) -> tuple[Lever[Any], ...]:
    """Single edits of statements, as many of each decision maker; none under a concept for which they are not looked for."""
    try:
        found = priority_levers(space, goal, most=1, seconds=seconds).found
    except Cannot:
        return ()
    return tuple(lever for dm in space.masks for lever in [one for one in found if one.by == (dm,)][:each])


def _reaching(space: StateSpace, goal: Goal, targets: StateSet, each: int, seconds: float) -> Iterator[Lever[Any]]:
    """Guarantees, and plans out of measures, for named states."""
    yield from [lever for lever in guarantee_levers(space, goal, seconds=seconds).found if lever.claim.measures][:each]
    parties = {dm.key for dm in space.conflict.decision_makers}
    means = tuple(Means(MEASURE, one.cost, tuple({one.by or ""} & parties), measure=one) for one in space.conflict.measures)
    found: list[Plan] = []
    for target in targets.first(MOST_TARGETS) if means else ():
        one = replace(goal, targets=space.set_of(target))
        terms = Terms(most_means=1, listed=each, seconds=seconds / targets.count)
        found += [plan for plan in plans(space, one, means, terms).found if plan.claim.edits]  # one without is a move of a group
    yield from sorted(found, key=lambda plan: plan.cost)[:each]


def _possible(space: StateSpace, found: list[Lever[Any]]) -> Iterator[Attempt]:
    """Those of some levers that can be tried in every completion."""
    for lever in found:
        try:
            yield attempt(space, lever)
        except Cannot:
            continue
