"""Damaged certificates of verdicts that are worked out backwards are refused, unless what they then say is true."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from detente.analysis.certificate import Checker, check
from detente.analysis.certificate_json import certificate_data, check_data
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Position, Stays, Worked
from detente.engines.single import SingleEngine
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.certificates.reflection import Words, changed, others, parts
from tests.conformance.seeds import FIXED, fresh

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=8)
KEYS = [
    "L1", "L3", "NM", "Stackelberg@A", "L2.apart", "L3.apart", "L3.together", "NM.apart", "NM.together", "Maximin1", "Maximin4",
    "MR2", "MR5", "CMR3", "CMR4", "Policy", "Policy.credible",
]  # fmt: skip
FOR_TWO = ("L1", "L3", "NM", "Stackelberg@A")
MODELS = 12
DAMAGED = 25


def damaged(witness: Worked, words: Words, random: Random) -> list[tuple[str, Any]]:
    """Some witnesses that differ from one in one place."""
    known = [(path, value) for path, value in parts(witness) if path]
    found: list[tuple[str, Any]] = []
    for path, value in random.sample(known, min(DAMAGED, len(known))):
        for what, new in others(value, words, random):
            wrong = changed(witness, path, new)
            if wrong != witness:
                found.append((f"{path[0]}: {what}", wrong))
    return found


def is_true(engine: SingleEngine, wrong: Any) -> bool:
    """Whether a witness that was accepted says what is so."""
    found = engine.verdict(concept(wrong.concept), wrong.dm, wrong.state)
    return isinstance(found, Worked) and (found.stays, found.improvement is None) == (wrong.stays, wrong.improvement is None)


@pytest.mark.parametrize("key", KEYS)
def test_damage_is_refused(key: str) -> None:
    refused: Counter[str] = Counter()
    for seed in (FIXED, fresh()):
        random = Random(seed)
        for number in range(MODELS):
            engine = SingleEngine(StateSpace(random_conflict(Random(seed * 100 + number), SHAPE)))
            if key in FOR_TWO and len(engine.decision_makers) != 2:
                continue
            states = list(engine.space.states.each())
            checker = Checker(engine.space)
            dm, state = random.choice(engine.decision_makers), random.choice(states)
            witness = engine.verdict(concept(key), dm, state)
            assert isinstance(witness, Worked)
            assert checker.check(witness) is None
            said = Words(states, [*engine.decision_makers, "", key, "SEQ"])
            for what, wrong in damaged(witness, said, random):
                if checker.check(wrong) is None:
                    assert is_true(engine, wrong), (seed, number, what, wrong)
                else:
                    refused[what] += 1
    assert sum(refused.values()) > 60
    for must in ("stays: turned", "concept: no key", "dm: no key", "entries: nothing"):
        assert refused[must] or sum(refused.values()) > 200, (must, refused)


def test_what_is_turned_round_is_refused() -> None:
    space = StateSpace(load("elmira"))
    engine, checker = SingleEngine(space), Checker(space)
    for key in ("L2.apart", "L3.together", "NM.apart", "Maximin3", "MR3", "CMR3", "Policy", "Policy.credible"):
        for dm in engine.decision_makers:
            for state in space.states.each():
                witness = engine.verdict(concept(key), dm, state)
                assert isinstance(witness, Worked)
                to = space.moves(dm, state)[0] if witness.stays and space.moves(dm, state) else None
                for wrong in (
                    replace(witness, stays=not witness.stays),
                    replace(witness, stays=not witness.stays, improvement=to),
                    replace(witness, entries=()),
                    replace(witness, entries=witness.entries[1:]),
                    replace(witness, entries=(*witness.entries, witness.entries[0])),
                    replace(witness, entries=(replace(witness.entries[0], left=witness.entries[0].left + 1), *witness.entries[1:])),
                    replace(witness, repeats=witness.repeats + 100),
                ):
                    if key.startswith("Policy") and wrong.stays == witness.stays and wrong.entries[1:] == witness.entries[1:]:
                        continue  # a way out may be said to be longer than it is
                    assert checker.check(wrong) is not None, (key, dm, state, wrong)


def test_a_position_left_out_or_told_otherwise() -> None:
    space = StateSpace(load("chicken"))
    witness = SingleEngine(space).verdict(concept("L3"), "Row", 0)
    assert isinstance(witness, Worked)
    assert check(space, replace(witness, entries=witness.entries[:-1])) == "position: (2, Column, 0) is not listed"
    first, second, *rest = witness.entries
    wrong = replace(witness, entries=(first, replace(second, ends=(0,)), *rest))
    assert "ends elsewhere" in str(check(space, wrong)) or "nothing to gain" in str(check(space, wrong))
    assert check(space, replace(witness, concept="L2")) == "position: the first does not have the turns of the concept"
    assert check(space, Stays("L3", "Row", 0, ())) == "witness: of another kind"
    assert check(space, Leaves("L3", "Row", 0, 1)) == "witness: of another kind"
    assert check(space, Worked("SEQ", "Row", 0, True, None, (Position(0, "Row", 1, None, (0,)),))) == "witness: of another kind"
    assert check(space, replace(witness, concept="Stackelberg@Bob")) == "leader: Bob"


def test_the_reading_for_two_is_refused_for_more() -> None:
    space = StateSpace(load("elmira"))
    witness = SingleEngine(space).verdict(concept("L1.apart"), "MoE", space.state(5))
    assert check(space, replace(witness, concept="L1")) == "concept: defined for two decision makers"


def test_as_json_and_back_and_damaged_there() -> None:
    space = StateSpace(load("elmira"))
    engine = SingleEngine(space)
    for key in ("L3.apart", "NM.together", "MR3", "Policy"):
        for dm in engine.decision_makers:
            data = certificate_data(space, engine.verdict(concept(key), dm, space.state(1)))
            assert check_data(space, json.loads(json.dumps(data))) is None
            assert check_data(space, {**data, "stays": not data["stays"]}) is not None
            assert "U420" in str(check_data(space, {**data, "worked out": None}))
            assert check_data(space, {**data, "repeats": "never"}) is not None
            assert check_data(space, {**data, "worked out": data["worked out"][1:]}) is not None
