"""What is said of completions: in analyses, explanations and diagnoses, as sentences and as documents."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from detente.analysis.claims.completions import InSome
from detente.analysis.completions.found import Settled
from detente.analysis.completions.settle import Settler, settle
from detente.analysis.completions.table import completions as table
from detente.app.analyzing import analyze
from detente.app.completing import completions_paragraph
from detente.app.diagnosing import diagnose
from detente.app.documents import AnalysisDocument
from detente.app.explaining import explain
from detente.app.parts import Described
from detente.app.reporting import report_text
from detente.cases import load
from detente.cli.main import main
from detente.errors import UsageError
from detente.explain.completions import listed, told, undecided
from detente.explain.words import Words
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Not, Taken
from detente.model.pairs import PairStatement
from detente.preference.known import known
from detente.space.states import StateSpace

from .models import unknown_conflict
from .test_settle import either_answer

IF = "District prefers state 4 to state 2"


def document(under: str | None = None) -> AnalysisDocument:
    """The analysis of the packaged case."""
    return analyze("unknown-resolve", under=under)


def test_an_analysis_says_what_holds_whatever_is_the_case() -> None:
    """Sets, sentences, the status quo first, and orders that agree with what is supposed."""
    found = document().completions
    assert found is not None
    assert (found.of, found.worked_out) == (("District",), True)
    assert found.equilibria_always == {"Nash": (), "GMR": (1, 2), "SMR": (1,), "SEQ": (2,), "SSEQ": ()}
    assert found.equilibria_sometimes == {"Nash": (2,), "GMR": (1, 2), "SMR": (1, 2), "SEQ": (1, 2), "SSEQ": (1, 2)}
    assert found.stability_always["SEQ"] == {"Operator": (2, 3), "District": (1, 2)}
    assert not any(found.not_settled.values())
    assert found.status_quo is not None
    assert found.status_quo.text == f"State 1 is an equilibrium under SEQ if {IF}, and is none if not."
    assert found.status_quo.elements == ("decision makers/District/pairs/1",)
    first = found.hanging[0]
    assert first.holds is not None
    assert first.fails is not None
    assert (first.state, first.under) == (1, ("SEQ", "SSEQ"))
    assert [(one.by, one.state, one.over, one.prefers) for one in first.holds.supposed] == [("District", 4, 2, True)]
    assert first.holds.completion == {"District": ((1,), (4,), (2,), (3,))}
    assert first.fails.completion == {"District": ((1,), (2,), (4,), (3,))}
    texts = [sentence.text for sentence in found.sentences]
    assert texts[0].startswith(
        "How District compares some states is not known. The verdicts under Nash, GMR, SMR, SEQ and SSEQ take the order"
    )
    assert "Equilibria under SEQ: whatever they turn out to be, state 2; in some cases and not in others, state 1." in texts
    assert f"State 1 is an equilibrium under SEQ and SSEQ if {IF}, and is none if not." in texts


def test_orders_in_a_document_agree_with_what_is_known_and_supposed() -> None:
    """On random models: the orders are completions, and put the states as is supposed."""
    seen = 0
    for seed in range(25):
        conflict = unknown_conflict(seed)
        space = StateSpace(conflict)
        found = analyze(conflict, under="SEQ,Nash").completions
        for part in found.hanging if found else ():
            for case in (part.holds, part.fails):
                for one in case.supposed if case else ():
                    assert case is not None
                    place = {state: n for n, level in enumerate(case.completion[one.by]) for state in level}
                    assert (place[one.state] < place[one.over]) == one.prefers
                    levels = [[space.state(number) for number in level] for level in case.completion[one.by]]
                    assert known(space, one.by).completes(levels)
                    seen += 1
    assert seen > 10, seen


def test_a_document_says_nothing_of_completions_where_all_is_known_or_nothing_can_be_said() -> None:
    """No unknown pair; concepts for which completions are not worked out."""
    assert analyze("chicken").completions is None
    assert "completions" not in json.loads(analyze("chicken").model_dump_json(by_alias=True))
    assert document("SIM").completions is None
    assert document("SEQ:a").completions is None
    mixed = document("SEQ:a,Nash").completions
    assert mixed is not None
    assert set(mixed.equilibria_always) == {"Nash"}
    assert mixed.status_quo is None
    assert AnalysisDocument.model_validate_json(document().model_dump_json(by_alias=True)) == document()


def test_a_mixed_profile_has_equilibria_of_its_own() -> None:
    """Each decision maker under their own concept, and one completion for both; as for single states on random models."""
    found = document("Operator=SEQ,Nash").completions
    assert found is not None
    assert (found.mixed_always, found.mixed_sometimes) == ((), (1, 2))
    said = [sentence.text for sentence in found.sentences if "the profile that was asked for: " in sentence.text]
    assert [text.partition(": ")[2] for text in said] == [
        "whatever they turn out to be, none; in some cases and not in others, states 1 and 2."
    ]
    other = document("Operator=SIM,Nash").completions
    assert other is not None
    assert other.mixed_always is None
    for seed in range(20):
        space = StateSpace(unknown_conflict(seed))
        profile = {dm: ("SEQ", "Nash", "SMR")[k % 3] for k, dm in enumerate(space.masks)}
        made, settler = table(space, tuple(profile.values()), profile=profile), Settler(space)
        assert made.mixed_always is not None
        assert made.mixed_sometimes is not None
        assert not made.mixed_not_settled
        for state in space.states.each():
            one = settler.settle(state, profile)
            assert (state in made.mixed_always, state in made.mixed_sometimes) == (one.always, one.sometimes)


def test_what_is_not_settled_is_not_among_what_hangs() -> None:
    """A state of which only one of the two answers is known stands apart."""
    space = either_answer()
    found = table(space, ["SEQ"], most=1)
    assert 0 in found.not_settled["SEQ"]
    [sentence] = listed(Words(space), found)
    before, _, after = sentence.text.partition("; not settled: ")
    assert "state 1" in after
    assert " 1" not in before


def test_a_report_has_a_section_on_it() -> None:
    """With the status quo first; none where all is known."""
    assert 'id="unknown"' in report_text("unknown-resolve")
    assert 'id="unknown"' not in report_text("prisoners-dilemma")


def large(options: int) -> Conflict:
    """A decision maker with so many options, of whom a comparison is not known."""
    pairs = (PairStatement("unknown", Taken("o0"), Not(Taken("o0"))),)
    made = tuple(Option(f"o{k}", f"option {k}", ("A",)) for k in range(options))
    return Conflict("large", (DecisionMaker("A", "A", pairs=pairs),), made, status_quo=frozenset())


def test_too_many_states_are_named() -> None:
    """For all states together, and for one."""
    found = analyze(large(9), under="Nash").completions
    assert found is not None
    assert not found.worked_out
    assert "up to 256 states together; there are more" in found.sentences[1].text
    unlisted = analyze(large(27), under="Nash").completions
    assert unlisted is not None
    assert unlisted == found
    space = StateSpace(large(27))
    said = completions_paragraph(Described(space), 0, [{"A": "Nash"}], "the verdict above takes")
    assert said is not None
    assert "up to 4,096 states; there are more" in said.lead[1].text


def test_an_explanation_and_a_diagnosis_say_on_what_a_verdict_hangs() -> None:
    """The last paragraph of an explanation, and of a diagnosis; none for a reading, or where all is known."""
    last = explain("unknown-resolve", 1, by="Operator", under="SEQ").paragraphs[-1]
    assert last.sentences[-1].text == f"Operator would stay at state 1 under SEQ if {IF}, and leave it if not."
    always = explain("unknown-resolve", 1, by="District", under="SEQ").paragraphs[-1]
    assert always.sentences[-1].text == "Whatever they turn out to be, District would stay at state 1 under SEQ."
    never = explain("unknown-resolve", 3, by="District", under="GMR").paragraphs[-1]
    assert never.sentences[-1].text == "Whatever they turn out to be, District would leave state 3 under GMR."
    assert "not known. The verdict" not in str(explain("unknown-resolve", 1, by="Operator", under="SEQ:a").paragraphs)
    found = diagnose("unknown-resolve")
    first = found.paragraphs[0].sentences[0]
    assert first.text.startswith(
        "With the comparisons of District that are not known read as the order says, it is not stuck: in this model"
    )
    assert first.text.endswith(f" State 1 is an equilibrium under SEQ if {IF}, and is none if not.")
    assert "decision makers/District/pairs/1" in first.elements
    assert "compares some states" not in str(diagnose("elmira", start=5).paragraphs)


def test_the_command_line_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the answer about the status quo, and in a section of its own."""
    assert main(["analyze", "unknown-resolve"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "With the comparisons of District that are not known read as the order says, it is not stuck: in this model" in printed
    assert (
        f"taking up “resume the works”. State 1 is an equilibrium under SEQ if {IF}, and is none if not. By the order as written,"
        in printed
    )
    assert "What is not known of preferences How District compares some states is not known." in printed


def test_what_is_enough_and_not_needed_is_given_for_instance() -> None:
    """Where the two cases are not contraries; where something was not settled; for all and for one."""
    seen: Counter[str] = Counter()
    for seed in range(60):
        space = StateSpace(unknown_conflict(seed))
        words, settler = Words(space), Settler(space)
        for state in space.states.each():
            found = settler.settle(state, dict.fromkeys(space.masks, "SEQ"))
            text = told(words, found).text
            seen["for instance" if "for instance" in text else "if not" if text.endswith("if not.") else "whatever"] += 1
            assert ("Whatever they turn out to be" in text) == (found.always is not False or found.sometimes is False)
            if len(words.decision_makers) > 1:
                assert f"state {space.number(state)} " in text.lower()
    assert all(seen[kind] > 3 for kind in ("for instance", "if not", "whatever")), seen


def test_what_was_not_settled_is_said() -> None:
    """One bound known, or none."""
    space = either_answer()
    words = Words(space)
    found = settle(space, 0, {"A": "SEQ"}, most=1)
    assert found.cases == 2
    text = told(words, found).text
    assert text.startswith("A would stay at state 1 under SEQ, for instance, if B ")
    assert text.endswith("; 2 cases did not settle whether that is so whatever they turn out to be.")
    nothing = replace(found, stays=None, sometimes=None)
    assert told(words, nothing).text == "2 cases did not settle whether A would stay at state 1 under SEQ."
    assert isinstance(found.stays, InSome)
    leaving = settle(StateSpace(load("unknown-resolve")), 0, {"Operator": "SEQ"})
    other = replace(leaving, stays=None, sometimes=None)
    said = told(Words(StateSpace(load("unknown-resolve"))), other).text
    assert said.startswith("Operator would leave state 1 under SEQ, for instance, if District does not prefer state 4 to state 2; ")


def test_no_sentence_is_made_from_a_claim_that_is_refused() -> None:
    """U423, whatever the claim says."""
    space = StateSpace(load("unknown-resolve"))
    found = settle(space, 0, {"Operator": "SEQ", "District": "SEQ"})
    assert isinstance(found.stays, InSome)
    wrong: list[Settled] = [
        replace(found, stays=replace(found.stays, supposed=())),
        replace(found, leaves=replace(found.stays, stays=False)),
        replace(found, leaves=found.stays),
        replace(found, state=1),
        replace(found, always=True),
        replace(found, always=True, stays=None),
        replace(settle(space, 1, dict(found.behaviour)), always=False, sometimes=False),
    ]
    for one in wrong:
        with pytest.raises(UsageError) as caught:
            told(Words(space), one)
        assert caught.value.diagnostics[0].code == "U423"


def test_whose_comparisons_are_not_known() -> None:
    """Those who have a statement of that kind, in the order of the conflict; other statements about pairs say something else."""
    for seed in range(20):
        conflict = unknown_conflict(seed)
        assert undecided(Words(StateSpace(conflict))) == tuple(dm.key for dm in conflict.decision_makers if dm.pairs)
    assert undecided(Words(StateSpace(load("shared-lake")))) == ()
