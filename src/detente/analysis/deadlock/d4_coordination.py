"""D4: some could have together, and only together, what all of them prefer and what then holds."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.standing import OutOfReach
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.margin import narrowest, width
from detente.errors import LimitError


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """A group of two or more has a coalition improvement to a state that holds, and no sequence of improvements leads there."""
    around = standstill.bargain
    states = standstill.shared_gains & standstill.all_stay
    if not states:
        return
    try:
        states -= around.improving.states
    except LimitError:
        yield Silence("D4", "improvements")
        return
    if not states:
        return
    groups = standstill.groups_for(states)
    ends = [(group, standstill.near(part, group)) for group, part in groups]
    ends.sort(key=lambda end: -width(narrowest(standstill.orders, end[0], end[1], standstill.start)))
    claims = tuple(standstill.together(group, state, standstill.holding.witnesses(state)) for group, state in ends)
    lengths = tuple((state, dm, length) for (state, dm), length in around.improving.pairs().items())
    members = {dm for group, _ in groups for dm in group}
    by = tuple(dm for dm in around.better if dm in members)
    yield Finding("D4", (*claims, OutOfReach(standstill.start, states.bits, "improving", lengths)), states, by)


TYPE = DeadlockType(
    key="D4",
    name="coordination",
    asks="Could some of them together, and nobody alone, bring about something that all of these prefer and that then holds?",
    formula=r"\exists H,\ |H|\ge 2,\ x\in R_H^{++}(s_0):\ x\ \text{holds},\ x\notin R_N^{+}(s_0)",
    source="this project's synthesis; equilibrium jumps after Kilgour, Hipel, Fang and Peng 2001",
    test=test,
    example="elmira 5",
)
