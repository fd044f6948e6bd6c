"""D6: somebody would move, but for what the others would then do."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.fear_sets import AllCores
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.unlock.fear import sanction_cores
from detente.concepts.witness import Stays

MAX_STATES = 20_000
"""Most states of a conflict in which it is looked for the smallest sets of others' moves that hold somebody."""
SECONDS = 5.0
"""How long these are looked for, for each decision maker."""
MOST_SETS = 100
"""Most sets of others' moves that are held for one improvement while those are looked for without which somebody would leave."""


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Somebody has improvements and stays, because each of them has an answer."""
    witnesses = standstill.holding.witnesses(standstill.start)
    held = [witness for witness in witnesses if isinstance(witness, Stays) and witness.answers]
    if not held:
        return
    cores: list[AllCores] = []
    missing = False
    for witness in held:
        if standstill.space.states.count > MAX_STATES:
            missing = True
            continue
        found = sanction_cores(
            standstill.space, standstill.start, witness.dm, witness.concept, grouping="option", most=MOST_SETS, seconds=SECONDS
        )
        if found.every is not None:
            cores.append(found.every)
        else:
            missing = True
    if missing:
        yield Silence("D6", "sets")
    gains = standstill.space.set_of(*(answer.improvement for stays in held for answer in stays.answers))
    yield Finding("D6", (standstill.standing(standstill.start), *cores), gains, tuple(stays.dm for stays in held))


TYPE = DeadlockType(
    key="D6",
    name="fear",
    asks="Does somebody stay only because of what the others would do?",
    formula=r"\exists i:\ R_i^{+}(s_0)\ne\emptyset\ \text{and}\ s_0\ \text{is stable for}\ i",
    source="this project's synthesis; sanctions after Howard 1971 and Fraser and Hipel 1984",
    test=test,
    example="chicken 1",
)
