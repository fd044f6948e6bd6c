"""That no way on which groups may act at once is shorter, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.ways import NoShorter
from detente.analysis.joint_path import Steps, shortest_together
from tests.certificates.claims.family import Family
from tests.definitions.joint_paths import shortest
from tests.unlock.ground import Ground


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Between some states, for some groups."""
    states = list(ground.space.states.each())
    everyone = [group for n in range(1, len(ground.parties) + 1) for group in combinations(ground.parties, n)]
    for _ in range(4 if len(states) > 1 else 0):
        start, goal = random.sample(states, 2)
        groups = random.sample(everyone, random.randint(1, min(3, len(everyone))))
        kind: Steps = random.choice(("any", "improving"))
        claim = shortest_together(ground.space, start, goal, groups, kind).no_shorter()
        assert claim is not None
        yield claim


def true(ground: Ground, claim: NoShorter) -> bool:
    """A shortest way, of all sequences of steps, has at least so many steps, or there is none."""
    if not all(set(group) <= set(ground.parties) for group in claim.groups):
        return False
    length = shortest(ground.model, claim.groups, ground.number(claim.start), ground.number(claim.goal), claim.gaining)
    return length is None or (not claim.whole and length >= len(claim.layers))


FAMILY = Family((NoShorter,), made, true)
