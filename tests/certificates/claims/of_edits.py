"""After how many single edits of a conflict, or pairs of edits, a question about a state is answered yes, and after how many no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.counted_edits import CountedEdits
from detente.analysis.sweep.shown import shown_edits
from detente.analysis.sweep.tipping import tipping
from detente.model.conflict import Conflict
from detente.model.edit import apply_all
from detente.model.near import near, near_party, near_rules, near_rules_twice, near_twice
from detente.testing.models import Shape, random_conflict
from tests.certificates.claims.family import Family
from tests.certificates.claims.of_counted import KEYS, answer, asked_of
from tests.definitions.adapter import plain_model
from tests.unlock.ground import Ground

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=6, red_lines=0.3, one_way=0.1, kinds=("prefers", "ranking"))
MOST = 20
"""Most single edits that are listed."""
FEW = 8
"""So many single edits, or fewer, are listed in pairs as well."""


def planted(random: Random) -> Ground:
    """A small conflict with a status quo."""
    while True:
        conflict = random_conflict(random, SHAPE)
        if conflict.status_quo is not None and not conflict.guesses and 0 < len(near(conflict)) <= FEW + 4:
            return Ground(conflict)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """What single edits make of a conclusion, and pairs of edits where there are few."""
    conflict = ground.conflict
    if conflict.guesses or conflict.status_quo is None or conflict.viewpoints or len(near(conflict)) > MOST:
        return
    profile = {dm: random.choice(KEYS) for dm in ground.parties}
    found = tipping(conflict, profile, asked_of(ground, random), pairs=len(near(conflict)) <= FEW)
    for point in found.points:
        yield from (claim for edits in (1, 2) if (claim := shown_edits(found, point, edits, seconds=None)) is not None)


@cache
def edited(conflict: Conflict, edits: int) -> list[Conflict]:
    """The conflicts that are one edit, or two, away, each made by its edits alone."""
    once = near(conflict)
    if edits == 1:
        return [apply_all([edit], conflict) for edit in once]
    found = []
    rules = near_rules(conflict)
    parties = {dm.key: [one.edits for one in near_party(dm)] for dm in conflict.decision_makers}
    keys = list(parties)
    for place, first in enumerate(keys):
        found += [(*one, *other) for second in keys[place + 1 :] for one in parties[first] for other in parties[second]]
        found += [(*one, rule) for one in parties[first] for rule in rules]
    found += [one.edits for dm in conflict.decision_makers for one in near_twice(dm)]
    found += near_rules_twice(conflict)
    return [apply_all(each, conflict) for each in found]


def true(ground: Ground, claim: CountedEdits) -> bool:
    """It is so when all edits are made, one conflict after the other."""
    if claim.edits not in (1, 2):
        return False
    counted = Counter(answer(one, plain_model(one), claim.whether) for one in edited(ground.conflict, claim.edits))
    return counted == Counter({True: claim.yes, False: claim.no, None: claim.nowhere})


FAMILY = Family((CountedEdits,), made, true, (planted,))
