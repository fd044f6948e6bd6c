"""`hypergame` as a document, in words and in the report; misperception in the diagnosis; what is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

import detente
from detente import cases, io
from detente.analysis.claims.base import refusal
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.large.diagnose import large_diagnosis
from detente.app.answering import answer
from detente.app.diagnosing import diagnose as diagnose_verb
from detente.app.hypergaming import HypergameDocument, hypergame
from detente.app.reporting import report_text
from detente.errors import LimitError, UsageError
from detente.explain.diagnosis.large import told as large_told
from detente.explain.diagnosis.told import told
from detente.model.conflict import Conflict
from detente.model.question import Question
from detente.model.viewpoint import Viewpoint
from detente.space.states import StateSpace
from tests.app.permuted import BACK, renamed_conflict

# Both would withdraw, and each believes that the other would then advance.
NEIGHBOURS = """\
detente: 1
title: Two neighbours
decision makers:
  North:
    options: {N-withdraw: {name: withdraw in the north}, N-advance: {name: advance in the north}}
    prefers: [not S-advance, N-withdraw, not N-advance, S-withdraw]
  South:
    options: {S-withdraw: {name: withdraw in the south}, S-advance: {name: advance in the south}}
    prefers: [not N-advance, S-withdraw, not S-advance, N-withdraw]
rules:
  - at most one: [N-withdraw, N-advance]
  - at most one: [S-withdraw, S-advance]
status quo: []
viewpoints:
  north:
    name: as North sees it
    held by: North
    basis: {assumed: for the example}
    decision makers:
      South: {prefers: [S-advance if N-withdraw, not N-advance, S-withdraw, not S-advance, N-withdraw]}
  south:
    name: as South sees it
    held by: South
    believes: {North: north}
    decision makers:
      North: {prefers: [N-advance if S-withdraw, not S-advance, N-withdraw, not N-advance, S-withdraw]}
"""


def neighbours() -> Conflict:
    return io.loads(NEIGHBOURS, "neighbours.yaml").conflict


@pytest.fixture(scope="module")
def document() -> HypergameDocument:
    return hypergame(neighbours())


def text(document: Any) -> str:
    return "\n".join(s.text for p in document.paragraphs for s in (*p.sentences, *p.items))


def test_what_is_found(document: HypergameDocument) -> None:
    """Worked out by hand: at 1 both are held by what they fear of the other; who sees it as it is written leaves; 5 alone survives."""
    assert (document.holds, document.holds_as_written, document.level) == (True, False, 2)
    assert [(part.by, part.viewpoint, part.elements) for part in document.acting] == [("North", "north", 1), ("South", "south", 1)]
    assert document.acting[1].expects == {"North": "north"}
    assert [(part.stays, part.to, part.stays_as_written, part.to_as_written) for part in document.verdicts] == [
        (True, None, False, 2),
        (True, None, False, 4),
    ]
    assert (document.survives.states, document.breaks.states, document.missed.states) == ((5,), (1, 2, 4), ())
    breaking = {(part.by, part.seen_as, len(part.elements)): part.to for part in document.beliefs if part.breaks}
    assert breaking == {("North", None, 0): 2, ("South", None, 0): 4, ("North", "north", 1): 2, ("South", "south", 1): 4}
    assert not any(part.worse or part.binds for part in document.beliefs)
    assert document.better_for_all.states == (2, 4, 5)
    assert document.ways_out.states == (2, 4, 5)


def test_what_is_said(document: HypergameDocument) -> None:
    said = text(document)
    assert said.startswith("In this model nobody would leave the status quo (state 1) under SEQ, as each of them sees the conflict. If ")
    assert "it would be left, by North for state 2 and by South for state 4." in said
    assert "it ascribes to South the statement “S-advance if N-withdraw”, which the file does not" in said
    assert "North would leave for state 2, taking up “withdraw in the north” (a gain for South)" in said
    assert "viewpoints/north" in {part.element for part in document.evidence}


def test_the_document_as_json(document: HypergameDocument) -> None:
    data = json.loads(document.json_text())
    assert data["schema"] == "detente.hypergame/1"
    jsonschema.validate(data, HypergameDocument.json_schema())
    assert HypergameDocument.model_validate(data) == document


def test_a_correction_may_make_it_worse() -> None:
    """North does not know that South could advance, and would withdraw: who sees that is held at the status quo."""
    conflict = neighbours()
    south = replace(conflict.decision_makers[1], preference=conflict.viewpoints[0].parties[0].preference)
    unaware = Viewpoint("unaware", "as North sees it", held_by=("North",), unperceived_options=("S-advance",))
    changed = replace(conflict, decision_makers=(conflict.decision_makers[0], south), viewpoints=(unaware,))
    found = hypergame(changed, under="North=SEQ,South=SEQ")
    assert [part.stays for part in found.verdicts] == [False, True]
    assert [(part.by, part.binds, part.worse) for part in found.beliefs if part.binds] == [("North", True, True), ("North", True, True)]
    assert "worse: if North saw it as the file writes it, North would no longer leave state 1" in text(found)


def test_who_holds_what_can_be_said() -> None:
    conflict = replace(neighbours(), viewpoints=tuple(replace(one, held_by=()) for one in neighbours().viewpoints))
    with pytest.raises(UsageError, match="U475"):
        hypergame(conflict)
    found = hypergame(conflict, held="North=north,South=")
    assert [part.viewpoint for part in found.acting] == ["north", None]
    assert [part.stays for part in found.verdicts] == [True, False]
    assert hypergame(conflict, held={"North": "north", "South": "south"}).breaks == hypergame(neighbours()).breaks
    assert found.level == 1


def test_what_is_refused() -> None:
    for source, held, code in (
        ("elmira", None, "U475"),
        (neighbours(), "North", "U476"),
        (neighbours(), "North=nowhere", "U470"),
        (neighbours(), "Nobody=north", "U412"),
        (neighbours(), "North=,South=", "U475"),
        (replace(neighbours(), status_quo=None), None, "U413"),
    ):
        with pytest.raises(UsageError, match=code):
            hypergame(source, held=held)


def test_a_conflict_too_large_to_be_listed_is_refused() -> None:
    wide = cases.load("gaza-all-fronts")
    seen = Viewpoint("v", "as Israel has it", held_by=("Israel",), unperceived_options=("Supply",))
    with pytest.raises(LimitError, match="34 options; what holds as each sees it is worked out by listing"):
        hypergame(replace(wide, viewpoints=(seen,)))


def test_expectations_that_are_wrong_are_told() -> None:
    """South believes that North acts on North's own viewpoint, and is right; North expects South to leave 2, and South does not."""
    said = text(hypergame(neighbours(), 2))
    assert "North expects South to leave for state" in said
    assert "South expects North" not in said
    alone = replace(neighbours(), viewpoints=tuple(replace(one, believes=()) for one in neighbours().viewpoints))
    assert "South expects North to leave for state" in text(hypergame(alone, 4))


def test_other_names_change_nothing_but_the_names(document: HypergameDocument) -> None:
    other = hypergame(renamed_conflict(neighbours()))
    assert (other.holds, other.survives, other.breaks, other.missed) == (
        document.holds,
        document.survives,
        document.breaks,
        document.missed,
    )
    assert [(part.breaks, part.binds, part.to, part.lost) for part in other.beliefs] == [
        (part.breaks, part.binds, part.to, part.lost) for part in document.beliefs
    ]
    assert text(other).translate(BACK) == text(document)


def test_both_are_spoken_of_in_the_same_words(document: HypergameDocument) -> None:
    """What is said of North is said of South."""
    swap = {"North": "South", "north": "south", "N-": "S-", "state 2": "state 4"}
    both = {**swap, **{new: old for old, new in swap.items()}}
    items = [item.text for paragraph in document.paragraphs for item in paragraph.items]
    breaking = [said for said in items if "would leave for state" in said]
    for said in breaking:
        assert re.sub("|".join(both), lambda found: both[found[0]], said) in breaking
    assert len(breaking) == 4


# -- the diagnosis -----------------------------------------------------------------------------------------------------
def test_misperception_is_diagnosed() -> None:
    space = StateSpace(neighbours())
    found = diagnose(space, 0)
    assert (found.stuck, found.primary, [one.by for one in found.found]) == (False, "D8", [("North", "South")])
    assert all(refusal(space, claim) is None for claim in found.found[0].claims)
    said = told(space, found).text(limit=None, width=10**6)
    assert said.startswith(
        "It is stuck as the decision makers see it: in this model nobody would leave the status quo (state 1) on their own"
    )
    assert "Misperception, D8: nobody would leave state 1 as they see the conflict" in said
    made = diagnose_verb(neighbours())
    assert (made.stuck, made.primary, [part.key for part in made.types]) == (False, "D8", ["D8"])


def test_where_it_is_left_as_seen_that_is_said() -> None:
    assert diagnose(StateSpace(neighbours()), 2).primary is None
    conflict = neighbours()
    unaware = Viewpoint("unaware", "as North sees it", held_by=("North",), unperceived_options=("S-advance",))
    held = replace(conflict.decision_makers[1], preference=conflict.viewpoints[0].parties[0].preference)
    afraid = replace(conflict, decision_makers=(conflict.decision_makers[0], held), viewpoints=(unaware,))
    space = StateSpace(afraid)
    said = told(space, diagnose(space, 0, {"North": "SEQ", "South": "GMR"})).text(limit=None, width=10**6)
    assert "As they see the conflict, state 1 would be left" in said


def test_without_viewpoints_it_is_not_examined() -> None:
    elmira = StateSpace(cases.load("elmira"))
    silent = diagnose(elmira, elmira.state(5)).silent
    assert ("D8", "beliefs") in [(one.key, one.reason) for one in silent]


def test_an_answer_says_how_they_see_it() -> None:
    asking = replace(neighbours(), questions=(Question("stuck", "Is it stuck?"),))
    said = text(answer(asking).answers[0])
    assert said.startswith("No. ")
    assert "Decision makers act on viewpoints of their own (North on “as North sees it” and South on “as South sees it”)." in said
    assert "As each of them sees the conflict, nobody would leave state 1 under SEQ." in said


def test_in_a_conflict_too_large_to_be_listed_it_is_not_examined() -> None:
    """That is said where the state is not stuck as the file writes it; where it is, it is no misperception."""
    space = StateSpace(neighbours(), list_up_to=0)
    found = large_diagnosis(space, 0)
    assert ("D8", "seen") in [(one.key, one.reason) for one in found.silent]
    said = large_told(space, found).text(limit=None, width=10**6)
    assert "misperception, D8 (how decision makers see a conflict is not looked at where it is too large to be listed)" in said
    alone = large_diagnosis(space, 0b0101)
    assert alone.stuck
    assert "D8" not in [one.key for one in alone.silent]


# -- the report --------------------------------------------------------------------------------------------------------
def test_a_report_has_a_section_where_somebody_acts_on_a_viewpoint() -> None:
    page = report_text(neighbours())
    assert '<section id="hypergame"' in page
    assert '<a href="#hypergame">As each of them sees it</a>' in page
    assert 'id="hypergame"' not in report_text(replace(neighbours(), viewpoints=()))


def test_it_is_a_verb_of_the_library() -> None:
    assert detente.hypergame is hypergame


# -- what hangs on no belief, and what is told apart -------------------------------------------------------------------
def test_where_nobody_has_an_improvement_it_hangs_on_no_belief(document: HypergameDocument) -> None:
    said = "In either case nobody has an improvement from it: that they stay hangs on no belief about what others prefer."
    assert said in text(hypergame(neighbours(), 5))
    assert said not in text(document)
    assert said not in text(hypergame(neighbours(), 2))


def test_an_analysis_tells_apart_what_the_file_writes() -> None:
    answer = [sentence.text for sentence in detente.analyze(neighbours(), under="SEQ").answer]
    assert answer[0] == "As the file writes it, and so in all that follows, it is not an equilibrium under SEQ."
    plain = [sentence.text for sentence in detente.analyze(replace(neighbours(), viewpoints=()), under="SEQ").answer]
    assert plain == ["It is not an equilibrium under SEQ.", *answer[1:]]
