"""Coalition stability against the second statement, on random conflicts."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.analysis.claims.coalition_terms import CONCEPTS, Terms
from detente.analysis.coalitional.play import Play
from detente.analysis.coalitional.stability import verdict
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.beliefs import with_coalitions
from detente.testing.models import Shape
from tests.beliefs.readings import drawn
from tests.conformance.seeds import fresh
from tests.definitions.adapter import plain_model
from tests.definitions.coalitional import Coalitional
from tests.definitions.plain import PlainModel
from tests.definitions.together import Group, groups

SHAPE = Shape(most_decision_makers=4, most_options=4, most_states=12, one_way=0.15, rules=0.6, kinds=("ranking", "weights", "prefers"))


def random_terms(rng: Random, conflict: Conflict, model: PlainModel) -> tuple[Terms, Coalitional]:
    """Random terms, as the program and as the second statement have them."""
    weak, everyone = rng.random() < 0.4, rng.random() < 0.2
    joint: list[Group] = [one.members for one in conflict.coalitions if one.joint]
    blocks: list[Group] = []
    if rng.random() < 0.4:
        for i in model.decision_makers:
            place = rng.randrange(len(blocks) + 1)
            blocks[place:] = [(*blocks[place], i), *blocks[place + 1 :]] if place < len(blocks) else [(i,)]
    terms = Terms("weak" if weak else "strict", tuple(joint), everyone, tuple(blocks))
    together = [group for group in groups(model) if len(group) > 1] if everyone else joint
    naive = Coalitional(model, weak, together, blocks or None)
    return terms, naive


def compare(models: int, seed: object) -> Counter[str]:
    """How many verdicts were compared, how many of them of coalitions that leave a state at which each member stays."""
    counted = Counter[str]()
    for name, conflict in drawn(models, seed, with_coalitions, SHAPE):
        space, model = StateSpace(conflict), plain_model(conflict)
        terms, naive = random_terms(Random(name), conflict, model)
        play = Play(space, terms)
        states = list(space.states.each())
        for group in groups(model):
            for number, state in enumerate(states, start=1):
                for key in CONCEPTS:
                    found, expected = verdict(play, key, group, state, shown=number % 3 == 0), naive.stable(key, group, number)
                    assert found.stable is expected, f"{name}: {key} for {group} at {number} is {found.stable}, not {expected} ({terms})"
                    assert found.claim is None or found.claim.check(space) is None, (name, key, group, number)
                    counted["compared"] += 1
                    counted["leaving together"] += len(group) > 1 and not expected
                    counted["held by an answer"] += key != "CNash" and expected and not naive.stable("CNash", group, number)
    return counted


def test_coalitions_agree() -> None:
    counted = compare(40, f"{fresh()} coalitions")
    assert counted["compared"] > 1_000
    assert counted["leaving together"] > 20
    assert counted["held by an answer"] > 10


@pytest.mark.long
def test_coalitions_agree_on_many() -> None:
    counted = compare(1_000, f"{fresh()} many coalitions")
    assert counted["compared"] > 80_000
    assert counted["leaving together"] > 2_000
    assert counted["held by an answer"] > 700
