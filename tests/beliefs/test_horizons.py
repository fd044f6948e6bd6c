"""The concepts that look further against the second statement, on random conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from random import Random

import pytest

from detente import cases
from detente.analysis.certificate import check
from detente.concepts.registry import concept
from detente.concepts.witness import is_staying
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.models import Shape
from tests.beliefs.readings import drawn
from tests.conformance.seeds import fresh
from tests.definitions import maximin, metarational, policies
from tests.definitions.adapter import plain_model
from tests.definitions.limited import Limited, non_myopic
from tests.definitions.plain import PlainModel

KEEN = ("ranking", "weights")
"""Kinds of preference that seldom tie states, so that there is much to move for."""
SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=16, one_way=0.1, rules=0.4, kinds=KEEN)
TINY = Shape(most_decision_makers=3, most_options=3, most_states=4, one_way=0.1, kinds=KEEN)

Verdict = Callable[[str, int], bool]


def of_limited_moves(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """L_h as printed for two decision makers, and its two variants for any number."""
    apart, together = Limited(model), Limited(model, together=True)
    for h in (1, 2, 3, 4, 7):
        if len(model.decision_makers) == 2:
            yield f"L{h}", partial(apart.stable, h=h)
        yield f"L{h}.apart", partial(apart.stable, h=h)
        yield f"L{h}.together", partial(together.stable, h=h)


def of_non_myopic(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """Non-myopic stability and its two variants."""
    apart, together = Limited(model), Limited(model, together=True)
    if len(model.decision_makers) == 2:
        yield "NM", partial(non_myopic, apart)
    yield "NM.apart", partial(non_myopic, apart)
    yield "NM.together", partial(non_myopic, together)


def follows(way: Limited, leader: str, i: str, s: int) -> bool:
    """The leader's verdict is L_2, the other's L_1."""
    return way.stable(i, s, 2 if i == leader else 1)


def of_leaders(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """Stackelberg, either of two leading."""
    if len(model.decision_makers) == 2:
        way = Limited(model)
        for leader in model.decision_makers:
            yield f"Stackelberg@{leader}", partial(follows, way, leader)


def of_maximin(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """Maximin_h."""
    for h in (1, 2, 3, 4, 5):
        yield f"Maximin{h}", partial(maximin.stable, model, h=h)


def of_metarationality(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """MR_h and CMR_h."""
    for h in (1, 2, 3, 4, 5):
        yield f"MR{h}", partial(metarational.stable, model, h=h)
        yield f"CMR{h}", partial(metarational.stable, model, h=h, credible=True)


def of_policies(model: PlainModel) -> Iterator[tuple[str, Verdict]]:
    """Policy stability, and with credible moves only."""
    yield "Policy", partial(policies.stable, model)
    yield "Policy.credible", partial(policies.stable, model, credible=True)


KINDS: Mapping[str, tuple[Callable[[PlainModel], Iterator[tuple[str, Verdict]]], Shape]] = {
    "limited moves": (of_limited_moves, SHAPE),
    "non-myopic": (of_non_myopic, SHAPE),
    "leaders": (of_leaders, SHAPE),
    "maximin": (of_maximin, SHAPE),
    "metarationality": (of_metarationality, SHAPE),
    "policies": (of_policies, TINY),
}


def compare(what: str, models: int, seed: object) -> Counter[str]:
    """How many verdicts were compared, and how many of these differ from Nash."""
    read, shape = KINDS[what]
    return compared(drawn(models, seed, lambda rng, conflict: conflict, shape), read)


def compared(conflicts: Iterable[tuple[str, Conflict]], read: Callable[[PlainModel], Iterator[tuple[str, Verdict]]]) -> Counter[str]:
    """The same for conflicts with names."""
    counted = Counter[str]()
    for name, conflict in conflicts:
        space, model = StateSpace(conflict), plain_model(conflict)
        engine = SingleEngine(space)
        states = list(space.states.each())
        for key, expected in read(model):
            for i in model.decision_makers:
                stable = engine.stable(concept(key), i)
                found = {s for s, state in enumerate(states, start=1) if stable.contains(state)}
                wanted = {s for s in model.numbers if expected(i, s)}
                assert found == wanted, f"{name}: {key} for {i} is {found}, not {wanted}"
                counted["compared"] += len(states)
                counted["other than Nash"] += len(wanted ^ {s for s in model.numbers if not model.improvements(i, s)})
    return counted


@pytest.mark.parametrize("what", KINDS)
def test_horizons_agree(what: str) -> None:
    counted = compare(what, 120, f"{fresh()} {what}")
    assert counted["compared"] > 150
    assert counted["other than Nash"] > 1


@pytest.mark.long
@pytest.mark.parametrize("what", KINDS)
def test_horizons_agree_on_many(what: str) -> None:
    counted = compare(what, 1_500, f"{fresh()} many {what}")
    assert counted["compared"] > 5_000
    assert counted["other than Nash"] > 100


@pytest.mark.parametrize("what", ["limited moves", "non-myopic", "leaders", "maximin", "metarationality"])
def test_all_two_by_two_games_agree(what: str) -> None:
    read, _ = KINDS[what]
    counted = compared(((name, cases.load(name)) for name in cases.generated()), read)
    assert counted["compared"] >= 78 * 2 * 4
    assert counted["other than Nash"] > 30


def witnesses_agree(models: int, seed: object) -> int:
    """Whether a witness for a single state says what the set of all stable states says; how many were compared."""
    compared = 0
    for name, conflict in drawn(models, seed, lambda rng, conflict: conflict, SHAPE):
        rng, space = Random(name), StateSpace(conflict)
        engine = SingleEngine(space)
        for key in ("L3.apart", "L4.together", "NM.apart", "NM.together", "Maximin4", "MR4", "CMR4", "Policy"):
            for dm in conflict.decision_makers:
                state = rng.choice(list(space.states.each()))
                made = engine.verdict(concept(key), dm.key, state)
                assert is_staying(made) is engine.stable(concept(key), dm.key).contains(state), (name, key, dm.key, state)
                assert check(space, made) is None, (name, key, dm.key, state)
                compared += 1
    return compared


def test_witnesses_agree() -> None:
    assert witnesses_agree(15, f"{fresh()} witnesses") > 60
