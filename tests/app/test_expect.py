"""Files of expected verdicts: what holds, what differs and how it is said, what is disputed, and files that can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import cases
from detente.app.answers import DifferencePart
from detente.app.expect import compare, expect
from detente.app.expect_file import parse_expectations
from detente.errors import ConflictError, UsageError
from detente.space.states import StateSpace
from tests.cli.program import run


@pytest.fixture(scope="module")
def space() -> StateSpace:
    return StateSpace(cases.load("elmira"))


def claims(space: StateSpace, text: str) -> tuple[DifferencePart, ...]:
    return compare(space, parse_expectations(text)).claims


HOLD = [
    "{concept: SEQ, equilibria: [5, 8, 9], source: s}",
    "{concept: SEQ, equilibria: [9, NYNNY, {taken: [Modify, Accept, Insist]}], source: s}",
    "{concept: SEQ, count: 3, includes: [5], excludes: [1, 2], source: s}",
    "{concept: SEQ, stays: {MoE: [1, 2]}, leaves: {Local: [status quo]}, source: s}",
    "{concept: Nash, stable: {Local: [5, 6, 7, 8, 9]}, source: s}",
    "{concept: [SEQ, GMR], any: true, equilibria: [1, 4, 5, 8, 9], source: s}",
    "{concept: {MoE: Nash, Uniroyal: Nash, Local: GMR}, equilibria: [1, 4, 5, 8, 9], source: s}",
    "{concept: Nash, equilibria: [now, 5], source: s, disputed: a misprint, computed: [5, 8, 9]}",
]
HEAD = "labels: {now: 1, merged: -NNY-}\ncounts: {combinations: 32, feasible: 9, moves: 24}\nstatus quo: now\nverdicts:\n  - "


@pytest.mark.parametrize("verdict", HOLD)
def test_what_holds(space: StateSpace, verdict: str) -> None:
    found = compare(space, parse_expectations(HEAD + verdict))
    assert found.holds, [claim for claim in found.claims if not claim.agrees]


DIFFER = [
    ("{concept: SEQ, equilibria: [5, 8], source: s}", "expected 5 8, found 5 8 9 (merged) (9 (merged) is extra)"),
    ("{concept: SEQ, equilibria: [1, 5, 8, 9], source: s}", "expected 1 (now) 5 8 9 (merged), found 5 8 9 (merged) (1 (now) is missing)"),
    ("{concept: SEQ, equilibria: [], source: s}", "expected none, found 5 8 9 (merged) (5 8 9 (merged) are extra)"),
    ("{concept: SEQ, count: 4, source: s}", "expected 4, found 3"),
    ("{concept: SEQ, includes: [4, 5], source: s}", "not so for 4"),
    ("{concept: SEQ, excludes: [4, 5], source: s}", "not so for 5"),
    ("{concept: SEQ, stays: {Local: [2, 4]}, source: s}", "not so for 4"),
    ("{concept: SEQ, leaves: {Local: [2, 4]}, source: s}", "not so for 2"),
    ("{concept: Nash, stable: {Local: [5]}, source: s}", "expected 5, found 5 6 7 8 9 (merged) (6 7 8 9 (merged) are extra)"),
    (
        "{concept: SEQ, equilibria: [5], source: s, disputed: d, computed: [5, 8]}",
        "expected 5 8, found 5 8 9 (merged) (9 (merged) is extra)",
    ),
]


@pytest.mark.parametrize(("verdict", "difference"), DIFFER)
def test_what_differs(space: StateSpace, verdict: str, difference: str) -> None:
    found = compare(space, parse_expectations(f"labels: {{now: 1, merged: -NNY-}}\nverdicts:\n  - {verdict}"))
    assert not found.holds
    assert [claim.difference for claim in found.claims if not claim.agrees and claim.disputed is None] == [difference]


@pytest.mark.parametrize(
    "head", ["counts: {feasible: 8}", "counts: {moves: 1}", "counts: {combinations: 1}", "status quo: 2", "status quo: null"]
)
def test_counts_and_status_quo_that_differ(space: StateSpace, head: str) -> None:
    found = compare(space, parse_expectations(f"{head}\nverdicts: []"))
    assert not found.holds


def test_a_disputed_verdict_never_fails_and_is_told(space: StateSpace) -> None:
    (claim,) = claims(space, "verdicts: [{concept: SEQ, equilibria: [1], source: Somebody 1999, disputed: a misprint}]")
    assert not claim.agrees
    assert claim.disputed == "a misprint"
    (agreeing,) = claims(space, "verdicts: [{concept: SEQ, equilibria: [5, 8, 9], source: s, disputed: d}]")
    assert agreeing.difference == "it agrees, although it is disputed"


BROKEN = [
    ("verdict: []", 'no key "verdict"', 1),
    ("verdicts:\n  - {concept: SEQ, equilibra: [5], source: s}", 'did you mean "equilibria"', 2),
    ("verdicts:\n  - {concept: SEQ, equilibria: [5]}", "no source", 2),
    ("verdicts:\n  - {concept: SEQ, source: s}", "claims nothing", 2),
    ("verdicts:\n  - {equilibria: [5], source: s}", "no concept", 2),
    ("verdicts:\n  - {concept: [SEQ, GMR], equilibria: [5], source: s}", "any: true", 2),
    ("verdicts:\n  - {concept: SEQ, equilibria: 5, source: s}", "a list of states", 2),
    ("verdicts:\n  - {concept: SEQ, stable: [5], source: s}", "must be a mapping", 2),
    ("verdicts:\n  - {concept: SEQ, count: many, source: s}", "whole number", 2),
    ("verdicts:\n  - {concept: SEQ, count: 3, source: s, computed: 4}", "needs `disputed`", 2),
    ("verdicts:\n  - SEQ", "must be a mapping", 2),
    ("[]", "must be a mapping", 1),
    ("counts: {states: 9}\nverdicts: []", 'no key "states"', 1),
]


@pytest.mark.parametrize(("text", "said", "line"), BROKEN)
def test_files_that_can_not_be_read(text: str, said: str, line: int) -> None:
    with pytest.raises(ConflictError) as found:
        parse_expectations(text, "x.expect.yaml")
    problem = found.value.diagnostics[0]
    assert said in f"{problem.message} {problem.help}"
    assert problem.code == "U417"
    assert problem.where is not None
    assert (problem.where.file, problem.where.line) == ("x.expect.yaml", line)


def test_unknown_states_and_concepts_are_refused(space: StateSpace) -> None:
    for text in (
        "{concept: SEK, count: 1, source: s}",
        "{concept: SEQ, equilibria: [99], source: s}",
        "{concept: SEQ, stays: {X: [1]}, source: s}",
    ):
        with pytest.raises(UsageError):
            claims(space, f"verdicts: [{text}]")


@pytest.mark.parametrize("name", [name for name in cases.names() if cases.expect_path(name) is not None])
def test_packaged_expectations_hold(name: str) -> None:
    path = cases.expect_path(name)
    assert path is not None
    found = expect(name, path)
    assert found.holds, [claim for claim in found.claims if not claim.agrees]
    assert found.claims


def test_the_command_leaves_with_1_and_a_clear_difference(tmp_path: Path) -> None:
    file = tmp_path / "mine.expect.yaml"
    file.write_text("verdicts:\n  - {concept: SEQ, equilibria: [5, 8], source: a guess}\n", encoding="utf-8")
    done = run("analyze", "elmira", "--expect", file)
    assert done.returncode == 1
    assert "SEQ equilibria: expected 5 8, found 5 8 9 (9 is extra)" in done.stdout
    assert "a guess" in done.stdout
    file.write_text("verdicts:\n  - {concept: SEQ, equilibria: [5, 8, 9], source: a guess}\n", encoding="utf-8")
    assert run("analyze", "elmira", "--expect", file).returncode == 0
