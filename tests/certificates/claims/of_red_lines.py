"""Sets of red lines and rules."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.red_line_sets import AllSets
from detente.analysis.claims.red_lines import Elements, Emptying, Restoring
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.space.sets import bits_of
from detente.testing.models import random_formula
from tests.certificates.claims.family import Family
from tests.unlock.dropping import Element, bargains, emptying, red_lines, restoring, rules
from tests.unlock.ground import Ground


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """From some starts, with rules and without."""
    if not 0 < len(elements(ground, True)) <= 4:
        return
    for s in random.sample(ground.model.numbers, min(2, len(ground.model.numbers))):
        where = random_formula(random, [option.key for option in ground.conflict.options]) if random.random() < 0.3 else None
        found = red_line_conflicts(ground.space, ground.state(s), where=where, rules=random.random() < 0.5)
        for lever in (*found.emptying.found[:3], *found.restoring.found[:3]):
            yield lever.claim
        if found.every is not None:
            yield found.every


def elements(ground: Ground, with_rules: bool) -> list[Element]:
    """All red lines, and the rules that can be dropped."""
    return [*red_lines(ground.conflict), *(rules(ground.conflict) if with_rules else [])]


def plain(chosen: Elements) -> frozenset[Element]:
    """Elements as the second statement has them."""
    return frozenset((dm or "", n) for dm, n in chosen)


def true(ground: Ground, claim: Emptying | Restoring | AllSets) -> bool:
    """The set is one of the minimal ones, or the sets are all of them."""
    s, where = ground.number(claim.start), claim.where
    every = elements(ground, claim.rules)
    if isinstance(claim, Restoring):
        gained = set(bits_of(claim.gained)) == bargains(ground, s, plain(claim.dropped), where)
        return gained and plain(claim.dropped) in restoring(ground, s, every, where)
    if isinstance(claim, Emptying):
        lost = all(state in bargains(ground, s, set(every) - plain(part), where) for part, state in claim.lost)
        return lost and plain(claim.kept) in emptying(ground, s, every, where)
    return {plain(one) for one in claim.emptying} == emptying(ground, s, every, where) and {
        plain(one) for one in claim.restoring
    } == restoring(ground, s, every, where)


FAMILY = Family((Emptying, Restoring, AllSets), made, true)
