"""D8: somebody is mistaken about the others.  Not examined: the model holds no beliefs."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Nothing can be said without beliefs."""
    yield Silence("D8", "beliefs")


TYPE = DeadlockType(
    key="D8",
    name="misperception",
    asks="Does somebody stay only because they are mistaken about the others?",
    formula=r"s_0\ \text{holds in every}\ G_i\ \text{that somebody believes in, and not in}\ G",
    source="this project's synthesis; hypergames after Bennett 1977 and Wang, Hipel and Fraser 1988",
    test=test,
)
