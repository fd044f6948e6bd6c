"""Policy stability: Zeng, Fang, Hipel & Kilgour 2004 (Theory and Decision 57:345), 2007 (IEEE SMC-A 37:456); abstracts read.

A policy says for each state what its owner does there: stay, or one move.  A state is stable for i if the others have a policy together
with which no policy of i leads from it to an end that i prefers.  The play ends where i stays; the others answer each move of i by
staying or by a legal sequence, as their policy says of the state.  Found by trying all policies of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from .plain import PlainModel
from .sequences import reachable

Policy = Mapping[int, int]


def policies(choices: Mapping[int, set[int]]) -> Iterator[Policy]:
    """Every policy that stays or takes one of the choices, state by state."""
    for taken in product(*(sorted({s, *choices[s]}) for s in choices)):
        yield dict(zip(choices, taken, strict=True))


def end(own: Policy, theirs: Policy, s: int) -> int | None:
    """Where the play from s ends, None if it never does."""
    seen = set()
    while s not in seen:
        seen.add(s)
        if own[s] == s:
            return s
        s = theirs[own[s]]
    return None


def stable(model: PlainModel, i: str, s: int, credible: bool = False) -> bool:
    """Whether the others have a policy against which no policy of i ends in a state preferred to s."""
    mine = {t: model.steps(i, t, credible) for t in model.numbers}
    theirs = {t: reachable(model, model.others(i), t, improving=credible) for t in model.numbers}

    def improves(other: Policy) -> bool:
        ends = (end(own, other, s) for own in policies(mine))
        return any(found is not None and model.better(i, found, s) for found in ends)

    return any(not improves(other) for other in policies(theirs))
