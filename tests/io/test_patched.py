"""Texts of conflict files changed to say another conflict: what is read back is that conflict, and little else in the text is different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dressed import dressed_conflict
from tests.io.test_patching import changed_lines, laid_out
from tests.model.test_edit import random_edit

from detente import cases, io
from detente.errors import ConflictError, EditError
from detente.io.gmcr_write import gmcr_text
from detente.io.loaded import Loaded
from detente.io.patched import patched, patched_data
from detente.io.writer import as_json, as_yaml, conflict_data
from detente.model.ban import Ban
from detente.model.conflict import Conflict, Direction, RedLine
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRedLine,
    RemoveRule,
    RemoveStatement,
    RenameOption,
    ReplaceStatement,
    ReverseStatement,
    SetDirection,
    SetStatusQuo,
)
from detente.model.edit_bans import AddBan, RemoveBan
from detente.model.edit_beliefs import SetJoint
from detente.model.edit_rankings import MoveRanked, levels_of
from detente.model.formula import Not, Or, Taken
from detente.model.preference import Statement
from detente.model.rule import Infeasible
from detente.testing.models import Shape

FLAGSHIP = "gaza-hostage-talks"
LARGE = (FLAGSHIP, "gaza-all-fronts")
CR = "\r\n"


@cache
def case(name: str) -> Loaded:
    """A packaged case as it was read."""
    return io.read(cases.path(name))


def as_read(text: str, name: str = "f.yaml") -> Loaded:
    """A text as it is read."""
    return io.loads(text, name)


def every_kind(conflict: Conflict) -> list[Edit]:
    """An edit of each kind that the workbench knows, at several places; some may not fit."""
    some, last = conflict.options[0].key, conflict.options[-1].key
    one, other = Taken(some), Not(Taken(last))
    taken = conflict.status_quo or frozenset()
    edits: list[Edit] = [
        *(AddRule(place, Infeasible(one, says="never")) for place in (1, len(conflict.rules) + 1)),
        *(RemoveRule(place) for place in {1, len(conflict.rules)}),
        *(SetDirection(some, direction) for direction in Direction),
        AddBan(1, Ban(conflict.decision_makers[0].key, one, other)),
        AddBan(len(conflict.bans) + 1, Ban(conflict.decision_makers[-1].key, one, other, says="no: way")),
        RemoveBan(1),
        SetJoint(1, True),
        SetStatusQuo(taken ^ {some}),
        SetStatusQuo(taken ^ {last}),
    ]
    for dm in conflict.decision_makers:
        count = len(dm.preference.statements()) if dm.preference else 0
        edits += [MoveStatement(dm.key, 1, count), MoveStatement(dm.key, count, 1), MoveStatement(dm.key, 2, 1)]
        edits += [RemoveStatement(dm.key, 1), RemoveStatement(dm.key, count), ReverseStatement(dm.key, 1), ReverseStatement(dm.key, count)]
        edits += [AddStatement(dm.key, 1, Statement(other)), AddStatement(dm.key, count + 1, Statement(one, says="a: b"))]
        edits += [ReplaceStatement(dm.key, 1, Statement(other, says="words")), AddRedLine(dm.key, 1, RedLine(other))]
        edits += [AddRedLine(dm.key, len(dm.red_lines) + 1, RedLine(one, says="words")), RemoveRedLine(dm.key, 1)]
        edits += [MoveRanked(dm.key, level[0], up) for level in levels_of(dm)[:2] for up in (True, False)]
    return edits


def comments(text: str) -> list[str]:
    """The lines of a text that are comments."""
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


def patched_by(loaded: Loaded, edit: Edit) -> str | None:
    """The text after an edit, which was seen to say what it should; None where the edit does not fit or no file can say its result."""
    try:
        after = edit.apply(loaded.conflict)
    except EditError:
        return None
    try:
        text = patched(loaded, after)
    except ConflictError:
        with pytest.raises(ConflictError):  # nor can it be said by the conflict written anew
            as_read(as_yaml(after))
        return None
    assert as_read(text, loaded.path).conflict == after
    return text


# -- the packaged cases ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in cases.names() if name not in LARGE])
def test_a_few_changes_of_each_case_are_read_back(name: str) -> None:
    edits = every_kind(case(name).conflict)
    tried = (patched_by(case(name), edit) for edit in Random(name).sample(edits, len(edits)))
    assert len(list(islice((text for text in tried if text is not None), 3))) == 3


@pytest.mark.parametrize("name", ["unknown-resolve", "elmira"])
def test_every_kind_of_change_is_read_back_and_touches_few_lines(name: str) -> None:
    loaded = case(name)
    for edit in every_kind(loaded.conflict):
        text = patched_by(loaded, edit)
        if text is None:
            continue
        assert comments(text) == comments(loaded.text)
        if not isinstance(edit, AddRule | RemoveRule):  # after these, states have other numbers, and rankings are written anew
            assert len(changed_lines(loaded.text, text)) <= 6, edit


@pytest.mark.long
@pytest.mark.parametrize("name", cases.names())
def test_every_kind_of_change_of_every_case_is_read_back(name: str) -> None:
    done = [patched_by(case(name), edit) for edit in every_kind(case(name).conflict)]
    assert sum(text is not None for text in done) > 10


@pytest.mark.parametrize(
    ("edit", "most"),
    [
        (MoveStatement("Mediators", 7, 8), 2 * 3 + 2 * 2),  # the lines of the item, and the numbers in two guesses
        (RemoveStatement("Israel", 10), 3 + 6 + 2 * 4),  # its lines, those of the guess whether it is held, and numbers in four others
        (AddStatement("Israel", 14, Statement(Taken("Aid"), says="again")), 2),
        (AddRule(8, Infeasible(Taken("Aid"))), 1),
        (SetStatusQuo(frozenset({"Aid"})), 2),
    ],
)
def test_a_change_of_the_flagship_touches_the_lines_of_its_item(edit: Edit, most: int) -> None:
    loaded = case(FLAGSHIP)
    text = patched_by(loaded, edit)
    assert text is not None
    assert 0 < len(changed_lines(loaded.text, text)) <= most
    assert comments(text) == comments(loaded.text)


# -- random conflicts --------------------------------------------------------------------------------------------------
@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from(["f.yaml", "f.json", "layout.yaml"]))
def test_random_edits_of_random_conflicts_are_read_back(seed: int, name: str) -> None:
    rng = Random(seed)
    conflict = dressed_conflict(rng, Shape(most_options=4, most_states=16))
    text = as_json(conflict) if name == "f.json" else as_yaml(conflict)
    if name == "layout.yaml":
        text = "\n".join(laid_out(rng, conflict_data(conflict), -2, [])[1:]) + "\n"
    try:
        loaded = as_read(text, name)
    except ConflictError:
        return  # a preference that a merged state leaves open: no file can say it
    assert patched(loaded, loaded.conflict) == text
    patched_by(loaded, random_edit(rng, loaded.conflict))


# -- layouts -----------------------------------------------------------------------------------------------------------
SMALL = """\
# above all
detente: 1
title: "A title"    # beside it

decision makers:
  A:
    options:
        x: {direction: only on}
        'y':
    prefers:
    # the first
    - x   # held
    # the second,
    # on two lines
    - {when: 'y', says: "yes"}

    # apart

    - not x & y
  B: {options: {z: , w: }, prefers: [z,w]}
status quo: [z, x]   # in an order of its own
# the end
"""


def with_statement_moved(conflict: Conflict) -> Conflict:
    """The second statement of A as its first."""
    return MoveStatement("A", 2, 1).apply(conflict)


@pytest.mark.parametrize("line_end", ["\n", CR])
@pytest.mark.parametrize("ended", [True, False])
def test_a_statement_takes_its_comments_along(line_end: str, ended: bool) -> None:
    text = SMALL.replace("\n", line_end) if ended else SMALL.replace("\n", line_end).rstrip()
    loaded = as_read(text)
    after = patched(loaded, with_statement_moved(loaded.conflict))
    first, second = "    # the first\n    - x   # held\n", "    # the second,\n    # on two lines\n    - {when: 'y', says: \"yes\"}\n"
    assert after == text.replace((first + second).replace("\n", line_end), (second + first).replace("\n", line_end))
    assert after != text


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (lambda c: RemoveStatement("A", 1).apply(c), ["    # the first", "    - x   # held"], []),
        (
            lambda c: RemoveStatement("B", 1).apply(c),
            ["  B: {options: {z: , w: }, prefers: [z,w]}"],
            ["  B: {options: {z: , w: }, prefers: [w]}"],
        ),
        (
            lambda c: SetStatusQuo(frozenset({"x", "y"})).apply(c),
            ["status quo: [z, x]   # in an order of its own"],
            ['status quo: [x, "y"]   # in an order of its own'],
        ),
        (lambda c: replace(c, title="Another"), ['title: "A title"    # beside it'], ["title: Another    # beside it"]),
        (lambda c: SetDirection("x", Direction.BOTH).apply(c), ["        x: {direction: only on}"], ["        x:"]),
        (lambda c: SetDirection("y", Direction.ONLY_ON).apply(c), [], ["          direction: only on"]),
        (lambda c: AddStatement("A", 4, Statement(Taken("z"))).apply(c), [], ["    - z"]),
        (lambda c: replace(c, about="one\ntwo"), [], ["about: |-", "  one", "  two"]),
    ],
)
def test_what_changes_is_what_is_said(change: Callable[[Conflict], Conflict], gone: list[str], come: list[str]) -> None:
    loaded = as_read(SMALL)
    lines = changed_lines(SMALL, patched(loaded, change(loaded.conflict)))
    assert [line[1:] for line in lines if line[0] == "-"] == gone
    assert [line[1:] for line in lines if line[0] == "+"] == come


def test_a_new_key_goes_everywhere_and_nothing_else_changes() -> None:
    loaded = as_read(SMALL)
    after = patched(loaded, RenameOption("x", "deal").apply(loaded.conflict))
    lines = changed_lines(SMALL, after)
    assert len(lines) == 8
    assert [line for line in lines if "deal" not in line and line[0] == "+"] == []


def test_a_condition_is_spelled_as_before_under_a_new_key() -> None:
    text = "{detente: 1, title: t, decision makers: {A: {options: {x: , y: }, prefers: [not x, '((x)&y) -> !x', x & y]}}}"
    loaded = as_read(text)
    after = patched(loaded, RenameOption("x", "a b").apply(loaded.conflict))
    assert """prefers: [not "a b", (("a b")&y) -> !"a b", '"a b" & y']""" in after
    assert "or" in patched(loaded, ReplaceStatement("A", 3, Statement(Or((Taken("x"), Taken("y"))))).apply(loaded.conflict))


def test_json_stays_json_with_its_indentation() -> None:
    text = '{\n\t"detente": 1,\n\t"title": "t",\n\t"decision makers": {\n\t\t"A": {"options": {"x": null, "y": null}}\n\t}\n}'
    loaded = as_read(text, "f.json")
    after = patched(loaded, replace(loaded.conflict, title="u\n", rules=(Infeasible(Taken("x"), says="no"),)))
    rule = ',\n\t"rules": [\n\t\t{\n\t\t\t"infeasible": "x",\n\t\t\t"says": "no"\n\t\t}\n\t]\n}'
    assert after == text.replace('"t"', '"u\\n"').removesuffix("\n}") + rule


def test_states_by_number_are_written_anew_where_numbers_change() -> None:
    text = "{detente: 1, title: t, decision makers: {A: {options: {x: , y: }, ranking: [1, 4, 2, 3]}}, status quo: 3}  # kept"
    loaded = as_read(text)
    after = RemoveRule(1).apply(AddRule(1, Infeasible(Taken("x"))).apply(loaded.conflict))
    assert patched(loaded, after) == text
    more = as_read(text.replace("status quo: 3", "rules: [{infeasible: x and not x}], status quo: 3"))
    tighter = replace(
        more.conflict, rules=(Infeasible(Taken("x")),), decision_makers=(replace(more.conflict.decision_makers[0], preference=None),)
    )
    done = patched(more, tighter)
    assert as_read(done).conflict == tighter
    assert done.endswith("  # kept")


def test_what_stands_for_two_places_is_written_out() -> None:
    text = SMALL.replace("- {when: 'y', says: \"yes\"}", "- &two {when: 'y', says: \"yes\"}").replace("[z,w]", "[z, *two]")
    loaded = as_read(text)
    edit = ReplaceStatement("B", 2, Statement(Taken("w")))
    after = patched(loaded, edit.apply(loaded.conflict))
    assert as_read(after).conflict == edit.apply(loaded.conflict)
    assert "- &two {when: 'y', says: \"yes\"}" in after
    assert comments(after) == comments(text)


# -- refusals ----------------------------------------------------------------------------------------------------------
def test_what_no_file_can_say_is_told_at_its_place() -> None:
    rules = "[{infeasible: x and not y}, {infeasible: y and not x}]"
    text = f"detente: 1\ntitle: t\ndecision makers:\n  A:\n    options: {{x: , y: }}\n    ranking: [NN, YY]\nrules: {rules}\n"
    loaded = as_read(text)
    with pytest.raises(ConflictError) as caught:
        patched(loaded, RemoveRule(1).apply(loaded.conflict))
    found = caught.value.diagnostics[0]
    assert found.code == "P201"
    assert found.where is not None
    assert found.where.line == 6


def test_a_text_that_says_something_else_is_never_given() -> None:
    loaded = as_read(SMALL)
    data = {**conflict_data(loaded.conflict), "title": "u"}
    with pytest.raises(ConflictError) as caught:
        patched_data(loaded, data, lambda: as_yaml(loaded.conflict), lambda said: False)
    assert [found.code for found in caught.value.diagnostics] == ["F619"]


def test_a_file_of_gmcr_is_written_whole_or_not_at_all() -> None:
    conflict = as_read("{detente: 1, title: t, decision makers: {A: {options: {x: }, prefers: [x]}}}").conflict
    loaded = as_read(gmcr_text(conflict, allow_loss=True)[0], "f.gmcr")
    after = replace(loaded.conflict, title="u")
    assert as_read(patched(loaded, after), "f.gmcr").conflict == after
    with pytest.raises(ConflictError) as caught:
        patched(loaded, replace(after, status_quo=frozenset({"x"})))
    assert caught.value.diagnostics[0].code == "I720"
