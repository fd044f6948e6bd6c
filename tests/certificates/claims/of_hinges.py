"""Two statements whose order decides whether anything is better for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.bargain import bargain
from detente.analysis.claims.base import Claim
from detente.analysis.claims.gains import HangsOn
from detente.analysis.hinges import hinges
from tests.certificates.claims.family import Family
from tests.unlock.ground import Ground
from tests.unlock.test_hinges import after


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Of some starts, pairs of statements in either order of which nothing is better for everybody."""
    for s in random.sample(ground.model.numbers, min(3, len(ground.model.numbers))):
        found = [hinge for hinge in hinges(bargain(ground.space, ground.state(s))) if hinge.empties]
        for hinge in random.sample(found, min(4, len(found))):
            yield HangsOn(ground.state(s), hinge.dm, hinge.upper, hinge.lower)


def true(ground: Ground, claim: HangsOn) -> bool:
    """Nothing is better for everybody, whichever of the two is moved past the other."""
    s = ground.number(claim.start)
    ways = ((claim.upper, claim.lower), (claim.lower, claim.upper))
    return all(not after(ground, claim.dm, place, to, s).better_for_all for place, to in ways)


FAMILY = Family((HangsOn,), made, true)
