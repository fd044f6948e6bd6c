"""Tipping points against the plain loop: every edit made of the conflict with `Edit.apply`, and the result analysed from scratch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest

from detente import cases
from detente.analysis.claims.base import refusal
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.farther import Step, farther
from detente.analysis.sweep.farther import edits_of as edits_of_steps
from detente.analysis.sweep.near_found import Point
from detente.analysis.sweep.shown import shown_edits
from detente.analysis.sweep.tipped import checked_edits
from detente.analysis.sweep.tipping import tipping
from detente.analysis.viewpoints.conclude import concluded
from detente.analysis.viewpoints.found import Topic
from detente.errors import EditError
from detente.explain.tipping import edits_condition, edits_elements, parts
from detente.model.conflict import Conflict, NamedState
from detente.model.edit import Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement, apply_all
from detente.model.edit_rankings import MoveRanked, levels_of
from detente.model.formula import Not
from detente.model.near import near
from detente.model.rule import Merged
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")
SMALL = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.4)
TINY = Shape(most_decision_makers=2, most_options=2, most_states=4, red_lines=0.4)


def a_conflict(rng: Random, shape: Shape) -> Conflict:
    """A random conflict with a status quo and a named state."""
    made = random_conflict(rng, shape)
    keys = [option.key for option in made.options]
    if made.status_quo is None:
        return a_conflict(rng, shape)
    return replace(made, named_states=(NamedState("somewhere", frozenset(rng.sample(keys, rng.randint(0, len(keys))))),))


def model(conflict: Conflict) -> Hashable:
    """What of a conflict an edit may change: conditions and orders, without their words."""
    parties = [
        ([s.when for s in dm.preference.statements()] if dm.preference else [], levels_of(dm), [line.never for line in dm.red_lines])
        for dm in conflict.decision_makers
    ]
    return repr((parties, conflict.rules))


def edits_of(conflict: Conflict) -> Iterator[Edit]:
    """Every edit that there may be, whether it fits or not."""
    ranked = [dm.key for dm in conflict.decision_makers if dm.preference and "ranking" in dm.preference.kind]
    for dm in conflict.decision_makers:
        places = range(1, len(dm.preference.statements() if dm.preference else ()) + 1)
        for place in places:
            yield from (MoveStatement(dm.key, place, to) for to in places)
            yield ReverseStatement(dm.key, place)
            if dm.key not in ranked:
                yield RemoveStatement(dm.key, place)
        yield from (RemoveRedLine(dm.key, place) for place in range(1, len(dm.red_lines) + 1))
        yield from (MoveRanked(dm.key, taken, up) for level in levels_of(dm) for taken in level for up in (True, False))
    if not ranked and not any(isinstance(rule, Merged) for rule in conflict.rules):
        yield from (RemoveRule(place) for place in range(1, len(conflict.rules) + 1))


def changed(conflict: Conflict, known: set[Hashable]) -> dict[Hashable, Conflict]:
    """The models that one edit makes of a conflict, without those that are known."""
    found: dict[Hashable, Conflict] = {}
    for edit in edits_of(conflict):
        try:
            after = edit.apply(conflict)
        except EditError:
            continue
        if model(after) not in known:
            found.setdefault(model(after), after)
    return found


def value(conflict: Conflict, profile: Mapping[str, str], subject: Subject) -> bool | None:
    """What is concluded of a conflict, from scratch."""
    topic = Topic("holds", concept=subject.concept)
    if subject.kind in ("gain", "kept gain"):
        topic = Topic("gain" if subject.kind == "gain" else "kept gain")
    elif subject.state is not None:
        topic = Topic("state", name=subject.state)
    found = concluded(conflict, profile, [Topic("gain"), topic]).answers
    return bool(found[topic]) if subject.kind == "kept gain" else found[topic]  # type: ignore[return-value]  # all of these say yes or no


def subjects(rng: Random) -> list[Subject]:
    return [Subject("holds", concept=rng.choice(CONCEPTS)), Subject("holds", state="somewhere"), Subject("gain"), Subject("kept gain")]


def compare(rng: Random, shape: Shape, *, pairs: bool) -> list[Point]:
    """Compare all counts with those of the plain loop; the points."""
    conflict = a_conflict(rng, shape)
    profile = {dm.key: rng.choice(CONCEPTS) for dm in conflict.decision_makers}
    found = tipping(conflict, profile, subjects(rng), pairs=pairs)
    once = changed(conflict, {model(conflict)})
    assert found.singles == len(once) == len(near(conflict))
    twice: dict[Hashable, Conflict] = {}
    if pairs:
        for after in once.values():
            twice |= changed(after, {model(conflict), *once})
    assert not found.refused
    for point in found.points:
        now = value(conflict, profile, point.subject)
        assert point.written is now
        assert point.singles == Counter(value(after, profile, point.subject) for after in once.values())
        assert len(point.flips) == sum(count for result, count in point.singles.items() if result is not now)
        if pairs and not point.flips:
            assert point.pairs == Counter(value(after, profile, point.subject) for after in twice.values())
            assert found.pairs == found.pairs_tried == len(twice)
    if pairs:
        found = farther(found)
    for point in found.points:
        now = value(conflict, profile, point.subject)
        for flip in (*point.flips[:3], *point.pair_flips[:3], *([] if point.farther is None else [point.farther])):
            assert flip.value is not now
            assert value(apply_all(flip.edits, conflict), profile, point.subject) is flip.value
        assert point.farther is None or (point.nearest is None and len(point.farther.edits) > point.survives == 2)
    return list(found.points)


def test_single_edits_are_those_of_the_plain_loop() -> None:
    points = [point for seed in range(24) for point in compare(Random(seed), SMALL, pairs=False)]
    flipped = sum(bool(point.flips) for point in points)
    assert flipped > 16
    assert len(points) - flipped > 8


def test_pairs_of_edits_are_those_of_the_plain_loop() -> None:
    points = [point for seed in range(1_000, 1_012) for point in compare(Random(seed), TINY, pairs=True)]
    assert {point.survives for point in points} == {0, 1, 2}
    assert sum(point.farther is not None for point in points) > 0


@pytest.mark.long
def test_edits_are_those_of_the_plain_loop_in_many_conflicts() -> None:
    for seed in range(5_000, 6_000):
        compare(Random(seed), SMALL, pairs=False)
    for seed in range(6_000, 6_400):
        compare(Random(seed), TINY, pairs=True)


def test_a_conclusion_that_takes_too_long_is_given_up_and_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.analysis.sweep.tipping.LEAST_SECONDS", -1.0)
    river = cases.load("euphrates-1975")
    found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds")], seconds=0.0)
    assert (found.points, found.refused) == ((), {Subject("holds"): "U505"})
    assert "(U505)" in " ".join(sentence.text for part in parts(found) for sentence in part.lead)


def test_what_pairs_do_is_told_only_where_all_were_tried() -> None:
    elmira = cases.load("elmira")
    profile = {dm.key: "SEQ" for dm in elmira.decision_makers}
    asked = [Subject("holds", concept="GMR"), Subject("gain")]
    whole, cut = (tipping(elmira, profile, asked, pairs=pairs) for pairs in (True, False))
    assert [point.survives for point in whole.points] == [2, 2]
    assert [point.survives for point in cut.points] == [1, 1]
    said = [" ".join(part.lead[0].text for part in parts(found)) for found in (whole, cut)]
    assert "survive every single edit and every pair" in said[0]
    assert "every pair" not in said[1]


def test_more_than_two_edits_are_told_with_what_is_known_of_fewer() -> None:
    elmira = cases.load("elmira")
    asked = [Subject("holds", concept="GMR"), Subject("gain")]
    near = tipping(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, asked)
    found = farther(near)
    assert found == farther(near)
    holds, gain = found.points
    assert holds.farther is not None
    assert gain.farther is not None
    assert (len(holds.farther.edits), len(gain.farther.edits)) == (4, 3)
    said = [item.text for item in parts(found)[1].items]
    assert "4 edits that were found change it, and whether fewer do is not known: if Uniroyal ranked 4 steps lower" in said[0]
    assert "3 edits are enough: if Uniroyal ranked 3 steps" in said[1]
    cut = farther(tipping(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, asked, pairs=False), seconds=0.0)
    assert all(point.farther is None for point in cut.points)
    checked = checked_edits(found)
    assert checked.agrees
    assert set(checked.edited) == {(), holds.farther.edits, gain.farther.edits}


def test_steps_mean_the_same_whichever_others_are_made() -> None:
    river = cases.load("euphrates-1975")
    written = river.decision_makers[0].preference
    assert written is not None
    before = [statement.when for statement in written.statements()]
    steps = [Step("Syria", "last", 1), Step("Syria", "leave out", 2), Step("Syria", "reverse", 3), Step("", "rule", 1)]
    after = apply_all(edits_of_steps(steps, river), river)
    assert after.decision_makers[0].preference is not None
    now = [statement.when for statement in after.decision_makers[0].preference.statements()]
    assert isinstance(before[2], Not)
    assert now == [before[2].part, *before[3:], before[0]]
    assert len(after.rules) == len(river.rules) - 1


def test_what_was_checked_of_edits_is_told_apart_from_what_was_only_worked_out() -> None:
    elmira = cases.load("elmira")
    asked = [Subject("holds", concept="GMR"), Subject("gain"), Subject("type")]
    found = tipping(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, asked)
    for point in found.points[:2]:
        for edits, counts in ((1, point.singles), (2, point.pairs)):
            claim = shown_edits(found, point, edits)
            assert claim is not None
            assert counts == {answer: many for answer, many in ((True, claim.yes), (False, claim.no)) if many}
            assert refusal(StateSpace(elmira), claim) is None
            assert refusal(StateSpace(elmira), replace(claim, edits=3 - edits)) is not None
    assert shown_edits(found, found.points[2], 1) is None
    told = [parts(found, None, shown)[-1].lead[-1].text for shown in ({}, {asked[0]: 2, asked[1]: 1})]
    assert "Only worked out: what every single edit makes of 3 conclusions; what every pair of edits makes of 2 conclusions" in told[0]
    assert "separate checker: what every single edit makes of 2 conclusions; what every pair of edits makes of 1 conclusion." in told[1]
    assert "what every single edit makes of 1 other conclusion; what every pair of edits makes of 1 other conclusion" in told[1]


def test_the_strip_tells_in_how_many_edited_conflicts_a_state_holds() -> None:
    river = cases.load("euphrates-1975")
    found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds"), Subject("gain")])
    (kept,) = found.strip()
    assert (kept.subject, kept.written, kept.holding, kept.of) == (Subject("holds"), False, 12, 44)


def test_edits_are_told_in_the_words_of_what_they_change() -> None:
    talks = cases.load("gaza-hostage-talks")
    edits = (ReverseStatement("Iran", 1), RemoveRule(8), RemoveRule(1))
    told = edits_condition(talks, edits)
    assert told.startswith(
        "if Iran came to want the opposite of “Hamas keeps its arms and its hold on territory”, and rule 1, “a permanent"
    )
    assert told.endswith("and rule 8, “giving up arms and rebuilding exclude each other” did not hold")
    assert edits_elements(talks, edits) == ("decision makers/Iran/prefers/1", "rules/8", "rules/1")


def test_nearest_changes_are_analysed_from_scratch_and_a_wrong_one_is_noticed() -> None:
    river = cases.load("euphrates-1975")
    found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds"), Subject("gain")])
    assert checked_edits(found).agrees
    wrong = replace(found, points=(replace(found.points[0], written=True), *found.points[1:]))
    assert checked_edits(wrong).differences == ((Subject("holds"), ()),)
    assert "came out otherwise" in parts(found, checked_edits(wrong))[-1].lead[-1].text
