"""`coalitions` as a document and in words: what is asked, what is refused, and that what is said can be read off the document."""

from __future__ import annotations

import json

import jsonschema
import pytest

import detente
from detente.analysis.claims.coalition_terms import Terms
from detente.analysis.coalitional import found, stability
from detente.app.coalescing import CoalitionsDocument, coalitions
from detente.cli.main import main
from detente.errors import LimitError, UsageError
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.rule import Infeasible
from detente.preference.weighting import OptionWeighting
from tests.app.permuted import BACK, renamed_conflict, same_states, shuffled_conflict

HOLDS = dict.fromkeys(("CNash", "CGMR", "CSMR", "CSEQ"), True)
BREAKS = dict.fromkeys(("CNash", "CGMR", "CSMR", "CSEQ"), False)


def text(document: CoalitionsDocument) -> str:
    return "\n".join(s.text for p in document.paragraphs for s in (*p.sentences, *p.items))


@pytest.fixture(scope="module")
def five() -> CoalitionsDocument:
    return coalitions("elmira", 5)


def signing(joint: bool) -> Conflict:
    """Both want both options taken, and no one of them can be taken without the other."""
    parties = tuple(DecisionMaker(key, key, OptionWeighting((("x", 1), ("y", 1)))) for key in "AB")
    options = (Option("x", "sign", ("A",)), Option("y", "countersign", ("B",)))
    rules = (Infeasible(parse_formula("x and not y")), Infeasible(parse_formula("y and not x")))
    group = (Coalition(("B", "A"), joint=joint),)
    return Conflict("signing", parties, options, rules, status_quo=frozenset(), coalitions=group)


# -- Elmira ----------------------------------------------------------------------------------------------------------------
def test_elmira_5(five: CoalitionsDocument) -> None:
    assert five.every
    assert five.partition is None
    assert five.stable == BREAKS
    assert five.decision_makers == {"MoE": BREAKS, "Uniroyal": BREAKS, "Local": HOLDS}
    assert five.everywhere == {"CNash": (8, 9), "CGMR": (1, 4, 8, 9), "CSMR": (1, 4, 8, 9), "CSEQ": (8, 9)}
    (both,) = (one for one in five.coalitions if one.improvements)
    assert (both.members, both.improvements, both.states) == (("MoE", "Uniroyal"), 1, (8,))
    for verdict in both.verdicts:
        assert verdict.stable is False
        assert verdict.checked
        assert verdict.improvement == 8
        assert [(move.by, move.to) for move in verdict.moves] == [(("MoE",), 6), (("Uniroyal",), 8)]
    assert five.paragraphs[0].sentences[0].text == (
        "In this model state 5 is not stable for 1 of the 7 coalitions (MoE and Uniroyal) under each of CNash, CGMR, CSMR and CSEQ."
    )
    assert "MoE and Uniroyal can bring about 1 state that both prefer: 8." in text(five)
    assert "The remaining 6 can bring about no improvement." in text(five)
    assert five.evidence


def test_answers_are_listed() -> None:
    """At state 1 Local would insist; under CSEQ a turn of MoE and one of Uniroyal answer it, but MoE and Local together are not held."""
    document = coalitions("elmira")
    assert document.state.id == 1
    assert document.stable == {"CNash": False, "CGMR": True, "CSMR": True, "CSEQ": False}
    local = next(one for one in document.coalitions if one.members == ("Local",))
    stays = {verdict.under: verdict for verdict in local.verdicts if verdict.stable}
    assert stays.keys() == {"CGMR", "CSMR", "CSEQ"}
    (answer,) = stays["CSEQ"].answers
    assert answer.improvement == 5
    assert [move.to for turn in answer.turns for move in turn.moves] == [6, 8]
    assert "Local does not prefer state 8 to state 1" in text(document)
    assert "under CNash it is not stable" not in text(document)  # the first clause names the concept last
    assert "is not stable for 2 of the 7 coalitions (Local; MoE and Local) under CNash" in text(document)


def test_partitions() -> None:
    together = coalitions("elmira", 5, partition="Local, Uni+MoE")
    assert together.partition == (("MoE", "Uniroyal"), ("Local",))
    assert together.stable == BREAKS
    assert not together.every
    assert "1 of the 2 blocks of the partition (MoE and Uniroyal)" in text(together)
    assert coalitions("elmira", 5, partition=[["MoE"], ["Uniroyal"], ["Local"]]).stable == HOLDS
    eight = coalitions("elmira", 8, partition="MoE+Uniroyal,Local")
    assert eight.stable == HOLDS
    assert "Neither of the 2 can bring about an improvement." in text(eight)


def test_named_coalitions() -> None:
    one = coalitions("elmira", 5, coalition=["uni+moe"])
    assert [part.members for part in one.coalitions] == [("MoE", "Uniroyal")]
    assert text(one).startswith("In this model state 5 is not stable for the coalition of MoE and Uniroyal under each of")
    assert "Stable for" not in text(one)
    alone = coalitions("elmira", 5, coalition=["Local"])
    assert text(alone).startswith("In this model state 5 is stable for Local alone under each of")
    several = coalitions("elmira", 5, coalition=["Local", ["MoE", "Uniroyal"]])
    assert "for 1 of the 2 coalitions that were asked about (MoE and Uniroyal)" in text(several)
    assert "The remaining one, Local, can bring about no improvement." in text(several)


def test_weak_improvements_have_other_words() -> None:
    weak = coalitions("elmira", 2, improvement="Pareto")
    assert weak.improvement == "weak"
    assert "none of them finds worse than where it began and at least one prefers" in text(weak)
    assert "Uniroyal and Local can bring about 2 states that are better for one of them at least, and worse for none of them" in text(weak)
    assert coalitions("elmira", 2, improvement="weak").data() == weak.data()


# -- joint moves -----------------------------------------------------------------------------------------------------------
def test_a_coalition_does_not_jump_over_what_is_infeasible() -> None:
    assert coalitions(signing(joint=False)).stable == HOLDS


def test_unless_it_is_declared_to_move_in_one_step_or_that_is_asked_for() -> None:
    declared = coalitions(signing(joint=True))
    assert declared.stable == BREAKS
    assert declared.joint == (("A", "B"),)
    assert "A and B can also change options of theirs in one step, as the conflict declares" in text(declared)
    assert "A and B 1 ▸ 2, in one step, taking up “sign” and “countersign”" in text(declared)
    asked = coalitions(signing(joint=False), joint=True)
    assert asked.stable == BREAKS
    assert "The members of any coalition can also change options of theirs in one step, as was asked for" in text(asked)


# -- limits ----------------------------------------------------------------------------------------------------------------
def test_many_turns_leave_a_verdict_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stability, "MAX_TURNS", 0)
    a, b = DecisionMaker("A", "A", OptionWeighting((("x", 2), ("y", 1)))), DecisionMaker("B", "B", OptionWeighting((("y", 1),)))
    two = Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",))), status_quo=frozenset())
    document = coalitions(two, coalition=["A"])
    assert document.stable["CSEQ"] is None
    assert document.everywhere is None
    assert "under CSEQ it is not known to be stable for A alone" in text(document)
    assert "under CSEQ it is not settled: too many turns would have to be looked at" in text(document)
    assert "Of the 4 verdicts on this state 3 were checked move by move" in text(document)
    settled = text(coalitions(two))
    assert "not stable for 1 of the 3 coalitions (A and B) and not known to be stable for 2 of the 3 coalitions (A; B)" in settled


def test_long_lists_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MAX_CHECKED", 0)
    document = coalitions("elmira", 1, coalition=["Local"])
    assert [verdict.checked for verdict in document.coalitions[0].verdicts].count(True) == 1
    assert "Of the 4 verdicts on this state 1 was checked move by move" in text(document)


def test_many_answers_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stability, "MAX_ANSWERS", 0)
    assert "it would stay; so many answers are not listed" in text(coalitions("elmira", 1, coalition=["Local"]))


def test_a_conflict_too_large_to_be_listed_is_refused() -> None:
    with pytest.raises(LimitError, match="S301"):
        coalitions("gaza-all-fronts")


def test_what_is_left_open_ends_with_status_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(stability, "MAX_TURNS", 0)
    assert main(["coalitions", "cuban-missile-crisis", "9", "--coalition", "USSR"]) == 0
    assert "? not settled" not in capsys.readouterr().out
    assert main(["coalitions", "cuban-missile-crisis", "9", "--coalition", "US"]) == 3
    assert "? not settled" in capsys.readouterr().out


# -- refusals --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("U411", {"state": 12}),
        ("U412", {"coalition": ["MoE+Nobody"]}),
        ("U412", {"coalition": ["+"]}),
        ("U490", {"partition": "MoE+Uniroyal"}),
        ("U490", {"partition": "MoE+Uniroyal,Uniroyal+Local"}),
        ("U490", {"partition": ""}),
        ("U491", {"improvement": "stric"}),
        ("U492", {"partition": "MoE+Uniroyal,Local", "coalition": ["MoE"]}),
    ],
)
def test_what_is_refused(code: str, asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        coalitions("elmira", **asked)  # type: ignore[arg-type]  # the values are of several types
    assert [found.code for found in refused.value.diagnostics] == [code]


# -- the document ----------------------------------------------------------------------------------------------------------
def test_the_document_keeps_to_its_schema(five: CoalitionsDocument) -> None:
    data = json.loads(five.json_text())
    jsonschema.validate(data, CoalitionsDocument.json_schema())
    assert data["schema"] == "detente.coalitions/1"
    assert CoalitionsDocument.model_validate(data) == five
    assert detente.coalitions("elmira", 5) == five
    assert "<p" in five._repr_html_()


@pytest.mark.parametrize("case", ["elmira", "euphrates-1975"])
def test_other_names_and_orders_change_no_verdict(case: str) -> None:
    conflict = detente.read(case)
    own = coalitions(conflict)
    renamed = coalitions(renamed_conflict(conflict))
    assert text(renamed).translate(BACK) == text(own).translate(BACK)
    shuffled = shuffled_conflict(conflict, 3)
    same, other = same_states(conflict, shuffled), coalitions(shuffled)
    verdicts = {frozenset(one.members): one for one in own.coalitions}
    for one in other.coalitions:
        mine = verdicts[frozenset(one.members)]
        assert one.states is not None
        assert mine.states is not None
        assert {same[number] for number in one.states} == set(mine.states)
        assert [(v.under, v.stable) for v in one.verdicts] == [(v.under, v.stable) for v in mine.verdicts]
    assert other.everywhere is not None
    assert own.everywhere is not None
    assert {key: {same[number] for number in numbers} for key, numbers in other.everywhere.items()} == {
        key: set(numbers) for key, numbers in own.everywhere.items()
    }


def test_terms_say_who_moves() -> None:
    assert Terms(everyone=True).movers(("A", "B")) == (("A",), ("B",), ("A", "B"))
    assert Terms(blocks=(("A", "B"), ("C",))).acting(("A", "B", "C"), ("C",)) == (("A", "B"),)
