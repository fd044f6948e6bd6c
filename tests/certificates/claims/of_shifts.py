"""Preference shifts, and that there are no smaller ones: the second statement tries every choice of orders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import get_args

from detente.analysis.claims.asked import Asked
from detente.analysis.claims.base import Claim
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.separate import Separate
from detente.analysis.claims.shifted import Shifts
from detente.analysis.claims.smallest import Smallest
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.shifts import shift_levers
from detente.testing.models import random_conflict
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import outcome_is_so
from tests.definitions.orders import changed_pairs
from tests.unlock.ground import SMALL, Ground, random_profile
from tests.unlock.trying import Burden, by_trying, choices, undercuts, works_of

MOST_ORDERS = 6_000
"""Choices of orders for everybody that are tried for one claim."""
SEPARATE = ("Nash", "GMR", "SMR")


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """For each goal some levers and what shows that there are no smaller ones; in larger conflicts the levers alone."""
    states = list(ground.space.states.each())
    small = choices(ground.model) <= MOST_ORDERS
    for want in get_args(Want):
        for keys in ((), SEPARATE) if want in ("hold", "break") else ((),):
            targets = None if want == "break" else ground.space.set_of(*random.sample(states, min(len(states), random.randint(1, 2))))
            goal = Goal(random.choice(states), random_profile(ground, random, keys), want, targets)
            levers = shift_levers(ground.space, goal, red_lines=random.choice(get_args(RedLines)), seconds=1, most=3)
            for lever in levers.found[:2]:
                claim = lever.claim
                yield claim if small else Shifts(claim.shifts, claim.burdens, claim.red_lines, claim.outcome, None)
            if levers.proof is not None and small:
                yield levers.proof


def planted(random: Random) -> Ground:
    """A conflict so small that every choice of orders can be tried."""
    while True:
        ground = Ground(random_conflict(random, SMALL))
        if len(ground.model.numbers) > 1 and choices(ground.model) <= MOST_ORDERS:
            return ground


@cache
def least(ground: Ground, asked: Asked, red_lines: str) -> set[Burden]:
    """The burdens that no other undercuts."""
    targets = {state for state in ground.space.states.each() if asked.targets >> state & 1}
    if asked.want != "break" and not targets:
        return set()
    if asked.want == "break":
        targets = set()
    return by_trying(ground, dict(asked.profile), works_of(ground, asked.want, asked.start, targets), red_lines)


def true(ground: Ground, claim: Shifts | Smallest | Separate) -> bool:
    """The shifts cost so much and give what is asked for, and no choice of orders does it for less than is said."""
    if isinstance(claim, Separate):
        return all(any(undercuts(said, found) for said in claim.burdens) for found in least(ground, claim.asked, claim.red_lines))
    if isinstance(claim, Smallest):
        found = least(ground, claim.asked, claim.red_lines)
        return all(any(undercuts(said, one) for said in claim.burdens) or enough(claim, one) for one in found)
    after = ground.shifted(claim.shifts)
    changed = [changed_pairs(ground.order(i), after[i]) for i in ground.parties]
    if tuple(len(pairs) for pairs in changed) != claim.burdens or not outcome_is_so(ground, ground.after(claim.shifts), claim.outcome):
        return False
    kept = claim.red_lines == "counted" or not any(pairs & ground.apart(i) for i, pairs in zip(ground.parties, changed, strict=True))
    return kept and (claim.proof is None or (claim.proof.asked == claim.asked and true(ground, claim.proof)))


def enough(claim: Smallest, burden: Burden) -> bool:
    """Whether a burden costs the bound at least."""
    return claim.bound is not None and sum(w * b for w, b in zip(claim.weights, burden, strict=True)) >= claim.bound


FAMILY = Family((Shifts, Smallest, Separate), made, true, (planted,))
