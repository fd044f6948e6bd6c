"""Hypergames of both levels, and conflicts as viewpoints have them, against the second statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.hypergame.views import Hypergame, holders
from detente.concepts.registry import all_concepts
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.model.viewpoint import Altered, Viewpoint, seen_from
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.beliefs import with_viewpoints
from detente.testing.models import Shape
from tests.beliefs.readings import drawn
from tests.conformance.seeds import fresh
from tests.definitions import believing, hypergames
from tests.definitions.adapter import meets
from tests.definitions.concepts import DEFINITIONS

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=8, rules=0.9)


def numbers(space: StateSpace, states: StateSet) -> set[int]:
    """The numbers of some states of the conflict as written."""
    return {number for number, state in enumerate(space.states.each(), start=1) if states.contains(state)}


def compare(models: int, seed: object) -> Counter[str]:
    """How many verdicts were compared, and of which classes there were any."""
    counted = Counter[str]()
    keys = [concept.key for concept in all_concepts()]
    for name, conflict in drawn(models, seed, with_viewpoints, SHAPE):
        rng = Random(name)
        profile = {dm.key: rng.choice(keys) for dm in conflict.decision_makers}
        space = StateSpace(conflict)
        game = Hypergame(space, profile, holders(conflict))
        as_seen, as_written = believing.views(conflict), believing.model_of(conflict, None)
        holding = hypergames.holds(as_seen, profile)
        written = hypergames.holds(dict.fromkeys(profile, as_written), profile)
        assert numbers(space, game.holds) == holding, name
        assert numbers(space, game.holds_as_written) == written, name
        assert numbers(space, game.survives) == holding & written, name
        assert numbers(space, game.breaks) == holding - written, name
        assert numbers(space, game.missed) == written - holding, name
        for i in profile:
            foreseen = hypergames.foreseen(believing.expected_by(conflict, i), profile)
            assert numbers(space, game.foreseen(i)) == foreseen, (name, i)
        counted.update(models=1, breaks=len(holding - written), missed=len(written - holding), survives=len(holding & written))
    return counted


def test_hypergames_agree() -> None:
    counted = compare(200, f"{fresh()} hypergames")
    assert min(counted["breaks"], counted["survives"]) > 10
    assert counted["missed"] > 2


@pytest.mark.long
def test_hypergames_agree_on_many() -> None:
    counted = compare(1_500, f"{fresh()} many hypergames")
    assert min(counted["breaks"], counted["survives"]) > 100
    assert counted["missed"] > 40


def seen_alike(models: int, seed: object) -> int:
    """Compare every verdict in the conflict as each viewpoint has it; how many."""
    compared = 0
    for name, conflict in drawn(models, seed, with_viewpoints, SHAPE):
        for seen in conflict.viewpoints:
            space, model = StateSpace(seen_from(conflict, seen.key)), believing.model_of(conflict, seen.key)
            engine = SingleEngine(space)
            for concept in all_concepts():
                for i in model.decision_makers:
                    stable = {s for s in model.numbers if DEFINITIONS[concept.key](model, i, s)}
                    assert numbers(space, engine.stable(concept, i)) == stable, (name, seen.key, concept.key, i)
                    compared += len(model.numbers)
    return compared


def test_conflicts_as_seen_agree() -> None:
    assert seen_alike(40, f"{fresh()} seen") > 2_000


@pytest.mark.long
def test_conflicts_as_seen_agree_on_many() -> None:
    assert seen_alike(1_000, f"{fresh()} many seen") > 50_000


def misperceptions(models: int, seed: object) -> Counter[str]:
    """Compare D8 at every state: it applies where everybody stays as they see it and somebody would leave as it is written."""
    counted = Counter[str]()
    for name, conflict in drawn(models, seed, with_viewpoints, SHAPE):
        if all(believing.acted_on(conflict, dm.key) is None for dm in conflict.decision_makers):
            continue
        profile = dict.fromkeys((dm.key for dm in conflict.decision_makers), Random(name).choice(["Nash", "SEQ", "SMR"]))
        space = StateSpace(conflict)
        as_written = believing.model_of(conflict, None)
        holding = hypergames.holds(believing.views(conflict), profile)
        written = hypergames.holds(dict.fromkeys(profile, as_written), profile)
        for number, state in enumerate(space.states.each(), start=1):
            found = diagnose(space, state, profile)
            assert (found.finding("D8") is not None) is (number in holding - written), (name, number, profile)
            counted["D8"] += number in holding - written
            counted["other"] += number not in holding - written
    return counted


def test_misperceptions_agree() -> None:
    counted = misperceptions(120, f"{fresh()} D8")
    assert counted["D8"] > 4
    assert counted["other"] > 30


@pytest.mark.long
def test_misperceptions_agree_on_many() -> None:
    counted = misperceptions(1_500, f"{fresh()} many D8")
    assert counted["D8"] > 150
    assert counted["other"] > 2_000


def as_it_is(conflict: Conflict) -> Conflict:
    """The conflict with one viewpoint, held by everybody, that has everything as the conflict has it."""
    parties = tuple(Altered(dm.key, dm.preference, dm.red_lines, dm.pairs, dm.attitudes) for dm in conflict.decision_makers)
    everybody = tuple(dm.key for dm in conflict.decision_makers)
    return replace(conflict, viewpoints=(Viewpoint("same", "the same", held_by=everybody, parties=parties),))


def test_a_viewpoint_that_equals_the_conflict_changes_nothing() -> None:
    count = 0
    for name, conflict in drawn(100, f"{fresh()} same", lambda rng, made: as_it_is(made), SHAPE):
        seen = seen_from(conflict, "same")
        assert seen.decision_makers == conflict.decision_makers, name
        for key in ("Nash", "SEQ", "SSEQ"):
            game = Hypergame(StateSpace(conflict), {dm.key: key for dm in conflict.decision_makers}, holders(conflict))
            assert game.holds == game.holds_as_written, (name, key)
            count += game.holds.count
    assert count > 10


def test_a_state_that_is_not_perceived_is_never_a_move() -> None:
    hidden = 0
    for name, conflict in drawn(200, f"{fresh()} hidden", with_viewpoints, SHAPE):
        for dm in conflict.decision_makers:
            key = believing.acted_on(conflict, dm.key)
            if key is None:
                continue
            own = next(one for one in conflict.viewpoints if one.key == key)
            space = StateSpace(seen_from(conflict, key))
            seen = believing.model_of(conflict, key)
            engine, states = SingleEngine(space), list(space.states.each())
            for number, state in enumerate(states, start=1):
                assert {states.index(to) + 1 for to in engine.moves(dm.key, state)} == seen.moves(dm.key, number), name
            if own.unperceived is not None:
                unseen = meets(own.unperceived)
                for number, state in enumerate(states, start=1):
                    if all(unseen(member) for member in seen.state(number).members):
                        hidden += 1
                        assert not engine.moves(dm.key, state), (name, dm.key, state)
    assert hidden > 10
