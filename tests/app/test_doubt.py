"""Where a certificate is refused nothing is said; where its cases are too many the verdict stands without them."""

from __future__ import annotations

from typing import Any

import pytest

from detente import cases
from detente.app import deciding, explaining, reporting, standing
from detente.app.analyzing import analyze
from detente.app.errors import InternalError
from detente.app.explaining import explain
from detente.app.reporting import report_text
from detente.app.wanted import Wanted
from detente.cases import load
from detente.engines.choose import CrossCheck, Disagreement
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.explain.elements import element_words
from detente.space.states import StateSpace


def too_many(*_: Any) -> Any:
    raise LimitError.of("S303", "too many cases")


def refuse(*_: Any) -> str:
    return "a move does not exist"


def test_a_refused_certificate_is_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "check", refuse)
    with pytest.raises(InternalError, match="the certificate for Local at state 1 under SEQ was refused: a move does not exist"):
        explain("elmira", 1, by="Local", under="SEQ")
    monkeypatch.setattr(standing, "check", refuse)
    with pytest.raises(InternalError, match="D902"):
        analyze("elmira")


def test_a_witness_that_contradicts_the_table_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = SingleEngine.verdict

    def contrary(self: SingleEngine, concept: Any, dm: str, state: int) -> Any:
        return real(self, concept, "MoE", state)

    monkeypatch.setattr(SingleEngine, "verdict", contrary)
    with pytest.raises(InternalError, match="the engines disagree"):
        analyze("elmira", under="SEQ", wanted=Wanted(engine="array"))


def test_verdicts_stand_without_cases_that_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SingleEngine, "verdict", too_many)
    monkeypatch.setattr(standing, "reach", too_many)
    document = analyze("elmira", wanted=Wanted(engine="array"))
    assert document.equilibria["SEQ"] == (5, 8, 9)
    assert document.status_quo is not None
    assert [(leave.by, leave.to) for leave in document.status_quo.leaves] == [("Local", None)]
    assert "Local would leave under Nash, SEQ, SSEQ and SIM" in document.answer[-1].text
    assert document.story == ()


def test_a_report_does_without_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining.Explainer, "witness", too_many)
    monkeypatch.setattr(reporting, "path_between", too_many)
    assert "Local" in report_text("elmira")


def test_engines_that_disagree_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("elmira"))
    found = CrossCheck([Disagreement("SEQ", "Local", ("array", "single"), space.set_of(space.state(5)))])
    monkeypatch.setattr("detente.app.analyzing.cross_check", lambda *_: found)
    document = analyze("elmira", wanted=Wanted(cross_check=True))
    assert document.engine.cross_check == ("SEQ for Local: array and single differ on 1 state (5)",)


def test_a_comparison_of_a_sample_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.engines.single.MAX_STATES", 5)
    engine = analyze("elmira", under="SEQ", wanted=Wanted(cross_check=True)).engine
    assert (engine.cross_check, engine.compared) == ("agrees on a sample", 27)


ELEMENTS = {
    "options/Delay": "the option “delay the appeal” of Uniroyal",
    "decision makers/MoE": "the decision maker MoE",
    "decision makers/MoE/ranking": "the ranking of MoE",
    "rules/1": "rule 1, “the company does one of three things”",
    "rules/7": "rules/7",
    "rules/x": "rules/x",
    "options/None": "options/None",
    "decision makers/MoE/prefers/1": "decision makers/MoE/prefers/1",
    "status quo": "status quo",
}


@pytest.mark.parametrize("element", ELEMENTS)
def test_elements_are_called_by_names(element: str) -> None:
    assert element_words(cases.load("elmira"), element) == ELEMENTS[element]


def test_statements_and_red_lines_are_called_by_what_they_say() -> None:
    conflict = cases.load("gaza-hostage-talks")
    assert element_words(conflict, "decision makers/Hamas/prefers/1") == "statement 1 of Hamas, “Hamas does not drop a core demand”"
    assert element_words(conflict, "decision makers/Israel/red lines/1").startswith("red line 1 of Israel, “a full withdrawal")
    assert element_words(conflict, "decision makers/Israel/red lines/0") == "decision makers/Israel/red lines/0"
