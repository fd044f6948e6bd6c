"""Pressure: every statement at every place, by the program and by the definitions."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.pressure import pressures
from detente.model.preference import Statement
from detente.testing.models import Shape, random_formula
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.behaviour import leavers
from tests.definitions.changed import Changed
from tests.definitions.orders import keys
from tests.unlock.ground import Ground, grounds, random_profile
from tests.unlock.statements import names, order_with

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.2, kinds=("prefers", "prefers", "prefers, then ranking"))


def compare(name: str, ground: Ground, random: Random) -> int:
    """One state; how many statements make a difference."""
    model, profile, s = ground.model, random_profile(ground, random), random.choice(ground.model.numbers)
    options = [option.key for option in ground.conflict.options]
    added = {
        i: Statement(random_formula(random, options), says="new") for i in ground.parties if names(ground, i) and random.random() < 0.5
    }
    found = pressures(ground.space, ground.state(s), profile, added=list(added.items()))
    told = {(lever.claim.dm, lever.claim.place): lever for lever in (*found.found, *found.idle)}
    where = f"model {name}: state {s} under {profile}"
    assert found.complete
    assert len(told) == len(found.found) + len(found.idle), where
    for i in ground.parties:
        listed = names(ground, i)
        for place in range(0 if i in added else 1, len(listed) + 1):
            rest = (*listed[: place - 1], *listed[place:]) if place else listed
            token = listed[place - 1] if place else ("new", False)
            lists = [(*rest[:q], token, *rest[q:]) for q in range(len(rest) + 1)]
            orders = [order_with(ground, i, one, {"new": added[i]} if i in added else {}) for one in ([] if place else [listed]) + lists]
            if None in orders:
                assert (i, place) in found.unfit, (where, i, place)
                continue
            left = [leavers(Changed(model, {i: keys(order)}), profile, s) for order in orders if order is not None]
            lever = told.pop((i, place))
            assert [set(who) for _, who in lever.claim.left] == left, (where, i, place)
            now = place - 1 if place else 0
            away = [abs(now - q) if place else len(left) - q for q, who in enumerate(left) if who != left[now]]
            assert lever.cost == min(away, default=0), (where, i, place)
            assert refusal(ground.space, lever.claim) is None, (where, i, place)
    assert not told, where
    return len(found.found)


@pytest.mark.parametrize("part", range(2))
def test_every_place(part: int) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(80, f"{fresh()} pressure {part}", SHAPE)) > 10


def test_every_place_in_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(40, FIXED, SHAPE)) > 5
