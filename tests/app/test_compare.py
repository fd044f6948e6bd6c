"""`compare` and `--viewpoint`: what is the same, what hangs on a viewpoint, what single elements do."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import jsonschema
import pytest

import detente
from detente import cases, io
from detente.analysis.claims.standing import Standing
from detente.analysis.viewpoints.compare import compare_viewpoints
from detente.analysis.viewpoints.conclude import concluded, topics_of
from detente.analysis.viewpoints.found import Concluded, Topic, Trial, Value, says
from detente.app.comparing import CompareDocument, compare
from detente.app.opening import SeenFile, opened, opened_as
from detente.app.reporting import report_text
from detente.errors import UsageError
from detente.explain.compare import account, topic_label, value_label
from detente.model.conflict import Conflict
from detente.model.preference import Preference, Statement
from detente.model.question import Conclusion, Question
from detente.model.viewpoint import Altered, Viewpoint, seen_from
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula
from tests.app.permuted import BACK, renamed_conflict

QUARREL = """\
detente: 1
title: A quarrel
decision makers:
  A:
    options: {a: {name: attack}}
    prefers: [not b, not a]
    red lines: [{never: a and b, says: war}]
  B:
    options: {b: {name: block}}
    prefers: [not a, not b]
    red lines: [b]
status quo: []
states: {war: [a, b]}
viewpoints:
  same:
    decision makers:
      A: {prefers: [not b, {when: not a, says: in other words}]}
      B: {attitudes: {}}
  either:                         # each of two elements makes A attack
    decision makers:
      A: {prefers: [a, a or b, not b, not a]}
  both:                           # it takes two elements to make B block
    decision makers:
      B: {prefers: [b, not a], red lines: []}
  blind: {name: who has not heard of attacks, held by: B, unperceived options: [a]}
"""


def quarrel() -> Conflict:
    return io.loads(QUARREL, "quarrel.yaml").conflict


@pytest.fixture(scope="module")
def document() -> CompareDocument:
    return compare(quarrel(), seconds=None)


def own(preference: Preference | None) -> tuple[Statement, ...]:
    """The statements of a preference that is nothing else; none of any other."""
    return preference.statements() if preference is not None and preference.kind == "prefers" else ()


def text(document: CompareDocument) -> str:
    return "\n".join(s.text for p in document.paragraphs for s in (*p.sentences, *p.items))


def effects(document: CompareDocument, viewpoint: str, label: str) -> list[tuple[str | None, str]]:
    """What single elements of a viewpoint do to a conclusion: their conditions, and the effect."""
    (place,) = [i for i, topic in enumerate(document.topics) if topic.label == label]
    (seen,) = [view for view in document.views if view.key == viewpoint]
    return [
        (seen.differs[one.element].condition, one.effect) for one in document.deciding if (one.viewpoint, one.topic) == (viewpoint, place)
    ]


def test_a_viewpoint_that_equals_the_file_changes_nothing(document: CompareDocument) -> None:
    file, same = document.views[:2]
    assert (file.key, same.key, same.differs) == (None, "same", ())
    assert (file.leaves, file.equilibria) == (same.leaves, same.equilibria)
    assert all(topic.values[0] == topic.values[1] for topic in document.topics)
    assert "“same” differs from the file in no element that counts" in text(document)
    alone = compare(quarrel(), viewpoints="same", seconds=None)
    assert {topic.same for topic in alone.topics} == {True}
    assert (alone.tried, alone.deciding) == (0, ())
    assert text(alone).startswith(f"All {len(alone.topics)} conclusions that are compared are the same")


def test_single_elements_that_decide(document: CompareDocument) -> None:
    label = "the status quo holds under Nash"
    assert [topic.values for topic in document.topics if topic.label == label] == [(True, True, False, False, True)]
    assert effects(document, "either", label) == [("a", "enough"), ("a or b", "enough")]
    assert [effect for _, effect in effects(document, "both", label)] == ["needed", "needed"]


def test_every_value_is_that_of_the_view_looked_at_by_itself(document: CompareDocument) -> None:
    conflict = quarrel()
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    for place, view in enumerate(document.views):
        seen = conflict if view.key is None else seen_from(conflict, view.key)
        analysis = detente.analyze(replace(seen, viewpoints=()))
        diagnosis = detente.diagnose(replace(seen, viewpoints=()))
        assert view.equilibria == len(analysis.equilibria["SEQ"])
        for topic in document.topics:
            if topic.kind == "holds":
                assert topic.values[place] == (1 in analysis.equilibria[str(topic.under)])
            elif topic.kind == "state":
                assert topic.values[place] == (4 in analysis.equilibria["SEQ"])
            elif topic.kind == "type":
                assert topic.values[place] == (diagnosis.primary or ("" if diagnosis.stuck else "-"))
        assert concluded(seen, profile, topics_of(conflict, profile)).equilibria is not None


@pytest.mark.parametrize("seed", range(40))
def test_one_element_alone_makes_the_whole_difference(seed: int) -> None:
    """Where a viewpoint differs in one element, that element decides everything on which the two part."""
    rng = Random(seed)
    conflict = random_conflict(rng, Shape(most_options=4, most_states=16, merged=0.0))
    if conflict.status_quo is None:
        conflict = replace(conflict, status_quo=frozenset())
    dm = rng.choice(conflict.decision_makers)
    options = [option.key for option in conflict.options]
    other = OptionPrioritization((Statement(random_formula(rng, options)), *own(dm.preference)))
    seen = Viewpoint("v", "v", parties=(Altered(dm.key, other),))
    one = replace(conflict, viewpoints=(seen,))
    if StateSpace(one).status_quo is None:
        with pytest.raises(UsageError, match="status quo"):
            compare(one)
        return
    found = compare(one, seconds=None)
    file, view = found.views
    apart = [i for i, topic in enumerate(found.topics) if None not in topic.values and topic.values[0] != topic.values[1]]
    assert apart == [i for i, topic in enumerate(found.topics) if topic.same is False]
    if len(view.differs) == 1:
        assert {(one.element, one.topic, one.effect) for one in found.deciding} == {(0, i, "decides") for i in apart}
    assert found.tried == (len(view.differs) if apart else 0)
    assert {part.topic for part in found.deciding} <= set(apart)
    assert file.differs == ()


def test_what_is_not_perceived_is_an_element(document: CompareDocument) -> None:
    blind = document.views[-1]
    assert [(one.kind, one.in_words) for one in blind.differs] == [("option", "does not perceive the option “attack” of A")]
    assert "“blind”, who has not heard of attacks (held by B), differs from the file in 1 element:" in text(document)


def test_some_viewpoints_and_conditions_can_be_asked_for() -> None:
    found = compare(quarrel(), viewpoints=["both", "same", "both"], under="A=Nash,SEQ", where=["a"], seconds=None)
    assert [view.key for view in found.views] == [None, "both", "same"]
    assert found.profile == {"A": "Nash", "B": "SEQ"}
    assert "something is better for everybody, with “a”" in [topic.label for topic in found.topics]
    assert "in each of these 2 viewpoints" in text(found)


def test_what_the_time_does_not_allow_is_said() -> None:
    found = compare_viewpoints(quarrel(), {"A": "SEQ", "B": "SEQ"}, seconds=0.0)
    assert {view.reason for view in found.views} == {"time"}
    assert {found.same(topic) for topic in found.topics} == {None}
    document = compare(quarrel(), seconds=0.0)
    assert {topic.same for topic in document.topics} <= {None}
    assert "could not be looked at (time)" in text(document)


@pytest.mark.parametrize(
    ("source", "more", "code"),
    [
        ("elmira", {}, "U471"),
        ("misread-neighbours", {"viewpoints": "west"}, "U470"),
        ("misread-neighbours", {"under": "SEQ,Nash"}, "U443"),
    ],
)
def test_what_is_refused(source: str, more: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare(source, **more)  # type: ignore[arg-type]  # by name
    assert caught.value.diagnostics[0].code == code


def test_the_document_as_json(document: CompareDocument) -> None:
    data = json.loads(document.json_text())
    jsonschema.validate(data, CompareDocument.json_schema())
    assert CompareDocument.model_validate(data) == document
    assert data["schema"] == "detente.compare/1"


def test_other_names_change_nothing_but_the_names(document: CompareDocument) -> None:
    other = compare(renamed_conflict(quarrel()), seconds=None)
    assert [topic.values for topic in other.topics] == [topic.values for topic in document.topics]
    assert other.deciding == document.deciding
    assert text(other).translate(BACK) == text(document)


def test_labels() -> None:
    topics = [Topic("type"), Topic("red lines"), Topic("kept gain"), Topic("concluded", place=2)]
    assert [topic_label(one) for one in topics] == [
        "the first type of deadlock",
        "red lines that exclude what is better",
        "something better also holds",
        "conclusion 2 of the sources",
    ]
    values: list[Value | None] = [True, False, None, "-", "", "D1", frozenset()]
    assert [value_label(one) for one in values] == [
        "yes",
        "no",
        "?",
        "not stuck",
        "none",
        "D1",
        "0 sets",
    ]


def test_a_report_has_a_section_where_there_are_viewpoints() -> None:
    page = report_text(quarrel())
    assert '<section id="viewpoints"' in page
    assert "tried by itself" in page
    assert 'id="viewpoints"' not in report_text(replace(quarrel(), viewpoints=()))


# -- one viewpoint -----------------------------------------------------------------------------------------------------
def test_a_file_seen_from_a_viewpoint_keeps_its_places(tmp_path: Path) -> None:
    path = tmp_path / "misread.yaml"
    shutil.copy(cases.path("misread-neighbours"), path)
    plain, seen = opened(path), opened_as(path, "north")
    assert isinstance(seen.name, SeenFile)
    assert (seen.name, seen.name.viewpoint) == (str(path), "north")
    south = "decision makers/South/prefers/1"
    assert seen.positions[south] == plain.positions[f"viewpoints/north/{south}"] != plain.positions[south]
    assert seen.positions["decision makers/North/prefers/1"] == plain.positions["decision makers/North/prefers/1"]
    document = detente.analyze(seen, under="SEQ")
    assert document.conflict.seen_from == "north"
    assert document.conflict.viewpoint == "as North sees it (North)"
    assert detente.analyze(plain, under="SEQ").conflict.seen_from is None


def test_seen_as_is_what_the_model_sees() -> None:
    assert detente.seen_as("misread-neighbours", "north") == seen_from(cases.load("misread-neighbours"), "north")
    assert detente.compare is compare
    with pytest.raises(UsageError, match="no viewpoint is called"):
        detente.seen_as("misread-neighbours", "nort")


def test_a_report_names_the_viewpoint_that_it_was_asked_for() -> None:
    page = report_text(opened_as("misread-neighbours", "north"))
    assert "detente report misread-neighbours -o report.html --viewpoint north" in page


def test_whether_a_step_leads_on_is_compared() -> None:
    case = cases.load("misread-neighbours")
    withdrawn = next(named.taken for named in case.named_states if named.name == "HW")
    conflict = replace(case, questions=(Question("step", "And then?", state=withdrawn),))
    found = compare_viewpoints(conflict, dict.fromkeys(("North", "South"), "SEQ"))
    topic = Topic("onward", name="HW")
    assert [found.value(view, topic) for view in found.views] == [True, False, True]
    told = " ".join(sentence.text for part in account(found).parts for sentence in part.items)
    assert "rom “HW” some group can go on to a state that all of it prefer and that holds under SEQ" in told
    assert "from “HW” no group can go on to a state that all of it prefer and that holds under SEQ" in told
    assert topic_label(topic) == "a group can go on from “HW”"


def test_conclusions_of_sources_are_always_told() -> None:
    case = cases.load("misread-neighbours")
    concluding = (
        Conclusion("stuck", "it is stuck", stuck=True),
        Conclusion("turns on", "it turns on North", parties=("North",)),
        Conclusion("outside", "the weather counts", outside="weather"),
    )
    found = compare_viewpoints(replace(case, conclusions=concluding), dict.fromkeys(("North", "South"), "GMR"))
    told = next(part for part in account(found).parts if part.lead and part.lead[0].text.startswith("What the sources conclude"))
    turns = "not compared here, as what turns on somebody takes a search of its own (detente answer): “it turns on North”"
    assert [item.text for item in told.items] == ["“it is stuck”: agrees with the model", turns]


def test_whether_a_gain_also_holds_is_not_asked_where_there_is_none() -> None:
    """An element after which nothing is better for everybody does not explain that what is better does not hold."""
    conflict = quarrel()
    found = compare_viewpoints(conflict, {"A": "SEQ", "B": "SEQ"})
    kept, gain = Topic("kept gain"), Topic("gain")
    with_gain, without = (Concluded({gain: there, kept: False}, {}, None, (), StateSpace(conflict)) for there in (True, False))
    assert [says(one, kept) for one in (with_gain, without, None)] == [True, False, False]
    file = replace(found.views[0], concluded=replace(with_gain, answers={gain: True, kept: True}))
    either = replace(found.view("either"), concluded=with_gain)
    element = found.view("either").differs[0]
    sides = {True: with_gain, False: without}
    for there, effect in ((True, "enough"), (False, None)):
        trial = Trial("either", element, sides[there], with_gain)
        assert replace(found, views=(file, either)).effect(trial, kept) == effect


BORDER = """\
detente: 1
title: A border
decision makers:
  A: {options: {a: {name: leave}}, prefers: [not b, a]}
  B: {options: {b: {name: stay}}, prefers: [a, not b]}
status quo: [b]
viewpoints:
  stern:
    decision makers:
      B: {prefers: [b, not a]}
"""


def test_what_is_asked_in_some_only_is_told_apart() -> None:
    """Whether a gain also holds is asked where there is one; of red lines nothing is asked where there are none."""
    found = compare(io.loads(BORDER, "border.yaml").conflict, seconds=None)
    kinds = {topic.kind: topic for topic in found.topics}
    assert "red lines" not in kinds
    assert (kinds["gain"].values, kinds["kept gain"].values) == ((True, False), (True, None))
    assert [kinds[kind].everywhere for kind in ("gain", "kept gain", "type")] == [True, False, True]
    counted = [topic for topic in found.topics if topic.everywhere]
    assert text(found).startswith(
        f"Of {len(counted)} conclusions that are compared {sum(bool(topic.same) for topic in counted)} are the same"
    )
    apart = next(p for p in found.paragraphs if p.sentences[0].text.startswith("Asked only where"))
    assert [item.text for item in apart.items] == [
        "One that is better for everybody also holds under SEQ (as the file writes the conflict)"
    ]
    assert "Whether some state is better for everybody: yes as the file writes the conflict; no in “stern”" in text(found)


def test_what_was_checked_and_what_was_worked_out_is_told(document: CompareDocument) -> None:
    """Each concept under which the status quo is said to hold or not has a claim of its own; what has none is named."""
    conflict = quarrel()
    profile = dict.fromkeys(("A", "B"), "SEQ")
    topics = topics_of(conflict, profile)
    made = concluded(replace(conflict, viewpoints=()), profile, topics)
    quo = made.space.status_quo
    claims = {claim.profile[0][1]: claim.holds for claim in made.claims if isinstance(claim, Standing) and claim.state == quo}
    assert claims == {topic.concept: made.answers[topic] for topic in topics if topic.kind == "holds"}
    last = document.paragraphs[-1].sentences[0].text
    assert last.startswith(
        "Checked case by case, by a separate checker: under which concepts the status quo holds; whether the named states hold;"
    )
    assert last.endswith("which states hold, and how many.")
    stepping = replace(conflict, questions=(Question("step", "leads it on?", state=frozenset({"a", "b"})),))
    assert (
        "where a group can go on to" in compare(stepping, seconds=None).paragraphs[-1].sentences[0].text.partition("Only worked out: ")[2]
    )
    assert not any("Checked" in s.text for p in compare(conflict, seconds=0.0).paragraphs for s in p.sentences)
