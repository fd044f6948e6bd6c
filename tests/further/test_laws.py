"""What follows from what among the concepts that look further, and what does not; verdicts, certificates and tables agree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from detente.analysis.certificate import Checker
from detente.analysis.certificate_json import certificate_data, from_data
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.rule import OnlyIf
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12)
MODELS = 35
SAME = [
    ("L1.apart", "Nash"),
    ("L1.together", "Nash"),
    ("Maximin1", "Nash"),
    ("Maximin2", "GMR"),
    ("Maximin3", "SMR"),
    ("MR1", "Nash"),
    ("MR2", "GMR"),
    ("MR3", "SMR"),
    ("CMR1", "Nash"),
    ("CMR2", "SEQ"),
    ("CMR3", "SSEQ"),
    ("Maximin4", "MR4"),
    ("Maximin7", "MR7"),
]
SAME_FOR_TWO = [
    ("L1", "Nash"),
    ("L2", "L2.apart"),
    ("L2", "L2.together"),
    ("L5", "L5.apart"),
    ("L5", "L5.together"),
    ("NM", "NM.apart"),
    ("NM", "NM.together"),
]
WITHIN = [
    ("MR1", "MR3"),
    ("MR3", "MR5"),
    ("MR5", "MR7"),
    ("MR7", "MR6"),
    ("MR6", "MR4"),
    ("MR4", "MR2"),
    ("CMR3", "CMR5"),
    ("CMR5", "CMR4"),
    ("CMR4", "CMR2"),
    ("Policy", "MR2"),
    ("Policy", "MR6"),
]


def models() -> Iterator[tuple[int, SingleEngine]]:
    """Random conflicts, half of them the same in every run."""
    for seed in (FIXED, fresh()):
        for number in range(MODELS):
            yield seed * 1000 + number, engine_of(seed * 1000 + number)


@cache
def engine_of(seed: int) -> SingleEngine:
    """The engine for a random conflict."""
    return SingleEngine(StateSpace(random_conflict(Random(seed), SHAPE)))


def stable(engine: SingleEngine, key: str, dm: str) -> frozenset[int]:
    """The stable states."""
    return frozenset(engine.stable(concept(key), dm).each())


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_concepts(one: str, other: str) -> None:
    for seed, engine in models():
        for dm in engine.decision_makers:
            assert stable(engine, one, dm) == stable(engine, other, dm), (seed, dm)


@pytest.mark.parametrize(("one", "other"), SAME_FOR_TWO)
def test_readings_for_more_come_to_the_same_with_two(one: str, other: str) -> None:
    with_two = 0
    for seed, engine in models():
        if len(engine.decision_makers) == 2:
            with_two += 1
            for dm in engine.decision_makers:
                assert stable(engine, one, dm) == stable(engine, other, dm), (seed, dm)
    assert with_two


@pytest.mark.parametrize(("one", "other"), WITHIN)
def test_what_follows(one: str, other: str) -> None:
    for seed, engine in models():
        for dm in engine.decision_makers:
            assert stable(engine, one, dm) <= stable(engine, other, dm), (seed, dm)


@pytest.mark.parametrize(
    "key", ["L2.apart", "L3.apart", "L3.together", "Maximin4", "MR3", "MR4", "MR5", "CMR4", "Policy", "Policy.credible"]
)
def test_each_verdict_has_a_certificate_that_says_the_same(key: str) -> None:
    asked = concept(key)
    for seed, engine in models():
        checker = Checker(engine.space)
        for dm in engine.decision_makers:
            held = engine.stable(asked, dm)
            for state in engine.space.states.each():
                witness = engine.verdict(asked, dm, state)
                assert checker.check(witness) is None, (seed, dm, state)
                assert getattr(witness, "stays") == held.contains(state), (seed, dm, state)  # noqa: B009


@pytest.mark.parametrize("key", ["NM.apart", "NM.together", "L4", "NM", "Stackelberg@A"])
def test_the_same_where_certificates_are_long_or_for_two(key: str) -> None:
    asked, looked_at = concept(key), 0
    for seed, engine in models():
        if "." not in key and len(engine.decision_makers) != 2:
            continue
        checker = Checker(engine.space)
        for dm in engine.decision_makers:
            held = engine.stable(asked, dm)
            for state in list(engine.space.states.each())[:4]:
                witness = engine.verdict(asked, dm, state)
                looked_at += 1
                assert checker.check(witness) is None, (seed, dm, state)
                assert getattr(witness, "stays") == held.contains(state), (seed, dm, state)  # noqa: B009
                assert from_data(engine.space, certificate_data(engine.space, witness)) == witness
    assert looked_at


def chain() -> StateSpace:
    """A conflict of two on a line of states: A takes x, then B may take y, then A may take z; each only after the one before."""
    options = (Option("x", "x", ("A",)), Option("z", "z", ("A",)), Option("y", "y", ("B",)))
    rules = (OnlyIf(parse_formula("y"), parse_formula("x")), OnlyIf(parse_formula("z"), parse_formula("y")))
    none, one, two, three = (frozenset(keys) for keys in ("", "x", "xy", "xyz"))
    first = StateRanking(((three,), (none,), (one,), (two,)))
    second = StateRanking(((three,), (two,), (none,), (one,)))
    people = (DecisionMaker("A", "A", first), DecisionMaker("B", "B", second))
    return StateSpace(Conflict("a line", people, options, rules))


def test_a_loss_now_for_a_gain_in_the_end() -> None:
    engine = SingleEngine(chain())
    start = engine.space.state(1)
    assert [engine.stable(concept(key), "A").contains(start) for key in ("Nash", "L1", "L2", "L3", "NM")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    witness = engine.verdict(concept("L3"), "A", start)
    assert Checker(engine.space).check(witness) is None
    root = getattr(witness, "entries")[0]  # noqa: B009
    assert (engine.space.number(root.to), [engine.space.number(end) for end in root.ends]) == (2, [4])


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [("MR4", "MR5", 200), ("MR2", "MR4", 400), ("MR5", "MR3", 800), ("CMR2", "CMR4", 400), ("MR2", "Policy", 400), ("Policy", "MR3", 200)],
)
def test_what_does_not_follow(one: str, other: str, most: int) -> None:
    found = (
        (seed, dm)
        for seed in range(most)
        for engine in [engine_of(seed)]
        for dm in engine.decision_makers
        if not stable(engine, one, dm) <= stable(engine, other, dm)
    )
    assert next(found, None) is not None
