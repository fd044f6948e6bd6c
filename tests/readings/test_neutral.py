"""Verdicts under readings take no side: other names and another order of the parties change the names and the order, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from detente.concepts.registry import concept
from detente.explain.verdict import verdict
from detente.model.renaming import with_renamed_decision_maker
from detente.space.states import StateSpace
from detente.testing.beliefs import with_attitudes
from tests.explain.test_neutrality import NEW_NAMES, mapped, reordered, same, skeleton
from tests.readings.asked import Asked, drawn
from tests.readings.test_words import READ

SOME = READ[::3]


@pytest.mark.parametrize("key", SOME)
def test_other_names(key: str) -> None:
    for name, asked in drawn(2, f"names {key}"):
        conflict = with_attitudes(Random(name), asked.conflict)
        renamed = conflict
        for party in conflict.decision_makers:
            renamed = with_renamed_decision_maker(renamed, party.key, NEW_NAMES[party.key])
        one, other = Asked(conflict), StateSpace(renamed)
        for dm in one.engine.decision_makers:
            for state in one.space.states.each():
                witness = one.engine.witness(concept(key), dm, state)
                text = verdict(one.space, witness).text(limit=None, width=10**6)
                again = verdict(other, mapped(witness, same, NEW_NAMES.__getitem__, same)).text(limit=None, width=10**6)
                for old, new in NEW_NAMES.items():
                    again = re.sub(rf"\b{new}\b", old, again)
                assert again == text, name


@pytest.mark.parametrize("key", SOME)
def test_another_order(key: str) -> None:
    compared = 0
    for name, asked in drawn(8, f"order {key}"):
        conflict = with_attitudes(Random(name), asked.conflict)
        one, other = Asked(conflict), Asked(reordered(conflict, Random(name)))
        if one.space.classes:  # which member stands for a merged state depends on the order of the options
            continue

        def moved(state: int, one: Asked = one, other: Asked = other) -> int:
            found = other.space.state_of(other.conflict.combination(one.conflict.taken(state)))
            assert found is not None
            return found

        for dm in one.engine.decision_makers:
            for state in one.space.states.each():
                witness = one.engine.witness(concept(key), dm, state)
                told = verdict(one.space, witness)
                again = verdict(other.space, mapped(witness, moved, str, lambda bits: bits))
                assert skeleton(again) == skeleton(told), name
                assert set(again.elements) == set(told.elements), name
                assert Counter(again.states) == Counter(map(moved, told.states)), name
                compared += 1
    assert compared > 0
