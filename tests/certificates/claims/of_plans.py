"""Plans: with changes and steps a conflict comes to a wanted state that holds."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.plan import Lapse, Planned, Stage
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.concepts.witness import Stays
from detente.errors import DetenteError
from tests.certificates.claims.family import Family
from tests.certificates.claims.of_phases import in_order
from tests.certificates.claims.of_unravels import after
from tests.certificates.claims.saying import verdict, verdicts
from tests.definitions.changed import Changed
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.definitions.together import joint_moves
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """The cheapest plans for some goals."""
    states = list(ground.space.states.each())
    profile = random_profile(ground, random)
    for _ in range(4):
        wanted = random.sample(states, min(2, len(states)))
        goal = Goal(random.choice(states), profile, "reach", ground.space.set_of(*wanted))
        for plan in plans(ground.space, goal, gathered(ground.space, goal)[:4], Terms(listed=3, most_states=50)).found:
            yield plan.claim


def goes_alone(ground: Ground, model: PlainModel, stage: Stage) -> bool:
    """Whether somebody improves by a move, and would leave if it were their only one from there."""
    assert stage.leaves is not None
    i, s, t = stage.leaves.dm, ground.number(stage.start), ground.number(stage.to)
    if (
        stage.movers != (i,)
        or t not in model.improvements(i, s)
        or (stage.leaves.state, stage.leaves.improvement) != (stage.start, stage.to)
    ):
        return False
    others = {(s, u) for u in model.improvements(i, s) if u != t}
    return not DEFINITIONS[stage.leaves.concept](Changed(model, without={i: others}), i, s)


def go_together(ground: Ground, model: PlainModel, stage: Stage) -> bool:
    """Whether several gain by a move that they can make at once, and none of them alone."""
    s, t = ground.number(stage.start), ground.number(stage.to)
    gain = all(model.better(i, t, s) for i in stage.movers)
    alone = any(t in joint_moves(model, (i,), s) for i in stage.movers)
    return gain and len(stage.movers) > 1 and not alone and t in joint_moves(model, stage.movers, s)


def lapses(ground: Ground, claim: Planned, lapse: Lapse) -> bool:
    """Whether without a change somebody leaves the end, or does not gain by a step."""
    there = after(ground, lapse.edits, lapse.shifts)
    leave = all(w.state == claim.end and verdict(there, there.model, w) for w in lapse.leaves)
    stages = [(claim.stages[place], dm) for place, dm in lapse.lost]
    lost = all(dm in st.movers and not there.model.better(dm, there.number(st.to), there.number(st.start)) for st, dm in stages)
    return leave and lost and bool(lapse.leaves or lapse.lost)


def phased(there: Ground, claim: Planned, place: int, order: Phased) -> bool:
    """Whether a step of the plan can be made in the order that is given."""
    stage = claim.stages[place]
    return (order.start, order.package) == (stage.start, stage.to) and in_order(there, order)


def true(ground: Ground, claim: Planned) -> bool:
    """What is told is so."""
    try:
        there = after(ground, claim.edits, claim.shifts)
        model, now = there.model, claim.begin
        if ground.number(claim.start) != there.number(claim.begin) or not claim.wanted >> claim.end & 1:
            return False
        for stage in claim.stages:
            taken = goes_alone(there, model, stage) if stage.leaves is not None else go_together(there, model, stage)
            if stage.start != now or not taken or not verdicts(there, model, stage.ends) or any(w.state != stage.to for w in stage.ends):
                return False
            now = stage.to
        stay = {w.dm for w in claim.ends if isinstance(w, Stays) and w.state == claim.end} == set(model.decision_makers)
        lapsing = all(lapses(ground, claim, lapse) for lapse in claim.lapses)
        ordered = all(phased(there, claim, place, order) for place, order in claim.phased)
        return stay and lapsing and ordered and verdicts(there, model, claim.ends)
    except DetenteError:
        return False


FAMILY = Family((Planned,), made, true)
