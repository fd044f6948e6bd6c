"""Claims: every one that the program makes is accepted, and damaged ones are refused, of every kind there is."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.analysis.claims.base import Claim, refusal
from detente.cases import load
from detente.concepts.registry import all_concepts
from detente.testing.models import Shape
from tests.certificates.claims.family import Family, all_kinds, families
from tests.certificates.reflection import Words, damaged
from tests.conformance.seeds import FIXED, fresh
from tests.unlock.ground import Ground, grounds, with_positions

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=10, red_lines=0.3)
MODELS = 15
"""Random models at a time whose claims are damaged, for each family."""
MOST = 30
"""How often models are drawn at most."""
PLANTED = 2
"""Models of each kind that a family plants, at a time."""
DAMAGED = 12
"""Damaged claims for each that is made."""
LEAST = 900
"""Refusals of a family, at least; of each kind at least a tenth of it."""
CASES = ("elmira", "euphrates-1975", "north-korea-2017", "cuban-missile-crisis", "prisoners-dilemma", "chicken")


def words(ground: Ground) -> Words:
    """What numbers and texts of a claim are replaced by."""
    texts = [*ground.parties, *(concept.key for concept in all_concepts()), *(option.key for option in ground.conflict.options), ""]
    return Words(list(ground.space.states.each()), texts)


def refuse_all(name: str, ground: Ground, family: Family, random: Random, counted: Counter[str]) -> None:
    """Damage the claims of one conflict; each must be refused, or be true by the second statement."""
    said = words(ground)
    for claim in family.made(ground, random):
        assert isinstance(claim, family.kinds), claim
        assert refusal(ground.space, claim) is None, (name, claim, refusal(ground.space, claim))
        assert family.true(ground, claim), (name, claim)
        for what, wrong in damaged(claim, said, random, DAMAGED):
            if refusal(ground.space, wrong) is None:
                assert family.true(ground, wrong), (name, what, claim, wrong)
            else:
                counted[type(claim).kind] += 1


def test_every_kind_of_claim_belongs_to_a_family() -> None:
    known = [kind for family in families().values() for kind in family.kinds]
    assert len(set(known)) == len(known)
    assert all_kinds() == set(known)
    assert len({kind.kind for kind in all_kinds()}) == len(known)


def test_it_is_more_than_ten_thousand() -> None:
    assert LEAST * len(families()) >= 10_000


def few(family: Family, counted: Counter[str]) -> dict[str, int]:
    """The kinds of which too few were refused yet; all of them while the family has too few."""
    least = LEAST // 10 if counted.total() >= LEAST else LEAST
    return {kind.kind: counted[kind.kind] for kind in family.kinds if counted[kind.kind] < least}


@pytest.mark.parametrize("name", families())
def test_damaged_claims_are_refused(name: str) -> None:
    """More than ten thousand a run, over all families; those that are accepted are true all the same.

    Models are drawn until there are enough of each kind, some that stay and some of this run at a time.
    """
    family, counted, tried = families()[name], Counter[str](), 0
    while tried < MOST and (not tried or few(family, counted)):
        for seed in (FIXED, fresh()):
            for model, drawn in grounds(MODELS, f"{seed} {name} {tried}", SHAPE):
                ground = Ground(with_positions(drawn.conflict, Random(model)))
                refuse_all(model, ground, family, Random(f"{model} {name}"), counted)
            for place, plant in enumerate(family.planted):
                for number in range(PLANTED):
                    model = f"{seed} {name} {tried} planted {place} {number}"
                    refuse_all(model, plant(Random(model)), family, Random(model), counted)
        tried += 1
    assert few(family, counted) == {}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", families())
def test_claims_about_packaged_cases_are_accepted(case: str, name: str) -> None:
    ground, made = Ground(load(case)), list[Claim]()
    for seed in range(3):
        made += families()[name].made(ground, Random(seed))
    for claim in made:
        assert refusal(ground.space, claim) is None, claim
        assert families()[name].true(ground, claim), claim
