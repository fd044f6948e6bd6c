"""What sweeps ask, against the analysis of each completion by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.sweep.asked import Question, Subject, subjects_of
from detente.analysis.sweep.counting import count_over
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import Play
from detente.analysis.viewpoints.conclude import concluded, topics_of
from detente.analysis.viewpoints.found import Topic
from detente.cases import load
from detente.errors import Cannot, LimitError
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option, RedLine
from detente.model.formula import Taken
from detente.model.question import Conclusion
from detente.space.states import StateSpace
from detente.testing.beliefs import with_viewpoints
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict, random_formula
from tests.conformance.seeds import FIXED, fresh

SHAPE = Shape(most_options=5, most_decision_makers=4, red_lines=0.4)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")


def problem(rng: Random, shape: Shape) -> Conflict:
    """A random conflict with guesses, named states, and conclusions of sources."""
    conflict = random_conflict(rng, shape)
    options = [option.key for option in conflict.options]
    named = tuple(NamedState(f"s{n}", frozenset(rng.sample(options, rng.randint(0, len(options))))) for n in range(2))
    said = (
        Conclusion("stuck", "it is stuck", stuck=rng.random() < 0.5),
        Conclusion("ends only if", "it ends so", condition=random_formula(rng, options)),
        Conclusion("where", "there is that", condition=random_formula(rng, options), then=random_formula(rng, options)),
    )
    conflict = with_viewpoints(rng, conflict) if rng.random() < 0.3 else conflict
    return with_guesses(rng, replace(conflict, named_states=named, conclusions=said), 3)


def check(seed: object, seen: Counter[str]) -> None:
    """Count each conclusion over all completions, and one by one."""
    rng = Random(f"asked {seed}")
    conflict = problem(rng, SHAPE)
    opened = Open(conflict)
    if conflict.status_quo is None or not 2 <= opened.count <= 40:
        return
    profile = {dm.key: rng.choice(KEYS) for dm in conflict.decision_makers}
    topics = list(topics_of(conflict, profile, [random_formula(rng, [option.key for option in conflict.options])]))
    topics += [Topic("onward", name=named.name) for named in conflict.named_states]
    naive = {topic: Counter[object]() for topic in topics}
    for chosen in completions(conflict):
        made = completed(conflict, chosen)
        found = concluded(made, profile, topics).answers if StateSpace(made).status_quo is not None else dict.fromkeys(topics)
        for topic in topics:
            naive[topic][found[topic]] += 1
    plays = [Play(frame) for frame in opened.frames()]
    for topic, amounts in naive.items():
        kind = "holds" if topic.kind == "state" else topic.kind
        subject = Subject(kind, topic.concept, where=topic.where, state=topic.name, place=topic.place)
        counted = count_over(opened, [Question(subject, play, profile) for play in plays]).amounts()
        assert {value: amount for value, amount in counted.items() if amount} == amounts, (seed, subject)
        seen.update(f"{kind} {value}" for value in amounts if isinstance(value, str))
        seen["red lines"] += any(isinstance(value, frozenset) and bool(value) for value in amounts)
        seen["split"] += len(amounts) > 1
        seen["compared"] += 1


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_conclusions_are_those_of_each_completion_by_itself(seed: int) -> None:
    seen = Counter[str]()
    number = 0
    while number < 10 or seen["compared"] <= 40 or seen["split"] <= 2:  # of some seeds ten are too few to see what counting could miss
        check((seed, number), seen)
        number += 1
        assert number < 100, seen


@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
def test_conclusions_are_those_of_each_completion_by_itself_often(part: int) -> None:
    seen = Counter[str]()
    for number in range(200):
        check((fresh(), part, number), seen)
    assert seen["red lines"] > 5
    for value in ("type -", "type D1", "type D2", "type D3", "concluded agrees", "concluded differs", "concluded open"):
        assert seen[value] > 5, value


def test_types_are_those_of_the_packaged_cases() -> None:
    """Each type that comes first for some state of a case, at that state, under three concepts."""
    seen = Counter[str | None]()
    for name in ("elmira", "chicken", "prisoners-dilemma", "north-korea-2017", "cuban-missile-crisis"):
        case = load(name)
        for state in StateSpace(case).states.first(12):
            conflict = replace(case, status_quo=case.taken(state))
            space = StateSpace(conflict)
            assert space.status_quo == state
            for key in ("Nash", "GMR", "SEQ"):
                profile = dict.fromkeys(space.masks, key)
                found = diagnose(space, state, profile, concepts=())
                question = Question(Subject("type"), Play(next(Open(conflict).frames())), profile)
                assert question.tree.value(dict.fromkeys(profile, 0)) == (found.primary if found.stuck else "-"), (name, state, key)
                seen[found.primary] += 1
    assert all(seen[key] > 0 for key in ("D1", "D3", "D4", "D5", "D6"))


def test_what_is_asked_of_a_conflict() -> None:
    gaza = load("gaza-hostage-talks")
    kinds = Counter(one.kind for one in subjects_of(gaza, {dm.key: "SEQ" for dm in gaza.decision_makers}))
    assert kinds["concluded"] == sum(one.kind in ("stuck", "ends only if", "where") for one in gaza.conclusions)
    assert (kinds["holds"], kinds["stays"], kinds["type"]) == (12, 4, 1)
    mixed = dict(zip((dm.key for dm in gaza.decision_makers), ("SEQ", "GMR", "Nash", "SIM"), strict=True))
    assert subjects_of(gaza, mixed)[0] == Subject("holds")


def test_too_many_red_lines_or_decision_makers_are_refused() -> None:
    parties = tuple(DecisionMaker(f"D{n}", f"D{n}", red_lines=(RedLine(Taken("x")),)) for n in range(11))
    conflict = Conflict("many", parties, (Option("x", "x", ("D0",)),), status_quo=frozenset())
    profile = {dm.key: "SEQ" for dm in parties}
    play = Play(next(Open(conflict).frames()))
    for kind, code in (("red lines", "S355"), ("type", "S308")):
        with pytest.raises(LimitError) as caught:
            Question(Subject(kind), play, profile).tree.value(dict.fromkeys(profile, 0))
        assert [one.code for one in caught.value.diagnostics] == [code]


def test_what_a_conclusion_turns_on_is_refused() -> None:
    gaza = load("gaza-hostage-talks")
    profile = {dm.key: "SEQ" for dm in gaza.decision_makers}
    place = next(n for n, one in enumerate(gaza.conclusions, start=1) if one.kind == "turns on")
    frame = next(Open(replace(gaza, guesses=())).frames())
    with pytest.raises(Cannot) as caught:
        Question(Subject("concluded", place=place), Play(frame), profile).tree.value(dict.fromkeys(profile, 0))
    assert [one.code for one in caught.value.diagnostics] == ["S354"]
