"""Diagnoses in words: of random conflicts, of packaged cases, and the same whatever the parties are called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.deadlock.base import DeadlockType
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.deadlock.registry import all_types
from detente.cases import load
from detente.concepts.registry import all_concepts
from detente.errors import UsageError
from detente.explain.diagnosis.told import short, told
from detente.explain.diagnosis.verdict import NAMES
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.models import Shape
from detente.testing.transform import rename, shuffled
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.behaviour import holds
from tests.definitions.paths import distances
from tests.unlock.ground import MIDDLE, Ground, grounds, random_profile
from tests.unlock.test_deadlock import OPEN, STATEMENTS

NEW_NAMES = {"A": "Zulu", "B": "Yankee", "C": "Xray", "D": "Whisky", "E": "Victor"}


def of_case(name: str, number: int | None = None, under: str = "SEQ") -> tuple[StateSpace, Diagnosis]:
    """The diagnosis of a state of a packaged case, with one concept for everybody; by default the status quo."""
    space = StateSpace(load(name))
    state = space.status_quo if number is None else space.state(number)
    assert state is not None
    return space, diagnose(space, state, {dm.key: under for dm in space.conflict.decision_makers})


@pytest.mark.parametrize(
    ("name", "number", "under", "types"),
    [
        ("elmira", 5, "SEQ", "D4"),
        ("elmira", 9, "SEQ", "D3"),
        ("elmira", 8, "SEQ", "D1"),
        ("elmira", 1, "GMR", "D6"),
        ("north-korea-2017", 1, "SEQ", "D1"),
        ("north-korea-2017", 5, "SEQ", "D3"),
        ("prisoners-dilemma", 4, "Nash", "D5"),
        ("prisoners-dilemma", 4, "SEQ", "D4"),
        ("stag-hunt", 4, "Nash", "D4"),
        ("chicken", 1, "GMR", "D1 D6"),
        ("euphrates-1975", 6, "SEQ", "D1"),
        ("cuban-missile-crisis", 7, "SEQ", "D6"),
        ("gaza-hostage-talks", None, "SEQ", "D4"),
    ],
)
def test_types_of_packaged_cases(name: str, number: int | None, under: str, types: str) -> None:
    space, found = of_case(name, number, under)
    assert found.stuck
    assert " ".join(finding.key for finding in found.found) == types
    text = told(space, found).verdict.text
    assert text.startswith("It is stuck: in this model ")
    assert text.endswith(f"({NAMES[types[:2]]}, {types[:2]}).")


def test_who_leaves() -> None:
    space, found = of_case("elmira", 1)
    assert not found.stuck
    assert [(leaves.dm, space.number(leaves.improvement)) for leaves in found.leaving] == [("Local", 5)]
    assert found.primary is None
    assert found.finding("D4") is None
    assert short(space, found)[0].text.startswith(
        "It is not stuck: in this model the status quo (state 1) would be left under SEQ, by Local"
    )


def test_the_flagship() -> None:
    """Twenty states are better for all four, all of them to be had only by several together, and one pair of statements decides."""
    space, found = of_case("gaza-hostage-talks")
    text = told(space, found).text(limit=None, width=10**6)
    assert "20 are better for all four" in text
    assert "All 20 of them hang on the order of two statements" in text
    assert "Israel has statement 6 (“some hostages are freed”) above statement 8" in text
    assert "statement 6 is inferred from what is reported" in text
    assert "As each of them sees the conflict, nobody would leave state 7,231 under SEQ." in text


def test_names_are_those_of_the_types() -> None:
    assert {type.key: type.name for type in all_types()} == NAMES


@pytest.mark.parametrize("found", [found for found in all_types() if found.example], ids=lambda found: found.key)
def test_examples_show_their_types(found: DeadlockType) -> None:
    """Under one concept for everybody at the least; what is misperceived is stuck as it is seen, and not as it is written."""
    name, _, number = found.example.partition(" ")
    diagnoses = [of_case(name, int(number), concept.key)[1] for concept in all_concepts()]
    assert any(diagnosis.finding(found.key) for diagnosis in diagnoses if diagnosis.stuck != (found.key == "D8"))


def test_a_diagnosis_of_another_conflict_is_refused() -> None:
    space, found = of_case("elmira", 5)
    other = replace(found, gains=replace(found.gains, better=1))
    with pytest.raises(UsageError, match="U423") as refused:
        told(space, other)
    assert "does not hold" in str(refused.value)


def sentences(ground: Ground, random: Random) -> tuple[str, Diagnosis]:
    """A diagnosis of a state, stuck if one is, and its text in full."""
    profile = random_profile(ground, random)
    stuck = [s for s in ground.model.numbers if holds(ground.model, profile, s)]
    state = ground.state(random.choice(stuck or ground.model.numbers))
    found = diagnose(ground.space, state, profile)
    return told(ground.space, found).text(limit=None, width=10**6), found


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_other_names(seed: object) -> None:
    """Everything can be put into words, and other names of the parties change the names and nothing else."""
    random, seen = Random(f"{seed} words"), Counter[str]()
    for shape in (MIDDLE, STATEMENTS, OPEN):
        for name, ground in grounds(60, f"{seed} words", shape):
            text, found = sentences(ground, random)
            seen.update(finding.key for finding in found.found)
            assert "  " not in text.replace("\n    ", "").replace("\n  ", ""), name
            changed = rename(ground.conflict, NEW_NAMES, {}).conflict
            space = StateSpace(same_names(changed, ground.conflict))
            again = diagnose(space, found.start, {NEW_NAMES[dm]: key for dm, key in found.profile.items()})
            other = told(space, again).text(limit=None, width=10**6)
            for old, new in NEW_NAMES.items():
                other = re.sub(rf"\b{new}\b", old, other)
            assert other == text, name
    assert seen.total() > 50, seen
    assert seed != FIXED or {"D1", "D2", "D3", "D4", "D5", "D6"} <= set(seen), seen


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_that_nobody_moves_twice_in_a_row_is_said_where_it_makes_a_difference(seed: object) -> None:
    """With merged states or bans two moves of one party need not be one: out of reach is then only what legal sequences do not reach."""
    random, farther = Random(f"{seed} turns"), 0
    for _, ground in grounds(150, f"{seed} turns", Shape(most_decision_makers=3, most_options=4, most_states=16, merged=0.5, bans=0.5)):
        profile = random_profile(ground, random)
        for s in ground.model.numbers:
            found = diagnose(ground.space, ground.state(s), profile)
            out = found.ways.out_of_reach if found.ways is not None else None
            of = [(one.states, one.key == "D4") for one in found.found if one.key in ("D3", "D4")] + [(out, False)] * (out is not None)
            for states, improving in of:
                if states and {ground.space.number(x) for x in states.each()} & set(distances(ground.model, s, improving)):
                    text = told(ground.space, found).text(limit=None, width=10**6)
                    if re.search("[Nn]o sequence of|not at all:|reached from there", text):
                        assert ", nobody moving twice in a row" in text
                        farther += 1
    assert farther or seed != FIXED


def same_names(conflict: Conflict, as_in: Conflict) -> Conflict:
    """A renamed conflict with the names of options that another has."""
    options = tuple(replace(option, name=old.name) for option, old in zip(conflict.options, as_in.options, strict=True))
    return replace(conflict, options=options)


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_another_order(seed: object) -> None:
    """With parties and options in another order the same is stuck, for the same reasons, and the same states are better for everybody.

    Without merged states: which of their combinations stands for them depends on the order of options.
    """
    random, compared = Random(f"{seed} order"), 0
    for name, ground in grounds(120, f"{seed} order", replace(OPEN, red_lines=0.4, merged=0.0)):
        moved = shuffled(ground.conflict, Random(name))
        space = StateSpace(moved.conflict)
        where = moved.states(ground.space, space)
        profile = random_profile(ground, random)
        stuck = [s for s in ground.model.numbers if holds(ground.model, profile, s)]
        state = ground.state(random.choice(stuck or ground.model.numbers))
        found = diagnose(ground.space, state, profile)
        again = diagnose(space, where[state], {moved.decision_makers[dm]: key for dm, key in profile.items()})
        assert again.stuck == found.stuck, name
        assert {where[x] for x in found.bargain.better_for_all.each()} == set(again.bargain.better_for_all.each()), name
        for one, other in zip(found.found, again.found, strict=True):
            assert other.key == one.key, name
            assert set(other.by) == {moved.decision_makers[dm] for dm in one.by}, name
            if one.key in ("D3", "D4", "D5", "D6"):
                assert {where[x] for x in one.states.each()} == set(other.states.each()), name
            compared += 1
        assert {(hinge.dm, hinge.upper, hinge.lower, hinge.lowered, hinge.raised) for hinge in again.hinges} == {
            (moved.decision_makers[hinge.dm], hinge.upper, hinge.lower, hinge.lowered, hinge.raised) for hinge in found.hinges
        }, name
    assert compared > 50
