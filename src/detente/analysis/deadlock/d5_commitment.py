"""D5: what some could have together, somebody would break."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.gains import SharedGains
from detente.analysis.claims.standing import NoneHolds
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.concepts.witness import Witness
from detente.errors import LimitError
from detente.space.sets import StateSet

MOST_SHOWN = 200
"""Most states for each of which somebody is shown who leaves it."""


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Groups of two or more have coalition improvements, and somebody leaves each of the states that they lead to."""
    states = standstill.shared_gains
    if not states or states & standstill.all_stay:
        return
    shown, leaving, silences = standstill.space.set_of(), list[Witness](), set[str]()
    for state in states.first(MOST_SHOWN):
        try:
            leaver = next(dm for dm in standstill.bargain.better if state not in standstill.staying(dm))
            leaving.append(standstill.holding.witness(leaver, state))
            shown |= standstill.space.set_of(state)
        except LimitError:
            silences.add("answers")
    if states.count > MOST_SHOWN:
        silences.add("many")
    yield from (Silence("D5", reason) for reason in sorted(silences))
    claims = (NoneHolds(shown.bits, standstill.behaviour, tuple(leaving)),) if shown else ()
    by = tuple(dm for dm in standstill.bargain.better if states - standstill.staying(dm))
    yield Finding("D5", (*claims, shared_gains_claim(standstill, states)), states, by)


def shared_gains_claim(standstill: Standstill, states: StateSet) -> SharedGains:
    """The claim that groups of two or more can bring about nothing that all their members prefer but some states (`states`)."""
    space, groups = standstill.space, standstill.bargain.groups
    if space.moves_compose and all(dm.unperceived is None for dm in space.conflict.decision_makers):
        return SharedGains(standstill.start, states.bits)
    gaining = [gainers for gainers, part in standstill.bargain.by_gainers() if len(gainers) > 1 and part - states]
    reached = {gainers: groups.reach(gainers).pairs() for gainers in gaining}
    listed = tuple((gainers, tuple((state, dm, length) for (state, dm), length in lengths.items())) for gainers, lengths in reached.items())
    return SharedGains(standstill.start, states.bits, listed)


TYPE = DeadlockType(
    key="D5",
    name="commitment",
    asks="Does somebody leave everything that some could have together and prefer, so that nobody can rely on it?",
    formula=r"\bigcup_{|H|\ge 2} R_H^{++}(s_0)\ne\emptyset,\ \text{and none of its members holds}",
    source="this project's synthesis; the commitment problem after Fearon 1995 and Walter 1997",
    test=test,
    example="prisoners-dilemma 4",
)
