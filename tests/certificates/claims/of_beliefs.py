"""What decision makers do in the conflict as they see it, and what corrections of that change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from detente.analysis.claims.as_seen import AsSeen, BetterAsSeen
from detente.analysis.claims.base import Claim
from detente.analysis.claims.belief import BeliefCorrected, NoSmallCorrection, ViewChanged, sets_without
from detente.analysis.hypergame.beliefs import at_state
from detente.analysis.hypergame.views import Hypergame, holders
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.conflict import Conflict
from detente.model.correction import Corrections, corrections, seen_after
from detente.testing.beliefs import with_viewpoints
from detente.testing.models import random_conflict
from tests.certificates.claims.family import Family
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.unlock.ground import MIDDLE, Ground, random_profile

SHAPE = replace(MIDDLE, most_decision_makers=3, most_options=4, most_states=8)


def planted(random: Random) -> Ground:
    """A conflict with viewpoints on which somebody acts."""
    while True:
        conflict = with_viewpoints(random, random_conflict(random, SHAPE))
        ground = Ground(conflict)
        if any(seen.held_by and corrections(conflict, seen.key) for seen in conflict.viewpoints) and len(ground.model.numbers) > 1:
            return ground


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """All that is claimed of a few states."""
    if not any(seen.held_by for seen in ground.conflict.viewpoints):
        return
    game = Hypergame(ground.space, random_profile(ground, random), holders(ground.conflict))
    for state in random.sample(list(ground.space.states.each()), min(3, len(ground.model.numbers))):
        yield from at_state(game, state).claims


@cache
def model(conflict: Conflict, key: str | None, made_: Corrections) -> PlainModel:
    """The second statement of the conflict as it is seen after some corrections; its states have the same numbers."""
    return Ground(conflict if key is None else seen_after(conflict, key, made_)).model


def so(ground: Ground, key: str | None, made_: Corrections, witness: AnyWitness) -> bool:
    """Whether the verdict of a witness is that of the second statement, in the conflict as it is seen."""
    return stays(ground, key, made_, witness) == is_staying(witness)


def stays(ground: Ground, key: str | None, made_: Corrections, witness: AnyWitness) -> bool:
    """Whether the decision maker of a witness stays at its state, in the conflict as it is seen after some corrections."""
    return DEFINITIONS[witness.concept](model(ground.conflict, key, made_), witness.dm, ground.number(witness.state))


def better(ground: Ground, claim: BetterAsSeen) -> bool:
    """The states are those that everybody prefers, each as they see the conflict."""
    start = ground.number(claim.start)
    models = [(dm, model(ground.conflict, key, ())) for dm, key in claim.views]
    found = {t for t in ground.model.numbers if all(one.better(dm, t, start) for dm, one in models)}
    return ground.of_bits(claim.states) == found


def true(ground: Ground, claim: Claim) -> bool:
    """The verdicts are those of the second statement, and so is what of others is said."""
    if isinstance(claim, AsSeen):
        return all(so(ground, key, (), one) for (_, key), one in zip(claim.views, claim.witnesses, strict=True))
    if isinstance(claim, BetterAsSeen):
        return better(ground, claim)
    if isinstance(claim, ViewChanged):
        different = is_staying(claim.before) != is_staying(claim.after)
        return different and so(ground, claim.view, (), claim.before) and so(ground, claim.to, (), claim.after)
    assert isinstance(claim, BeliefCorrected | NoSmallCorrection)
    if not so(ground, claim.view, (), claim.before):
        return False
    if isinstance(claim, BeliefCorrected):
        smaller = [part for part in sets_without(claim.made, len(claim.made), ()) if len(part) < len(claim.made)]
        if not so(ground, claim.view, claim.made, claim.after) or is_staying(claim.before) == is_staying(claim.after):
            return False
    else:
        known = corrections(ground.conflict, claim.view)
        smaller = list(sets_without(known, claim.most, [frozenset(one) for one in claim.changing]))
    return all(stays(ground, claim.view, part, claim.before) == is_staying(claim.before) for part in smaller)


FAMILY = Family((AsSeen, BetterAsSeen, BeliefCorrected, NoSmallCorrection, ViewChanged), made, true, (planted,))
