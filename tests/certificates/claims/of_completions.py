"""What holds under every completion of what is known of preferences, and under some."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.completions import InSome, Throughout
from detente.analysis.completions.settle import Settler
from detente.model.conflict import Conflict
from detente.testing.beliefs import with_pairs
from detente.testing.models import Shape, random_conflict
from tests.certificates.claims.family import Family
from tests.definitions.believing import pair_model
from tests.definitions.changed import Changed
from tests.definitions.completions import completed, completions
from tests.definitions.concepts import DEFINITIONS
from tests.unlock.ground import Ground

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=4, red_lines=0.05)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
MOST = 150
"""Most completions of everybody that are tried."""


def how_many(conflict: Conflict) -> int:
    """How many completions of everybody there are."""
    pairs, number = pair_model(conflict), 1
    for i in pairs.model.decision_makers:
        number *= len(completions(pairs, i))
    return number


def planted(random: Random) -> Ground:
    """A conflict in which some comparisons are not known, with not too many completions."""
    while True:
        conflict = with_pairs(random, random_conflict(random, SHAPE), ["unknown"], often=0.6)
        if 1 < how_many(conflict) <= MOST:
            return Ground(conflict)


@cache
def every(conflict: Conflict) -> list[Changed]:
    """All completions of everybody together."""
    return list(completed(pair_model(conflict)))


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """What is claimed of a few states, of single decision makers and of all."""
    if not any(pair.kind == "unknown" for dm in ground.conflict.decision_makers for pair in dm.pairs):
        return
    settler = Settler(ground.space)
    for state in ground.space.states.each():
        for who in (ground.parties, (random.choice(ground.parties),)):
            found = settler.settle(state, dict.fromkeys(who, random.choice(KEYS)))
            yield from (claim for claim in (found.stays, found.leaves) if claim is not None)


def agrees(ground: Ground, under: Changed, claim: InSome) -> bool:
    """Whether a completion agrees with what is supposed."""
    return all(under.better(one.dm, ground.number(one.state), ground.number(one.over)) == one.prefers for one in claim.supposed)


def true(ground: Ground, claim: Throughout | InSome) -> bool:
    """It is so under all completions, or under all that agree with what is supposed, of which there is one."""
    number = ground.number(claim.state)
    among = [one for one in every(ground.conflict) if isinstance(claim, Throughout) or agrees(ground, one, claim)]
    staying = [all(DEFINITIONS[key](one, dm, number) for dm, key in claim.behaviour) for one in among]
    return bool(among) and all(verdict == claim.stays for verdict in staying)


FAMILY = Family((InSome, Throughout), made, true, (planted,))
