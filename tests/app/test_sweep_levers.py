"""Levers over all ways in which the guesses come out: the verb against each completion analysed by itself."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from detente import cases, io
from detente.analysis.sweep.attempt import Attempt
from detente.analysis.sweep.intervals import Interval
from detente.analysis.sweep.levers import lever_subjects, looked_for
from detente.analysis.sweep.looked import Looked, surviving
from detente.analysis.sweep.spread import Drawn
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.sweeping import sweep as sweep_over
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.unlock.holding import Holding
from detente.app.guessing import with_open
from detente.app.levers.base import Sought
from detente.app.opening import opened
from detente.app.sweep_documents import SweepDocument
from detente.app.sweeping import sweep
from detente.app.unlocking import unlock
from detente.errors import Cannot
from detente.explain.attempts import lever_words
from detente.explain.sweep_levers import levers_part
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from tests.sweep import tried

PACT = """\
detente: 1
title: A pact
decision makers:
  A:
    options: {arm-A: {name: arm}}
    prefers: [not arm-B, arm-A]
  B:
    options: {arm-B: {name: arm}}
    prefers: [not arm-A, arm-B]
  C:
    options: {watch: {name: watch}}
    prefers: [not watch]
    red lines: [{never: watch and arm-A}]
status quo: [arm-A, arm-B]
states: {the pact: [], a watched pact: [watch]}
measures:
  - {name: C is paid to watch, cost: 2, changes: {new statement: watch, party: C, place: 1}}
uncertain:
  whether A minds: {of: A, statement: 1, or: [left out]}
  whether B minds: {of: B, statement: 1, or: [left out, {when: not arm-A if watch}]}
  what A wants: {of: A, statement: 2, or: [left out]}
  a line in doubt: {of: C, red line: 1, or: [left out]}
  the way back: {direction: arm-B, or: [only on]}
"""


def sources() -> dict[str, Conflict]:
    """Small conflicts in which levers are found."""
    opened_lake = with_open(opened("shared-lake"), "assumed").conflict
    return {"pact": io.loads(PACT).conflict, "objection": cases.load("half-known-objection"), "lake": opened_lake}


def alone(conflict: Conflict, profile: Mapping[str, str], attempts: tuple[Attempt, ...]) -> list[object]:
    """The first of some levers that works in each completion, each analysed by itself."""
    found: list[object] = []
    for chosen in completions(conflict):
        space = StateSpace(completed(conflict, chosen))
        if space.status_quo is None:
            found.append(None)
        elif not Holding(space, profile).holds(space.status_quo):
            found.append("-")
        else:
            works = (tried.works(tried.after(conflict, chosen, one), profile, one) for one in attempts)
            found.append(next((place for place, does in enumerate(works, start=1) if does), ""))
    return found


@pytest.fixture(scope="module", params=["pact", "objection", "lake"])
def case(request: pytest.FixtureRequest) -> tuple[Conflict, SweepDocument, Looked]:
    conflict = sources()[request.param]
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    return conflict, sweep(conflict, seconds=None), looked_for(conflict, profile)


def test_levers_work_in_as_many_completions_as_they_do_one_by_one(case: tuple[Conflict, SweepDocument, Looked]) -> None:
    conflict, document, looked = case
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    assert document.levers is not None
    assert [one.words for one in document.levers.tried] == [lever_words(conflict, one) for one in looked.attempts]
    worked = []
    for attempt, part in zip(looked.attempts, document.levers.tried, strict=True):
        values = alone(conflict, profile, (attempt,))
        worked.append(values.count(1))
        assert values[0] == 1  # as it is written
        swept = document.conclusions[part.conclusion]
        assert (swept.kind, swept.levers, swept.exact, swept.written) == ("cheapest", (part.words,), True, 1)
        assert {value.value: value.completions for value in swept.values} == Counter(values)
    best = [place for place, count in enumerate(worked) if count == max(worked)]
    assert (list(document.levers.most), document.levers.settled) == (best, True)
    kinds = [kind for kind, of in itertools.groupby(looked.attempts, lambda one: one.kind) if len(list(of)) > 1]
    assert len(document.levers.cheapest) == len(kinds)
    for kind, place in zip(kinds, document.levers.cheapest, strict=True):
        attempts = tuple(one for one in looked.attempts if one.kind == kind)
        values = alone(conflict, profile, attempts)
        assert {value.value: value.completions for value in document.conclusions[place].values} == Counter(values)


def test_plans_moves_of_groups_guarantees_and_edits_of_everybody_are_tried() -> None:
    conflict = sources()["pact"]
    looked = looked_for(conflict, {dm.key: "SEQ" for dm in conflict.decision_makers})
    assert {one.kind for one in looked.attempts} == {"coalition", "priority shift", "guarantee", "plan"}
    assert Counter(one.by for one in looked.attempts if one.kind == "priority shift") == {("A",): 1, ("B",): 1}
    lake = looked_for(sources()["lake"], {"Town": "SEQ", "Estate": "SEQ"})
    assert Counter(one.by for one in lake.attempts) == {("Town",): lake.each, ("Estate",): lake.each}
    words = [lever_words(conflict, one) for one in looked.attempts]
    assert "A and B go together to “the pact”" in words
    assert "if the measure “C is paid to watch” were taken, “a watched pact” would be reached and hold" in words
    assert "if the measure “C is paid to watch” were taken, A, B and C go together to “a watched pact”" in words


def test_levers_are_those_that_unlock_finds() -> None:
    conflict = sources()["objection"]
    found = unlock(conflict, kinds="priority,guarantee", sought=Sought(seconds=10.0))
    told = found.json_text()
    for one in looked_for(conflict, dict.fromkeys(("Quarry", "Village"), "SEQ")).attempts:
        condition = lever_words(conflict, one).partition(", somebody")[0].partition(", “the face")[0].removeprefix("if ")
        assert condition.replace("leaving “", "leaving state 2 (“") in told


def test_what_works_most_often_is_said_with_ties(case: tuple[Conflict, SweepDocument, Looked]) -> None:
    _, document, looked = case
    said = "\n".join(sentence.text for paragraph in document.paragraphs for sentence in (*paragraph.sentences, *paragraph.items))
    assert document.levers is not None
    assert "there may be others" in said
    most = [document.levers.tried[place].words for place in document.levers.most]
    if len(most) == len(looked.attempts):
        assert f"All {len(most)} work equally often: " in said
    else:
        assert f"These two work equally often, and most often of the {len(looked.attempts)}, " in said
        assert "; and ".join(most) in said


def test_no_lever_is_told_where_none_can_be_tried() -> None:
    left = sweep("misread-neighbours", open="assumed", kinds=["holds", "cheapest"], seconds=None)
    assert left.levers is not None
    assert (left.levers.tried, left.levers.reason) == ((), "left")
    assert not any(one.kind == "cheapest" for one in left.conclusions)
    conflict = sources()["lake"]
    profile = {dm.key: "L2" for dm in conflict.decision_makers}
    assert looked_for(conflict, profile).reason == "S353"
    assert sweep(conflict, levers=False, kinds=["holds", "cheapest"], seconds=None).levers is None
    assert sweep("elmira", tipping=True, kinds=["gain", "cheapest"], seconds=None).levers is None


def test_levers_that_cannot_be_tried_everywhere_leave_the_rest_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sweep_over

    def refusing(conflict: Conflict, profile: Mapping[str, str], subjects: tuple[Subject, ...], **named: object) -> Swept:
        if any(subject.is_on_levers for subject in subjects):
            raise Cannot.of("S354", "it can't be told", help="none")
        return real(conflict, profile, subjects, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("detente.app.sweeping.swept_over", refusing)
    found = sweep("half-known-objection", seconds=None)
    assert found.levers is not None
    assert (found.levers.tried, found.levers.reason) == ((), "S354")
    assert "No lever was tried" in "\n".join(sentence.text for paragraph in found.paragraphs for sentence in paragraph.sentences)
    assert len([one for one in found.conclusions if one.exact]) == 13


def test_levers_that_were_drawn_have_ranges_and_most_is_settled_only_where_these_do_not_meet() -> None:
    conflict = sources()["pact"]
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    looked = looked_for(conflict, profile)
    few, many = (sweep_over(conflict, profile, lever_subjects(looked.attempts), draws=draws, most=0, seconds=None) for draws in (12, 3000))
    told = [levers_part(swept, looked, surviving(swept)) for swept in (few, many)]
    assert not surviving(few)[1]
    assert "is not settled by that" in " ".join(sentence.text for sentence in told[0].lead)
    for tally in many.tallies:
        assert not tally.is_exact
        assert 1 in tally.intervals
    assert "of 3,000 completions drawn" in told[1].items[0].text
    assert " of all" in told[1].items[0].text
    assert {one.by for subject in surviving(many)[0] for one in subject.attempts} <= {("A",), ("B",)}


def test_one_of_several_ranges_above_all_others_settles_which_works_most_often() -> None:
    attempts = tuple(Attempt("coalition", 2, (dm, "C"), "together", frozenset({dm})) for dm in ("A", "B"))
    tallies = []
    for subject, (low, high), yes in zip(lever_subjects(attempts)[:2], ((0.6, 0.8), (0.1, 0.5)), (70, 30), strict=True):
        tally = sweep_over(sources()["pact"], dict.fromkeys("ABC", "SEQ"), [Subject("holds")], draws=100, most=0, seconds=None).tallies[0]
        assert isinstance(tally.spread, Drawn)
        codes = tally.spread.codes * 0
        codes[yes:] = 1
        spread = Drawn(subject, tally.spread.keys, tally.spread.numbers, codes, (1, ""))
        tallies.append(replace(tally, subject=subject, spread=spread, intervals={1: Interval(low, high)}))
    made = [Tally(t.subject, t.spread, 1, False, 100, "S351", intervals=t.intervals, unseen=0.05) for t in tallies]
    swept = Swept(sources()["pact"], dict.fromkeys("ABC", "SEQ"), tuple(made), 48, 1, 0.95)
    assert surviving(swept) == ((made[0].subject,), True)
    meeting = replace(swept, tallies=(made[0], replace(made[1], intervals={1: Interval(0.1, 0.65)})))
    assert surviving(meeting) == ((made[0].subject,), False)
    worked = levers_part(swept, Looked(attempts), surviving(swept)).lead
    assert any(sentence.text.startswith("This one works most often of the 2, in 70 of 100 completions drawn (70%)") for sentence in worked)


def test_on_what_it_hangs_whether_levers_work_is_said_once_where_it_is_the_same_for_all() -> None:
    told = {name: sweep(conflict, kinds=["cheapest"], seconds=None).paragraphs for name, conflict in sources().items()}
    lead, items = {}, {}
    for name, paragraphs in told.items():
        part = next(one for one in paragraphs if "found for the conflict as the file writes it" in one.sentences[0].text)
        lead[name], items[name] = " ".join(one.text for one in part.sentences), " ".join(one.text for one in part.items)
    assert "for all of them on the same guesses" in lead["lake"]
    assert "can change it" not in items["lake"]
    assert "which guesses can change that they work" in lead["pact"]
    assert items["pact"].count("can change it") == len(looked_for(sources()["pact"], dict.fromkeys("ABC", "SEQ")).attempts)
    assert "can change" not in lead["objection"] + items["objection"]  # they work wherever the status quo holds
