"""Verbs under concepts with readings: analyses, diagnoses and reports are made in the words of the reading; levers are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.analysis.certificate import Checker
from detente.app.analyzing import analyze
from detente.app.answering import answer
from detente.app.diagnosing import diagnose
from detente.app.reporting import report
from detente.app.unlocking import unlock
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.errors import Cannot
from detente.preference.order import Order
from detente.preference.shifted import Shift, Shifted
from detente.space.states import StateSpace
from tests.cli.program import run
from tests.conformance.seeds import fresh
from tests.readings.asked import Asked, drawn

SOME = ("SEQ:strong", "SMR:a", "GMR:fuzzy@0.4", "SSEQ:probable@0.5/0.5/0.5", "SEQ:attitudes", "GMR:necessary")


@pytest.mark.parametrize("key", SOME)
def test_analyses_and_diagnoses_are_made(key: str) -> None:
    for name, asked in drawn(5, f"{fresh()} verbs {key}"):
        conflict = asked.conflict
        document = analyze(conflict, under=f"{key.partition(':')[0]},{key}")
        stable = [{state for dm, state in asked.stable(key) if dm == one.key} for one in conflict.decision_makers]
        expected = tuple(asked.space.number(state) for state in sorted(set.intersection(*stable)))
        assert document.equilibria is not None
        assert document.equilibria[key] == expected, name
        if asked.space.status_quo is not None:
            assert diagnose(conflict, under=key).profile == dict.fromkeys((dm.key for dm in conflict.decision_makers), key)


def text_of(key: str) -> str:
    """A diagnosis of the shared lake in one line."""
    document = diagnose("shared-lake", under=key)
    return " ".join(sentence.text for part in document.paragraphs for sentence in (*part.sentences, *part.items))


def test_a_diagnosis_speaks_as_the_reading_does() -> None:
    text = text_of("SEQ:general")
    assert "Town: would stay, with 1 move worth leaving for, which has an answer" in text
    assert "better for Town by degree 1, by statement 2, “the town draws more”" in text
    assert "improvement" not in text
    assert "What somebody, or everybody, would prefer to it is told by the order of preference alone." in text
    assert "Estate: would leave, 1 ▸ 3 by taking up “draw more for gardens”: better for Estate by degree 1" in text_of("SEQ:strong")


def test_how_many_equilibria_are_strong_and_weak_is_told() -> None:
    told = " ".join(run("analyze", "shared-lake", "--under", "SEQ:general,SEQ:strong").stdout.split())
    assert "2 states are equilibria under SEQ:general, 1 of them strongly for everybody and 1 weakly for somebody." in told
    alone = " ".join(run("analyze", "shared-lake", "--under", "SEQ:strong").stdout.split())
    assert "SEQ:strong tells strong stability alone; what is stable weakly is what SEQ:general has besides." in alone


def test_a_report_is_written(tmp_path: Path) -> None:
    made = tmp_path / "lake.html"
    report("shared-lake", made, under="SEQ:general,SEQ:strong")
    assert "SEQ:strong" in made.read_text(encoding="utf-8")


def test_expected_verdicts_may_be_of_readings(tmp_path: Path) -> None:
    file = tmp_path / "lake.expect.yaml"
    verdicts = [
        f"  - {{concept: {key}, equilibria: {states}, source: ours}}" for key, states in (("SEQ:strong", [4]), ("SEQ:general", [1]))
    ]
    file.write_text("\n".join(["case: shared-lake", "verdicts:", *verdicts]), encoding="utf-8")
    printed = run("analyze", "shared-lake", "--expect", file)
    assert printed.returncode == 1
    assert "SEQ:general" in printed.stdout
    assert "SEQ:strong" not in printed.stdout


def test_levers_are_refused_under_a_reading() -> None:
    with pytest.raises(Cannot) as found:
        unlock("shared-lake", under="SEQ:strong")
    assert [diagnostic.code for diagnostic in found.value.diagnostics] == ["S302"]


def test_questions_are_not_answered_under_a_reading() -> None:
    with pytest.raises(Cannot) as found:
        answer("gaza-hostage-talks", under="SEQ:strong")
    assert [diagnostic.code for diagnostic in found.value.diagnostics] == ["S302"]


def test_a_reading_does_not_speak_of_other_orders() -> None:
    """Neither the engine nor the checker answers, since the reading would look at the preferences of the conflict all the same."""
    space = StateSpace(load("shared-lake"))
    order = Shifted(Order(space, "Town"), Shift("Town", 1, past=0, up=False))
    engine = SingleEngine(space, orders={"Town": order})
    with pytest.raises(Cannot) as found:
        engine.stable(concept("SEQ:strong"), "Town")
    assert [diagnostic.code for diagnostic in found.value.diagnostics] == ["S302"]
    assert engine.stable(concept("Nash"), "Town").contains(0)
    assert not SingleEngine(space).stable(concept("Nash"), "Town").contains(0)
    witness = Asked(load("shared-lake")).engine.witness(concept("Nash:strong"), "Town", space.state(4))
    assert isinstance(witness, Stays)
    assert Checker(space).check(witness) is None
    assert (Checker(space, orders={"Town": order}).check(witness) or "").startswith("orders:")
