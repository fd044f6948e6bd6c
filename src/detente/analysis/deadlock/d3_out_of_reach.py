"""D3: there are bargains, and none of them can be reached any more."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.bargain import Bargain
from detente.analysis.claims.standing import OutOfReach
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.space.sets import StateSet


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Z is not empty, and no sequence of moves and no joint move leads to any of its members."""
    around = standstill.bargain
    bargains = around.better_for_all
    if bargains and not around.groups.brought_about(around.groups.movers) & bargains.bits:
        yield Finding("D3", (out_of_reach_claim(around, bargains),), bargains)


def out_of_reach_claim(around: Bargain, states: StateSet) -> OutOfReach:
    """The claim that neither moves of anybody nor a joint move lead from the start to some states (`states`)."""
    lengths = tuple((state, dm, length) for (state, dm), length in around.moves.pairs().items())
    return OutOfReach(around.start, states.bits, "any", lengths)


TYPE = DeadlockType(
    key="D3",
    name="a bargain out of reach",
    asks="Is everything that all would prefer out of reach, because of what cannot be taken back?",
    formula=r"Z(s_0)\ne\emptyset,\ Z(s_0)\cap R_N(s_0)=\emptyset",
    source="this project's synthesis; legal sequences after Fang, Hipel and Kilgour 1993",
    test=test,
    example="north-korea-2017 5",
)
