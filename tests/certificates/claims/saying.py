"""What the parts of claims say, in the second statement: witnesses, ways, outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.analysis.claims.outcome import Outcome
from detente.concepts.witness import AnyWitness, Step, is_staying
from tests.definitions.behaviour import Profile, holds
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.definitions.sequences import last_movers
from tests.definitions.together import coalition_improvements, joint_moves
from tests.unlock.ground import Ground


def verdict(ground: Ground, model: PlainModel, witness: AnyWitness) -> bool:
    """Whether somebody stays, or leaves, as a witness says."""
    return DEFINITIONS[witness.concept](model, witness.dm, ground.number(witness.state)) == is_staying(witness)


def verdicts(ground: Ground, model: PlainModel, witnesses: Iterable[AnyWitness]) -> bool:
    """Whether all of them do."""
    return all(verdict(ground, model, witness) for witness in witnesses)


def leads(ground: Ground, model: PlainModel, start: int, steps: Sequence[Step], end: int, group: Sequence[str], improving: bool) -> bool:
    """Whether steps are a legal sequence of a group from one state to another."""
    now, last = ground.number(start), None
    for step in steps:
        to = ground.number(step.to)
        if step.mover not in group or step.mover == last or to not in model.steps(step.mover, now, improving):
            return False
        now, last = to, step.mover
    return now == ground.number(end)


def way_of_group(ground: Ground, model: PlainModel, group: Sequence[str], start: int, end: int, steps: Sequence[Step]) -> bool:
    """Whether the steps, or a joint move if there are none, lead a group to where all of it wants to be."""
    s, t = ground.number(start), ground.number(end)
    if any(not model.better(i, t, s) for i in group):
        return False
    if not steps:
        return t in joint_moves(model, tuple(group), s)
    return leads(ground, model, start, steps, end, group, improving=False)


def outcome_is_so(ground: Ground, model: PlainModel, outcome: Outcome) -> bool:
    """Whether what an outcome says is so in a model: that of the conflict as it is after the change."""
    profile: Profile = dict(outcome.profile)
    start = ground.number(outcome.start)
    if set(profile) != set(model.decision_makers) or not verdicts(ground, model, (*outcome.starts, *outcome.ends, *outcome.left)):
        return False
    if outcome.want == "break":
        return not holds(model, profile, start)
    if outcome.target is None or not outcome.targets >> outcome.target & 1:
        return False
    x = ground.number(outcome.target)
    if not holds(model, profile, x):
        return False
    if outcome.want == "hold":
        return True
    if outcome.together:
        if x not in coalition_improvements(model, outcome.together, start):
            return False
        if not way_of_group(ground, model, outcome.together, outcome.start, outcome.target, outcome.way):
            return False
    elif holds(model, profile, start) or not leads(ground, model, outcome.start, outcome.way, outcome.target, model.decision_makers, True):
        return False
    if outcome.want == "reach":
        return True
    omega = last_movers(model, model.decision_makers, start, improving=True)
    listed = {(ground.number(state), mover) for state, mover, _ in outcome.reached}
    other = set(omega) - ground.of_bits(outcome.targets) - {start}
    return listed == {(t, j) for t, who in omega.items() for j in who} and not any(holds(model, profile, y) for y in other)
