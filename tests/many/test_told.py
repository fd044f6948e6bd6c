"""What is said of large sets in sentences and in the document agrees with the sets, whatever parties and options are called."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from typing import Any

import pytest

from detente import cases
from detente.analysis.many.answer import Answer, answer
from detente.analysis.many.clock import Clock
from detente.analysis.many.conditions import GoTogether, IsMet, IsTaken, Together
from detente.analysis.many.looking import Look
from detente.app.analyzing import analyze
from detente.app.described import FEW, described_parts
from detente.app.documents import AnalysisDocument, DescribedPart
from detente.app.parts import Described
from detente.cli.analysis_text import show_analysis
from detente.cli.described_text import described_lines
from detente.cli.term import Terminal
from detente.explain.many import conditions_said, share, told
from detente.explain.words import Words
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Taken
from detente.model.parse import parse_formula
from detente.preference.weighting import OptionWeighting
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from tests.app.permuted import BACK, renamed_conflict

TALKS = cases.load("gaza-hostage-talks")


@cache
def document() -> AnalysisDocument:
    return analyze(TALKS, under="Nash,GMR,SMR,SEQ")


def part(key: str) -> DescribedPart:
    return next(one for one in document().described if key in one.under)


# -- the document ------------------------------------------------------------------------------------------------------
def test_sets_that_are_the_same_are_described_once() -> None:
    assert [one.under for one in document().described] == [("Nash",), ("GMR", "SMR"), ("SEQ",)]
    assert [one.count for one in document().described] == [18, 779, 201]


def test_small_sets_are_not_described() -> None:
    space = StateSpace(TALKS)
    described = Described(space)
    few, more = space.set_of(*space.states.first(FEW)), space.set_of(*space.states.first(FEW + 1))
    assert described_parts(described, {"Nash": few}, space.states) == ()
    assert len(described_parts(described, {"Nash": few, "SEQ": more}, space.states)) == 1


def test_the_conditions_of_a_line_show_its_states() -> None:
    """Each line's `where` can be asked for, and gives as many states as the line counts, all of them equilibria."""
    space = StateSpace(TALKS)
    for one in document().described:
        numbers = set(document().equilibria[one.under[0]])
        left = set(numbers)
        for line in one.lines:
            found = {space.number(state) for state in space.where(parse_formula(line.where)).each()}
            assert len(found) == line.count
            assert found <= numbers
            assert line.further == len(found & left)
            assert line.share == pytest.approx(line.further / one.count, abs=1e-6)
            left -= found
        assert one.left == (0 if one.whole else len(left))
        assert one.status_quo is (document().conflict.status_quo in numbers)


def test_what_is_most_preferred_by_the_ranks_of_the_document() -> None:
    document_ = document()
    assert document_.states is not None
    ranks = {state.id: state.rank for state in document_.states}
    for one in document_.described:
        numbers = document_.equilibria[one.under[0]]
        for dm, best in one.best.items():
            top = min(ranks[number][dm] for number in numbers)
            assert best.count == sum(ranks[number][dm] == top for number in numbers)
            assert all(state.rank[dm] == top for state in best.states)
        assert one.best_for_all is not None
        assert one.best_for_all.count == sum(
            all(ranks[number][dm] == min(ranks[other][dm] for other in numbers) for dm in one.best) for number in numbers
        )
        assert set(one.first) | set(one.drawn) <= set(numbers)
        assert one.first == numbers[: len(one.first)]


def test_other_names_give_the_same_description_with_other_names() -> None:
    other = analyze(renamed_conflict(TALKS), under="Nash,GMR,SMR,SEQ")
    data = json.loads(other.json_text().translate(BACK))
    assert data["described"] == json.loads(document().json_text())["described"]


# -- the sentences -----------------------------------------------------------------------------------------------------
def numbers_in(text: str) -> set[int]:
    return {int(number.replace(",", "")) for number in re.findall(r"(?<![\w.])\d[\d,]*\b(?!%)", text)}


def test_every_state_that_is_named_is_among_those_of_the_sentence() -> None:
    for one in document().described:
        for paragraph in one.said:
            for sentence in (*paragraph.sentences, *paragraph.items):
                for number in re.findall(r"states? (\d[\d,]*)", sentence.text):
                    assert int(number.replace(",", "")) in sentence.states, sentence.text


def test_the_sentences_give_the_counts_of_the_document() -> None:
    for one in document().described:
        text = " ".join(s.text for p in one.said for s in (*p.sentences, *p.items))
        assert {one.count, *(line.further for line in one.lines)} <= numbers_in(text)
        assert all(share(line.further, one.count) in text for line in one.lines)
        assert ("exactly" in text) is (one.left == 0)


def told_of(states: StateSet, origin: int | None = None, clock: Clock | None = None) -> str:
    space = states.space
    found: Answer = answer(Look(space.states, clock), states, origin, clock)
    return told(Words(space), found, "states asked for", "a state asked for").text(limit=None)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_a_set_that_is_all_states() -> None:
    space = StateSpace(TALKS)
    assert "All 10,944 states are states asked for." in unwrapped(told_of(space.states))


def test_a_set_that_one_condition_gives() -> None:
    space = StateSpace(TALKS)
    text = unwrapped(told_of(space.where(parse_formula("Ceasefire")), space.status_quo))
    assert "are exactly the states in which “permanent ceasefire” is taken" in text
    assert "is one of them" not in text
    assert "The nearest to the status quo (state 7,231)" in text


def test_a_set_that_is_not_described() -> None:
    space = StateSpace(TALKS)
    text = unwrapped(told_of(space.set_of(*space.states.sample(150, seed=1))))
    assert "are not: no short conditions were found for them" in text or "no short condition was found" in text
    assert "exactly" not in text


def test_where_the_set_of_all_states_is_not_known() -> None:
    space = StateSpace(TALKS)
    text = told(Words(space), answer(None, space.where(parse_formula("Ceasefire")), space.status_quo), "states", "a state").text(limit=None)
    assert "is not said: no engine gave the set of all states." in unwrapped(text)
    assert "The nearest to the status quo" in unwrapped(text)


def test_a_set_for_which_there_was_no_time() -> None:
    space = StateSpace(TALKS)
    text = unwrapped(told_of(space.where(parse_formula("Ceasefire or Aid")), space.status_quo, Clock(0)))
    assert "Which states they are is not said: the time was up" in text
    assert "Not said what is best for Israel: it could not be worked out within 0 seconds." in text
    assert "What each decision maker prefers most" not in text


def test_the_status_quo_alone() -> None:
    space = StateSpace(TALKS)
    now = space.status_quo
    assert now is not None
    text = unwrapped(told_of(space.set_of(now), now))
    assert text.startswith("In this model 1 state is a state asked for.")
    assert "No other state than the status quo (state 7,231) is among them." in text


def test_a_state_that_everybody_prefers_most() -> None:
    people = (DecisionMaker("A", "A", OptionWeighting((("x", 1),))), DecisionMaker("B", "B", OptionWeighting((("x", 2), ("y", 1)))))
    space = StateSpace(Conflict("two", people, (Option("x", "pay", ("A",)), Option("y", "open", ("B",)))))
    text = unwrapped(told_of(space.states))
    assert "State 4 is what every decision maker prefers most." in text
    assert "A: states 2 and 4, which are the same to A" in text
    assert "B: state 4" in text


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (IsTaken("x", True), "“pay” is taken"),
        (IsTaken("y", False), "“open” is not taken"),
        (GoTogether("x", "y", Together.ONLY_WITH), "“pay” is taken only where “open” is"),
        (GoTogether("x", "y", Together.AT_LEAST_ONE), "“pay” or “open”, or both, are taken"),
        (GoTogether("x", "y", Together.NOT_BOTH), "“pay” and “open” are not both taken"),
        (GoTogether("x", "y", Together.BOTH_OR_NEITHER), "“pay” and “open” are both taken or neither is"),
        (GoTogether("x", "y", Together.EXACTLY_ONE), "exactly one of “pay” and “open” is taken"),
        (IsMet("A", 1, Taken("x"), True), "statement 1 of A, “pay”, is met"),
        (IsMet("A", 1, Taken("x"), False), "statement 1 of A, “pay”, is not met"),
    ],
)
def test_the_words_of_conditions(condition: Any, words: str) -> None:
    from detente.model.preference import Statement
    from detente.preference.prioritization import OptionPrioritization

    people = (DecisionMaker("A", "A", OptionPrioritization((Statement(Taken("x")),))),)
    space = StateSpace(Conflict("one", people, (Option("x", "pay", ("A",)), Option("y", "open", ("A",)))))
    assert conditions_said(Words(space), [condition])[0] == words


def test_options_of_one_name_are_told_by_their_owners() -> None:
    people = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    space = StateSpace(Conflict("two", people, (Option("x", "fight", ("A",)), Option("y", "fight", ("B",)))))
    assert conditions_said(Words(space), [IsTaken("y", True)])[0] == "“fight” of B is taken"


# -- the terminal ------------------------------------------------------------------------------------------------------
def printed(width: int = 80, *, describe: bool = False) -> str:
    out = io.StringIO()
    show_analysis(document(), Terminal(out, out, width, colour=False), describe=describe)
    return out.getvalue()


def test_a_few_lines_by_default_and_all_of_it_when_asked_for() -> None:
    short, long = printed(), printed(describe=True)
    assert "The 201 equilibria under SEQ" in short
    assert "the other 27; those under Nash, GMR and SMR: detente analyze FILE --describe" in unwrapped(short)
    assert len(described_lines(document(), Terminal(io.StringIO(), io.StringIO(), 80, colour=False))) <= 14
    for one in document().described:
        for paragraph in one.said[1:]:
            for sentence in (*paragraph.sentences, *paragraph.items):
                assert sentence.text in unwrapped(long)
    assert max(map(len, long.splitlines())) <= 80


def test_the_first_set_where_the_diagnosed_concept_has_none() -> None:
    lines = described_lines(document().model_copy(update={"diagnosis": None, "described": document().described[:1]}), _terminal())
    assert lines[0] == "The 18 equilibria under Nash"
    assert lines[1].startswith("  exactly the states with: ")


def _terminal() -> Terminal:
    return Terminal(io.StringIO(), io.StringIO(), 80, colour=False)
