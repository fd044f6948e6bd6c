"""The verbs `unlock` and `answer`: what is asked, what is found, what stays when the search is broken off, and under other names."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from detente import cases
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Levers
from detente.app import unlocking
from detente.app.answering import AnswersDocument, answer
from detente.app.levers import all_kinds, kinds_named
from detente.app.levers.base import LeverKind, Sought
from detente.app.targets import amounts, target
from detente.app.unlock_documents import UnlockDocument
from detente.app.unlocking import profile_of, sought_by, unlock
from detente.cli.answer_text import show_answers
from detente.cli.term import Terminal
from detente.cli.unlock_text import show_unlock
from detente.errors import LimitError, UsageError
from detente.explain.unlocking import KINDS, Searched, counted, searched
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.model.question import Conclusion, Question
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from tests.app.permuted import BACK, renamed_conflict

LONG = Sought(seconds=None)


def elmira() -> Conflict:
    return cases.load("elmira")


def large() -> Conflict:
    """Two with more options than are listed, who wait for each other."""
    options = tuple(Option(f"o{place}", f"option {place}", ("AB"[place // 14],)) for place in range(28))
    first, other = (parse_formula(text) for text in ("o14 and not o0", "o0 and not o14"))
    parties = tuple(
        DecisionMaker(key, key, OptionPrioritization((Statement(wanted), Statement(parse_formula("o0 and o14")))))
        for key, wanted in (("A", first), ("B", other))
    )
    return Conflict("large", parties, options, status_quo=frozenset())


def with_questions(conflict: Conflict) -> Conflict:
    """A conflict that asks a question of each kind, and draws a conclusion of each kind."""
    first, last = conflict.options[0].key, conflict.options[-1].key
    condition, then = parse_formula(f'"{first}"'), parse_formula(f'not "{last}"')
    questions = (
        Question("stuck", "Is it stuck?"),
        Question("better for all", "Is there something better?"),
        Question("ends only if", "Does it end otherwise?", condition),
        Question("step", "And after a step?", state=conflict.taken(StateSpace(conflict).states.first(1)[0])),
        Question("doubt", "How sure is it?"),
    )
    conclusions = (
        Conclusion("stuck", "it is stuck", stuck=True),
        Conclusion("ends only if", "it ends only so", condition=condition),
        Conclusion("turns on", "it turns on one", parties=(conflict.decision_makers[0].key,)),
        Conclusion("where", "one brings the other", condition=condition, then=then),
        Conclusion("outside", "it will rain", outside="it has no weather"),
    )
    return replace(conflict, questions=questions, conclusions=conclusions)


def text_of(document: UnlockDocument | AnswersDocument, everything: bool = False) -> str:
    out = io.StringIO()
    terminal = Terminal(out, out, 100, colour=False)
    if isinstance(document, UnlockDocument):
        show_unlock(document, terminal, everything=everything)
    else:
        show_answers(document, terminal, everything=everything)
    return out.getvalue()


# -- what is asked and found -------------------------------------------------------------------------------------------
def test_elmira_is_unlocked_by_two_together() -> None:
    document = unlock("elmira", start=5, sought=LONG)
    assert document.stuck
    (goal,) = document.goals
    assert goal.want == "break"
    joint = next(search for search in goal.searches if search.kind == "coalitions")
    assert [(lever.by, lever.target, lever.cost, lever.smallest) for lever in joint.levers] == [(("MoE", "Uniroyal"), 8, 2, True)]
    assert (joint.proven, joint.complete, joint.stopped) == (True, True, "")


def test_euphrates_takes_one_reversal_and_three_under_nash() -> None:
    for under, cost in (("GMR", 1), ("SMR", 1), ("SEQ", 1), ("Nash", 3)):
        document = unlock("euphrates-1975", target="release", want="hold", kinds="preference", under=under, sought=LONG)
        (search,) = document.goals[0].searches
        assert (search.levers[0].cost, search.levers[0].by, search.proven) == (cost, ("Syria",), True)


def test_a_target_is_asked_about_twice_and_a_kind_only_where_it_can_be() -> None:
    document = unlock("elmira", start=5, target=["8", "Accept and not Insist"], sought=LONG)
    assert [(goal.want, goal.condition) for goal in document.goals] == [
        ("hold", None),
        ("reach", None),
        ("hold", "Accept and not Insist"),
        ("reach", "Accept and not Insist"),
    ]
    assert document.goals[0].target is not None
    assert document.goals[0].target.id == 8
    assert all(goal.want in kind.wants for goal in document.goals for kind in all_kinds() for s in goal.searches if s.kind == kind.key)
    only = unlock("elmira", start=5, target="8", kinds="coalitions", sought=LONG)
    assert [goal.want for goal in only.goals] == ["reach"]


def test_what_moves_by_itself_is_not_asked_how_to_move() -> None:
    document = unlock("elmira", sought=LONG)
    assert not document.stuck
    assert all(goal.want != "break" for goal in document.goals)
    assert "does not hold under SEQ: Local would leave it" in document.answer[0].text


def test_every_kind_has_words_and_every_document_its_schema() -> None:
    for kind in all_kinds():
        assert kind.key in KINDS
        assert counted(kind.key, 1).startswith("1 ")
        assert counted(kind.key, 0) == "nothing to change"
    document = unlock("chicken", start=2, sought=LONG)
    import jsonschema

    jsonschema.validate(json.loads(document.json_text()), UnlockDocument.json_schema())
    assert document.json_text() == unlock("chicken", start=2, sought=LONG).json_text()


# -- how it is asked ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("U440", {"kinds": "priorities"}),
        ("U440", {"kinds": ","}),
        ("U441", {"target": "Acept"}),
        ("U441", {"target": "Accept and Abandon and Delay"}),
        ("U443", {"under": "Nash,SEQ"}),
        ("U411", {"start": "nowhere"}),
        ("U412", {"under": "Nobody=Nash,SEQ"}),
    ],
)
def test_what_is_not_well_put_is_refused(code: str, asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as problem:
        unlock("elmira", **asked)
    assert problem.value.diagnostics[0].code == code
    assert problem.value.diagnostics[0].help


@pytest.mark.parametrize("entry", ["MoE", "MoE=", "MoE=-1", "MoE=x", "Nobody=3", "=3", "MoE=1.5"])
def test_amounts_that_cannot_be_read(entry: str) -> None:
    with pytest.raises(UsageError, match="U442"):
        amounts([entry], ["MoE", "Local"], "--weight")
    with pytest.raises(UsageError, match="U442"):
        sought_by("elmira", weights=[entry])


def test_weights_prices_and_budgets() -> None:
    sought = sought_by("elmira", weights=["moe=2"], prices=["joint=3"], budgets=["ban=1", "Local=0"])
    assert (sought.weights, sought.prices, sought.budgets) == ({"MoE": 2}, {"joint move": 3}, {"ban": 1, "Local": 0})
    dear = unlock("elmira", start=5, target="8", want="reach", kinds="plan", sought=replace(sought, seconds=None))
    assert dear.goals[0].searches[0].levers[0].cost == 3


def test_a_target_is_a_state_or_a_condition() -> None:
    space = StateSpace(elmira())
    assert target("8", space).state == space.state(8)
    assert target("abandoned", space).condition is None
    for text in ("Accept", "Accept and not Insist", "not Delay"):
        found = target(text, space)
        assert found.condition is not None
        assert found.states == space.where(parse_formula(text))


def test_one_behaviour() -> None:
    assert set(profile_of(None, elmira()).values()) == {"SEQ"}
    assert profile_of("Local=Nash,GMR", elmira()) == {"MoE": "GMR", "Uniroyal": "GMR", "Local": "Nash"}


# -- how far a search went ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Searched("preference", 2, 1, 1, True), "as many comparisons of each party as one of these, or more: proven"),
        (Searched("priority", 1, 1, 1, True), "the only minimal one of those with so few edits as were tried together: all were tried"),
        (Searched("phases", 1, 1, 1, False), "No smaller one does it: proven. There may be others"),
        (Searched("priority", 1, 2, 1, False, "time"), "a smaller one is not ruled out; each costs at least 1 edit"),
        (Searched("priority", 0, None, None, True), "none does it: all were tried"),
        (
            Searched("priority", 0, None, 3, True),
            "None that costs less than 3 edits does it: all were tried. Costlier ones were not looked at",
        ),
        (Searched("priority", 0, None, 2, False, "time"), "which does not mean that there is none; each costs at least 2 edits"),
        (Searched("plan", 0, None, 0, False, "means"), "which does not mean that there is none"),
        (Searched("plan", 1, 2, 2, True), "No set of the means that were considered does it for less: all were tried"),
    ],
)
def test_nothing_is_called_proven_that_is_not(found: Searched, words: str) -> None:
    text = searched(found).text
    assert words in text
    assert ("proven" in text or "all were tried" in text) == (found.proven or (found.complete and not found.stopped))


def breaking_off(_space: StateSpace, _goal: Goal, _sought: Sought) -> Levers[Any]:
    raise KeyboardInterrupt


def too_large(_space: StateSpace, _goal: Goal, _sought: Sought) -> Levers[Any]:
    raise LimitError.of("S304", "too many states")


def with_kinds(monkeypatch: pytest.MonkeyPatch, *searches: Any) -> None:
    """Joint moves first, then kinds with these searches."""
    joint = next(kind for kind in all_kinds() if kind.key == "coalitions")
    others = [LeverKind("pressure", 1, joint.wants, search, joint.told) for search in searches]
    monkeypatch.setattr(unlocking, "kinds_named", lambda _names: (joint, *others))


def test_what_is_found_before_an_interruption_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with_kinds(monkeypatch, breaking_off)
    with pytest.raises(KeyboardInterrupt):
        unlock("elmira", start=5)
    document = unlock("elmira", start=5, keep_interrupted=True)
    assert document.interrupted
    assert [search.kind for search in document.goals[0].searches] == ["coalitions"]
    text = text_of(document)
    assert "MoE and Uniroyal could go together" in text
    assert "Interrupted: goals and kinds that are not above were not looked at." in text


@pytest.mark.parametrize("conflict", ["elmira", large()], ids=["listed", "unlisted"])
def test_what_is_found_is_told_kind_by_kind(conflict: str | Conflict) -> None:
    steps: list[UnlockDocument] = []
    last = unlock(conflict, start=5, so_far=steps.append)
    assert not last.interrupted
    sizes = [sum(len(goal.searches) for goal in step.goals) for step in (*steps, last)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-2] == sizes[-1]
    for step in steps:
        assert step.interrupted
        for before, after in zip(step.goals, last.goals, strict=False):
            assert before.called == after.called
            assert before.searches == after.searches[: len(before.searches)]


def test_a_limit_ends_one_kind_and_not_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with_kinds(monkeypatch, too_large)
    document = unlock("elmira", start=5)
    large = document.goals[0].searches[1]
    assert (large.stopped, large.proven, large.levers) == ("size", False, ())
    assert "too large for this kind" in text_of(document)


# -- the questions of a file -------------------------------------------------------------------------------------------
def test_every_question_and_every_conclusion_is_answered() -> None:
    still = replace(elmira(), status_quo=elmira().taken(StateSpace(elmira()).state(5)))
    for conflict in (cases.load("euphrates-1975"), cases.load("cuban-missile-crisis"), still):
        document = answer(with_questions(conflict), seconds=None)
        assert [one.about for one in document.answers] == ["stuck", "better for all", "ends only if", "step", "doubt"]
        assert all(one.paragraphs[0].role == "verdict" for one in document.answers)
        assert [part.in_words for part in document.compared][-1] == "not in this model"
        assert "in this model" in text_of(document).lower()


def test_nothing_asked_is_no_question() -> None:
    with pytest.raises(UsageError, match="U444"):
        answer("elmira")
    with pytest.raises(UsageError, match="U413"):
        answer(replace(with_questions(elmira()), status_quo=None))


def test_the_flagship_is_answered_from_its_model() -> None:
    document = answer("gaza-hostage-talks", seconds=60)
    verdicts = [one.paragraphs[0].sentences[0].text for one in document.answers]
    assert verdicts[0].startswith("Yes. In this model the status quo")
    assert verdicts[1].startswith("Yes. In this model 20 states are better")
    assert verdicts[2].startswith("Not only so.")
    assert "holds under SEQ, and no way out leads on from it, while 12 ways out lead on from the status quo" in verdicts[3]
    results = [part.result for part in document.compared]
    assert results == ["agrees", "differs", "differs", "differs", "differs", "agrees", "differs", "outside", "outside", "outside"]
    assert all(part.cited for part in document.compared)


# -- neutrality --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["euphrates-1975", "cuban-missile-crisis", "north-korea-2017"])
def test_other_names_change_nothing_but_names(name: str) -> None:
    conflict = cases.load(name)
    other = renamed_conflict(conflict)
    kinds = None if name == "euphrates-1975" else "priority,pressure,coalitions,red-lines,phases"
    here, there = (unlock(one, kinds=kinds, sought=LONG) for one in (conflict, other))
    assert text_of(there, everything=True).translate(BACK) == text_of(here, everything=True)
    asking = with_questions(conflict)
    assert text_of(answer(renamed_conflict(asking), seconds=None)).translate(BACK) == text_of(answer(asking, seconds=None))


def test_kinds_are_named_in_any_order() -> None:
    assert [kind.key for kind in kinds_named("phases, Coalitions")] == ["coalitions", "phases"]
