"""The analysis of a conflict that is not listed agrees with that of the same conflict listed, in all that both say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import cases
from detente.app.analyzing import analyze
from detente.app.documents import AnalysisDocument
from detente.app.wanted import Wanted
from detente.cases import FLAGSHIP
from detente.engines import large
from detente.model.conflict import Conflict
from detente.model.preference import Listed
from detente.model.rule import Merged
from detente.preference.order import criteria_of
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.app.large import Listing
from tests.conformance.seeds import fresh

SHAPE = Shape(most_options=6, merged=0.0, bans=0.2, unperceived=0.2, shared=0.2, kinds=(OptionPrioritization.kind, OptionWeighting.kind))


def may_be_unlisted(name: str) -> bool:
    """Whether a case has nothing that only a list can hold: merged states, explicit orders of states."""
    conflict = cases.load(name)
    if len(conflict.options) > 16 or any(isinstance(rule, Merged) for rule in conflict.rules):
        return False
    return not any(isinstance(one, Listed) for dm in conflict.decision_makers for one in criteria_of(dm))


CASES = [name for name in cases.names() if may_be_unlisted(name)]


@pytest.fixture(autouse=True)
def only_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "large_engines", lambda: {"listing": Listing})


def agree(conflict: Conflict) -> None:
    """Compare the two analyses in all that both say."""
    space = StateSpace(conflict)
    number = {state + 1: space.number(state) for state in space.states.each()}
    listed, found = analyze(conflict), analyze(conflict, wanted=Wanted(list_up_to=0))
    assert not found.not_known
    assert found.counts == listed.counts
    assert {key: tuple(number[n] for n in ids) for key, ids in found.equilibria.items()} == listed.equilibria
    for key, sets in found.stability.items():
        assert {dm: tuple(number[n] for n in ids) for dm, ids in sets.items()} == listed.stability[key]
    assert found.conflict.feasible == listed.conflict.feasible
    assert found.common == listed.common
    assert found.options == listed.options
    assert found.evidence == listed.evidence
    for state in found.shown:
        same = next((one for one in listed.shown if one.id == number[state.id]), None)
        assert same is None or (same.choice, same.leavers, same.why) == (state.choice, state.leavers, state.why)
    assert (found.status_quo is None) == (listed.status_quo is None)
    if found.status_quo is not None:
        standing_agrees(found, listed, number)


def standing_agrees(found: AnalysisDocument, listed: AnalysisDocument, number: dict[int, int]) -> None:
    """Compare what both say of the status quo."""
    now, then = found.status_quo, listed.status_quo
    assert now is not None
    assert then is not None
    for field in ("verdicts", "moves", "equilibrium_under", "better_for_all", "worse_for_none", "crosses_red_line_of"):
        assert getattr(now, field) == getattr(then, field), field
    assert now.better_for_all_and_equilibrium == then.better_for_all_and_equilibrium
    assert now.worse_for_none_and_equilibrium == then.worse_for_none_and_equilibrium
    assert (now.nearest is None) == (then.nearest is None)
    gains = {dm: sorted(number[n] for n in ids) for dm, ids in now.improvements.items()}
    assert gains == {dm: sorted(ids) for dm, ids in then.improvements.items()}
    if listed.diagnosis is not None and found.diagnosis is not None:
        assert (found.diagnosis.stuck, found.diagnosis.profile) == (listed.diagnosis.stuck, listed.diagnosis.profile)
        assert set(found.diagnosis.types) <= set(listed.diagnosis.types)
    under = {dm: {key for one in now.leaves if one.by == dm for key in one.under} for dm in now.moves}
    assert under == {dm: {key for one in then.leaves if one.by == dm for key in one.under} for dm in then.moves}


@pytest.mark.parametrize("name", CASES)
def test_a_packaged_case(name: str) -> None:
    agree(cases.load(name))


def test_random_models() -> None:
    for seed, (_, conflict) in enumerate(random_conflicts(60, fresh(), SHAPE)):
        feasible = StateSpace(conflict).states
        start = feasible.sample(1, seed)[0]
        agree(replace(conflict, status_quo=conflict.taken(start)))


def test_the_flagship_is_among_the_cases() -> None:
    assert FLAGSHIP in CASES
