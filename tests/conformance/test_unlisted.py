"""The same conflict listed and not listed: the same states, moves, comparisons, verdicts, and certificates that are accepted."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.concepts.registry import all_concepts
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.model.rule import Merged
from detente.preference.compared import compared
from detente.preference.locally import compared_locally
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.sets import bits_of
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.conformance.seeds import fresh

SHAPE = Shape(most_options=7, merged=0.0, bans=0.3, unperceived=0.3, shared=0.2, kinds=(OptionPrioritization.kind, OptionWeighting.kind))


def test_states_and_moves() -> None:
    looked_at = 0
    for name, conflict in random_conflicts(150, fresh(), SHAPE):
        listed, other = StateSpace(conflict), StateSpace(conflict, list_up_to=0)
        assert not other.is_listed
        assert other.moves_compose == listed.moves_compose
        assert other.status_quo == listed.status_quo
        for combination in range(conflict.combinations):
            assert other.state_of(combination) == listed.state_of(combination), name
        for state in listed.states.each():
            assert other.state(other.number(state)) == state
            assert other.choice(state) == listed.choice(state)
            for dm in listed.masks:
                assert list(other.flips(dm, state)) == list(listed.flips(dm, state)), (name, dm, state)
                changes = {flip for flip, _ in listed.flips(dm, state)}
                for flip in range(conflict.combinations):
                    assert listed.may_change(dm, state, flip) == other.may_change(dm, state, flip) == (flip in changes), (name, dm, state)
                assert other.moves(dm, state) == listed.moves(dm, state), (name, dm, state)
                looked_at += 1
    assert looked_at > 3_000


def test_comparisons_in_all_settings_of_somebody_else() -> None:
    looked_at = 0
    for name, conflict in random_conflicts(100, fresh(), SHAPE):
        listed, other, rng = StateSpace(conflict), StateSpace(conflict, list_up_to=0), Random(name)
        states = listed.states.sample(4, 1)
        for dm in listed.masks:
            for at in states:
                state, mover = rng.choice(states), rng.choice(list(listed.masks))
                local = other.local(mover, at)
                better, tied = compared(listed, dm, state)
                found_better, found_tied = compared_locally(local, dm, state)
                for setting in bits_of(local.feasible):
                    combination = local.combination(setting)
                    assert found_better >> setting & 1 == better >> combination & 1, (name, dm, combination, state)
                    assert found_tied >> setting & 1 == tied >> combination & 1, (name, dm, combination, state)
                    looked_at += 1
    assert looked_at > 2_000


def test_verdicts_and_their_certificates() -> None:
    looked_at = 0
    for name, conflict in random_conflicts(40, fresh(), SHAPE):
        listed, other = StateSpace(conflict), StateSpace(conflict, list_up_to=0)
        one, two, checker = SingleEngine(listed), SingleEngine(other), Checker(other)
        for state in listed.states.sample(5, 2):
            for dm in listed.masks:
                for concept in all_concepts():
                    witness = two.witness(concept, dm, state)
                    assert witness == one.witness(concept, dm, state), (name, concept.key, dm, state)
                    assert checker.check(witness, concept) is None
                    looked_at += 1
    assert looked_at > 1_000


def test_what_needs_a_list_is_refused_and_told() -> None:
    space = StateSpace(next(conflict for _, conflict in random_conflicts(1, 3, SHAPE)), list_up_to=0)
    for ask in (lambda: space.states, lambda: space.feasible, lambda: space.columns, lambda: space.set_of(0), lambda: space.bans):
        with pytest.raises(LimitError, match="S301"):
            ask()


def test_rules_that_merge_need_a_list() -> None:
    merging = (conflict for _, conflict in random_conflicts(40, 5, Shape(merged=1.0)) if any(isinstance(r, Merged) for r in conflict.rules))
    for conflict in islice(merging, 3):
        with pytest.raises(LimitError, match="S308"):
            StateSpace(conflict, list_up_to=0)
