"""Types of deadlock by the program and by the naive statement, in starts that are stuck."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.red_lines import Restoring
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.deadlock.registry import all_types
from detente.testing.models import Shape
from tests.certificates.claims.of_deadlock import with_spoiler, with_waiting
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import deadlock
from tests.definitions.bargain import better_for_all, worse_for_none
from tests.definitions.behaviour import Profile, holds, leavers
from tests.definitions.concepts import DEFINITIONS
from tests.unlock.dropping import corrections, red_lines, rules
from tests.unlock.ground import MIDDLE, Ground, grounds, random_profile

STATEMENTS = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.6, merged=0.0, kinds=("prefers", "weights"))
"""Preferences that say something of infeasible states too, so that rules can be dropped."""

OPEN = Shape(most_decision_makers=4, most_options=5, most_states=32, one_way=0.15, rules=0.1, red_lines=0.1)
"""Much can be done, so that groups gain and others spoil it."""


def compare(name: str, ground: Ground, random: Random, counted: Counter[str]) -> None:
    """A start, one that is stuck if there is one, with everything that is said of it."""
    model, profile = ground.model, random_profile(ground, random)
    stuck = [s for s in model.numbers if holds(model, profile, s)]
    s = random.choice(rare(ground, profile, stuck, random) or stuck or model.numbers)
    found, where = diagnose(ground.space, ground.state(s), profile), f"model {name}: state {s} under {profile}"
    assert {witness.dm for witness in found.leaving} == leavers(model, profile, s), where
    assert {(key, i): stable for key, by in found.stable.items() for i, stable in by.items()} == {
        (key, i): definition(model, i, s) for key, definition in DEFINITIONS.items() for i in ground.parties
    }, where
    assert ground.numbers(found.bargain.better_for_all) == better_for_all(model, s), where
    assert ground.numbers(found.bargain.worse_for_none) == worse_for_none(model, s), where
    assert refusal(ground.space, found.gains) is None, where
    if not stuck:
        assert not found.found, where
        return
    elements = len(red_lines(ground.conflict)) + len(rules(ground.conflict))
    if elements > 6:
        return
    minimal = corrections(ground, s) if not better_for_all(model, s) else set()
    expected = deadlock.types(model, profile, s, bargain_if_dropped=bool(minimal))
    assert [finding.key for finding in found.found] == expected, where
    assert found.primary == expected[0], where
    check_evidence(ground, profile, s, found, where)
    told = found.finding("D2")
    if told is not None:
        claims = [claim for claim in told.claims if isinstance(claim, Restoring)]
        sets = [frozenset((dm or "", n) for dm, n in claim.dropped) for claim in claims]
        assert set(sets) == minimal, where
        assert len(sets) == len(minimal), where
    counted.update(expected)


def rare(ground: Ground, profile: Profile, stuck: list[int], random: Random) -> list[int]:
    """Stuck states of which the rarer types speak, now and then."""
    model = ground.model
    match random.choice(("any", "groups", "groups", "waiting")):
        case "groups":
            return [s for s in stuck if deadlock.group_gains(model, s)]
        case "waiting":
            return [s for s in stuck if deadlock.attrition(model, profile, s)]
    return []


def check_evidence(ground: Ground, profile: Profile, s: int, found: Diagnosis, where: str) -> None:
    """The states and decision makers that each finding is about, and its claims."""
    model = ground.model
    coordination = deadlock.coordination(model, profile, s)
    about = {
        "D3": better_for_all(model, s),
        "D4": {x for _, x in coordination},
        "D5": deadlock.uncommitted(model, s),
    }
    by = {
        "D6": deadlock.fear(model, profile, s),
        "D7": {k for _, _, k, _ in deadlock.spoilers(model, profile, s)},
        "D9": {i for i, *_ in deadlock.attrition(model, profile, s)},
    }
    for finding in found.found:
        assert finding.claims or finding.key == "D8", (where, finding.key)
        for claim in finding.claims:
            assert refusal(ground.space, claim) is None, (where, finding.key, refusal(ground.space, claim))
        if finding.key in about:
            assert ground.numbers(finding.states) == about[finding.key], (where, finding.key)
        if finding.key in by:
            assert set(finding.by) == by[finding.key], (where, finding.key)


@pytest.mark.parametrize("shape", [MIDDLE, STATEMENTS, OPEN], ids=["anything", "statements", "open"])
@pytest.mark.parametrize("part", range(2))
def test_types(part: int, shape: Shape) -> None:
    random, counted = Random(f"{fresh()} {part}"), Counter[str]()
    for name, ground in grounds(100, f"{fresh()} deadlock {part}", shape):
        compare(name, ground, random, counted)
    assert counted.total() > 50, counted


def test_types_of_models_that_stay() -> None:
    """Every type occurs, except that of beliefs, which no model has, and waiting, which is rare."""
    random, counted = Random(FIXED), Counter[str]()
    for shape in (MIDDLE, STATEMENTS, OPEN):
        for name, ground in grounds(60, FIXED, shape):
            compare(name, ground, random, counted)
    assert set(counted) >= {type.key for type in all_types()} - {"D8", "D9"}, counted


@pytest.mark.parametrize("seed", range(10))
def test_waiting_and_spoilers_where_they_are_planted(seed: int) -> None:
    for key, plant, concept in (("D9", with_waiting, "Nash"), ("D7", with_spoiler, "SEQ")):
        ground = plant(Random(seed))
        profile, shown = dict.fromkeys(ground.parties, concept), 0
        for s in ground.model.numbers:
            found = diagnose(ground.space, ground.state(s), profile)
            expected = deadlock.types(ground.model, profile, s, bargain_if_dropped=False) if found.stuck else []
            assert [finding.key for finding in found.found] == expected
            check_evidence(ground, profile, s, found, f"planted {seed}")
            shown += key in expected
        assert shown, key
