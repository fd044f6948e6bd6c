"""That a coalition stays at a state, or leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.coalition_holds import CoalitionHolds
from detente.analysis.claims.coalition_leaves import CoalitionLeaves
from detente.analysis.claims.coalition_terms import CONCEPTS, Group, Terms
from detente.analysis.coalitional.play import Play
from detente.analysis.coalitional.stability import verdict
from tests.certificates.claims.family import Family
from tests.definitions.coalitional import Coalitional
from tests.definitions.together import groups
from tests.unlock.ground import Ground


def random_terms(ground: Ground, random: Random) -> Terms:
    """Either kind of improvement, now and then coalitions that move in one step, now and then a partition."""
    every = groups(ground.model)
    joint = tuple(random.sample(every, min(len(every), 2))) if random.random() < 0.3 else ()
    blocks: dict[int, list[str]] = {}
    for dm in ground.parties:
        blocks.setdefault(random.randrange(len(ground.parties)), []).append(dm)
    partition = tuple(tuple(block) for block in blocks.values()) if random.random() < 0.3 else ()
    return Terms(random.choice(("strict", "weak")), joint, random.random() < 0.1, partition)


def second(ground: Ground, terms: Terms) -> Coalitional:
    """The same terms in the second statement."""
    every = groups(ground.model)
    joint = [group for group in (every if terms.everyone else terms.joint) if len(group) > 1]
    return Coalitional(ground.model, terms.improvement == "weak", joint, terms.blocks or None)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """A few coalitions at a few states, under every concept."""
    states, every = list(ground.space.states.each()), groups(ground.model)
    for _ in range(6):
        play, coalition, state = Play(ground.space, random_terms(ground, random)), random.choice(every), random.choice(states)
        for concept in CONCEPTS:
            claim = verdict(play, concept, coalition, state).claim
            assert claim is not None
            yield claim


def ordered(ground: Ground, group: Group) -> Group:
    return tuple(dm for dm in ground.parties if dm in group)


def true(ground: Ground, claim: CoalitionHolds | CoalitionLeaves) -> bool:
    """The verdict is the one of the second statement, and what is shown as left for is an improvement."""
    said, group, state = second(ground, claim.terms), ordered(ground, claim.coalition), ground.number(claim.state)
    if said.stable(claim.concept, group, state) != isinstance(claim, CoalitionHolds):
        return False
    if isinstance(claim, CoalitionLeaves):
        return ground.number(claim.improvement) in said.improvements(group, state)
    return True


FAMILY = Family((CoalitionHolds, CoalitionLeaves), made, true)
