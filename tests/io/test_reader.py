"""What the reader of conflict files makes of a file: the conflict, and where each element stands."""

from __future__ import annotations

from typing import Any

import pytest

from detente import io
from detente.errors import ConflictError
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, NamedState, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Missing, Source
from detente.model.formula import And, If, Not, Or, Taken
from detente.model.preference import Statement
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting

WHOLE = """\
detente: 1
title: A well
question: Who pays?
about: |
  Two
  lines
viewpoint: the town's
sources:
  article: {title: An article, date: 1999-01-02, author: A. B., kind: news, file: a.txt, sha256: 00ff, grade: C3, note: short}
  the book: {title: A book}
asserters:
  officials: {name: town officials, speaks for: Town, adverse to: [Company]}
  narrator:
decision makers:
  Town:
    name: The town
    description: It has a well.
    basis: {reported: [article ¶1 by officials, {source: the book, at: p. 3, quote: so it is}], why: they say so}
    options:
      Sue: {name: go to court, direction: only on, description: Once., basis: {assumed: it is usual}}
      Wait: {shared with: [Company]}
    prefers:
      - Clean
      - {when: not Sue if Clean, says: no suit, basis: {inferred: the book p. 9, why: costs}}
    red lines:
      - Wait and not Clean
      - {never: Sue and Wait, says: both, basis: {assumed: }}
    unperceived: Sue and Clean and Wait
    spare preferences:
      - weights: {Clean: -3, Sue: 2}
  Company:
    options:
      Clean:
        direction: only off
    weights: {Clean: 4}
options without owner:
  Rain: {direction: both ways}
rules:
  - infeasible: Sue and Wait
    says: not both
    basis: {assumed: clear}
  - at most one: [Sue, Wait]
  - {option: Wait, only if: Clean or Sue}
status quo: [Clean]
states:
  gone: NYNN
  here: {taken: [Sue]}
  there: []
coalitions: [[Town, Company], {name: both, members: [Town]}]
missing:
  - {what: the minutes, about: Town, matters: much}
  - what: the rest
"""


def only(text: str) -> Any:
    """The conflict of a text that has nothing wrong with it."""
    loaded = io.loads(text)
    assert loaded.diagnostics == ()
    return loaded.conflict


def codes(text: str) -> list[str]:
    """The codes of the refusal of a text."""
    with pytest.raises(ConflictError) as caught:
        io.loads(text)
    return [d.code for d in caught.value.diagnostics]


def test_everything_that_a_file_can_say() -> None:
    clean, sue, wait = Taken("Clean"), Taken("Sue"), Taken("Wait")
    inferred = Basis(BasisKind.INFERRED, (Citation("the book", "p. 9"),), "costs")
    town = DecisionMaker(
        "Town",
        "The town",
        OptionPrioritization((Statement(clean), Statement(If(Not(sue), clean), inferred, "no suit"))),
        (RedLine(And((wait, Not(clean)))), RedLine(And((sue, wait)), Basis(BasisKind.ASSUMED), "both")),
        "It has a well.",
        Basis(BasisKind.REPORTED, (Citation("article", "¶1", "officials"), Citation("the book", "p. 3", quote="so it is")), "they say so"),
        (OptionWeighting((("Clean", -3), ("Sue", 2))),),
        And((sue, clean, wait)),
    )
    assumed = Basis(BasisKind.ASSUMED, (), "it is usual")
    assert only(WHOLE) == Conflict(
        "A well",
        (town, DecisionMaker("Company", "Company", OptionWeighting((("Clean", 4),)))),
        (
            Option("Rain", "Rain", ()),
            Option("Sue", "go to court", ("Town",), Direction.ONLY_ON, "Once.", assumed),
            Option("Wait", "Wait", ("Town", "Company")),
            Option("Clean", "Clean", ("Company",), Direction.ONLY_OFF),
        ),
        (
            Infeasible(And((sue, wait)), Basis(BasisKind.ASSUMED, (), "clear"), "not both"),
            AtMostOne(("Sue", "Wait")),
            OnlyIf(wait, Or((clean, sue))),
        ),
        frozenset({"Clean"}),
        "Who pays?",
        "Two\nlines\n",
        "the town's",
        Evidence(
            (Source("article", "An article", "1999-01-02", "A. B.", "news", "a.txt", "00ff", "C3", "short"), Source("the book", "A book")),
            (Asserter("officials", "town officials", ("Town",), ("Company",)), Asserter("narrator", "narrator")),
            (Missing("the minutes", "Town", "much"), Missing("the rest")),
        ),
        (NamedState("gone", frozenset({"Sue"})), NamedState("here", frozenset({"Sue"})), NamedState("there", frozenset())),
        (Coalition(("Town", "Company")), Coalition(("Town",), "both")),
    )


def test_the_other_rules_and_preferences() -> None:
    text = """
        detente: 1
        title: t
        decision makers:
          A:
            options: {x: , y: , z: }
            prefers: [x]
            ranking: ["YNN", {taken: [x, y]}]
            preference basis: {assumed: so}
            spare preferences: [{ranking: [4, [3, 2], 1]}]
        rules:
          - exactly one: [x, z]
          - at least one: [x, y, z]
          - merged: z and y
            name: end
        """
    conflict = only("\n".join(line[8:] for line in text.splitlines()))
    x, xy, z, yz = frozenset("x"), frozenset("xy"), frozenset("z"), frozenset("yz")
    (dm,) = conflict.decision_makers
    assert dm.preference == StatementsThenRanking((Statement(Taken("x")),), ((x,), (xy,)), Basis(BasisKind.ASSUMED, (), "so"))
    assert dm.spare_preferences == (StateRanking(((yz,), (z, xy), (x,))),)
    assert conflict.rules == (ExactlyOne(("x", "z")), AtLeastOne(("x", "y", "z")), Merged(And((Taken("z"), Taken("y"))), "end"))


BASE = "detente: 1\ntitle: t\ndecision makers:\n  A:\n    options: {x: , y: }\n  B:\n    options: {z: }\n"


def test_elements_are_known_by_their_paths() -> None:
    loaded = io.loads(WHOLE)
    lines = loaded.text.splitlines()
    words = {
        "title": "title",
        "sources/the book": "the book",
        "asserters/narrator": "narrator",
        "decision makers/Town": "Town",
        "decision makers/Town/basis": "basis",
        "options/Sue": "Sue",
        "options/Rain": "Rain",
        "options/Clean/direction": "direction",
        "decision makers/Town/prefers": "prefers",
        "decision makers/Town/prefers/1": "Clean",
        "decision makers/Town/prefers/2": "{when: not Sue if Clean, says: no suit, basis: {inferred: the book p. 9, why: costs}}",
        "decision makers/Town/red lines/1": "Wait and not Clean",
        "decision makers/Company/weights": "weights",
        "decision makers/Town/spare preferences/1/weights": "weights",
    }
    for path, word in words.items():
        where = loaded.positions[path]
        assert lines[where.line - 1][where.column - 1 :][: where.length] == word, path


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ("status quo: [x, z]", {"x", "z"}),
        ("status quo: []", set()),
        ("status quo: {taken: [y]}", {"y"}),
        ("status quo: YNY", {"x", "z"}),
        ('status quo: "YNY"', {"x", "z"}),
        ("status quo: 4", {"x", "y"}),
        ("status quo: deal\nstates: {deal: 8}", {"x", "y", "z"}),
        ("status quo: -NY\nrules: [{merged: z and not y}]", {"x", "z"}),
        ("status quo: 5\nrules: [{merged: z and not y}]", {"x", "z"}),
        ("status quo: NNY\nrules: [{merged: z and not y}]", {"z"}),
        ("status quo: -NN\nrules: [{infeasible: x}]", set()),
        ("status quo: --N\nrules: [{merged: not z}]", {"x", "y"}),
    ],
)
def test_states_are_named_in_several_ways(more: str, taken: set[str]) -> None:
    assert io.loads(BASE + more).conflict.status_quo == frozenset(taken)


def test_a_text_may_be_a_number_or_a_word_that_other_files_read_otherwise() -> None:
    text = BASE.replace("title: t", "title: 12") + "question: yes\nabout: null text\nstates: {no: [x], on: [y]}\nstatus quo: no"
    conflict = io.loads(text).conflict
    assert (conflict.title, conflict.question, conflict.about, conflict.status_quo) == ("12", "yes", "null text", frozenset({"x"}))


def test_aliases_repeat_what_they_stand_for() -> None:
    text = BASE.replace("    options: {x: , y: }", "    basis: &b {assumed: so}\n    options: {x: {basis: *b}, y: }")
    conflict = io.loads(text).conflict
    assert conflict.options[0].basis == conflict.decision_makers[0].basis == Basis(BasisKind.ASSUMED, (), "so")


def test_harmless_tags_and_marks_are_passed_over() -> None:
    conflict = io.loads("\ufeff%YAML 1.2\n---\n" + BASE + "question: !!str 12\nabout: ! x\n...\n").conflict
    assert (conflict.question, conflict.about) == ("12", "x")


def test_json_is_read_with_its_tabs() -> None:
    text = '{\n\t"detente": 1,\n\t"title": "a\\tb \\/ \\u00e9",\n\t"decision makers": {"A": {"options": {"x": null}}}\n}\n'
    loaded = io.loads(text, "f.json")
    assert loaded.conflict.title == "a\tb / é"
    assert loaded.positions["title"].label == "f.json:3:2"


def test_the_order_of_options_is_that_of_their_owners() -> None:
    text = """
detente: 1
title: t
decision makers:
  B: {options: {p: , q: {shared with: [A]}}}
  A: {options: {r: {shared with: [B]}, s: }}
options without owner: {o: }
"""
    assert [(o.key, o.owners) for o in only(text).options] == [
        ("o", ()),
        ("p", ("B",)),
        ("q", ("B", "A")),
        ("r", ("B", "A")),
        ("s", ("A",)),
    ]


def test_a_decision_maker_may_be_empty() -> None:
    conflict = only(BASE + "  C:\n")
    assert conflict.decision_makers[2] == DecisionMaker("C", "C")


def test_nothing_is_made_of_a_file_that_is_refused_but_all_is_told() -> None:
    text = BASE.replace("x: , y: ", "x: , y: 7").replace("title: t", "title: []")
    assert codes(text + "status quo: [w]\nrules: [{merged: v}]\nstates: {s: [u]}") == ["M114", "M104", "M114", "M104", "M104"]
