"""What certificates for large spaces say, in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.certificate_json import certificate_data, check_data, from_data
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Closed, Covers, Leaves
from detente.engines.sat import SatEngine
from detente.errors import Cannot, LimitError, UsageError
from detente.explain.verdict import verdict
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

FREE = Shape(merged=0.0, bans=0.0, most_states=20)


def wanting(*statements: str) -> OptionPrioritization:
    """Ordered statements."""
    return OptionPrioritization(tuple(Statement(parse_formula(text)) for text in statements))


def large() -> StateSpace:
    """Forty options: A has ten, of which one matters; B can undo what A gains; the rest is C's."""
    a = DecisionMaker("A", "A", wanting("not stop", "raise"))
    parties = (a, DecisionMaker("B", "B", OptionWeighting((("stop", 1),))), DecisionMaker("C", "C"))
    options = [Option("raise", "raise the price", ("A",)), *(Option(f"a{k}", f"a{k}", ("A",)) for k in range(9))]
    options += [Option("stop", "stop the work", ("B",)), *(Option(f"c{k}", f"c{k}", ("C",)) for k in range(29))]
    return StateSpace(Conflict("large", parties, tuple(options)))


def test_groups_in_words() -> None:
    space = large()
    witness = SatEngine(space).witness(concept("SMR"), "A", 0)
    assert isinstance(witness, Covers)
    assert len(witness.groups) == 1
    text = verdict(space, witness, [SatEngine(space).witness(concept("Nash"), "A", 0)]).text()
    assert "From state 1 there are 512 improvements for A, and one answer deters them all:" in " ".join(text.split())
    assert "Every improvement of A is answered by B taking up “stop the work”." in " ".join(text.split())
    assert "That leaves A no better off than at state 1; after it A cannot move on to a state better than state 1." in " ".join(
        text.split()
    )
    assert "Under Nash A would leave" in text


def test_a_condition_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.engines.sat.leaving.MAX_LISTED", 0)
    space = large()
    stopped = replace(space.conflict, decision_makers=(space.conflict.decision_makers[0], DecisionMaker("B", "B"), DecisionMaker("C", "C")))
    options = tuple(replace(o, direction=Direction.ONLY_OFF) if o.key == "stop" else o for o in stopped.options)
    space = StateSpace(replace(stopped, options=options))
    witness = SatEngine(space).witness(concept("GMR"), "A", 0)
    assert isinstance(witness, Closed)
    text = " ".join(verdict(space, witness).text().split())
    assert "A can move 1 ▸ 2 by taking up “raise the price”: better." in text
    assert "2 conditions stay true, and in every state that meets them all A is better off than at state 1:" in text
    assert "“raise the price” is taken" in text
    assert "“stop the work” is not taken" in text


def test_nothing_is_said_of_a_wrong_certificate() -> None:
    space = large()
    with pytest.raises(UsageError, match="U423"):
        verdict(space, Covers("GMR", "A", 0, ()))
    with pytest.raises(UsageError, match="U423"):
        verdict(space, Leaves("Nash", "A", 0, 2))


def test_every_kind_goes_through_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.engines.sat.leaving.MAX_LISTED", 0)
    kinds: dict[str, int] = {}
    for seed in range(40):
        space = StateSpace(random_conflict(Random(f"json:{seed}"), FREE))
        engine = SatEngine(space)
        for key in ("GMR", "SMR", "SEQ", "SSEQ"):
            for dm in space.masks:
                for state in space.states.first(6):
                    witness = engine.witness(concept(key), dm, state)
                    data = json.loads(json.dumps(certificate_data(space, witness)))
                    assert from_data(space, data) == witness
                    assert check_data(space, data) is None
                    assert verdict(space, witness).text()
                    kinds[type(witness).__name__] = kinds.get(type(witness).__name__, 0) + 1
    assert kinds["Closed"] > 50, kinds
    assert kinds["Covers"] > 1_000, kinds


def test_limits_and_refusals() -> None:
    space = large()
    engine = SatEngine(space)
    with pytest.raises(LimitError, match="S330"):
        engine.witness(concept("SSEQ"), "A", 0, seconds=0)
    with pytest.raises(Cannot, match="S332"):
        engine.witness(concept("SIM"), "A", 0)
    with pytest.raises(Cannot, match="S332"):
        SatEngine(StateSpace(load("elmira"))).witness(concept("GMR"), "Local", 0)
    assert SatEngine.can(space, concept("GMR")) is not None
    assert SatEngine.can(StateSpace(load("elmira")), concept("GMR")) is not None
    assert SatEngine.can(StateSpace(load("chicken")), concept("SIM")) is not None
