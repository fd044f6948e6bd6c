"""Sanction cores: which moves of the others hold somebody who has an improvement and stays."""

from .behaviour import Profile, stays
from .changed import Arcs, Changed
from .minimal import minimal_sets
from .plain import PlainModel

Arc = tuple[str, int, int]
"""A move: who, from, to."""


def arcs_of(chosen: frozenset[Arc]) -> Arcs:
    """Some moves by mover."""
    return {who: {(s, t) for mover, s, t in chosen if mover == who} for who, _, _ in chosen}


def sanction_cores(model: PlainModel, profile: Profile, i: str, s: int) -> set[frozenset[Arc]]:
    """All minimal sets of the others' moves without which i leaves s."""
    arcs = [(j, a, b) for j in model.others(i) for a, b in sorted(model.arcs[j])]
    return minimal_sets(arcs, lambda chosen: not stays(Changed(model, without=arcs_of(chosen)), profile, i, s))
