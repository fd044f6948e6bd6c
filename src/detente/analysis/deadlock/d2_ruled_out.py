"""D2: there would be a bargain, but red lines or rules exclude it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.model.rule import required


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Z is empty, and would not be without some red lines and rules."""
    if standstill.bargain.better_for_all:
        return
    dropping = standstill.dropping
    if not dropping.rules and any(required(rule) is not None for rule in standstill.space.conflict.rules):
        yield Silence("D2", "rankings")
    if not dropping.possible:
        return
    conflicts = red_line_conflicts(standstill.space, standstill.start, rules=True)
    if not conflicts.restoring.complete:
        yield Silence("D2", "size")
    levers = conflicts.restoring.found
    claims = (*(lever.claim for lever in levers), *((conflicts.every,) if conflicts.every is not None else ()))
    owners = {dm for lever in levers for dm in lever.by}
    yield Finding("D2", claims, standstill.space.set_of(), tuple(dm for dm in standstill.bargain.better if dm in owners))


TYPE = DeadlockType(
    key="D2",
    name="a bargain ruled out",
    asks="Would there be something that all prefer if some red lines or rules were dropped?",
    formula=r"Z(s_0)=\emptyset,\ Z_Q(s_0)\ne\emptyset\ \text{for some set}\ Q\ \text{of the red lines and rules kept}",
    source="this project's synthesis; the smallest sets to drop are minimal correction sets",
    test=test,
)
