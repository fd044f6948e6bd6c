"""`sweep`: what is said of every completion, what is drawn, what is opened, and the report's section; counted by hand where it can be."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest

import detente
from detente import cases, io
from detente.analysis.claims.counted import CountedCompletions
from detente.analysis.sweep import rechecked
from detente.analysis.sweep.asked import KINDS, Subject
from detente.analysis.sweep.attempt import Attempt, Taking
from detente.analysis.sweep.found import Hanging, Rechecked
from detente.analysis.sweep.shown import shown
from detente.analysis.sweep.sweeping import sweep as sweep_over
from detente.app.errors import InternalError
from detente.app.guessing import with_open
from detente.app.opening import opened
from detente.app.reporting import report_text
from detente.app.sweep_documents import SweepDocument, SweptPart
from detente.app.sweeping import sweep
from detente.errors import UsageError
from detente.explain.hanging import hanging_words
from detente.explain.shares import percent
from detente.explain.subjects import answer_words, subject_label, subject_question, value_words
from detente.model.conflict import Conflict
from detente.model.edit import RemoveStatement
from detente.model.parse import parse_formula


@pytest.fixture(scope="module")
def document() -> SweepDocument:
    return sweep("half-known-objection", seconds=None, without=True, tipping=True)


def text(document: SweepDocument) -> str:
    return "\n".join(s.text for p in document.paragraphs for s in (*p.sentences, *p.items))


def part(document: SweepDocument, label: str) -> SweptPart:
    (found,) = [one for one in document.conclusions if one.label == label]
    return found


def counts(document: SweepDocument, label: str) -> dict[str, int]:
    return {value.words: value.completions for value in part(document, label).values}


def test_shares_are_those_counted_by_hand(document: SweepDocument) -> None:
    assert document.completions == 12
    assert counts(document, "the status quo holds under SEQ") == {"no": 8, "yes": 4}
    assert counts(document, "the status quo holds under GMR") == {"yes": 8, "no": 4}
    assert counts(document, "the status quo holds under Nash") == {"no": 12}
    assert counts(document, "“the face is open” holds") == {"no": 6, "yes": 6}
    assert all(one.exact and one.covered == 12 and one.unseen is None for one in document.conclusions)
    assert [one.label for one in document.conclusions if one.same] == [
        one.label for one in document.conclusions if len(one.values) == 1 and one.values[0].completions == 12
    ]


def test_what_it_hangs_on(document: SweepDocument) -> None:
    hangs = part(document, "the status quo holds under SEQ").hangs
    assert hangs is not None
    assert hangs.complete
    village, quarry = "whether the village would object", "what the quarry minds"
    assert hangs.breaking == ((village,), (quarry,))
    assert hangs.sufficient == ((village, quarry),)
    assert part(document, "the status quo holds under Nash").hangs is None


def test_a_fact_that_settles_a_conclusion_is_the_one_worth_finding_out(document: SweepDocument) -> None:
    worth = part(document, "the status quo holds under GMR").worth[0]
    assert (worth.guesses, round(worth.before, 6), worth.after, worth.settled) == (("what the quarry minds",), round(2 / 3, 6), 1.0, 1.0)
    assert document.worth[0].after >= max(one.after for one in document.worth)
    assert len(document.worth_pairs[0].guesses) == 2


def test_every_conclusion_is_told_once_and_shares_are_no_likelihoods(document: SweepDocument) -> None:
    said = text(document)
    assert "Of 12 conclusions, counted for each concept by itself, 4 are the same in all of them, and 8 are not." in said
    assert "No state is better than the status quo for everybody" in said
    assert "in 8 of 12 completions (66.7%)" in said
    assert "is no likelihood" in said
    assert said.count("likelihood") == 1
    assert "All 12 completions were also analysed from scratch" in said


def test_that_what_is_better_holds_is_not_told_where_nothing_ever_is() -> None:
    found = sweep("half-known-objection", kinds=["gain", "kept gain"], seconds=None)
    assert [(one.kind, one.same, one.written) for one in found.conclusions] == [("gain", True, False), ("kept gain", True, False)]
    assert "The conclusion that is asked is the same in all of them." in text(found)
    assert "No state is better than the status quo for everybody" in text(found)
    assert "also holds" not in text(found)


def test_without_and_tipping_are_asked_only_where_they_are_wanted(document: SweepDocument) -> None:
    assert document.tipping is not None
    assert document.tipping.edits > 0
    assert {point.survives for point in document.tipping.points} <= {0, 1, 2}
    for point in document.tipping.points:
        assert sum(given.edits for given in point.gives) == document.tipping.edits
        assert (point.survives == 0) == any(flip.edits == 1 for flip in point.flips)
    assert document.without == ()
    plain = sweep("half-known-objection", under="Nash", seconds=None)
    assert plain.tipping is None
    assert "nearest change" not in text(plain)


def test_voices_stand_in_the_document() -> None:
    source = io.loads(VOICED, "voiced.yaml").conflict
    found = sweep(source, open="assumed", without=True, seconds=None)
    by_kind = {(one.kind, one.key): one for one in found.without}
    paper = by_kind["source", "paper"]
    assert paper.opened == ("decision makers/A/prefers/1",)
    assert [found.conclusions[one.conclusion].label for one in paper.changed][:1] == ["the status quo holds under Nash"]
    assert paper.completions == 2
    assert not paper.drawn


VOICED = """\
detente: 1
title: Said by one paper
sources: {paper: {title: A paper}}
asserters: {a: {name: a spokesperson of A, speaks for: A}}
decision makers:
  A:
    options: {x: {name: x}}
    prefers:
      - {when: not x, basis: {reported: [{source: paper, at: p. 1, by: a}]}}
      - {when: x, basis: {assumed: a guess}}
status quo: []
"""


def test_weights_move_shares_and_not_counts() -> None:
    conflict = cases.load("half-known-objection")
    heavy = Fraction(8, 10), Fraction(1, 10), Fraction(1, 10)
    guesses = tuple(
        replace(one, alternatives=tuple(replace(a, weight=w) for a, w in zip(one.alternatives, heavy, strict=True)), weighed=one.basis)
        if one.key == "what the quarry minds"
        else one
        for one in conflict.guesses
    )
    found = sweep(replace(conflict, guesses=guesses), seconds=None)
    held = part(found, "the status quo holds under GMR")
    assert {value.words: (value.completions, round(value.share, 6)) for value in held.values} == {"yes": (8, 0.9), "no": (4, 0.1)}
    assert found.weighed
    assert "which weigh 90%" in text(found)
    assert "Of 3 guesses 1 has weights" in text(found)


def test_what_is_drawn_has_ranges_and_is_never_the_same_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sweep_over
    monkeypatch.setattr("detente.app.sweeping.swept_over", lambda *values, **named: real(*values, **{**named, "most": 0}))
    found = sweep("half-known-objection", under="GMR", draws=200, seed=5, seconds=None)
    drawn = [one for one in found.conclusions if not one.exact]
    assert drawn
    for one in drawn:
        assert not one.same
        assert one.covered == 200
        assert one.reason == "S351"
        for value in one.values:
            assert value.low is not None
            assert value.high is not None
            assert value.low <= value.share <= value.high
    said = text(found)
    assert "completions drawn by chance" in said
    assert "drawn by chance (seed 5)" in said
    assert "the same in all" not in said.partition("\n")[0]
    again = sweep("half-known-objection", under="GMR", draws=200, seed=5, seconds=None)
    assert again.conclusions == found.conclusions


def test_a_refused_count_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = shown

    def miscounted(*values: object) -> CountedCompletions | None:
        claim = real(*values)  # type: ignore[arg-type]  # passed on
        return None if claim is None else replace(claim, yes=claim.yes + 1)

    monkeypatch.setattr("detente.app.sweeping.shown", miscounted)
    with pytest.raises(InternalError) as raised:
        sweep("half-known-objection", seconds=None)
    assert raised.value.diagnostics[0].code == "D902"


def test_an_analysis_from_scratch_that_disagrees_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rechecked.recheck

    def wrong(*values: object, **named: object) -> Rechecked:
        found = real(*values, **named)  # type: ignore[arg-type]  # passed on
        return replace(found, differences=("a difference",))  # type: ignore[arg-type]  # anything that is there

    monkeypatch.setattr("detente.app.sweeping.recheck", wrong)
    with pytest.raises(InternalError) as raised:
        sweep("half-known-objection", seconds=None)
    assert raised.value.diagnostics[0].code == "U501"


# -- what is open ---------------------------------------------------------------------------------------------------------
def test_what_is_opened_by_its_basis() -> None:
    keys = [guess.key for guess in with_open(opened("gaza-hostage-talks"), "assumed").conflict.guesses]
    stated = [guess.key for guess in cases.load("gaza-hostage-talks").guesses]
    assert keys[: len(stated)] == stated
    open_already = {e for guess in cases.load("gaza-hostage-talks").guesses if guess.kind != "order" for e in guess.elements}
    assert not open_already & set(keys[len(stated) :])
    assert not any(key.startswith("rules/") for key in keys)


@pytest.mark.parametrize(
    ("case", "open", "code"),
    [("elmira", None, "U530"), ("half-known-objection", "infered", "U531"), ("elmira", "rules", "U531"), ("elmira", "reported", "U530")],
)
def test_what_can_not_be_opened(case: str, open: str | None, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        sweep(case, open=open)
    assert raised.value.diagnostics[0].code == code


@pytest.mark.parametrize(("case", "asked", "answers"), [("shared-lake", "tipping", 11), ("elmira", "without", 12)])
def test_what_needs_nothing_open_is_asked_of_a_conflict_in_which_nothing_is(case: str, asked: str, answers: int) -> None:
    found = sweep(case, tipping=asked == "tipping", without=asked == "without", seconds=None)
    assert (found.completions, found.guesses, found.worth) == (1, (), ())
    assert all(one.same and one.exact for one in found.conclusions)
    said = text(found)
    assert said.startswith("Nothing is open in this model")
    assert "As written:" in said
    assert f"The conflict was also analysed from scratch: {answers} answers came out as in the sweep" in said
    assert ("The nearest changes" in said) == (asked == "tipping")
    assert ("Nothing is open without the source" in said) == (asked == "without")
    for word in ("completion", "share", "What is a guess"):
        assert word not in said


def test_edits_farther_away_stand_in_the_document() -> None:
    found = sweep("elmira", tipping=True, kinds=["gain"], seconds=None)
    assert found.tipping is not None
    ((flip,),) = [point.flips for point in found.tipping.points]
    assert (flip.edits, flip.value, found.tipping.points[0].survives) == (3, True, 2)


def test_counts_without_a_voice_are_checked_case_by_case() -> None:
    said = text(sweep("euphrates-1975", without=True, kinds=["gain", "type"], seconds=None))
    assert "2 of 4 counts, in how many completions a conclusion holds without a voice" in said
    assert "Only worked out: the other 2 counts." in said


# -- words ----------------------------------------------------------------------------------------------------------------
def two() -> Conflict:
    return cases.load("half-known-objection")


STEPS = (Taking(("Quarry",), frozenset({"Open"})), Taking(("Village",), frozenset({"Open", "Object"})))
LEVERS = (
    Attempt("coalition", 2, ("Quarry", "Village"), "together", frozenset({"Open"})),
    Attempt("priority", 1, ("Quarry",), "break", None, (RemoveStatement("Quarry", 1),)),
    Attempt("priority", 1, ("Quarry",), "hold", frozenset({"Open"}), (RemoveStatement("Quarry", 1),)),
    Attempt("plan", 2, ("Quarry", "Village"), "steps", frozenset({"Open", "Object"}), steps=STEPS),
)
SUBJECTS: dict[str, tuple[Subject, list[object]]] = {
    "holds": (Subject("holds", state="the face is open"), [True, False, None]),
    "stays": (Subject("stays", dm="Quarry"), [True, False]),
    "gain": (Subject("gain", where=parse_formula("Open")), [True, False]),
    "kept gain": (Subject("kept gain"), [True, False]),
    "type": (Subject("type"), ["-", "D1", "D4", ""]),
    "red lines": (Subject("red lines"), [frozenset(), frozenset({()}), frozenset({(("Quarry", "Open"),)})]),
    "onward": (Subject("onward", state="the face is open"), [True, False, None]),
    "lever": (Subject("lever", attempts=LEVERS[:1]), [True, False]),
    "cheapest": (Subject("cheapest", attempts=LEVERS), [1, 4, "", "-"]),
}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"concluded"}))
def test_every_kind_of_conclusion_has_words(kind: str) -> None:
    subject, values = SUBJECTS[kind]
    profile = {"Quarry": "SEQ", "Village": "GMR"}
    assert subject_label(two(), subject)
    assert subject_question(two(), profile, subject).split()[0] in ("whether", "which", "how")
    said = [value_words(two(), profile, subject, value) for value in values]
    assert len({*said}) == len({repr(value) for value in values}) - (kind == "red lines")
    assert all(answer_words(subject, value) for value in values)


def test_levers_are_told_by_what_is_done() -> None:
    said = [subject_question(two(), {"Quarry": "SEQ", "Village": "SEQ"}, Subject("lever", attempts=(one,))) for one in LEVERS]
    assert said[0] == "whether the lever works under SEQ: Quarry and Village go together to “the face is open”"
    assert said[1] == (
        "whether the lever works under SEQ: if Quarry came to no longer value “there is no objection”, somebody would leave the status quo"
    )
    assert said[2].endswith("if Quarry came to no longer value “there is no objection”, “the face is open” would hold")
    assert said[3] == "whether the lever works under SEQ: Quarry goes, then Village goes to “open against an objection”"


def test_a_share_is_never_said_to_be_all_or_nothing_when_it_is_not() -> None:
    assert percent(Fraction(10**9 - 1, 10**9)) == "more than 99.9%"
    assert percent(Fraction(1, 10**9)) == "less than 0.1%"


def test_sets_that_were_not_all_looked_at_are_said_to_be_so() -> None:
    said = hanging_words(two(), Hanging(True, (("a",),), (), 3, False, 2, False))
    assert "Sets of more than 2 guesses were not all looked at." in said
    assert "at least 3 guesses would have to come out as written" in said
    none = hanging_words(two(), Hanging(True, (), (), 2, False, 2, False))
    assert "No single guess, and no 2 together, can change it" in none


# -- the document, and the report -----------------------------------------------------------------------------------------
def test_the_document_keeps_its_schema(document: SweepDocument) -> None:
    data = json.loads(document.json_text())
    jsonschema.validate(data, SweepDocument.json_schema())
    assert SweepDocument.model_validate(data) == document
    assert detente.sweep is not None


def test_the_report_has_a_section_on_how_sure_it_is() -> None:
    page = report_text("half-known-objection")
    section = page.partition('id="how-sure"')[2].partition("</section>")[0]
    assert "How often each conclusion holds" in section
    assert "Which guess moves it" in section
    assert "Where states hold" in section
    assert section.count("<svg") >= 3
    assert "is no likelihood" in section or "no likelihoods" in section
    assert 'id="how-sure"' not in report_text("prisoners-dilemma")


def test_in_short_it_says_how_often_the_status_quo_holds_and_whether_something_is_better() -> None:
    alike, mixed = sweep("half-known-objection", seconds=None), sweep("half-known-objection", under="Quarry=Nash,SEQ", seconds=None)
    ways, gain = "The 3 guesses can be settled in 12 ways", "some state is better than the status quo for everybody in none of them."
    assert alike.in_short == f"{ways}: the status quo holds under SEQ in 33.3% of them, and {gain}"
    assert mixed.in_short is not None
    assert mixed.in_short.startswith(f"{ways}: the status quo holds under ")
    assert mixed.in_short.endswith(f" of them, and {gain}")
