"""Fronts: how they are written and checked, and what is left of a conflict without them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import cases, io
from detente.analysis.evidence import element_index
from detente.errors import ConflictError, EditError
from detente.explain.elements import element_words
from detente.io.gmcr_write import gmcr_text
from detente.model.assuming import assuming, rule_assuming
from detente.model.conflict import Conflict
from detente.model.edit import RenameDecisionMaker, RenameOption, apply_all
from detente.model.formula import holds, options_in
from detente.model.front import Front, options_on
from detente.model.narrowed import leave_out
from detente.model.rule import permits
from detente.testing.models import random_formula
from tests.model.test_edit import random_rule

FILE = """\
detente: 1
title: Two borders
decision makers:
  A: {options: {x: , guard: {shared with: C}}, prefers: [x if guard, not c, z], red lines: [c and guard, z]}
  B: {options: {z: }, prefers: [z], unperceived: c}
  C: {options: {c: }, prefers: [c]}
rules: [at most one: [x, c], exactly one: [z, guard]]
status quo: [guard]
states: {war: [guard, c], peace: [z]}
positions: {A: peace, C: war}
fallback: war
coalitions: [[A, C], [A, B, C]]
missing: [{what: much, about: C}]
questions: [stuck: and now?, {ends only if: c?, needs: c}, {step: war?, state: war}, {step: z?, state: [guard, x]}]
"""
NORTH = "fronts: {North: {name: the northern border, decision makers: C, says: the north}}\n"


def read(more: str = NORTH) -> Conflict:
    return io.loads(FILE + more, "f.yaml").conflict


def test_what_belongs_to_a_front() -> None:
    conflict = read()
    assert conflict.fronts == (Front("North", "the northern border", (), ("C",), says="the north"),)
    assert options_on(conflict, conflict.fronts[0]) == ("c",)  # of the option that is shared, A is an owner still
    assert io.loads(io.dumps(conflict)).conflict == conflict
    assert io.loads(FILE + "fronts: {North: {options: guard}}\n").conflict.fronts == (Front("North", "North", ("guard",)),)


def test_a_file_without_fronts_keeps_its_digest() -> None:
    assert read("").digest == read("fronts: {}\n").digest != read().digest
    assert cases.load("elmira").digest == replace(cases.load("elmira"), fronts=()).digest


@pytest.mark.parametrize(
    ("fronts", "codes"),
    [
        ("{N: {options: q}}", ["M104"]),
        ("{N: {decision makers: Q}}", ["M105"]),
        ("{N: {}}", ["M127"]),
        ("{N: {options: [x, x]}}", ["M106"]),
        ("{N: {options: x}, S: {options: x}}", ["M127"]),
        ("{N: {decision makers: C}, S: {decision makers: C}}", ["M127"]),
        ("{N: {decision makers: [A, B, C]}}", ["M126"]),
        ("{N: {options: [x, z, guard, c]}}", ["M126"]),
        ("{N: {options: [x, guard]}, S: {decision makers: [B, C]}}", ["M126"]),
        ("{N: {name: '', options: x}, '': {options: z}}", ["M103"]),
    ],
)
def test_fronts_that_can_not_be(fronts: str, codes: list[str]) -> None:
    with pytest.raises(ConflictError) as refused:
        read(f"fronts: {fronts}\n")
    assert [found.code for found in refused.value.diagnostics] == codes


def test_they_follow_new_names_and_rest_on_evidence() -> None:
    conflict = read("fronts: {North: {decision makers: C, options: z, basis: {assumed: so}}}\n")
    renamed = apply_all([RenameOption("z", "new"), RenameDecisionMaker("C", "D")], conflict)
    assert (renamed.fronts[0].options, renamed.fronts[0].decision_makers) == (("new",), ("D",))
    (element,) = [element for element in element_index(conflict) if element.path == "fronts/North"]
    assert (element.about, element.basis and element.basis.why) == (("C",), "so")
    assert element_words(conflict, "fronts/North") == "the front “North”"
    assert element_words(conflict, "fronts/South") == "fronts/South"
    _, notes = gmcr_text(read("fronts: {North: {options: z}}\n"), allow_loss=True)
    assert "a .gmcr file can't hold fronts: fronts/North" in [note.message for note in notes]


def test_what_is_left_without_a_front() -> None:
    narrow = leave_out(read(), ["North"])
    left = narrow.conflict
    assert (narrow.held, narrow.decision_makers, narrow.still) == ({"c": False}, ("C",), ())
    assert [option.key for option in left.options] == ["x", "guard", "z"]
    assert left.option("guard").owners == ("A",)
    preference = left.decision_maker("A").preference
    assert preference is not None
    before = read().decision_maker("A").preference
    assert before is not None
    assert [str(s.when) for s in preference.statements()] == [str(s.when) for s in before.statements()[::2]]
    assert len(left.decision_maker("A").red_lines) == 1  # the other is never crossed while c is not taken
    assert narrow.red_lines == {("A", 1): 2}
    assert left.decision_maker("B").unperceived is None
    assert len(left.rules) == 1  # at most one of x and c forbids nothing more
    assert left.status_quo == frozenset({"guard"})
    assert [named.name for named in left.named_states] == ["peace"]
    assert [position.party for position in left.positions] == ["A"]
    assert left.fallback is None
    assert [coalition.members for coalition in left.coalitions] == [("A", "B")]
    assert left.evidence.missing == ()
    assert [question.asks for question in left.questions] == ["and now?", "z?"]
    assert left.fronts == ()
    assert narrow.dropped == ("states/war", "positions/C", "fallback", "questions/2", "questions/3")


def test_without_fronts_nothing_is_left_out() -> None:
    conflict = read()
    assert leave_out(conflict, []).conflict is conflict
    with pytest.raises(EditError, match="M130"):
        leave_out(conflict, ["South"])


def test_who_has_nothing_left_to_change_stays_in_the_model() -> None:
    narrow = leave_out(read("fronts: {East: {options: z}}\n"), ["East"])
    assert narrow.still == ("B",)
    assert [dm.key for dm in narrow.conflict.decision_makers] == ["A", "B", "C"]
    assert narrow.conflict.decision_maker("B").preference is None  # z is what it is


def test_without_a_status_quo_that_can_occur_nothing_says_how_a_front_stands() -> None:
    for quo in (None, frozenset({"guard", "z"})):
        with pytest.raises(EditError, match="M135"):
            leave_out(replace(read(), status_quo=quo), ["North"])


def test_leaving_out_one_front_after_another_is_leaving_out_both() -> None:
    wide = cases.load("gaza-all-fronts")
    one_by_one = leave_out(leave_out(wide, ["Yemen"]).conflict, ["Abroad", "Home"])
    assert one_by_one.conflict == leave_out(wide, ["Home", "Yemen", "Abroad"]).conflict
    assert [front.key for front in one_by_one.conflict.fronts] == ["Lebanon", "SyriaIraq", "RedCross"]


def test_the_wide_flagship_without_its_fronts_is_the_narrow_one() -> None:
    """Its options, rules, red lines, status quo, named states and positions, and each party's statements to the last word."""
    wide, narrow = cases.load("gaza-all-fronts"), cases.load("gaza-hostage-talks")
    left = leave_out(wide, [front.key for front in wide.fronts]).conflict
    assert left.options == narrow.options
    assert left.rules == narrow.rules
    assert left.status_quo == narrow.status_quo
    assert left.named_states == narrow.named_states
    assert [p.taken for p in left.positions] == [p.taken for p in narrow.positions]
    assert left.fallback == narrow.fallback
    for dm, before in zip(left.decision_makers, narrow.decision_makers, strict=True):
        assert (dm.key, dm.red_lines) == (before.key, before.red_lines)
        kept = dm.preference.statements() if dm.preference else ()
        own = before.preference.statements() if before.preference else ()
        assert tuple(s for s in kept if s in own) == own
        assert {str(s.when) for s in kept if s not in own} == {
            "Mediators": {"Not(part=Taken(option='ReleaseAll'))"},  # below "all hostages are freed"
        }.get(dm.key, set())


@given(st.integers(0, 2**32))
def test_conditions_and_rules_say_the_same_of_what_is_left(seed: int) -> None:
    rng = Random(seed)
    options = ["a", "b", "c", "d"]
    known = {key: rng.random() < 0.5 for key in rng.sample(options, rng.randint(0, 4))}
    formula, rule = random_formula(rng, options, 3), random_rule(rng, options)
    left, left_rule = assuming(formula, known), rule_assuming(rule, known)
    assert options_in(left).isdisjoint(known)
    if known.keys().isdisjoint(options_in(formula)):
        assert left is formula
    for number in range(16):
        taken = frozenset(key for place, key in enumerate(options) if (known[key] if key in known else number >> place & 1))
        rest = taken.difference(known)
        assert holds(left, rest.__contains__) == holds(formula, taken.__contains__)
        assert (left_rule is None or permits(left_rule, rest)) == permits(rule, taken)
