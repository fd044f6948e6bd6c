"""Possible and necessary stability against all completions, one by one."""

from __future__ import annotations

from collections import Counter

import pytest

from detente.analysis.completions.found import Settled
from detente.analysis.completions.settle import Settler
from detente.space.states import StateSpace
from detente.testing.beliefs import with_pairs
from detente.testing.models import Shape
from tests.beliefs.readings import drawn
from tests.conformance.seeds import fresh
from tests.definitions.believing import pair_model
from tests.definitions.completions import completed, completions
from tests.definitions.concepts import DEFINITIONS

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=4, red_lines=0.05)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
MOST = 3_000
"""Most completions of everybody that are tried."""


def compare(models: int, seed: object) -> Counter[str]:
    """How many verdicts were compared, and what they were."""
    counted = Counter[str]()
    drawn_ones = drawn(100 * models, seed, lambda rng, conflict: with_pairs(rng, conflict, ["unknown"], often=0.6), SHAPE)
    for name, conflict in drawn_ones:
        pairs = pair_model(conflict)
        parties = pairs.model.decision_makers
        number = 1
        for i in parties:
            number *= len(completions(pairs, i))
        if not 1 < number <= MOST or len(pairs.model.numbers) < 2:
            continue
        space = StateSpace(conflict)
        settler = Settler(space)
        under = list(completed(pairs))
        for key in KEYS:
            stable = [{i: {s for s in model.numbers if DEFINITIONS[key](model, i, s)} for i in parties} for model in under]
            for s, state in enumerate(space.states.each(), start=1):
                for who in ([i] for i in parties):
                    check(counted, name, settler.settle(state, dict.fromkeys(who, key)), [all(s in one[i] for i in who) for one in stable])
                check(
                    counted, name, settler.settle(state, dict.fromkeys(parties, key)), [all(s in one[i] for i in parties) for one in stable]
                )
        counted["models"] += 1
        if counted["models"] == models:
            break
    return counted


def check(counted: Counter[str], name: str, settled: Settled, under: list[bool]) -> None:
    """Compare what was settled with the verdicts under all completions."""
    always, sometimes = settled.always, settled.sometimes
    assert (always, sometimes) == (all(under), any(under)), (name, settled, Counter(under))
    counted["always" if always else "sometimes" if sometimes else "never"] += 1


def test_completions_agree() -> None:
    counted = compare(40, f"{fresh()} completions")
    assert counted["models"] == 40
    assert min(counted["sometimes"], counted["never"], counted["always"]) > 25


@pytest.mark.long
def test_completions_agree_on_many() -> None:
    counted = compare(1_000, f"{fresh()} many completions")
    assert counted["models"] == 1_000
    assert min(counted["sometimes"], counted["never"], counted["always"]) > 1_000
