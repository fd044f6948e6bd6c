"""The diagnosis of a state without a list of states is that of the listed space, and its members are members there."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.large.diagnose import large_diagnosis
from detente.analysis.large.found import UNSETTLED, LargeDiagnosis
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.cases import load
from detente.explain.diagnosis.large import told
from detente.space.states import StateSpace
from tests.conformance.seeds import FIXED, fresh
from tests.large.seen import Twice, twice

SETTLED = frozenset({"D3", "D4", "D5"})
"""The types whose examples are members of the listed finding's states; of others the listed finding shows one of many."""


def compare(two: Twice, start: int, profile: dict[str, str], counted: Counter[str]) -> LargeDiagnosis:
    """Everything that both say of a state."""
    listed, large = diagnose(two.listed, start, profile), large_diagnosis(two.unlisted, start, profile, seconds=None)
    where = f"{two.name}: {start} under {profile}"
    assert large.stuck == listed.stuck, where
    assert {key: dict(stays) for key, stays in large.stable.items()} == {key: dict(stays) for key, stays in listed.stable.items()}, where
    gains(two, listed, large, start, where)
    types(two, listed, large, where)
    counted.update([finding.key for finding in large.found])
    told(two.unlisted, large)
    return large


def gains(two: Twice, listed: Diagnosis, large: LargeDiagnosis, start: int, where: str) -> None:
    """Z and W, the nearest of them, and what all have in common."""
    better = listed.bargain.better_for_all
    weakly = listed.bargain.worse_for_none - better
    for found, states in ((large.better, better), (large.weakly_better, weakly)):
        members = set(states.each())
        assert found.exists is bool(members), where
        assert set(found.states) <= members, where
        assert found.all_listed is (set(found.states) == members), where
        if members:
            assert found.nearest == min((state ^ start).bit_count() for state in members), where
            taken = [two.listed.conflict.taken(state) for state in members]
            assert set(found.taken) == frozenset.intersection(*taken), where
        for claim in found.claims:
            assert refusal(two.unlisted, claim) is None, where


def types(two: Twice, listed: Diagnosis, large: LargeDiagnosis, where: str) -> None:
    """The types that apply, as far as they were settled, and their evidence."""
    open_ = {silence.key for silence in large.silent if silence.reason in UNSETTLED}
    before, now = {f.key: f for f in listed.found}, {f.key: f for f in large.found}
    assert set(now) <= set(before), where
    assert set(before) - set(now) <= open_, where
    if not open_:
        assert large.primary == listed.primary, where
    for key, finding in now.items():
        assert finding.claims or key == "D2", (where, key)
        for claim in finding.claims:
            assert refusal(two.unlisted, claim) is None, (where, key, refusal(two.unlisted, claim))
        states = set(before[key].states.each())
        if key in SETTLED:
            assert set(finding.states) <= states, (where, key)
        if key == "D5" or (key in SETTLED and finding.complete):
            assert set(finding.states) == states, (where, key)
        if key in ("D6", "D7", "D9"):
            assert finding.by == before[key].by, (where, key)
    if "D2" in now and large.red_lines is not None:
        known = red_line_conflicts(two.listed, listed.start, rules=True)
        assert {lever.claim.dropped for lever in known.restoring.found} == {dropped for dropped, _ in large.red_lines.restoring}, where
        assert {lever.claim.kept for lever in known.emptying.found} == set(large.red_lines.emptying), where


@pytest.mark.parametrize("part", range(4))
def test_random_conflicts(part: int) -> None:
    """Over all parts more than five hundred conflicts, with stuck states wherever there are some."""
    random, counted = Random(f"{fresh()} {part}"), Counter[str]()
    for two in twice(66, part):
        profile = two.profile(random)
        stuck = list(two.table(profile).mixed(profile).each())
        for start in {random.choice(two.states), *random.sample(stuck, min(1, len(stuck)))}:
            compare(two, start, profile, counted)
            counted["compared"] += 1
    assert counted["compared"] > 130, counted


def test_most_types_occur() -> None:
    random, counted = Random(FIXED), Counter[str]()
    for two in twice(110, "types"):
        profile = dict.fromkeys(two.parties, random.choice(("Nash", "SEQ", "GMR")))
        for start in list(two.table(profile).mixed(profile).each())[:3]:
            compare(two, start, profile, counted)
    assert {"D1", "D2", "D3", "D4", "D5", "D6"} <= set(counted), counted


@pytest.mark.parametrize("name", ["euphrates-1975", "cuban-missile-crisis", "cuban-missile-crisis-irreversible"])
def test_packaged_cases(name: str) -> None:
    two = Twice(name, StateSpace(load(name)))
    for key in ("Nash", "SEQ", "SMR"):
        for start in two.states:
            compare(two, start, dict.fromkeys(two.parties, key), Counter())


def test_the_narrow_flagship() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    two, start = Twice("narrow", space), space.status_quo
    assert start is not None
    for at in (start, space.state(7305)):
        compare(two, at, dict.fromkeys(two.parties, "SEQ"), Counter())


def test_the_wide_flagship_is_told_from_checked_claims() -> None:
    space = StateSpace(load("gaza-all-fronts"))
    assert not space.is_listed
    start = space.status_quo
    assert start is not None
    found = large_diagnosis(space, start, seconds=None)
    assert found.stuck
    assert found.primary is not None
    assert found.better.exists
    assert found.better.nearer is not None
    assert told(space, found).verdict.text.startswith("It is stuck: in this model nobody would leave the status quo")


def test_without_time_nothing_is_claimed() -> None:
    space = StateSpace(load("gaza-all-fronts"))
    start = space.status_quo
    assert start is not None
    found = large_diagnosis(space, start, seconds=1e-9)
    assert found.stuck is None
    assert found.primary is None
    assert not found.found
    assert "was not settled" in told(space, found).verdict.text


def test_every_type_is_found_or_named_as_not_examined() -> None:
    for two in twice(20, "named"):
        profile = dict.fromkeys(two.parties, "Nash")
        for start in list(two.table(profile).mixed(profile).each())[:1]:
            large = large_diagnosis(two.unlisted, start, profile, seconds=None)
            assert "D8" in {silence.key for silence in large.silent}
            assert large.found or {silence.reason for silence in large.silent} & UNSETTLED
