"""The dilemmas of drama theory."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.dilemmas import Dilemma, Dilemmas
from detente.analysis.dilemmas import arisen
from tests.certificates.claims.family import Family
from tests.definitions.dilemmas import dilemmas, gains
from tests.unlock.ground import Ground


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Random demands of some of the parties, with a fallback or without."""
    states = list(ground.space.states.each())
    for _ in range(3):
        parties = [i for i in ground.parties if random.random() < 0.8] or list(ground.parties[:1])
        same = random.choice(states)
        positions = tuple((i, same if random.random() < 0.2 else random.choice(states)) for i in parties)
        yield arisen(ground.space, positions, random.choice([None, *states]))


def shown(ground: Ground, found: Dilemma) -> bool:
    """Whether what a dilemma lists is what it should list: all improvements, or the one state compared, of whoever is tempted."""
    tempted = found.of if found.kind in ("trust", "deterrence") else found.by
    numbers = [ground.number(state) for state in found.better]
    if found.kind in ("cooperation", "trust", "threat"):
        return numbers == sorted(gains(ground.model, tempted, ground.number(found.than)))
    return len(numbers) == 1 and ground.model.better(tempted, numbers[0], ground.number(found.than))


def true(ground: Ground, claim: Dilemmas) -> bool:
    """Exactly these dilemmas arise, and the orders are those of everybody."""
    p = {i: ground.number(state) for i, state in claim.positions}
    t = None if claim.fallback is None else ground.number(claim.fallback)
    states = {*p.values(), *([] if t is None else [t])}
    if {(d.kind, d.by, d.of) for d in claim.found} != dilemmas(ground.model, p, t) or not all(shown(ground, d) for d in claim.found):
        return False
    if len(set(claim.found)) < len(claim.found) or [i for i, _ in claim.orders] != list(ground.parties):
        return False
    for i, levels in claim.orders:
        numbers = [[ground.number(state) for state in level] for level in levels]
        if {n for level in numbers for n in level} != states or sum(map(len, numbers)) != len(states):
            return False
        for a, level in enumerate(numbers):
            for b, other in enumerate(numbers):
                if any(ground.model.better(i, x, y) != (a < b) for x in level for y in other):
                    return False
    return True


FAMILY = Family((Dilemmas,), made, true)
