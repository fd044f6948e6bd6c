"""Smallest changes of single orders."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.raised import Raised
from detente.analysis.unlock.raising import Raising
from detente.concepts.registry import all_concepts
from detente.preference.shifted import Shift
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import verdict
from tests.definitions.changed import Changed
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.orders import Levels, distance, keys
from tests.definitions.raising import cheapest_drop, cheapest_raise
from tests.unlock.ground import Ground


def shift(j: str, states: list[int], random: Random) -> Shift:
    """Any shift of an order."""
    moved, past = random.sample(states, 2)
    return Shift(j, moved, past, random.random() < 0.5, random.random() < 0.2)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Raises and descents, some while others' orders are shifted."""
    states = list(ground.space.states.each())
    for i in ground.parties:
        others = [
            shift(random.choice([j for j in ground.parties if j != i]), states, random)
            for _ in range(random.choice((0, 0, 1)) if len(ground.parties) > 1 else 0)
        ]
        asked = Raising(ground.space, others, red_lines="counted")
        for concept in all_concepts():
            found = asked.cheapest(i, concept.key, random.choice(states), stable=random.random() < 0.7)
            if found is not None:
                yield found


def true(ground: Ground, claim: Raised) -> bool:
    """The shift does it, and the theorem as the second statement has it gives no lower price."""
    i, s, stable = claim.after.dm, ground.number(claim.after.state), claim.after.__class__.__name__ == "Stays"
    others = ground.shifted(claim.others)
    order = others[i]

    def stays(own: Levels) -> bool:
        return DEFINITIONS[claim.concept](Changed(ground.model, {j: keys(own if j == i else others[j]) for j in others}), i, s)

    after = ground.shifted((*claim.others, *([claim.shift] if claim.shift else [])))
    if not verdict(ground, Changed(ground.model, {j: keys(after[j]) for j in after}), claim.after) or claim.after.concept != claim.concept:
        return False
    least = cheapest_raise(order, s, stays) if stable else cheapest_drop(order, s, lambda own: not stays(own))
    return claim.cost == least == distance(order, after[i])


FAMILY = Family((Raised,), made, true)
