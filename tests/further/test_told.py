"""What users see of the concepts that look further: explanations, analyses, mixed profiles, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from detente import cases
from detente.app.analyzing import analyze
from detente.app.diagnosing import diagnose
from detente.app.explaining import explain
from detente.app.reporting import report_text
from detente.app.unlocking import unlock
from detente.concepts.further import play as plays
from detente.concepts.further import turns
from detente.concepts.registry import concept, families, further_concepts
from detente.engines.array import ENGINE as ARRAY
from detente.engines.single import SingleEngine
from detente.errors import Cannot, DetenteError, LimitError, UsageError
from detente.explain.equilibrium import equilibrium
from detente.explain.glosses import counts
from detente.explain.looking import counts_further
from detente.explain.sentence import Explanation
from detente.explain.verdict import verdict
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.model.rule import OnlyIf
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh
from tests.further.test_laws import chain

KEYS = ["L2.apart", "L3.together", "NM.apart", "NM.together", "Maximin3", "MR2", "MR5", "CMR4", "Policy", "Policy.credible"]
FOR_TWO = ["L1", "L3", "NM", "Stackelberg@A"]


def told(engine: SingleEngine, key: str, dm: str, state: int) -> str:
    """An explanation as text, beside the verdicts of the classical concepts."""
    others = [engine.verdict(concept(other), dm, state) for other in ("Nash", "GMR", "SEQ", "SIM")]
    return said(verdict(engine.space, engine.verdict(concept(key), dm, state), others))


def said(explanation: Explanation) -> str:
    """An explanation in one line."""
    return " ".join(explanation.text().split())


def engines() -> Iterator[SingleEngine]:
    """Random conflicts of up to three decision makers."""
    for seed in (FIXED, fresh()):
        for number in range(10):
            shape = Shape(most_decision_makers=3, most_options=4, most_states=8)
            yield SingleEngine(StateSpace(random_conflict(Random(seed * 100 + number), shape)))


def test_every_verdict_is_told_for_every_concept_of_every_random_conflict() -> None:
    lengths = []
    for engine in engines():
        keys = [*KEYS, *(FOR_TWO if len(engine.decision_makers) == 2 else [])]
        for key in keys:
            for dm in engine.decision_makers:
                for state in engine.space.states.each():
                    text = told(engine, key, dm, state)
                    stays = engine.stable(concept(key), dm).contains(state) if key.startswith("MR2") else "would stay." in text
                    assert f"under {key}: " in text
                    assert ("would stay." in text) == stays
                    assert "None" not in text
                    lengths.append(len(text))
    assert len(lengths) > 500


def test_a_line_for_each_move_with_what_follows_it() -> None:
    engine = SingleEngine(StateSpace(cases.load("chicken")))
    text = told(engine, "L3", "Row", 0)
    assert "1 ▸ 2 by taking up “Row holds course”: then Column moves 2 ▸ 4, and Row moves 4 ▸ 3, where no move is left." in text
    assert "It ends at state 3, worse than state 1, by the ranking." in text
    text = told(engine, "L2", "Row", 0)
    assert "Row would leave it." in text or "Row would stay." in text


def test_somebody_who_leaves_for_what_is_no_improvement_now() -> None:
    engine = SingleEngine(chain())
    text = told(engine, "L3", "A", engine.space.state(1))
    assert "A would leave it." in text
    assert "then B moves 2 ▸ 3, and A moves 3 ▸ 4, where no move is left. It ends at state 4, better than state 1" in text
    assert "for A there is no improvement from here" in text


def test_an_equilibrium_and_its_absence() -> None:
    engine = SingleEngine(StateSpace(cases.load("elmira")))
    for number, verb in ((8, "is an equilibrium"), (1, "is not an equilibrium")):
        state = engine.space.state(number)
        witnesses = [engine.verdict(concept("L3.apart"), dm, state) for dm in engine.decision_makers]
        text = said(equilibrium(engine.space, witnesses))
        assert f"state {number} {verb} under L3.apart" in text
    assert "Local would leave it" in text
    assert "Local: would leave, 1 ▸ 5 by taking up “insist on the original order”" in text


def test_a_sequence_of_several_others_is_told_step_by_step() -> None:
    wants = {"A": ("not z", "x"), "B": ("y",), "C": ("z",)}
    people = tuple(
        DecisionMaker(key, key, OptionPrioritization(tuple(Statement(parse_formula(when)) for when in statements)))
        for key, statements in wants.items()
    )
    options = tuple(Option(key, key, (who,)) for key, who in zip("xyz", "ABC", strict=True))
    rule = OnlyIf(parse_formula("z"), parse_formula("y"))
    engine = SingleEngine(StateSpace(Conflict("three", people, options, (rule,))))
    for key in ("MR2", "CMR2", "MR4"):
        text = told(engine, key, "A", 0)
        assert "1 ▸ 2 by taking up “x”. Answer: B 2 ▸ 4, C 4 ▸ 6. That leaves A at state 6, worse than state 1" in text
    assert "B 2 ▸ 4, C 4 ▸ 6, to a state that is worse than state 1" in told(engine, "Policy", "A", 0)
    assert "then the others move 2 ▸ 6, where A stays" in told(engine, "Maximin4", "A", 0)


def test_what_each_looks_at_is_said() -> None:
    for key in [*KEYS, *FOR_TWO, "L1", "NM.apart"]:
        said_of_it = counts_further(key)
        assert said_of_it
        assert counts(key) == said_of_it
    assert counts_further("SEQ") is None


def test_analyze_and_report_take_them_and_mixed_profiles() -> None:
    document = analyze("elmira", under="MoE=L3.apart,Local=Policy,SEQ")
    assert document.diagnosis is None
    assert analyze("elmira", under="L2.together,Maximin4,MR5,NM.apart").engine.name == "single"
    assert "L2.together" in report_text("elmira", under="L2.together,Policy")
    assert explain("elmira", 1, by="Local", under="CMR4").stays is False


@pytest.mark.parametrize("key", ["L2", "NM", "L3.apart", "Stackelberg@MoE"])
def test_a_concept_for_two_is_refused_for_three_and_levers_under_all(key: str) -> None:
    if "." not in key:
        with pytest.raises(Cannot, match="defined for two decision makers; this conflict has 3") as refused:
            analyze("elmira", under=key)
        assert refused.value.diagnostics[0].code == "U487"
    with pytest.raises(Cannot) as refused:
        unlock("elmira", target="8", under=key)
    assert refused.value.diagnostics[0].code == "S333"
    with pytest.raises(DetenteError) as failed:
        diagnose("elmira", under=key)
    assert failed.value.diagnostics[0].code in ("S333", "U487")


def test_nobody_of_that_name_leads() -> None:
    with pytest.raises(Cannot, match='no decision maker has the key "Bob"') as refused:
        analyze("chicken", under="Stackelberg@Bob")
    assert refused.value.diagnostics[0].code == "U488"
    with pytest.raises(UsageError):
        concept("Stackelberg")


def test_a_repetition_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plays, "MOST_HORIZONS", 1)
    with pytest.raises(LimitError, match="not begun to repeat within 1 moves") as refused:
        analyze("chicken", under="NM")
    assert refused.value.diagnostics[0].code == "U489"


def wide(options: int) -> StateSpace:
    """Two decision makers with so many options each, in a space that is too large to be looked at as a whole."""
    keys = [(f"{who}{n}", who) for who in "AB" for n in range(options)]
    weights = {who: OptionWeighting(tuple((key, 1) for key, owner in keys if owner == who)) for who in "AB"}
    people = tuple(DecisionMaker(who, who, weights[who]) for who in "AB")
    return StateSpace(Conflict("wide", people, tuple(Option(key, key, (who,)) for key, who in keys)))


def test_single_states_of_larger_spaces_and_their_limits() -> None:
    engine = SingleEngine(wide(7))
    assert engine.space.states.count > turns.MOST_STATES
    for key in ("L1", "L2", "Maximin2", "MR2", "CMR2"):
        assert getattr(engine.verdict(concept(key), "A", 0), "stays") is False  # noqa: B009
    for key in ("NM", "Policy", "Policy.credible"):
        with pytest.raises(LimitError) as refused:
            engine.verdict(concept(key), "A", 0)
        assert refused.value.diagnostics[0].code == "S303"


def test_which_there_are_and_that_other_engines_refuse() -> None:
    assert [found.key for found in further_concepts()] == ["NM", "NM.apart", "NM.together", "Policy", "Policy.credible"]
    assert {family.key for family in families()} == {"L", "Maximin", "MR", "CMR", "Stackelberg"}
    assert (concept("l3.APART").key, concept("maximin12").key, concept("cmr2").key) == ("L3.apart", "Maximin12", "CMR2")
    for key in ("L0", "L100", "L3.alone", "MRx", "CMR", "Maximin0"):
        with pytest.raises(UsageError):
            concept(key)
    space = StateSpace(cases.load("chicken"))
    assert all(ARRAY.can(space, concept(key)) is not None for key in (*KEYS, *FOR_TWO[:3]))
