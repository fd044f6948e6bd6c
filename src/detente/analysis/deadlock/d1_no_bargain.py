"""D1: there is no bargain, neither for all nor for a part of them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.ruled_out import NoBargain
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.d5_commitment import shared_gains_claim
from detente.analysis.deadlock.found import Finding, Silence


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Z is empty, stays empty whatever is dropped, and no group can bring about what all its members prefer."""
    if standstill.bargain.better_for_all or standstill.shared_gains or standstill.dropping.possible:
        return
    dropping = standstill.dropping
    nothing = standstill.space.set_of()
    claim = NoBargain(standstill.start, dropping.rules, dropping.against)
    yield Finding("D1", (claim, shared_gains_claim(standstill, nothing)), nothing)


TYPE = DeadlockType(
    key="D1",
    name="no bargain",
    asks="Is there nothing that all would prefer, even without red lines and rules, and nothing that some of them could have together?",
    formula=r"Z(s_0)=\emptyset\ \text{whatever red lines and rules are dropped, and}\ R_H^{++}(s_0)=\emptyset\ \forall |H|\ge 2",
    source="this project's synthesis; mutual gains against the impasse, as in Zartman's mutually hurting stalemate without a way out",
    test=test,
    example="north-korea-2017 1",
)
