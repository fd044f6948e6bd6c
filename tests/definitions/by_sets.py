"""Nash, GMR, SMR, SEQ and SSEQ of decision makers whose preference is no single order, over three kinds of sets.

Each structure of preference says for i at s: for which moves i leaves s (R_i^+ and its relatives), which states deter i from leaving s
(phi_i and its relatives), and by which moves others answer where answers must be credible.  With R_i^+(s), {u : s at least as preferred
as u} and R_j^+(t) the five are those of the other modules here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .plain import PlainModel
from .sequences import Steps, reached


@dataclass(frozen=True)
class Sets:
    """What a structure of preference says: of (i, s) the moves for which i leaves s, of (i, s, u) whether u deters i from leaving s."""

    leaves_for: Steps
    deterred_by: Callable[[str, int, int], bool]
    credible: Steps
    """Of (j, t) the moves by which j answers at t where answers must be credible."""


def nash(model: PlainModel, sets: Sets, i: str, s: int) -> bool:
    """There is no move for which i leaves s."""
    return sets.leaves_for(i, s) == set()


def gmr(model: PlainModel, sets: Sets, i: str, s: int) -> bool:
    """For every t for which i leaves s there is u in R_{N-i}(t) that deters i."""
    return all(any(sets.deterred_by(i, s, u) for u in reached(model.moves, model.others(i), t)) for t in sets.leaves_for(i, s))


def smr(model: PlainModel, sets: Sets, i: str, s: int) -> bool:
    """As GMR, and every v in R_i(u) deters i as well."""
    return all(any(held(model, sets, i, s, u) for u in reached(model.moves, model.others(i), t)) for t in sets.leaves_for(i, s))


def seq(model: PlainModel, sets: Sets, i: str, s: int) -> bool:
    """As GMR, by sequences of credible moves."""
    return all(any(sets.deterred_by(i, s, u) for u in reached(sets.credible, model.others(i), t)) for t in sets.leaves_for(i, s))


def sseq(model: PlainModel, sets: Sets, i: str, s: int) -> bool:
    """As SMR, by sequences of credible moves."""
    return all(any(held(model, sets, i, s, u) for u in reached(sets.credible, model.others(i), t)) for t in sets.leaves_for(i, s))


def held(model: PlainModel, sets: Sets, i: str, s: int, u: int) -> bool:
    """Whether u deters i from leaving s, and whatever i can reach from u does too."""
    return sets.deterred_by(i, s, u) and all(sets.deterred_by(i, s, v) for v in model.moves(i, u))


FIVE: Mapping[str, Callable[[PlainModel, Sets, str, int], bool]] = {"Nash": nash, "GMR": gmr, "SMR": smr, "SEQ": seq, "SSEQ": sseq}
"""The five by their keys."""


def stable(model: PlainModel, sets: Sets, key: str) -> Mapping[str, set[int]]:
    """For each decision maker the states that are stable for them."""
    return {i: {s for s in model.numbers if FIVE[key](model, sets, i, s)} for i in model.decision_makers}


def crisp(model: PlainModel) -> Sets:
    """One order for each decision maker, read as usual."""
    return Sets(model.improvements, lambda i, s, u: model.at_least(i, s, u), model.improvements)
