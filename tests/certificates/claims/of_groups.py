"""What groups bring about, and that it is all."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.together import NothingElse, Together
from detente.analysis.unlock.coalitions import coalition_lever, coalition_moves
from detente.analysis.unlock.grouped import limit_claim
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import verdicts, way_of_group
from tests.definitions.together import coalition_improvements
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """All groups from one start, the claims without and with what is said of who stays."""
    start = random.choice(list(ground.space.states.each()))
    found = coalition_moves(ground.space, start, random_profile(ground, random) if random.random() < 0.8 else None)
    for move in found.moves:
        yield limit_claim(found, move)
        for state in move.improvements.first(3):
            yield coalition_lever(found, move, state).claim


def true(ground: Ground, claim: Together | NothingElse) -> bool:
    """The group gains by what it brings about; nothing that it gains by is left out."""
    model = ground.model
    if isinstance(claim, NothingElse):
        gains = coalition_improvements(model, claim.coalition, ground.number(claim.start))
        return all(claim.improvements >> ground.state(x) & 1 for x in gains)
    way = way_of_group(ground, model, claim.coalition, claim.start, claim.to, claim.steps)
    about = all(w.state == claim.to for w in claim.ends) and all(w.state == claim.start for w in claim.starts)
    return way and about and verdicts(ground, model, (*claim.ends, *claim.starts))


FAMILY = Family((Together, NothingElse), made, true)
