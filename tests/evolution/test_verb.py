"""`evolve` as it is asked and answered: sources of weights, baselines, likelihood words, what is refused, the drawing."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from detente.analysis.evolution.found import evolve as chain_from
from detente.analysis.evolution.passage import End
from detente.app.evolution_documents import EvolutionDocument
from detente.app.evolving import document_of, evolve
from detente.app.opening import opened
from detente.errors import UsageError
from detente.explain.evolution import evolution_account
from detente.explain.likelihood import SCALE, likelihood
from detente.report.evolution_view import evolution_figure
from detente.report.palette import parties_of
from detente.space.states import StateSpace

CROSSING = """\
detente: 1
title: Two banks of a river
sources:
  letter: {title: A letter of the ferryman, kind: letter}
decision makers:
  North:
    options: {Bridge: {name: build a bridge}}
    prefers: [not (Bridge and Ferry), Bridge or Ferry, Ferry]
  South:
    options: {Ferry: {name: run a ferry}}
    prefers: [not (Bridge and Ferry), Bridge or Ferry, Bridge]
status quo: []
states: {bridge: [Bridge], ferry: [Ferry]}
movers:
  weights: {North: 3, South: 1}
  says: the north acts more often
  basis: {reported: letter ¶2}
"""


@pytest.fixture
def crossing(tmp_path: Path) -> Path:
    path = tmp_path / "crossing.yaml"
    path.write_text(CROSSING, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def flagship() -> EvolutionDocument:
    """How the flagship goes on, worked out once."""
    return evolve("gaza-hostage-talks")


def told(document: EvolutionDocument) -> str:
    """All sentences, one after the other."""
    return "\n".join(each.text for part in document.paragraphs for each in (*part.sentences, *part.items))


def test_stated_weights_give_probabilities_with_their_source_and_baselines(crossing: Path) -> None:
    found = evolve(crossing)
    assert [(end.states, end.exact, end.likelihood) for end in found.ends] == [
        ((2,), "3/4", "likely (55-80%)"),
        ((3,), "1/4", "unlikely (20-45%)"),
    ]
    assert [(one.source, one.choice) for one in found.readings] == [("stated", "any"), ("equal", "any"), ("stated", "best")]
    assert found.ends[0].probabilities == (0.75, 0.5, 0.75)
    assert found.ends[0].least == pytest.approx(1 / 12)
    assert found.ends[0].greatest == pytest.approx(11 / 12)
    text = told(found)
    assert "the weights of the file, North 3, South 1: “the north acts more often”, reported in letter ¶2" in text
    assert "with equal weights 50%" in text
    assert "The simplest baseline is that nothing changes." in text
    assert found.confidence == "low"  # reported, but the sweep moves an end by more than half
    assert "movers" in [one.element for one in found.evidence]


def test_a_likelihood_and_a_confidence_never_stand_in_one_sentence(crossing: Path) -> None:
    for text in told(evolve(crossing)).splitlines():
        assert not ("onfidence" in text and any(word in text for word, _, _ in SCALE)), text


@pytest.mark.parametrize("asked", ["crossing", "chicken", "flagship", "cuban-missile-crisis-irreversible"])
def test_nothing_is_said_of_dates_and_without_a_source_no_likelihood_word(asked: str, crossing: Path, flagship: EvolutionDocument) -> None:
    if asked == "flagship":
        document = flagship
    elif asked == "crossing":
        document = evolve(crossing, movers="equal")
    else:
        document = evolve(asked, start="CC" if asked == "chicken" else "status quo")
    text = told(document)
    assert not re.search(r"\b(day|days|week|month|year|soon|date|20\d\d)\b", text), text
    assert not any(re.search(rf"\b{word}\b", text) for word, _, _ in SCALE)
    assert all(end.likelihood is None for end in document.ends)
    assert "Nobody states how often each of them moves" in text


def test_weights_given_with_the_question_are_said_to_be_that(crossing: Path) -> None:
    found = evolve(crossing, movers={"North": "1/2", "South": 1})
    assert [(end.states, end.exact) for end in found.ends] == [((3,), "2/3"), ((2,), "1/3")]
    assert "given with the question, North 1/2, South 1; nothing says what they rest on" in told(found)
    assert (found.readings[0].source, found.ends[0].likelihood, found.confidence) == ("given", None, "low")
    alone = evolve(crossing, movers="North=0,South=1")
    assert next((end.states, end.exact) for end in alone.ends) == ((3,), "1")
    assert "if those who move are South" in alone.paragraphs[0].sentences[0].text


def test_a_status_quo_that_nobody_leaves_stays_and_first_moves_are_only_what_if(flagship: EvolutionDocument) -> None:
    found = flagship
    assert found.stays
    assert found.first_moves is not None
    assert len(found.first_moves) == 108
    assert {one.by for one in found.first_moves} == {"Israel", "Hamas", "Mediators", "Iran"}
    assert found.paragraphs[0].sentences[0].text.endswith("nobody has an improvement from the status quo (state 7,231): it stays there.")
    assert "This is no expectation" in told(found)
    assert found.rounds == ()
    assert all(sum(end.probability for end in one.ends) == pytest.approx(1) for one in found.first_moves)


def test_first_passages_are_asked_for_by_states_and_conditions(crossing: Path) -> None:
    found = evolve(crossing, to=["bridge", "Bridge and Ferry", "Bridge or Ferry", "status quo"])
    assert [(one.states, one.probability, one.expected_moves) for one in found.first_passages] == [
        (1, 0.75, None),
        (1, 0.0, None),
        (3, 1.0, 1.0),
        (1, 1.0, 0.0),
    ]
    text = told(found)
    assert "state 4: never in this chain" in text
    assert "state 1: it is there to begin with" in text


def test_moves_of_any_kind_are_another_chain() -> None:
    found = evolve("elmira", moves="any", rounds=2)
    assert [(end.states, end.exact) for end in found.ends] == [((9,), "1")]
    assert found.moves == "any"
    assert "wanted or not" in told(found)
    assert [one.moves for one in found.rounds] == [1, 2]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"movers": "North=2"}, "U520"),
        ({"movers": "North=2,South=x"}, "U520"),
        ({"movers": "North=2,South=-1"}, "U520"),
        ({"movers": "North=2,South=1/0"}, "U520"),
        ({"movers": "North=0,South=0"}, "U520"),
        ({"movers": "North=1,North=2,South=1"}, "U520"),
        ({"movers": "West=1"}, "U412"),
        ({"choice": "first"}, "U521"),
        ({"moves": "improvin"}, "U521"),
        ({"to": ["nowhere at all"]}, "U411"),
        ({"to": ["Bridge and not Bridge"]}, "U411"),
        ({"start": "nowhere"}, "U411"),
        ({"flow": "flow.png"}, "U415"),
    ],
)
def test_what_is_not_well_asked_is_refused(more: dict[str, object], code: str, crossing: Path) -> None:
    with pytest.raises(UsageError) as problem:
        evolve(crossing, **more)  # type: ignore[arg-type]  # the cases are of many types
    assert [found.code for found in problem.value.diagnostics] == [code]


def test_weights_of_a_file_that_leave_somebody_out_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "left.yaml"
    path.write_text(CROSSING.replace("North: 3, ", ""), encoding="utf-8")
    with pytest.raises(UsageError, match="U520"):
        evolve(path)
    assert evolve(path, movers="equal").confidence == "low"


def test_the_document_is_as_its_schema_says(crossing: Path, flagship: EvolutionDocument) -> None:
    for document in (evolve(crossing, to=["bridge"]), flagship, evolve("cuban-missile-crisis")):
        data = json.loads(document.json_text())
        jsonschema.validate(data, EvolutionDocument.json_schema())
        assert data["schema"] == "detente.evolution/1"
        assert EvolutionDocument.model_validate(data) == document


def test_what_does_not_balance_is_not_told() -> None:
    space = StateSpace(opened("elmira").conflict)
    found = chain_from(space, space.state(1))
    first = found.readings[0]
    object.__setattr__(first.passage, "ends", (End((space.state(8),), Fraction(1)),))
    with pytest.raises(UsageError, match="U423"):
        evolution_account(found)


def test_the_flow_shows_the_ways_and_says_them_in_words(crossing: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "flow.svg"
    found = evolve(crossing, flow=drawn)
    text = drawn.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert "North moves from state 1 to state 2 (75%), where it ends: 75%, likely (55-80%)" in text
    with pytest.raises(UsageError, match="U415"):
        evolve(crossing, flow=drawn)
    assert evolve(crossing, flow=drawn, force=True) == found
    figure = evolution_figure(found.data(), parties_of(opened(crossing).conflict))
    assert figure is not None
    assert "ICD 203" in figure.caption


def test_a_flow_of_first_moves_is_dashed_and_nothing_is_drawn_where_nobody_can_move(tmp_path: Path) -> None:
    conflict = opened("north-korea-2017").conflict
    figure = evolution_figure(evolve(conflict).data(), parties_of(conflict))
    assert figure is not None
    assert figure.svg.count('class="move p1 weak"') == 2
    assert "strong" not in figure.svg.replace("strongtext", "")
    path = tmp_path / "over.yaml"
    path.write_text("{detente: 1, title: t, decision makers: {A: {options: {x: {direction: only on}}}}, status quo: [x]}", encoding="utf-8")
    with pytest.raises(UsageError, match="U522"):
        evolve(path, flow=tmp_path / "over.svg")
    assert document_of(chain_from(StateSpace(opened(path).conflict), 1), None).first_moves == ()


def test_the_scale_of_likelihoods_has_no_gap_and_no_word_for_certainty() -> None:
    assert [high for _, _, high in SCALE[:-1]] == [low for _, low, _ in SCALE[1:]]
    for hundredths in range(1, 100):
        word = likelihood(Fraction(hundredths, 100))
        fitting = [f"{name} ({low}-{high}%)" for name, low, high in SCALE if low <= hundredths <= high]
        assert word in fitting
    assert likelihood(Fraction(0)) is likelihood(Fraction(1)) is likelihood(Fraction(1, 1000)) is None


def test_an_option_of_two_leads_to_one_state_by_either(tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    both = "{A: {options: {x: {shared with: [B]}}, prefers: [x]}, B: {prefers: [x]}}"
    path.write_text(f"{{detente: 1, title: t, decision makers: {both}, status quo: []}}", encoding="utf-8")
    found = evolve(path)
    (end,) = found.ends
    assert end.probabilities[0] == 1
    assert end.way is not None
    assert [(step.by, step.to, step.probability) for step in end.way] == [("A", 2, 0.5)]


def test_who_never_moves_makes_no_first_move_either(crossing: Path) -> None:
    """The ferry would be a gain for the south: it is none of the first moves that are no improvement."""
    found = evolve(crossing, start="bridge", movers="North=1,South=0")
    assert found.stays
    assert found.first_moves is not None
    assert {one.by for one in found.first_moves} == {"North"}
    assert found.first_moves_in_all == 1
    still = evolve(crossing, movers="North=0,South=1", start="ferry")
    assert "among those who move in this reading (South)" in told(still)


def test_where_one_alone_moves_the_choice_among_improvements_is_what_it_hangs_on(tmp_path: Path) -> None:
    path = tmp_path / "alone.yaml"
    party = "{A: {options: {x: , y: }, prefers: [x or y]}}"
    text = f"{{detente: 1, title: t, decision makers: {party}, rules: [{{at most one: [x, y]}}], status quo: []}}"
    path.write_text(text, encoding="utf-8")
    found = evolve(path)
    assert [end.probabilities for end in found.ends] == [(0.5, 0.5), (0.5, 0.5)]
    said = told(found)
    assert "one decision maker alone moves, and nothing says which of several improvements they take" in said
    assert "The percentages are the same if each takes what they prefer most." in said
    (tmp_path / "sure.yaml").write_text(text.replace("x or y", "x, y"), encoding="utf-8")
    assert "does not hang on weights, since no two decision makers could move" in told(evolve(tmp_path / "sure.yaml"))


def test_where_weights_do_not_matter_it_is_said_of_those_above_0() -> None:
    """The neighbours end where both have withdrawn, unless one of them never moves."""
    said = told(evolve("misread-neighbours"))
    assert "state 5 (“WW”), however often each of those who can move does so, as long as each does at times." in said
    assert evolve("misread-neighbours", movers="North=0,South=1").ends[0].states == (4,)
    assert "What the file marks as uncertain is taken as it is written" in told(evolve("half-known-objection"))
    assert "Comparisons that the file leaves unknown are taken as its order has them." in told(evolve("unknown-resolve"))


def test_a_round_that_is_never_left_has_its_baselines_too() -> None:
    said = told(evolve("cuban-missile-crisis"))
    assert "if each takes what they prefer most 100%" in said
    assert "the status quo (state 1) is left, and comes back again and again" in said


def test_first_moves_have_baselines_and_ranges_beside_their_percentages(tmp_path: Path) -> None:
    found = evolve("north-korea-2017", movers="US=3,NK=1")
    assert found.first_moves is not None
    invaded = next(one for one in found.first_moves if (one.by, one.to) == ("NK", 4))
    shares = {end.states: (end.probability, end.equal, end.least, end.greatest) for end in invaded.ends}
    assert shares[5,] == pytest.approx((3 / 4, 1 / 2, 1 / 12, 11 / 12))
    assert shares[1,] == pytest.approx((1 / 4, 1 / 2, 1 / 12, 11 / 12))
    assert invaded.swept is not None
    assert (invaded.swept.movers, invaded.swept.count) == (("US", "NK"), 11)
    said = told(found)
    assert "to 5 (75%; equal weights 50%; 8.3% to 91.7%)" in said
    assert "In brackets beside a percentage: what it is with equal weights, and the least and the greatest over 11 weightings" in said
    assert "after one of them improvements may lead back or elsewhere, after one of them they never lead back" in said
    assert found.confidence == "low"


@pytest.mark.long
def test_the_wide_model_goes_on_though_its_states_are_not_listed() -> None:
    """Of all first moves those that change one option; the status quo of the whole war is left by no improvement."""
    found = evolve("gaza-all-fronts")
    assert found.stays
    assert found.first_moves is not None
    assert (len(found.first_moves), found.first_moves_in_all) == (30, 647)
    assert "Of the 647 first moves those that change the fewest options were followed, 30 in all." in told(found)
