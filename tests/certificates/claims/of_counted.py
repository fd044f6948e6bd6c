"""In how many completions of guesses somebody stays at a state, and in how many not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import prod
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.counted import CountedCompletions
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.shown import shown
from detente.analysis.sweep.sweeping import sweep
from detente.errors import ConflictError
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict
from tests.certificates.claims.family import Family
from tests.definitions.adapter import plain_model
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.unlock.ground import Ground

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=8, red_lines=0.3, one_way=0.1, kinds=("prefers",))
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")
MOST = 40
"""Most completions of a conflict."""


def planted(random: Random) -> Ground:
    """A conflict with guesses, of not too many completions."""
    while True:
        try:
            conflict = with_guesses(random, random_conflict(random, SHAPE), 5)
        except ConflictError:  # an alternative that is what is written anyway
            continue
        if conflict.status_quo is not None and 4 <= prod(len(guess.alternatives) for guess in conflict.guesses) <= MOST:
            return Ground(conflict)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """What is claimed of the status quo, or a named state: of all, under one concept or each under theirs, and of one."""
    if not ground.conflict.guesses:
        return
    profile = {dm: random.choice(KEYS) for dm in ground.parties}
    name = random.choice([None, *(named.name for named in ground.conflict.named_states)])
    asked = (Subject("holds"), Subject("holds", random.choice(KEYS), state=name), Subject("stays", dm=random.choice(ground.parties)))
    found = sweep(ground.conflict, profile, asked, seconds=None)
    yield from (claim for tally in found.tallies if (claim := shown(found, tally, seconds=None)) is not None)


@cache
def every(conflict: Conflict) -> list[tuple[Conflict, PlainModel]]:
    """All completions, as the program and as the second statement have them."""
    found = [completed(conflict, chosen) for chosen in completions(conflict)]
    return [(one, plain_model(one)) for one in found]


def true(ground: Ground, claim: CountedCompletions) -> bool:
    """It is so when all completions are listed, and each case has the verdict that its witnesses say."""
    counted = Counter[str]()
    for conflict, model in every(ground.conflict):
        named = {named.name: named.taken for named in conflict.named_states}
        taken = conflict.status_quo if claim.state is None else named[claim.state]
        assert taken is not None
        s = model.number_of({option.key: option.key in taken for option in conflict.options})
        if s is None:
            counted["nowhere"] += 1
        else:
            counted["staying" if all(DEFINITIONS[key](model, dm, s) for dm, key in claim.behaviour) else "leaving"] += 1
    return (counted["staying"], counted["leaving"], counted["nowhere"]) == (claim.staying, claim.leaving, claim.nowhere)


FAMILY = Family((CountedCompletions,), made, true, (planted,))
