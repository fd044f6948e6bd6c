"""Every engine equals the naive statement of each definition, for each state and decision maker of random models.

The seed of a run is printed at its start; `DETENTE_SEED=N` repeats it.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from detente.concepts.registry import all_concepts, concept
from detente.engines.base import Engine
from detente.engines.choose import all_engines
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.conformance import check_engine, random_conflicts
from detente.testing.known import Known, all_known
from detente.testing.models import Shape
from tests.conformance.compare import Forms, compare
from tests.conformance.seeds import FIXED, fresh
from tests.conftest import COMPLETE
from tests.definitions.adapter import plain_model
from tests.definitions.concepts import DEFINITIONS

SHAPES = {
    "a bit of everything": Shape(),
    "larger": Shape(most_options=8, rules=0.3, one_way=0.15),
    "merged": Shape(merged=1.0, shared=0.15),
    "bare": Shape(most_options=5, one_way=0.0, shared=0.0, ownerless=0.0, rules=0.0, merged=0.0, red_lines=0.0, unperceived=0.0),
    "blind": Shape(unperceived=0.6, ownerless=0.2, shared=0.3),
}
MODELS = {"blocks": 250, "sat": 50, "symbolic": 120}
"""Random models of each shape in a run, by engine; of others `MANY`."""
MANY = 500


def suited(engine: type[Engine], shape: str) -> Shape:
    """A shape, without what engines for large conflicts refuse, so that what they are held against is not refused by half."""
    plain = (OptionPrioritization.kind, OptionWeighting.kind)
    return SHAPES[shape] if engine.name in COMPLETE else replace(SHAPES[shape], merged=0.0, bans=0.0, kinds=plain)


@pytest.mark.parametrize("shape", SHAPES)
def test_engines_equal_the_definitions(engine: type[Engine], shape: str) -> None:
    """2,500 models a run; fewer for engines that look at one state at a time and prove what they find."""
    models = MODELS.get(engine.name, MANY)
    compared = compare(random_conflicts(models, fresh(), suited(engine, shape)), [engine])
    assert compared > 40 * models


@pytest.mark.parametrize("shape", SHAPES)
def test_engines_equal_the_definitions_on_models_that_stay(engine: type[Engine], shape: str) -> None:
    models = 30 if engine.name == "sat" else 60
    assert compare(random_conflicts(models, FIXED, suited(engine, shape)), [engine]) > 25 * models


def test_nothing_small_is_refused_by_the_engines_that_must_do_all() -> None:
    for name, conflict in random_conflicts(100, fresh(), SHAPES["merged"]):
        space = StateSpace(conflict)
        for known in all_concepts():
            for engine in ("array", "single"):
                assert all_engines()[engine].can(space, known) is None, (name, known.key, engine)


@pytest.mark.parametrize("known", all_known(), ids=lambda known: known.conflict.title)
def test_engines_and_definitions_give_what_follows_by_hand(engine: type[Engine], known: Known) -> None:
    """Among them a sanction in which one opponent moves, then another, then the first again (A-B-A)."""
    space, model = StateSpace(known.conflict), plain_model(known.conflict)
    forms = Forms(engine, space)
    for (key, dm, number), stable in known.verdicts.items():
        assert DEFINITIONS[key](model, dm, number) is stable
        if engine.can(space, concept(key)) is not None:
            assert engine.name not in ("array", "single"), (key, dm, number)
            continue
        for form, asked in forms.of(concept(key)):
            assert asked.stable(concept(key), dm).contains(space.state(number)) is stable, (form, key, dm, number)


def test_the_suite_that_engines_inherit(engine: type[Engine]) -> None:
    assert check_engine(engine, seed=fresh()) > (10_000 if engine.name in COMPLETE else 500)


def test_random_models_have_everything_in_them() -> None:
    """What the comparison rests on: each feature occurs, and each verdict occurs both ways for each concept."""
    found = dict.fromkeys(
        ("one-way", "shared", "ownerless", "merged", "infeasible", "ties", "red line", "unperceived", "banned", "5 deciders"), 0
    )
    verdicts = {(c.key, stable): 0 for c in all_concepts() for stable in (True, False)}
    for _, conflict in random_conflicts(300, FIXED, replace(Shape(), merged=0.3)):
        space = StateSpace(conflict)
        found["one-way"] += bool(space.only_on | space.only_off)
        found["shared"] += any(len(option.owners) > 1 for option in conflict.options)
        found["ownerless"] += any(not option.owners for option in conflict.options)
        found["merged"] += bool(space.classes)
        found["infeasible"] += space.feasible != space.everything
        found["red line"] += any(dm.red_lines for dm in conflict.decision_makers)
        found["unperceived"] += any(dm.unperceived is not None for dm in conflict.decision_makers)
        found["banned"] += bool(conflict.bans)
        found["5 deciders"] += len(conflict.decision_makers) == 5
        asked = all_engines()["single"](space)
        for c in all_concepts():
            for dm in space.masks:
                stable = asked.stable(c, dm).count
                verdicts[c.key, True] += stable
                verdicts[c.key, False] += space.states.count - stable
        model = plain_model(conflict)
        found["ties"] += any(len(set(keys.values())) < len(keys) for keys in model.keys.values())
    assert min(found.values()) > 15, found
    assert min(verdicts.values()) > 500, verdicts


@pytest.mark.long
def test_a_million_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    """At least a million verdicts of each engine, on models of up to 40 states; progress is printed."""
    wanted, compared, batch, start = 1_000_000, dict.fromkeys(all_engines(), 0), 0, time.monotonic()
    while min(compared.values()) < wanted:
        for shape in SHAPES.values():
            for name, engine in all_engines().items():
                compared[name] += compare(random_conflicts(200, fresh() + batch, shape), [engine])
        batch += 1
        with capsys.disabled():
            done = ", ".join(f"{name} {count:,}" for name, count in compared.items())
            print(f"\n  DETENTE_SEED={os.environ['DETENTE_SEED']}: {done} verdicts in {time.monotonic() - start:.0f} s", flush=True)
    assert min(compared.values()) >= wanted
