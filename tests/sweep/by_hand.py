"""What a sweep says, by the plainest reading of each notion, from a list of all completions with the value of each.

The values come from the second statement (`tests.definitions`), which knows nothing of sweeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import log2, prod
from random import Random

from detente.analysis.sweep.asked import Subject
from detente.errors import ConflictError
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict
from detente.testing.beliefs import with_viewpoints
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict
from tests.definitions.adapter import plain_model
from tests.definitions.behaviour import holds
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel

Row = tuple[int, ...]
"""A completion: for each guess, in order, the number of its alternative."""
Profile = Mapping[str, str]
SHAPES = (
    Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.3),
    Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.2, kinds=("prefers",), one_way=0.1),
)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")
MOST = 64
"""Most completions of a random conflict."""
TRIED = 8
"""Completions that are tried to see whether a random conflict has something to count."""


@dataclass(frozen=True)
class Problem:
    """A conflict with guesses, and what is asked."""

    name: str
    conflict: Conflict
    profile: Profile
    subjects: tuple[Subject, ...]


def problems(count: int, seed: object, most: int = 6) -> Iterator[Problem]:
    """So many random conflicts with up to `most` guesses, with a few questions each."""
    made = number = 0
    while made < count:
        name, number = f"{seed} {number}", number + 1
        random = Random(name)
        conflict = random_conflict(random, SHAPES[random.random() < 0.75])
        if random.random() < 0.3:
            conflict = with_viewpoints(random, conflict)
        try:
            conflict = with_guesses(random, conflict, most)
        except ConflictError:  # an alternative that is what is written anyway
            continue
        if conflict.status_quo is not None and prod(len(guess.alternatives) for guess in conflict.guesses) in range(8, MOST):
            parties = [dm.key for dm in conflict.decision_makers]
            profile = {dm: random.choice(KEYS) for dm in parties}
            asked = (Subject("holds"), Subject("holds", random.choice(KEYS)), Subject("stays", dm=random.choice(parties)), Subject("gain"))
            problem = Problem(name, conflict, profile, asked)
            if random.random() < 0.1 or differs(problem, random):
                yield problem
                made += 1


def differs(problem: Problem, random: Random) -> bool:
    """Whether some conclusions differ among a few completions, several of them from what they are as written."""
    sizes = [len(guess.alternatives) for guess in problem.conflict.guesses]
    rows = [[0] * len(sizes), *([random.randrange(size) for size in sizes] for _ in range(TRIED))]
    seen: dict[Subject, list[bool | None]] = {subject: [] for subject in problem.subjects}
    for row in rows:
        conflict = completed(problem.conflict, {guess.key: number for guess, number in zip(problem.conflict.guesses, row, strict=True)})
        model = plain_model(conflict)
        for subject, found in seen.items():
            found.append(value(conflict, model, problem.profile, subject))
    return any(found.count(found[0]) < TRIED - 1 for found in seen.values())


def value(conflict: Conflict, model: PlainModel, profile: Profile, subject: Subject) -> bool | None:
    """The value of a conclusion on a conflict without guesses."""
    assert conflict.status_quo is not None
    s = model.number_of({option.key: option.key in conflict.status_quo for option in conflict.options})
    if s is None:
        return None
    behaviour = profile if subject.concept is None else dict.fromkeys(profile, subject.concept)
    match subject.kind:
        case "holds":
            return holds(model, behaviour, s)
        case "stays":
            assert subject.dm is not None
            return DEFINITIONS[behaviour[subject.dm]](model, subject.dm, s)
        case "gain":
            return any(all(model.better(i, t, s) for i in model.decision_makers) for t in model.numbers)
    raise AssertionError(subject)


def values(problem: Problem) -> dict[Subject, dict[Row, bool | None]]:
    """For each conclusion the value in each completion."""
    found: dict[Subject, dict[Row, bool | None]] = {subject: {} for subject in problem.subjects}
    for chosen in completions(problem.conflict):
        conflict = completed(problem.conflict, chosen)
        model = plain_model(conflict)
        for subject in problem.subjects:
            found[subject][tuple(chosen.values())] = value(conflict, model, problem.profile, subject)
    return found


def weight(conflict: Conflict, row: Row) -> Fraction:
    """What a completion counts: the product of the weights of what it has."""
    return prod((guess.weights[number] for guess, number in zip(conflict.guesses, row, strict=True)), start=Fraction(1))


def shares(conflict: Conflict, table: Mapping[Row, object], given: Mapping[int, int], weighed: bool = True) -> dict[object, Fraction]:
    """The share of each value among the completions in which the guesses with some places come out as given."""
    found: dict[object, Fraction] = {}
    for row, each in table.items():
        if all(row[place] == number for place, number in given.items()):
            found[each] = found.get(each, Fraction(0)) + (weight(conflict, row) if weighed else 1)
    return {each: share / sum(found.values()) for each, share in found.items()}


def subsets(places: Sequence[int]) -> Iterator[frozenset[int]]:
    """All subsets, the smaller first."""
    return map(frozenset, chain.from_iterable(combinations(places, size) for size in range(len(places) + 1)))


def minimal(sets: Iterator[frozenset[int]]) -> set[frozenset[int]]:
    """Those that hold no other."""
    every = list(sets)
    return {one for one in every if not any(other < one for other in every)}


def breaking(table: Mapping[Row, object], guesses: int) -> set[frozenset[int]]:
    """The minimal sets of guesses such that some completion with all others as written has another value."""
    written = table[(0,) * guesses]

    def can(changed: frozenset[int]) -> bool:
        rows = [row for row in table if all(number == 0 for place, number in enumerate(row) if place not in changed)]
        return any(table[row] != written for row in rows)

    return minimal(changed for changed in subsets(range(guesses)) if can(changed))


def sufficient(table: Mapping[Row, object], guesses: int) -> set[frozenset[int]]:
    """The minimal sets of guesses such that every completion with them as written has the same value."""
    written = table[(0,) * guesses]

    def keeps(kept: frozenset[int]) -> bool:
        return all(each == written for row, each in table.items() if all(row[place] == 0 for place in kept))

    return minimal(kept for kept in subsets(range(guesses)) if keeps(kept))


def never_matters(table: Mapping[Row, object], place: int) -> bool:
    """Whether completions that differ in one guess alone never differ in value."""
    rest: dict[Row, object] = {}
    return all(rest.setdefault((*row[:place], *row[place + 1 :]), each) == each for row, each in table.items())


def entropy(found: Mapping[object, Fraction]) -> float:
    """In bits."""
    return -sum(float(share) * log2(float(share)) for share in found.values())


def worth(conflict: Conflict, table: Mapping[Row, object], places: Sequence[int]) -> tuple[Fraction, Fraction, Fraction, float]:
    """Of knowing some guesses: the chance to be right before and after, that of certainty, and the bits gained."""
    before = shares(conflict, table, {})
    right = settled = Fraction(0)
    left = 0.0
    for numbers in sorted({tuple(row[place] for place in places) for row in table}):
        given = dict(zip(places, numbers, strict=True))
        chance = prod((conflict.guesses[place].weights[number] for place, number in given.items()), start=Fraction(1))
        after = shares(conflict, table, given)
        right += chance * max(after.values())
        settled += chance * (len(after) == 1)
        left += float(chance) * entropy(after)
    return max(before.values()), right, settled, entropy(before) - left
