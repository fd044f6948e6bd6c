"""Verdicts on states of a conflict that is not listed are explained as those of the same conflict listed are."""

from __future__ import annotations

from detente.app.explaining import Explainer
from detente.app.parts import Described
from detente.concepts.registry import all_concepts
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.conformance.seeds import fresh

SHAPE = Shape(most_options=6, merged=0.0, bans=0.0, unperceived=0.0, kinds=(OptionPrioritization.kind, OptionWeighting.kind))


def test_whoever_leaves_is_explained_too() -> None:
    left = 0
    for seed, (_, conflict) in enumerate(random_conflicts(12, fresh(), SHAPE)):
        listed, unlisted = StateSpace(conflict), StateSpace(conflict, list_up_to=0)
        state = listed.states.sample(1, seed)[0]
        for by in listed.masks:
            for under in all_concepts()[:5]:
                known = Explainer(Described(listed)).document(under, by, state, compare=False)
                found = Explainer(Described(unlisted)).document(under, by, state, compare=False)
                assert found.stays == known.stays, (conflict.title, by, under.key)
                assert found.paragraphs[0].role == "verdict"
                left += not found.stays and under.answers == "improving"
    assert left, "nobody leaves under SEQ or SSEQ in any of them"
