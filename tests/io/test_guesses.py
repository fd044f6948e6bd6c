"""Reading, writing and carrying along what is not certain: guesses with their alternatives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from tests.dressed import dressed_conflict

from detente import io
from detente.analysis.evidence import element_index, evidence_report
from detente.errors import ConflictError
from detente.explain.basis import grounds
from detente.explain.elements import element_words
from detente.io.gmcr_losses import Losses, note_unwritable
from detente.model.checks import bases_of
from detente.model.completed import completed
from detente.model.conflict import Direction
from detente.model.formula import And, Not, Taken
from detente.model.guess import Alternative, AsWritten, Decided, Guess, LeftOut, Ordered, SeenFrom
from detente.model.rule import AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf

FILE = """\
detente: 1
title: A dispute
decision makers:
  A:
    options: {x: , y: }
    prefers: [x, not z, y or z]
    red lines: [x and z]
    pairs: [{unknown: x, over: y}, {degree: 2, of: x, over: z}]
  B:
    options: {z: {direction: both ways}}
    prefers: [z, x]
rules:
  - {infeasible: x and y and z, says: too much}
  - at most one: [y, z]
status quo: [x]
viewpoints:
  north: {decision makers: {A: {prefers: [z]}}}
  south: {decision makers: {B: {red lines: [x]}}}
uncertain:
  what comes first: {of: A, order: [3, 1, 2], says: which of the three, basis: {assumed: nobody asked}}
  what B wants:
    of: B
    statement: 2
    or: [left out, {when: not x, says: the contrary, weight: 0.2}, {when: x and y, weight: 1/3}, {left out: yes, weight: 2}]
    as written: 0.5
    weights basis: {assumed: for the test}
  the first of B: {of: B, statement: 1}
  the red line: {of: A, red line: 1, or: [left out, y and z, {never: z, says: any z}]}
  how they compare: {of: A, relation: 1}
  what it means: {rule: 1, or: [left out, {infeasible: x, says: no x}, {exactly one: [x, z]}, {option: x, only if: not z}]}
  the other rule: {rule: 2}
  for good: {direction: z, or: only on}
  whose account: {viewpoints: [north, {viewpoint: south, says: B is right}]}
"""


def without_bad(text: str) -> str:
    """The file without the alternative that stands there twice, which other tests need not."""
    return text.replace("[left out, {when: not x", "[{when: not x")


GOOD = without_bad(FILE)


def codes(text: str) -> list[str]:
    """The codes of what reading gives."""
    try:
        found = io.loads(text, "f.yaml").diagnostics
    except ConflictError as problem:
        found = problem.diagnostics
    return [d.code for d in found]


def test_everything_is_read() -> None:
    guesses = {guess.key: guess for guess in io.loads(GOOD).conflict.guesses}
    assert [guess.kind for guess in guesses.values()] == [
        "order", "statement", "statement", "red line", "relation", "rule", "rule", "direction", "viewpoint",
    ]  # fmt: skip
    first = guesses["what comes first"]
    assert (first.of, first.places, first.says) == ("A", (1, 2, 3), "which of the three")
    assert [one.what for one in first.alternatives] == [AsWritten(), *map(Ordered, list(permutations((1, 2, 3)))[1:])]
    wants = guesses["what B wants"]
    assert [one.what for one in wants.alternatives] == [AsWritten(), Not(Taken("x")), And((Taken("x"), Taken("y"))), LeftOut()]
    assert [one.weight for one in wants.alternatives] == [Fraction(1, 2), Fraction(1, 5), Fraction(1, 3), Fraction(2)]
    assert sum(wants.weights) == 1
    assert wants.alternatives[1].says == "the contrary"
    assert wants.weighed is not None
    assert [one.what for one in guesses["the first of B"].alternatives] == [AsWritten(), LeftOut()]
    line = guesses["the red line"].alternatives
    assert [one.what for one in line] == [AsWritten(), LeftOut(), And((Taken("y"), Taken("z"))), Taken("z")]
    compared = guesses["how they compare"]
    assert [one.what for one in compared.alternatives] == [AsWritten(), Decided("first"), Decided("second"), Decided("neither")]
    assert [one.what for one in guesses["what it means"].alternatives[1:]] == [
        LeftOut(),
        Infeasible(Taken("x")),
        ExactlyOne(("x", "z")),
        OnlyIf(Taken("x"), Not(Taken("z"))),
    ]
    assert guesses["what it means"].alternatives[2].says == "no x"
    assert guesses["for good"].alternatives[1].what is Direction.ONLY_ON
    assert [one.what for one in guesses["whose account"].alternatives[1:]] == [SeenFrom("north"), SeenFrom("south")]


def test_what_is_written_reads_back_the_same() -> None:
    conflict = io.loads(GOOD).conflict
    text = io.dumps(conflict)
    assert io.loads(text).conflict == conflict
    assert "  for good:\n    direction: z\n    or: [only on]\n" in text
    assert '      - {left out: "yes", weight: 2}\n' in text
    assert "    viewpoints:\n      - north\n      - {viewpoint: south, says: B is right}\n" in text


def test_the_example_of_the_manual_fits_its_conflict() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/conflict-files.md").read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in page.split("```yaml\n")[1:]]
    conflict = io.loads("\n".join(block for block in blocks if block.startswith(("detente:", "uncertain:")))).conflict
    assert [len(guess.alternatives) for guess in conflict.guesses] == [6, 3, 2, 3, 2]


def test_naming_guesses_changes_nothing_of_the_model() -> None:
    conflict = io.loads(GOOD).conflict
    bare = replace(conflict, guesses=(), viewpoints=())
    assert completed(conflict, {}) == bare
    assert conflict.digest != replace(conflict, guesses=()).digest


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{of: A, order: [3, 1, 2]", "{of: C, order: [3, 1, 2]", ["M105"]),
        ("order: [3, 1, 2]", "order: [3, 1, 1]", ["M106"]),
        ("order: [3, 1, 2]", "order: [3, 1, 4]", ["M180"]),
        ("order: [3, 1, 2]", "order: [3]", ["M183"]),
        ("order: [3, 1, 2]", "order: []", ["M107"]),
        ("order: [3, 1, 2]", "order: 3", ["M114"]),
        ("order: [3, 1, 2]", "order: [0, 1]", ["M119"]),
        ("order: [3, 1, 2]", f"order: [{', '.join(map(str, range(1, 9)))}]", ["M180"]),
        ("order: [3, 1, 2]", "order: [3, 1, 2], or: [left out]", ["M113"]),
        ("order: [3, 1, 2]", "order: [3, 1, 2], as written: 1", ["M113"]),
        ("order: [3, 1, 2]", "order: [3, 1, 2], statement: 1", ["M117"]),
        ("{of: B, statement: 1}", "{statement: 1}", ["M115"]),
        ("{of: B, statement: 1}", "{of: B}", ["M117"]),
        ("{of: B, statement: 1}", "", ["M114"]),
        ("{of: B, statement: 1}", "statement 1", ["M114"]),
        ("{of: B, statement: 1}", "{of: B, statement: 2}", ["M181"]),
        ("{of: B, statement: 1}", "{of: B, order: [1, 2]}", []),
        ("{of: B, statement: 1}", "{of: A, order: [1, 2]}", ["M181", "M181"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: z}", ["M185"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: []}", ["M107"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: leftout}", ["M104"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: {when: left out}}", ["M111"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: {never: x}}", ["M117"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, or: {left out: no}}", ["M116"]),
        ("as written: 0.5", "as written: 0", ["M140"]),
        ("as written: 0.5", "as written: 0.0000000001", ["M184"]),
        ("as written: 0.5", "as written: 9e9", ["M140"]),
        ("    as written: 0.5\n", "", ["M184"]),
        ("{when: not x, says: the contrary, weight: 0.2}", "not x", ["M184"]),
        ("{of: B, statement: 1}", "{of: B, statement: 1, weights basis: {assumed: so}}", ["M184"]),
        ("red line: 1, or: [left out,", "red line: 2, or: [left out,", ["M180"]),
        ("red line: 1, or: [left out,", "red line: 1, or: [x and z,", ["M185"]),
        ("relation: 1", "relation: 2", ["M186"]),
        ("relation: 1", "relation: 3", ["M180"]),
        ("relation: 1", "relation: 1, or: [unknown]", ["M116"]),
        ("relation: 1", "relation: 1, or: [first, second, first]", ["M185"]),
        ("{rule: 2}", "{rule: 3}", ["M180"]),
        ("{rule: 2}", "{rule: 1}", ["M181"]),
        ("{rule: 2}", "{rule: 2, or: {merged: x}}", ["M117"]),
        ("{rule: 2}", "{rule: 2, or: {at most one: [y, z]}}", ["M185"]),
        ("{rule: 2}", "{rule: 2, or: {at most one: [y, y]}}", ["M106"]),
        ("{rule: 2}", "{rule: 2, of: A}", ["M113"]),
        ("  - at most one: [y, z]", "  - at most one: [y, z]\n  - merged: x and y", ["M182", "M182"]),
        ("prefers: [z, x]", "ranking: [1, 2, 3, 4, 5]", ["M180", "M180", "M182", "M182"]),
        ("direction: z", "direction: w", ["M104"]),
        ("direction: z, or: only on", "direction: z, or: both ways", ["M185"]),
        ("direction: z, or: only on", "direction: z, or: sideways", ["M116"]),
        ("direction: z, or: only on", "direction: z", ["M115"]),
        ("viewpoints: [north,", "viewpoints: [east,", ["M143"]),
        ("viewpoints: [north,", "viewpoints: [south,", ["M185"]),
        ("  whose account", "  whose: {viewpoints: [north]}\n  whose account", ["M181"]),
        ("  for good", "  the red line", ["F610"]),
        ("uncertain:", "uncertian:", ["M113"]),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, found: list[str]) -> None:
    assert old in GOOD
    assert codes(GOOD.replace(old, new)) == found


def test_an_alternative_that_stands_there_twice_is_told_where_it_stands() -> None:
    with pytest.raises(ConflictError) as caught:
        io.loads(FILE, "f.yaml")
    twice = [d for d in caught.value.diagnostics if d.code == "M185"]
    assert [d.element for d in twice] == ["uncertain/what B wants/or/4"]
    assert twice[0].where is not None
    assert (twice[0].where.line, twice[0].where.column) == (24, 98)


def test_orders_too_long_and_too_many_guesses_are_refused() -> None:
    many = ", ".join(f"x or y or not x and {'not ' * n}z" for n in range(8))
    long = GOOD.replace("[x, not z, y or z]", f"[{many}]").replace("[3, 1, 2]", "[1, 2, 3, 4, 5, 6, 7, 8]")
    assert codes(long) == ["M183"]
    seven = long.replace("5, 6, 7, 8]", "5, 6, 7]")
    assert len(io.loads(seven).conflict.guesses[0].alternatives) == 5_040
    conflict = io.loads(GOOD).conflict
    with pytest.raises(ConflictError) as caught:
        replace(conflict, guesses=tuple(replace(conflict.guesses[2], key=f"g{n}") for n in range(65)))
    assert [d.code for d in caught.value.diagnostics] == ["M187"]


@pytest.mark.parametrize(
    ("guess", "found"),
    [
        (Guess("g", "order", "A", (1, 2), (Alternative(AsWritten()), Alternative(Ordered((1, 3))))), "M183"),
        (Guess("g", "order", "A", (2, 1), (Alternative(AsWritten()), Alternative(Ordered((1, 2))))), "M183"),
        (Guess("g", "order", "A", (1, 2), (Alternative(AsWritten(), Fraction(1)), Alternative(Ordered((2, 1)), Fraction(1)))), "M183"),
        (Guess("g", "statement", "A", (1, 2), (Alternative(AsWritten()), Alternative(LeftOut()))), "M180"),
        (Guess("g", "statement", None, (1,), (Alternative(AsWritten()), Alternative(LeftOut()))), "M180"),
        (Guess("g", "rule", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut()))), "M180"),
        (Guess("g", "viewpoint", None, (), (Alternative(AsWritten()),)), "M185"),
        (Guess("g", "statement", "A", (1,), (Alternative(LeftOut()), Alternative(AsWritten()))), "M185"),
        (Guess("g", "statement", "A", (1,), (Alternative(AsWritten()), Alternative(Direction.BOTH))), "M185"),
        (Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(Merged(Taken("x"))))), "M185"),
        (Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(Infeasible(Taken("x"), says="no x")))), "M185"),
        (Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(AtMostOne(("x", "x"))))), "M185"),
        (Guess("g", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(Taken("w")))), "M104"),
        (Guess(" ", "rule", None, (1,), (Alternative(AsWritten()), Alternative(LeftOut()))), "M103"),
    ],
)
def test_guesses_made_in_code_are_checked_too(guess: Guess, found: str) -> None:
    conflict = io.loads(GOOD).conflict
    with pytest.raises(ConflictError) as caught:
        replace(conflict, guesses=(guess,))
    assert [d.code for d in caught.value.diagnostics] == [found]


def test_what_a_merged_state_leaves_open_is_no_alternative() -> None:
    text = "{detente: 1, title: t, decision makers: {A: {options: {x: , y: }, prefers: [x]}}, rules: [{merged: x}], uncertain: {g: "
    assert codes(text + "{of: A, statement: 1, or: not x}}}") == []
    assert codes(text + "{of: A, statement: 1, or: y}}}") == ["P208"]
    assert codes(text + "{of: A, statement: 1, or: x and y}}}") == ["P208"]


def test_elements_have_places_words_and_grounds() -> None:
    loaded = io.loads(GOOD)
    paths = [element.path for element in element_index(loaded.conflict) if element.path.startswith("uncertain/")]
    assert len(paths) == 9 + 1
    for path in paths:
        assert path in loaded.positions, path
        assert path in grounds(loaded.conflict)
        assert element_words(loaded.conflict, path) != path
    assert element_words(loaded.conflict, "uncertain/what comes first") == "the guess “which of the three”"
    assert element_words(loaded.conflict, "uncertain/what B wants/weights basis") == "the weights of the guess “what B wants”"
    assert element_words(loaded.conflict, "uncertain/nothing") == "uncertain/nothing"
    assert [path for path, _ in bases_of(loaded.conflict)] == ["uncertain/what comes first", "uncertain/what B wants/weights basis"]
    assert evidence_report(loaded.conflict).counts.assumed == 2


def test_a_gmcr_file_loses_guesses_and_says_so() -> None:
    losses = Losses()
    note_unwritable(io.loads(GOOD).conflict, losses)
    assert any("uncertain" in loss.message for loss in losses.lost)


def test_random_conflicts_have_guesses_of_every_kind() -> None:
    """What round trips, damage and edits of random conflicts rest on."""
    kinds = Counter(guess.kind for seed in range(80) for guess in dressed_conflict(Random(seed)).guesses)
    assert len(kinds) == 7
