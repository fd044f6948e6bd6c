"""What of a lever can be tried: the edits of the conflict that it asks for, and the moves that then lead to where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.analysis.claims.changed import exactly
from detente.analysis.claims.fear import Removed, SanctionCore
from detente.analysis.claims.guarantee import Guarantee
from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.plan import Planned
from detente.analysis.claims.pressure import Pressed
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.shifted import Shifts
from detente.analysis.claims.together import Together
from detente.model.ban import Ban
from detente.model.edit import AddRule, Edit, RemoveRedLine, RemoveRule, apply_all
from detente.model.edit_bans import AddBan
from detente.model.edit_options import AddOption, RemoveOption, SetOwners
from detente.model.formula import TRUE, Formula, Not, Taken
from detente.model.trying import edits_of
from detente.preference.edit_shifts import shift_edit
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Going:
    """One move of a way: who makes it (keys), alone or at once, from which state and to which.

    >>> Going(("A", "B"), 0, 3).by
    ('A', 'B')
    """

    by: tuple[str, ...]
    start: int
    to: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What of a lever can be tried.

    Parameters
    ----------
    edits
        Each a list of edits of the conflict, made one after the other, that does what the lever says; empty lists where it asks for none.
    way
        The moves from the start to where it leads, where the edits leave the states as they are; none where several begin, or where it
        was not asked how to get there.

    Examples
    --------
    >>> Trial().way
    ()
    """

    edits: tuple[tuple[Edit, ...], ...] = ()
    way: tuple[Going, ...] = ()


def of_statements(_space: StateSpace, claim: PriorityShift) -> Trial:
    """The edits of statements."""
    return Trial((tuple(edit.edit() for edit in claim.edits),), way_of(claim.outcome))


def of_orders(space: StateSpace, claim: Shifts) -> Trial:
    """Each state that is moved in an order."""
    return Trial((tuple(shift_edit(space.conflict, shift) for shift in claim.shifts),), way_of(claim.outcome))


def of_places(_space: StateSpace, claim: Pressed) -> Trial:
    """The nearest places above and below for the statement at which others than now leave the state, and somebody does."""
    left = dict(claim.left)
    away = [place for place, leavers in left.items() if place and leavers and leavers != left[claim.place]]
    above = max((place for place in away if place < claim.place or not claim.place), default=None)
    below = min((place for place in away if claim.place and place > claim.place), default=None)
    found = [claim.edits(place) for place in (above, below) if place is not None]
    return Trial(tuple(tuple(edit.edit() for edit in edits) for edits in found))


def of_removed(space: StateSpace, claim: SanctionCore) -> Trial:
    """A ban on each group of moves that is taken away."""
    place = len(space.conflict.bans)
    edits = tuple(AddBan(place + n, _ban(space, group)) for n, group in enumerate(claim.removed, 1))
    return Trial((edits,), (Going((claim.then.dm,), claim.then.state, claim.then.improvement),))


def _ban(space: StateSpace, group: Removed) -> Ban:
    leaving: Formula = TRUE
    reaching: Formula = TRUE
    match group.kind:
        case "take" | "give up":
            on, off = Taken(group.option), Not(Taken(group.option))
            leaving, reaching = (off, on) if group.kind == "take" else (on, off)
        case "move":
            leaving, reaching = exactly(space, group.state), exactly(space, group.to)
        case "state":
            leaving = exactly(space, group.state)
        case "party":
            pass
    return Ban(group.by, leaving, reaching)


def of_measures(space: StateSpace, claim: Guarantee) -> Trial:
    """The measures, taken together."""
    edits = edits_of(space.conflict, claim.measures) if claim.measures else ()
    return Trial((edits,), way_of(claim.outcome) if keeps_states(edits) else ())


def of_plan(space: StateSpace, claim: Planned) -> Trial:
    """The changes of a plan, and its steps."""
    same = keeps_states(claim.edits)
    after = space.conflict if same or not claim.shifts else apply_all(claim.edits, space.conflict)
    edits = (*claim.edits, *(shift_edit(after, shift) for shift in claim.shifts))
    return Trial((edits,), tuple(Going(stage.movers, stage.start, stage.to) for stage in claim.stages) if same else ())


def of_joint_move(_space: StateSpace, claim: Together) -> Trial:
    """The moves of a group; nothing is edited."""
    steps = tuple((step.mover, step.to) for step in claim.steps)
    return Trial((), _steps(claim.start, steps) or (Going(claim.coalition, claim.start, claim.to),))


def of_phases(space: StateSpace, claim: Phased) -> Trial:
    """The steps of an order; nothing is edited."""
    way, now = [], claim.start
    for phase in claim.phases:
        to = space.state_of(phase.to)
        assert to is not None
        way.append(Going(phase.movers, now, to))
        now = to
    return Trial((), tuple(way))


def way_of(outcome: Outcome) -> tuple[Going, ...]:
    """The moves that an outcome shows, from the start on; of several who leave the start, where no more is asked for, none.

    >>> way_of(Outcome("hold", 0, (), 0b10, 1))
    ()
    """
    if outcome.want == "break":
        leaves = outcome.leaving
        return (Going((leaves[0].dm,), outcome.start, leaves[0].improvement),) if len(leaves) == 1 else ()
    if outcome.want == "hold" or outcome.target is None:
        return ()
    if outcome.together and not outcome.way:
        return (Going(outcome.together, outcome.start, outcome.target),)
    return _steps(outcome.start, tuple((step.mover, step.to) for step in outcome.way))


def _steps(start: int, steps: Sequence[tuple[str, int]]) -> tuple[Going, ...]:
    states = [start, *(to for _, to in steps)]
    return tuple(Going((mover,), states[place], to) for place, (mover, to) in enumerate(steps))


def keeps_states(edits: Iterable[Edit]) -> bool:
    """Whether a conflict has the same options, in the same order, and the same states after edits.

    >>> from detente.model.edit import SetStatusQuo
    >>> keeps_states([RemoveRule(1)]), keeps_states([SetStatusQuo(None)])
    (False, True)
    """
    return not any(isinstance(edit, AddOption | RemoveOption | SetOwners | AddRule | RemoveRule) for edit in edits)


def dropping(elements: Iterable[tuple[str | None, int]]) -> tuple[Edit, ...]:
    """The edits that drop red lines, as (whose, place from 1), and rules, as (None, place); the last of each list first.

    >>> dropping([("A", 1), ("A", 2)])
    (RemoveRedLine(dm='A', place=2), RemoveRedLine(dm='A', place=1))
    """
    last_first = sorted(elements, key=lambda element: (element[0] is None, element[0] or "", -element[1]))
    return tuple(RemoveRule(place) if dm is None else RemoveRedLine(dm, place) for dm, place in last_first)
