"""The statement of `raising.py`, against every weak order that a decision maker could come to have, others fixed."""

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from tests.definitions.changed import Changed
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.drafts import random_draft
from tests.definitions.inverse import all_orders, by_distance
from tests.definitions.orders import Levels, distance, keys
from tests.definitions.plain import PlainModel
from tests.definitions.raising import cheapest_drop, cheapest_raise, lowered, past, raised


def small_models(seed: str, states: int, count: int, plain: bool = False) -> Iterator[PlainModel]:
    """Random models of two or three decision makers with so many states, random moves, ties, several owners and merged states."""
    random = Random(seed)
    while count:
        model = random_draft(random, plain=plain, size=states + 2).build()
        if len(model.states) == states and any(model.arcs.values()):
            count -= 1
            yield model


def any_arcs(model: PlainModel, random: Random) -> PlainModel:
    """The same states with moves of which nothing is asked: each from each to each other with one chance in three."""
    changed = Changed(model)
    for i in model.decision_makers:
        changed.arcs[i] = {(s, t) for s in model.numbers for t in model.numbers if s != t and random.random() < 0.33}
    return Changed(changed)


def stable_under(model: PlainModel, key: str, i: str, s: int) -> dict[Levels, bool]:
    """For every order of i, the others' fixed, whether s is stable for i."""
    return {order: DEFINITIONS[key](Changed(model, {i: keys(order)}), i, s) for order in all_orders(len(model.states))}


@cache
def distances(m: int) -> dict[Levels, dict[Levels, int]]:
    return {one: {other: d for d, other in by_distance(one)} for one in all_orders(m)}


def compare(model: PlainModel, key: str, i: str, s: int, starts: list[Levels]) -> int:
    """Both statements for some orders to start from; returns for how many of them something has to change."""
    verdicts = stable_under(model, key, i, s)
    stays, leaves = [o for o, stable in verdicts.items() if stable], [o for o, stable in verdicts.items() if not stable]
    changing = 0
    for order in starts:
        far = distances(len(order))[order]
        raise_ = cheapest_raise(order, s, verdicts.__getitem__)
        drop = cheapest_drop(order, s, lambda new: not verdicts[new])
        assert raise_ == min((far[o] for o in stays), default=None), (key, i, s, order)
        assert drop == min((far[o] for o in leaves), default=None), (key, i, s, order)
        changing += bool(raise_) + bool(drop)
    return changing


@pytest.mark.parametrize("key", DEFINITIONS)
def test_nothing_is_cheaper_than_raising_or_dropping(key: str) -> None:
    """Every weak order of up to four states to start from, and every one to go to."""
    changing = 0
    for states in (2, 3, 4):
        for model in small_models(f"{key}{states}", states, 20):
            for i in model.decision_makers:
                for s in model.numbers:
                    changing += compare(model, key, i, s, list(all_orders(states)))
    assert changing > 1_000


@pytest.mark.parametrize("key", [key for key in DEFINITIONS if key != "SIM"])
def test_nothing_is_cheaper_whatever_the_moves_are(key: str) -> None:
    """SIM is defined by options, not by moves alone, and is left out."""
    random, changing = Random(key), 0
    for base in small_models(key, 4, 25, plain=True):
        model = any_arcs(base, random)
        for i in model.decision_makers:
            for s in model.numbers:
                changing += compare(model, key, i, s, list(all_orders(4)))
    assert changing > 1_000


@pytest.mark.parametrize("key", DEFINITIONS)
def test_nothing_is_cheaper_among_five_states(key: str) -> None:
    """A sample of orders to start from, every order to go to."""
    random, changing = Random(key), 0
    for model in small_models(f"{key} five", 5, 8):
        for i in model.decision_makers:
            s = random.choice(model.numbers)
            changing += compare(model, key, i, s, random.sample(all_orders(5), 12))
    assert changing > 30


@pytest.mark.parametrize("m", [2, 3, 4])
def test_what_is_paid_is_the_distance(m: int) -> None:
    """A raise or a drop costs the states that it comes past, and these pairs are what changes."""
    for order in all_orders(m):
        for s, own in enumerate(order, start=1):
            for level in range(own, max(order) + 1):
                assert past(order, s, own, level) == distance(order, raised(order, s, level))
            for level in range(own + 1):
                assert past(order, s, level, own) == distance(order, lowered(order, s, level))
