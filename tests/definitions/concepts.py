"""The six definitions by key, and equilibrium."""

from collections.abc import Callable, Mapping

from . import gmr, nash, seq, sim, smr, sseq
from .plain import PlainModel

Definition = Callable[[PlainModel, str, int], bool]

DEFINITIONS: Mapping[str, Definition] = {
    "Nash": nash.stable,
    "GMR": gmr.stable,
    "SMR": smr.stable,
    "SEQ": seq.stable,
    "SSEQ": sseq.stable,
    "SIM": sim.stable,
}


def stable_states(model: PlainModel, key: str, i: str) -> set[int]:
    """The states that are stable for i under the concept."""
    return {s for s in model.numbers if DEFINITIONS[key](model, i, s)}


def equilibria(model: PlainModel, key: str) -> set[int]:
    """The states that are stable under the concept for every decision maker."""
    return {s for s in model.numbers if all(DEFINITIONS[key](model, i, s) for i in model.decision_makers)}
