"""D9: two wait for each other to concede first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations

from detente.analysis.claims.spoiler import Attrition, Concession
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.errors import LimitError


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """For two decision makers what follows the other's concession is best, and neither likes what follows less than the start."""
    claims: list[Attrition] = []
    for one, other in combinations(standstill.bargain.better, 2):
        pair = _waiting(standstill, one, other)
        if pair is None:
            continue
        try:
            ends = tuple(standstill.standing(step.end) for step in pair)
        except LimitError:
            yield Silence("D9", "answers")
        else:
            claims.append(Attrition(standstill.start, *pair, ends))
    if claims:
        by = {dm for claim in claims for dm in (claim.first.by, claim.second.by)}
        ends_of = standstill.space.set_of(*(step.end for claim in claims for step in (claim.first, claim.second)))
        yield Finding("D9", tuple(claims), ends_of, tuple(dm for dm in standstill.bargain.better if dm in by))


def _waiting(standstill: Standstill, one: str, other: str) -> tuple[Concession, Concession] | None:
    """A concession of each of two, if what follows the other's is what each of them prefers: first that of `one`."""
    mine, yours = _taken_up(standstill, one, other), _taken_up(standstill, other, one)
    first, second = (standstill.holding.single.orders[dm] for dm in (one, other))
    ranked = sorted(mine, key=lambda step: first.key(step.end))  # what follows the concession of `one`, as `one` likes it
    keys = [first.key(step.end) for step in ranked]
    best: list[Concession] = []  # of the first so many of these the one that `other` likes best
    for step in ranked:
        best.append(step if not best or second.prefers(step.end, best[-1].end) else best[-1])
    for step in sorted(yours, key=lambda step: first.key(step.end), reverse=True):
        below = bisect_left(keys, first.key(step.end))
        if below and second.prefers(best[below - 1].end, step.end):
            return best[below - 1], step
    return None


def _taken_up(standstill: Standstill, by: str, other: str) -> list[Concession]:
    """The concessions of one that another then takes up, with what holds and is no worse for either; one for each end."""
    around, engine = standstill.bargain, standstill.holding.single
    wanted = standstill.all_stay & around.no_worse[by] & around.no_worse[other]
    found: dict[int, Concession] = {}
    for to in engine.moves(by, standstill.start):
        if to not in around.better[by]:
            for end in engine.improvements(other, to):
                if end in wanted:
                    found.setdefault(end, Concession(by, to, other, end))
    return list(found.values())


TYPE = DeadlockType(
    key="D9",
    name="attrition",
    asks="Do two of them each wait for the other to concede first?",
    formula=r"\exists i\ne j,\ f,g:\ f\ \text{follows a concession of}\ j,\ g\ \text{one of}\ i,\ \text{both hold},\ "
    r"f\succ_i g,\ g\succ_j f,\ f,g\succeq_{i,j} s_0",
    source="this project's synthesis; wars of attrition after Maynard Smith 1974",
    test=test,
)
