"""Statements whose place decides whether anything is better for everybody."""

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
    """Of some starts, moves of a statement after which nothing is better for everybody."""
    for s in random.sample(ground.model.numbers, min(3, len(ground.model.numbers))):
        found = hinges(bargain(ground.space, ground.state(s)))
        moves = [(hinge.dm, hinge.upper, hinge.lower) for hinge in found if not hinge.lowered.better_for_all]
        moves += [(hinge.dm, hinge.lower, hinge.upper) for hinge in found if not hinge.raised.better_for_all]
        for dm, place, to in random.sample(moves, min(4, len(moves))):
            yield HangsOn(ground.state(s), dm, place, to)


def true(ground: Ground, claim: HangsOn) -> bool:
    """Nothing is better for everybody with the statement at its new place."""
    return not after(ground, claim.dm, claim.place, claim.to, ground.number(claim.start)).better_for_all


FAMILY = Family((HangsOn,), made, true)
