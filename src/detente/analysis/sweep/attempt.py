"""A lever as a sweep tries it: what is changed, and what is to be so then, in words that mean something in every completion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from detente.analysis.claims.base import Claim
from detente.analysis.claims.changed import exactly
from detente.analysis.claims.guarantee import Guarantee
from detente.analysis.claims.plan import Planned, Stage
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.together import Together
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.planned import MEASURE, Plan
from detente.errors import Cannot
from detente.model.conflict import Conflict
from detente.model.edit import Edit, apply_all
from detente.model.measure import Measure, NewBan
from detente.model.trying import edits_of
from detente.space.states import StateSpace

Taken = frozenset[str]
"""A state as the keys of the options that are taken in it."""
Want = Literal["together", "hold", "break", "reach", "only", "steps"]


@dataclass(frozen=True, slots=True)
class Taking:
    """A step of a plan.

    Parameters
    ----------
    movers
        Who takes it (keys).
    to
        The state that it leads to.

    Examples
    --------
    >>> Taking(("A", "B"), frozenset({"deal"})).movers
    ('A', 'B')
    """

    movers: tuple[str, ...]
    to: Taken


@dataclass(frozen=True, slots=True)
class Attempt:
    """A lever that was found for the conflict as it is written, as it is tried in other completions.

    Parameters
    ----------
    kind
        Which kind of lever it is.
    cost
        Its cost there, in the unit of its kind.
    by
        Whose preference, moves or rules it changes, or who has to move (keys).
    want
        What is to be so: "together": the group (`by`) can bring the target about from the status quo, each of it prefers it, and it holds;
        "hold", "break", "reach" and "only" as of goals; "steps": each step is one party's improvement without answer, or a joint move
        that all who make it gain by, and the end holds.
    target
        The state that it is about; None for "break".
    edits
        What is changed, one edit after the other, as in the conflict as it is written.
    steps
        The steps of a plan.
    measures
        What the measures of the file are called that the edits take, where these and bans are all that they are.
    kept
        Who is kept by the edits from leaving the target (keys), where these and measures are all that they are.

    Examples
    --------
    >>> Attempt("coalition", 2, ("A", "B"), "together", frozenset({"deal"})).edits
    ()
    """

    kind: str
    cost: int
    by: tuple[str, ...]
    want: Want
    target: Taken | None = None
    edits: tuple[Edit, ...] = ()
    steps: tuple[Taking, ...] = ()
    measures: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def attempt(space: StateSpace, lever: Lever[Any]) -> Attempt:
    """A lever as it is tried in completions.

    Parameters
    ----------
    space
        The space of the conflict as it is written, for whose status quo the lever was found.
    lever
        A coalition move, a priority shift, a guarantee or a plan.

    Raises
    ------
    Cannot
        S354 if it is of another kind, changes the order of single states, or is not for the status quo.

    Examples
    --------
    >>> from detente.analysis.unlock.coalitions import coalition_levers
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.cases import load
    >>> from dataclasses import replace
    >>> elmira = load("elmira")
    >>> space = StateSpace(replace(elmira, status_quo=elmira.taken(StateSpace(elmira).state(5))))
    >>> found = coalition_levers(space, Goal(space.status_quo, dict.fromkeys(space.masks, "SEQ"), "reach", space.states)).found
    >>> [(one.by, one.want) for one in (attempt(space, lever) for lever in found)]
    [(('MoE', 'Uniroyal'), 'together')]
    """
    claim: Claim = lever.claim
    made = Attempt(lever.kind, lever.cost, lever.by, "break")
    conflict = space.conflict
    match claim:
        case Together(start=start, to=to) if start == space.status_quo:
            return replace(made, want="together", target=conflict.taken(to))
        case PriorityShift(edits=edits, outcome=outcome) if outcome.start == space.status_quo:
            target = None if outcome.target is None else conflict.taken(outcome.target)
            return replace(made, want=outcome.want, target=target, edits=tuple(edit.edit() for edit in edits))
        case Guarantee(measures=measures, outcome=outcome) if claim.start == space.status_quo:
            made = replace(made, want=outcome.want, target=conflict.taken(claim.target), edits=edits_of(conflict, measures))
            return _named(made, space, measures, claim.target)
        case Planned(edits=changes, shifts=()) if claim.start == space.status_quo:
            after = apply_all(changes, conflict)
            steps = tuple(_taking(after, stage) for stage in claim.stages)
            made = replace(made, want="steps", target=after.taken(claim.end), edits=changes, steps=steps)
            means = lever.means if isinstance(lever, Plan) else ()
            measures = tuple(one.measure for one in means if one.kind == MEASURE and one.measure is not None)
            return _named(made, space, measures, claim.end) if len(measures) == len(means) else made
    message = f"a lever of the kind {lever.kind!r} that moves single states, or starts elsewhere, can't be tried in every completion"
    raise Cannot.of("S354", message, value=lever.kind, help="try coalition moves, priority shifts, guarantees, or plans without shifts")


def _named(made: Attempt, space: StateSpace, measures: tuple[Measure, ...], target: int) -> Attempt:
    """A lever with what its measures are called, and whom those that the search made keep from leaving the target."""
    listed, kept = space.conflict.measures, list[str]()
    for measure in measures:
        if measure not in listed:
            kept += [change.by for change in measure.changes if isinstance(change, NewBan) and change.leaving == exactly(space, target)]
    names = tuple(measure.name for measure in measures if measure in listed)
    return replace(made, measures=names, kept=tuple(kept)) if len(names) + len(kept) == len(measures) else made


def _taking(conflict: Conflict, stage: Stage) -> Taking:
    return Taking(stage.movers, conflict.taken(stage.to))
