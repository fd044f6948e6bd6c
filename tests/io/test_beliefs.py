"""Reading and writing what decision makers think: pairs of states, thresholds, attitudes, joint coalitions, viewpoints."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from tests.dressed import dressed_conflict

from detente import io
from detente.analysis.evidence import element_index, evidence_report
from detente.errors import ConflictError, Severity
from detente.explain.basis import grounds
from detente.explain.elements import element_words
from detente.io.gmcr_losses import Losses, note_unwritable
from detente.model.attitude import Attitude, Stance
from detente.model.checks import bases_of
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Not, Taken
from detente.model.front import Front
from detente.model.narrowed import leave_out
from detente.model.pairs import PairStatement, Threshold
from detente.model.preference import Statement
from detente.model.viewpoint import Altered, Viewpoint, seen_from
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.transform import shuffled

FILE = """\
detente: 1
title: A dispute
decision makers:
  A:
    options: {x: , y: }
    prefers: [{when: x, degree: 3}, not z]
    pairs:
      - {unknown: x, over: y, says: nobody asked, basis: {assumed: for the test}}
      - {degree: 2, of: x, over: y}
      - {certainty: 0.8, of: x, over: z}
      - {grey: [[0.2, 0.4], 0.6, 2/3], of: x, over: z}
      - {probability: 7e-1, of: x, over: z}
    thresholds: {certainty: 0.3, grey: {value: 1, basis: {assumed: for the test}}}
    attitudes: {B: negative, A: {stance: positive, basis: {assumed: for the test}}}
  B:
    options: {z: }
    red lines: [x and z]
status quo: [x]
coalitions: [{members: [A, B], joint: yes}, [A]]
viewpoints:
  north:
    name: as A sees it
    whose: A, in a letter
    held by: A
    believes: {B: south}
    decision makers:
      A:
      B: {prefers: [z], red lines: [], pairs: [{unknown: z, over: x}], attitudes: {A: neutral}, basis: {assumed: for the test}}
    unperceived: y and z
    unperceived options: [y]
    missing: [{what: a reply, about: B}]
    says: B wants z
  south: {held by: [B], decision makers: {A: {weights: {x: 2}}}}
"""


def codes(text: str) -> list[str]:
    """The codes of the errors that reading gives."""
    try:
        found = io.loads(text, "f.yaml").diagnostics
    except ConflictError as problem:
        found = problem.diagnostics
    return [d.code for d in found]


def test_everything_is_read() -> None:
    conflict = io.loads(FILE).conflict
    a, b = conflict.decision_makers
    assert [s.degree for s in a.preference.statements()] == [3, None] if a.preference else False
    assert [(p.kind, [str(v) for v in p.values]) for p in a.pairs] == [
        ("unknown", []),
        ("degree", ["2"]),
        ("certainty", ["4/5"]),
        ("grey", ["1/5", "2/5", "3/5", "3/5", "2/3", "2/3"]),
        ("probability", ["7/10"]),
    ]
    assert [(t.kind, t.value) for t in a.thresholds] == [("certainty", Fraction(3, 10)), ("grey", Fraction(1))]
    assert [(e.toward, e.stance) for e in a.attitudes] == [("B", Stance.NEGATIVE), ("A", Stance.POSITIVE)]
    assert [c.joint for c in conflict.coalitions] == [True, False]
    north, south = conflict.viewpoints
    assert (north.held_by, north.believes, north.unperceived_options) == (("A",), (("B", "south"),), ("y",))
    assert north.altered("A") == Altered("A")
    assert north.altered("B") == Altered(
        "B",
        OptionPrioritization((Statement(Taken("z")),)),
        (),
        (PairStatement("unknown", Taken("z"), Taken("x")),),
        (Attitude("A", Stance.NEUTRAL),),
        basis=conflict.viewpoints[0].parties[1].basis,
    )
    assert south.name == "south"
    assert south.parties[0].preference == OptionWeighting((("x", 2),))
    seen = seen_from(conflict, "north")
    assert seen.decision_makers[1].red_lines == ()
    assert seen.decision_makers[0].preference == a.preference
    assert b.red_lines


def test_elements_have_places_words_and_grounds() -> None:
    loaded = io.loads(FILE)
    paths = [element.path for element in element_index(loaded.conflict)]
    new = [path for path in paths if "viewpoints" in path or any(part in path for part in ("/pairs/", "/thresholds/", "/attitudes/"))]
    assert len(new) == 5 + 2 + 2 + 2 + (1 + 1 + 1 + 1 + 1) + (1 + 1)
    for path in new:
        assert path in loaded.positions or path.rpartition("/")[0] in loaded.positions, path
        assert element_words(loaded.conflict, path) != path
        assert path in grounds(loaded.conflict)
    assert loaded.positions["viewpoints/north/decision makers/B/prefers/1"].line == 28
    assert {path for path, _ in bases_of(loaded.conflict)} <= set(paths)
    assert evidence_report(loaded.conflict).counts.assumed == 4
    words = {path: element_words(loaded.conflict, path) for path in new}
    assert words["decision makers/A/pairs/1"] == "statement 1 of A about pairs of states, “nobody asked”"
    assert words["decision makers/A/attitudes/A"] == "the attitude of A toward themselves"
    assert words["viewpoints/north/decision makers/B/prefers/1"] == "statement 1 of B, “z”, as “as A sees it” has it"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("certainty: 0.8", "certainty: 1.1", ["M140"]),
        ("certainty: 0.8", "certainty: -0.1", ["M140"]),
        ("certainty: 0.8", "certainty: high", ["M140"]),
        ("certainty: 0.8", "certainty: .inf", ["M140"]),
        ("certainty: 0.8", "certainty: 1/0", ["M140"]),
        ("certainty: 0.8", "certainty: 0.1234567890123456789", ["M140"]),
        ("certainty: 0.8", "certainty: 1e-99", ["M140"]),
        ("certainty: 0.8", f"certainty: 0.{'1' * 10_000}", ["M140"]),
        ("certainty: 0.8", "certainty: [0.8]", ["M140"]),
        ("degree: 2", "degree: 0", ["M119"]),
        ("degree: 2", "degree: 1.5", ["M119"]),
        ("degree: 3", "degree: 1001", ["M119"]),
        ("[[0.2, 0.4], 0.6, 2/3]", "[[0.4, 0.2]]", ["M140"]),
        ("[[0.2, 0.4], 0.6, 2/3]", "[[0.2, 0.3, 0.4]]", ["M140"]),
        ("[[0.2, 0.4], 0.6, 2/3]", "[]", ["M140"]),
        ("[[0.2, 0.4], 0.6, 2/3]", "[0.2, 0.4]", ["M144"]),
        ("[[0.2, 0.4], 0.6, 2/3]", "{from: 0.2, to: 0.4}", ["M140"]),
        ("{unknown: x, over: y, says", "{unknown: x, says", ["M115"]),
        ("{degree: 2, of: x, over: y}", "{degree: 2, certainty: 1, of: x, over: y}", ["M117"]),
        ("{degree: 2, of: x, over: y}", "{of: x, over: y}", ["M117"]),
        ("{degree: 2, of: x, over: y}", "{degree: 2, of: q, over: y}", ["M104"]),
        ("certainty: 0.3", "certainty: 0", ["M140"]),
        ("certainty: 0.3", "certanty: 0.3", ["M141"]),
        ("B: negative", "B: hostile", ["M116"]),
        ("B: negative", "C: negative", ["M105"]),
        ("joint: yes", "joint: true", ["M116"]),
        ("held by: [B]", "held by: A", ["M142"]),
        ("held by: [B]", "held by: [B, B]", ["M106"]),
        ("held by: [B]", "held by: [C]", ["M105"]),
        ("{B: south}", "{B: sauth}", ["M143"]),
        ("{B: south}", "{C: south}", ["M105"]),
        ("unperceived options: [y]", "unperceived options: [q]", ["M104"]),
        ("unperceived options: [y]", "unperceived options: y", ["M114"]),
        ("unperceived: y and z", "unperceived: y and q", ["M104"]),
        ("{A: {weights", "{C: {weights", ["M105"]),
        ("{A: {weights: {x: 2}}}", "[A]", ["M114"]),
        ("{A: {weights: {x: 2}}}", "{A: x}", ["M114"]),
        ("{A: {weights: {x: 2}}}", "{A: {weights: {x: 2}, prefers: [x]}}", ["P209"]),
        ("{A: {weights: {x: 2}}}", "{A: {ranking: [YNN, NNN]}}", ["P201"]),
        ("{A: {weights: {x: 2}}}", "{A: {unperceived: x}}", ["M113"]),
        ("says: B wants z", "sais: B wants z", ["M113"]),
        ("  south: {held", '  "": {held', ["M103", "M143"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(old: str, new: str, found: list[str]) -> None:
    assert FILE.count(old) == 1
    assert codes(FILE.replace(old, new)) == found


def test_merged_states_must_be_judged_alike() -> None:
    merged = FILE.replace("status quo: [x]", "rules: [{merged: y}]\nstatus quo: [x]").replace(
        "{unknown: z, over: x}", "{unknown: y, over: y}"
    )
    found = [d for d in _problems(merged) if d.severity is Severity.ERROR]
    assert {d.code for d in found} == {"P208"}
    assert {d.element for d in found} >= {"decision makers/A/pairs/2", "viewpoints/north/decision makers/B/prefers/1"}


def _problems(text: str) -> tuple[Any, ...]:
    with pytest.raises(ConflictError) as caught:
        io.loads(text)
    return caught.value.diagnostics


def test_a_model_made_by_hand_is_checked_too() -> None:
    def party(**more: Any) -> Conflict:
        return Conflict("t", (DecisionMaker("A", "A", **more),), (Option("x", "x", ("A",)),))

    def refused(**more: Any) -> list[str]:
        with pytest.raises(ConflictError) as caught:
            party(**more)
        return [d.code for d in caught.value.diagnostics]

    x, nowhere = Taken("x"), Taken("q")
    assert refused(pairs=(PairStatement("certain", x, x),)) == ["M140"]
    assert refused(pairs=(PairStatement("unknown", x, x, (Fraction(1),)),)) == ["M140"]
    assert refused(pairs=(PairStatement("grey", x, x, (Fraction(1),)),)) == ["M140"]
    assert refused(pairs=(PairStatement("degree", x, x, (Fraction(3, 2),)),)) == ["M140"]
    assert refused(pairs=(PairStatement("certainty", x, x, (Fraction(1, 10**19),)),)) == ["M140"]
    assert refused(pairs=(PairStatement("unknown", nowhere, x),)) == ["M104"]
    assert refused(thresholds=(Threshold("probability", Fraction(2)),)) == ["M141", "M140"]
    assert refused(thresholds=(Threshold("grey", Fraction(1)),) * 2) == ["M106"]
    assert refused(attitudes=(Attitude("A", Stance.NEUTRAL),) * 2) == ["M106"]
    assert refused(attitudes=(Attitude("C", Stance.NEUTRAL),)) == ["M105"]
    assert refused(preference=OptionPrioritization((Statement(x, degree=0),))) == ["M140"]
    assert (
        party(preference=OptionPrioritization((Statement(x, degree=1),))).digest
        != party(preference=OptionPrioritization((Statement(x),))).digest
    )


def test_that_nothing_is_changed_and_that_it_is_changed_to_nothing_are_two_things() -> None:
    """None and an empty list mean different things in a viewpoint, and so the digests differ."""
    plain = io.loads(FILE).conflict
    made = [replace(plain, viewpoints=(Viewpoint("v", "v", parties=(Altered("B", pairs=pairs),)),)) for pairs in (None, ())]
    assert made[0].digest != made[1].digest
    assert [io.loads(io.dumps(one)).conflict for one in made] == made


def test_a_gmcr_file_loses_it_and_says_so() -> None:
    losses = Losses()
    note_unwritable(io.loads(FILE).conflict, losses)
    said = " ".join(loss.message for loss in losses.lost)
    for what in ("how strongly", "pairs of states", "thresholds", "attitudes", "viewpoints", "in one step"):
        assert what in said


def test_other_names_and_another_order_change_nothing_else() -> None:
    """Renaming and reordering a conflict with viewpoints, and seeing it from one of them, can be done in either order."""
    tried = 0
    for seed in range(60):
        conflict = dressed_conflict(Random(seed))
        turned = shuffled(conflict, Random(seed))
        for seen in conflict.viewpoints:
            tried += 1
            here = seen_from(conflict, seen.key)
            there = seen_from(turned.conflict, seen.key)
            one, other = StateSpace(here), StateSpace(there)
            assert one.states.count == other.states.count
            for dm in here.decision_makers:
                twin = there.decision_maker(turned.decision_makers[dm.key])
                assert [p.values for p in dm.pairs] == [p.values for p in twin.pairs]
                assert [(turned.decision_makers[a.toward], a.stance) for a in dm.attitudes] == [
                    (a.toward, a.stance) for a in twin.attitudes
                ]
                for part, same in ((dm.unperceived, twin.unperceived), *((p.of, q.of) for p, q in zip(dm.pairs, twin.pairs, strict=True))):
                    if part is not None and same is not None:
                        where = {turned.combination(c) for c in range(conflict.combinations) if one.where_bits(part) >> c & 1}
                        assert where == {c for c in range(conflict.combinations) if other.where_bits(same) >> c & 1}
                    else:
                        assert (part, same) == (None, None)
    assert tried > 10


def test_a_front_that_is_left_out_leaves_viewpoints_what_they_say_of_the_rest() -> None:
    conflict = replace(io.loads(FILE).conflict, fronts=(Front("side", "side", ("y",)), Front("far", "far", (), ("B",))))
    without_y = leave_out(conflict, ["side"]).conflict
    north = without_y.viewpoints[0]
    assert (north.unperceived, north.unperceived_options) == (None, ())
    assert [pair.kind for pair in without_y.decision_makers[0].pairs] == ["certainty", "grey", "probability"]
    without_b = leave_out(conflict, ["far"]).conflict
    north, south = without_b.viewpoints
    assert (north.held_by, north.believes, [how.party for how in north.parties], north.missing) == (("A",), (), ["A"], ())
    assert south.held_by == ()
    assert [attitude.toward for attitude in without_b.decision_makers[0].attitudes] == ["A"]
    turned = replace(
        conflict, viewpoints=(Viewpoint("v", "v", parties=(Altered("A", OptionPrioritization((Statement(Not(Taken("z"))),))),)),)
    )
    left = leave_out(turned, ["far"]).conflict.viewpoints[0].parties[0].preference
    assert left == OptionPrioritization(())  # no longer told apart by what is held: indifferent, and not as the file has it
