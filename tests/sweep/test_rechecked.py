"""Completions analysed again from scratch agree with a sweep, for every kind of conclusion; where a sweep is wrong, that is seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from detente.analysis.claims.base import CheckTimeError, refusal, within
from detente.analysis.claims.standing import Standing
from detente.analysis.sweep import afresh, asked, shown
from detente.analysis.sweep.asked import Subject, subjects_of
from detente.analysis.sweep.draw import listed
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.rechecked import recheck
from detente.analysis.sweep.shown import shown as show
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.sweeping import sweep
from detente.analysis.sweep.tally import Swept
from detente.cases import load
from detente.errors import UsageError
from detente.model.opened import opened
from detente.space.states import StateSpace
from tests.conformance.seeds import fresh
from tests.sweep.by_hand import problems


def lake(*subjects: Subject) -> Swept:
    """A small case, all of whose statements are open."""
    conflict = load("shared-lake")
    conflict = replace(conflict, guesses=opened(conflict, lambda path, basis: True))
    return sweep(conflict, {dm.key: "SEQ" for dm in conflict.decision_makers}, subjects or (Subject("holds"), Subject("gain")))


def test_all_kinds_of_conclusions_agree_with_an_analysis_from_scratch() -> None:
    """Cases, drawn completions and single ones: three ways to the same values."""
    seen = Counter[str]()
    for problem in problems(6, f"rechecked {fresh()}"):
        subjects = subjects_of(problem.conflict, problem.profile)
        found = sweep(problem.conflict, problem.profile, subjects, seconds=None)
        every = np.array([list(row) for row in listed(problem.conflict.guesses, 0, found.count)])
        again = valued(problem.conflict, problem.profile, subjects, every)
        for tally in found.tallies:
            spread = tally.spread
            assert isinstance(spread, Counted)
            values = [again[tally.subject].kinds[code] for code in again[tally.subject].codes]
            assert [spread.value(row) for row in every[:10].tolist()] == values[:10], (problem.name, tally.subject)
            assert tally.counts == Counter(values), (problem.name, tally.subject)
        checked = recheck(found, 4, seed=fresh())
        assert checked.differences == (), problem.name
        assert checked.agrees
        assert checked.number == 4
        assert checked.unchecked == ()
        assert checked.compared == 4 * len(found.tallies)
        seen.update(tally.subject.kind for tally in found.tallies)
        seen["accepted"] += checked.accepted
    assert {"holds", "stays", "type", "gain", "kept gain", "red lines"} <= seen.keys()
    assert seen["accepted"] > 30


def test_a_wrong_value_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = asked.KINDS["gain"]
    monkeypatch.setitem(asked.KINDS, "gain", lambda question, cell: not right(question, cell))
    checked = recheck(lake(), 6)
    assert not checked.agrees
    assert {difference.subject.kind for difference in checked.differences} == {"gain"}
    assert all(difference.swept != difference.afresh and difference.refused is None for difference in checked.differences)
    assert len(checked.differences) == 6


def test_a_refused_claim_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = afresh.FRESH["holds"]

    def damaged(one: afresh.Afresh, subject: Subject) -> afresh.Found:
        value, claims = right(one, subject)
        return value, tuple(replace(claim, witnesses=claim.witnesses[:-1]) for claim in claims if isinstance(claim, Standing))

    monkeypatch.setitem(afresh.FRESH, "holds", damaged)
    checked = recheck(lake(Subject("holds")), 3)
    assert [difference.refused for difference in checked.differences] == ["profile: the witnesses are of another"] * 3
    assert checked.accepted == 0


def test_what_has_no_analysis_of_its_own_is_named_and_what_was_drawn_alone_is_not_compared_with_itself() -> None:
    found = lake()
    assert recheck(
        replace(found, tallies=(replace(found.tallies[0], why_drawn="S354", by_itself=True), found.tallies[1])), 2
    ).unchecked == (Subject("holds"),)


def test_no_more_completions_than_there_are() -> None:
    checked = recheck(lake(Subject("holds")), 100)
    assert (checked.number, checked.compared, checked.agrees) == (16, 16, True)


def test_a_check_ends_with_its_time() -> None:
    assert recheck(lake(Subject("holds")), 10, seconds=0.0).number == 1


def test_a_count_is_shown_case_by_case() -> None:
    found = lake(Subject("holds"), Subject("stays", concept="SIM", dm="Town"), Subject("gain"), Subject("kept gain"), Subject("type"))
    space = StateSpace(found.conflict)
    for tally in found.tallies[:4]:
        claim = show(found, tally)
        assert claim is not None
        assert refusal(space, claim) is None
        assert {True: claim.yes, False: claim.no} == tally.counts
        for wrong in (
            replace(claim, yes=claim.yes + 1, no=claim.no - 1),
            replace(claim, cases=claim.cases[1:]),
            replace(claim, cases=(*claim.cases, claim.cases[0])),
        ):
            assert refusal(space, wrong) is not None
    assert show(found, found.tallies[4]) is None


def test_a_forged_gain_is_refused() -> None:
    """A state that not everybody prefers, states that somebody may prefer, one left out, and one that nobody is shown to leave."""
    found = lake(Subject("gain"), Subject("kept gain"))
    space = StateSpace(found.conflict)
    refused = Counter[str]()
    for tally in found.tallies:
        claim = show(found, tally)
        assert claim is not None
        for place, case in enumerate(claim.cases):
            forged = [replace(case, better=state, against=()) for state in space.states.each() if state != case.better]
            forged += [
                replace(case, against=(*case.against[:at], 0, *case.against[at + 1 :])) for at, some in enumerate(case.against) if some
            ]
            forged += [replace(case, against=tuple(some | space.states.bits for some in case.against))] if case.against else []
            forged += [replace(case, witnesses=case.witnesses[1:])] if case.witnesses else []
            forged += [replace(case, better=None)] if case.better is not None else []
            for wrong in forged:
                why = refusal(space, replace(claim, cases=(*claim.cases[:place], wrong, *claim.cases[place + 1 :])))
                assert why is not None, wrong
                refused[why.partition(":")[0]] += 1
    assert {"better", "against", "witness"} <= refused.keys()


def test_a_check_that_takes_too_long_is_given_up() -> None:
    found = lake(Subject("gain"))
    claim = show(found, found.tallies[0])
    assert claim is not None
    with pytest.raises(CheckTimeError), within(-1.0):
        refusal(StateSpace(found.conflict), claim)
    assert refusal(StateSpace(found.conflict), claim) is None


def test_equal_claims_of_a_completion_are_checked_once_whatever_their_place_in_memory() -> None:
    """Conclusions on the same state under the same concepts share what shows them."""
    found = lake(Subject("holds"), Subject("stays", dm="Town"), Subject("stays", dm="Estate"), Subject("holds", concept="SEQ"))
    assert [recheck(found, 16).accepted for _ in range(3)] == [16] * 3


def test_a_count_is_not_shown_that_takes_too_many_cases_or_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lake(Subject("holds"))
    assert show(found, found.tallies[0], seconds=0.0) is None
    monkeypatch.setattr(shown, "MAX_CASES", 1)
    assert show(found, found.tallies[0]) is None
    monkeypatch.setattr(shown, "MAX_WAYS", 1)
    assert show(found, found.tallies[0]) is None


@pytest.mark.parametrize(("draws", "level"), [(0, 0.95), (10, 1.0), (10, 0.0)])
def test_draws_and_levels_that_cannot_be_are_refused(draws: int, level: float) -> None:
    conflict = load("elmira")
    with pytest.raises(UsageError, match="U503"):
        sweep(conflict, {dm.key: "SEQ" for dm in conflict.decision_makers}, [Subject("holds")], draws=draws, level=level)


def test_what_was_not_asked_is_not_told() -> None:
    with pytest.raises(UsageError, match="U504"):
        lake(Subject("holds")).of(Subject("gain"))
