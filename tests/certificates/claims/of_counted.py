"""In how many completions of guesses somebody stays at a state, or something is better for everybody, and holds; and in how many not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import prod
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.counted import CountedCompletions
from detente.analysis.claims.whether import Whether, WhetherStaying
from detente.analysis.claims.whether_gain import WhetherGain
from detente.analysis.claims.whether_kept import WhetherKeptGain
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.shown import shown
from detente.analysis.sweep.sweeping import sweep
from detente.errors import ConflictError
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict
from detente.model.formula import Not, Taken
from detente.model.parse import parse_formula
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict
from tests.certificates.claims.family import Family
from tests.definitions.adapter import meets, plain_model
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


def asked_of(ground: Ground, random: Random) -> tuple[Subject, ...]:
    """Whether the status quo or a named state holds, whether somebody stays, and whether something is better for all, and holds."""
    named = random.choice([None, *(named.name for named in ground.conflict.named_states)])
    taken = Taken(random.choice([option.key for option in ground.conflict.options]))
    where = random.choice([None, taken, Not(taken)])
    stays = random.choice([Subject("holds"), Subject("stays", dm=random.choice(ground.parties))])
    gain = random.choice([Subject("gain"), Subject("gain", where=where)])
    return stays, Subject("holds", random.choice(KEYS), state=named), gain, Subject("kept gain", where=where)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """What is claimed of the status quo, or a named state: of all, under one concept or each under theirs, and of one."""
    if not ground.conflict.guesses:
        return
    profile = {dm: random.choice(KEYS) for dm in ground.parties}
    found = sweep(ground.conflict, profile, asked_of(ground, random), seconds=None)
    yield from (claim for tally in found.tallies if (claim := shown(found, tally, seconds=None)) is not None)


@cache
def every(conflict: Conflict) -> list[tuple[Conflict, PlainModel]]:
    """All completions, as the program and as the second statement have them."""
    found = [completed(conflict, chosen) for chosen in completions(conflict)]
    return [(one, plain_model(one)) for one in found]


def number_of(conflict: Conflict, model: PlainModel, name: str | None) -> int | None:
    """The number of a named state, or of the status quo; None where it, or the status quo, can't occur."""
    named = {named.name: named.taken for named in conflict.named_states}
    assert conflict.status_quo is not None
    places = [conflict.status_quo, conflict.status_quo if name is None else named[name]]
    start, place = (model.number_of({option.key: option.key in taken for option in conflict.options}) for taken in places)
    return None if start is None else place


def better(model: PlainModel, s: int, where: str | None) -> list[int]:
    """The states that meet a condition and that everybody prefers to one."""
    met = [state.number for state in model.states if where is None or meets(parse_formula(where))(state.combination)]
    return [n for n in met if all(model.better(dm, n, s) for dm in model.decision_makers)]


def answer(conflict: Conflict, model: PlainModel, whether: Whether) -> bool | None:
    """The answer to a question, by the second statement."""
    s = number_of(conflict, model, whether.state)
    if s is None:
        return None
    match whether:
        case WhetherStaying(_, behaviour):
            return all(DEFINITIONS[key](model, dm, s) for dm, key in behaviour)
        case WhetherGain(_, where):
            return bool(better(model, s, where))
        case WhetherKeptGain(_, where, behaviour):
            return any(all(DEFINITIONS[key](model, dm, n) for dm, key in behaviour) for n in better(model, s, where))
    raise AssertionError(whether)


def true(ground: Ground, claim: CountedCompletions) -> bool:
    """It is so when all completions are listed."""
    counted = Counter(answer(conflict, model, claim.whether) for conflict, model in every(ground.conflict))
    return counted == Counter({True: claim.yes, False: claim.no, None: claim.nowhere})


FAMILY = Family((CountedCompletions,), made, true, (planted,))
