"""Falsified certificates are refused, every one of more than ten thousand, of every kind."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from detente.analysis.certificate import Checker, check
from detente.analysis.certificate_json import certificate_data, check_data, from_data
from detente.cases import load
from detente.concepts import sim
from detente.concepts.base import SolutionConcept, focal, others
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Leaves, Stays
from detente.engines.single import SingleEngine
from detente.errors import LimitError, UsageError
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from tests.certificates.conflicts import elmira, plain_model, random_conflict
from tests.certificates.mutations import FOR_ALL, FOR_LEAVES, FOR_STAYS, Facts
from tests.certificates.mutations_joint import FOR_CASES, FOR_JOINT, falsified

KINDS = [*FOR_ALL, *FOR_STAYS, *FOR_LEAVES, *FOR_JOINT, *FOR_CASES]


def refuse_all(conflict: Conflict, seed: int, counted: Counter[str]) -> None:
    """Falsify some certificates of a conflict in every way there is, and see each refused."""
    space = StateSpace(conflict)
    facts, engine, checker = Facts(space, plain_model(conflict), Random(seed)), SingleEngine(space), Checker(space)
    verdicts = [(c, dm, s) for c in all_concepts() for dm in engine.decision_makers for s in facts.states]
    for c, dm, state in facts.random.sample(verdicts, min(60, len(verdicts))):
        witness = engine.witness(c, dm, state)
        assert checker.check(witness) is None
        for kind, wrong in falsified(facts, c, witness):
            assert checker.check(wrong) is not None, (seed, kind, witness, wrong)
            counted[kind] += 1


def test_ten_thousand_falsifications() -> None:
    counted: Counter[str] = Counter()
    for seed in range(120):
        refuse_all(random_conflict(Random(seed)), seed, counted)
    refuse_all(elmira(), 0, counted)
    assert sum(counted.values()) >= 10_000
    assert {kind: counted[kind] for kind in KINDS if counted[kind] < 30} == {}


def test_a_certificate_under_another_concept_than_asked_for() -> None:
    space = StateSpace(elmira())
    witness = SingleEngine(space).witness(concept("SEQ"), "Local", space.state(5))
    assert check(space, witness, concept("SEQ")) is None
    assert check(space, witness, concept("GMR")) == "concept: SEQ is not asked for, or can't be checked"
    assert check(space, replace(witness, concept="nothing")) == "concept: nothing is not asked for, or can't be checked"


def test_a_concept_by_another_rule_can_not_be_checked() -> None:
    space = StateSpace(elmira())
    own = SolutionConcept("OWN", "Own", "?", (), "", "", rule=lambda graph, dm, state: Stays("OWN", dm, state, ()))
    assert check(space, Stays("OWN", "Local", space.state(5), ()), own) == "concept: OWN is not asked for, or can't be checked"
    longer = SolutionConcept("OWN", "Own", "?", (focal("improving"), others("any"), focal("any"), others("any")), "", "")
    assert check(space, Stays("OWN", "Local", space.state(5), ()), longer) == "concept: OWN is not asked for, or can't be checked"


def test_too_many_joint_changes_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("cuban-missile-crisis"))
    witness = SingleEngine(space).witness(concept("SIM"), "US", space.state(9))
    assert isinstance(witness, Leaves)
    assert len(witness.cases) == 2
    monkeypatch.setattr(sim, "MAX_CASES", 1)
    with pytest.raises(LimitError, match="in more than 1 ways at once") as refused:
        SingleEngine(space).witness(concept("SIM"), "US", space.state(9))
    assert refused.value.diagnostics[0].code == "S303"


def certificates() -> list[tuple[StateSpace, dict[str, Any]]]:
    found = []
    for conflict in (elmira(), *(random_conflict(Random(seed)) for seed in range(20))):
        space = StateSpace(conflict)
        engine = SingleEngine(space)
        for c in all_concepts():
            for dm in engine.decision_makers:
                for state in space.states.first(4):
                    found.append((space, certificate_data(space, engine.witness(c, dm, state))))
    return found


def test_json_holds_the_whole_certificate() -> None:
    for space, data in certificates():
        again = json.loads(json.dumps(data))
        assert check_data(space, again) is None
        assert certificate_data(space, from_data(space, again)) == data


def damaged(data: Any, random: Random) -> Any:
    """The value with one part of it replaced, left out or added, so that it differs as JSON."""
    if isinstance(data, dict) and data and random.random() < 0.9:
        key = random.choice([k for k in data if k != "detente"])  # the version of the program is for the reader
        if random.random() < 0.2:
            return {k: v for k, v in data.items() if k != key}
        return {**data, key: damaged(data[key], random)}
    if isinstance(data, list) and data and random.random() < 0.9:
        place = random.randrange(len(data))
        return [*data[:place], *([damaged(data[place], random)] if random.random() < 0.7 else []), *data[place + 1 :]]
    others: list[Any] = [None, True, -1, 0, 1, 2, 10**9, 1.5, "", "Local", "NYNNN", [], {}, [[]]]
    return random.choice([other for other in others if other != data or type(other) is not type(data)])


def test_damaged_json_is_refused() -> None:
    random, count = Random(1), 0
    for space, data in certificates():
        for _ in range(5):
            wrong = damaged(data, random)
            verdict = check_data(space, wrong) if isinstance(wrong, dict) else "no mapping"
            if verdict is None:
                # only another true certificate may pass: of other size or content, but then of a true verdict
                witness = from_data(space, wrong)
                facts = Facts(space, plain_model(space.conflict), random)
                assert facts.stable(witness.concept, witness.dm, witness.state) == isinstance(witness, Stays)
                continue
            count += 1
    assert count > 3_000


def test_a_certificate_of_another_conflict_is_refused() -> None:
    conflict = elmira()
    space, other = StateSpace(conflict), StateSpace(replace(conflict, title="Elmira, changed"))
    data = certificate_data(space, SingleEngine(space).witness(concept("GMR"), "Local", space.state(1)))
    assert check_data(space, data) is None
    assert check_data(other, data) == "U421: the certificate is about another conflict"
    with pytest.raises(UsageError, match="U421"):
        from_data(other, data)


def test_a_choice_that_is_not_the_state_is_refused() -> None:
    space = StateSpace(elmira())
    data = certificate_data(space, SingleEngine(space).witness(concept("GMR"), "Local", space.state(1)))
    data["choices"]["5"] = "NYNNN"
    assert check_data(space, data) == "U420: this is no certificate, or a damaged one"


def test_a_deep_value_is_refused() -> None:
    space = StateSpace(elmira())
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    data = certificate_data(space, Leaves("Nash", "Local", space.state(1), space.state(5)))
    assert check_data(space, {**data, "cases": deep}) == "U420: this is no certificate, or a damaged one"
    while deep:
        deep = deep.pop()
