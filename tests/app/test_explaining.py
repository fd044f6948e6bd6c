"""Why somebody stays or leaves: each certificate is checked, and once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from detente.analysis.certificate import Checker
from detente.app.deciding import Decider
from detente.app.explaining import explain
from detente.cases import load
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import AnyWitness, Leaves
from detente.errors import UsageError
from detente.explain.verdict import verdict
from detente.space.states import StateSpace


def test_each_certificate_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among a million states a check takes seconds, and those of the concepts that are compared with as long."""
    known, checked = Checker.check, Counter[str]()

    def check(self: Checker, witness: AnyWitness, *more: object) -> str | None:
        checked[witness.concept] += 1
        return known(self, witness, *more)  # type: ignore[arg-type]  # whatever it is called with

    monkeypatch.setattr(Checker, "check", check)
    assert not explain("elmira", 1, by="Local", under="SEQ").stays
    assert checked == {one.key: 1 for one in all_concepts()}


def test_what_was_not_accepted_is_checked() -> None:
    space = StateSpace(load("elmira"))
    decider, state = Decider(space), space.state(1)
    found = decider.witness(concept("SEQ"), "Local", state)
    assert isinstance(found, Leaves)
    forged = replace(found, improvement=state)
    assert decider.refused(found) is None
    assert decider.refused(replace(found)) is None  # another with the same content
    assert decider.refused(forged) == Checker(space).check(forged) is not None
    for one, others in ((forged, ()), (found, (replace(forged),))):
        with pytest.raises(UsageError, match="U423"):
            verdict(space, one, others, refused=decider.refused)
