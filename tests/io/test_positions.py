"""What decision makers demand, in a file: how it is written, read, written again, renamed, counted and lost."""

from __future__ import annotations

import pytest

from detente import io
from detente.analysis.evidence import element_index, evidence_report
from detente.errors import ConflictError
from detente.explain.basis import basis_words
from detente.explain.elements import element_words
from detente.io.gmcr_write import gmcr_text
from detente.model.conflict import Conflict
from detente.model.edit import RenameDecisionMaker, RenameOption, apply_all
from detente.model.position import Fallback, StatedPosition

FILE = """\
detente: 1
title: t
sources: {letter: {title: A letter}}
asserters: {rivals: {name: rivals of B, adverse to: [B]}}
decision makers:
  A: {options: {x: , y: }, prefers: [x]}
  B: {options: {z: }, prefers: [z]}
status quo: [x]
states: {deal: [x, z]}
"""


def read(more: str) -> Conflict:
    return io.loads(FILE + more, "f.yaml").conflict


@pytest.mark.parametrize(
    ("state", "taken"),
    [("deal", "xz"), ("[x, z]", "xz"), ("{taken: [y]}", "y"), ('"NNY"', "z"), ("1", ""), ("[]", "")],
)
def test_a_position_is_written_like_any_state(state: str, taken: str) -> None:
    conflict = read(f"positions: {{B: {{state: {state}, says: so}}}}\nfallback: {{state: {state}}}\n")
    assert conflict.positions == (StatedPosition("B", frozenset(taken), says="so"),)
    assert conflict.fallback == Fallback(frozenset(taken))
    assert io.loads(io.dumps(conflict)).conflict == conflict


def test_the_state_alone_will_do() -> None:
    conflict = read("positions: {A: deal, B: [y]}\nfallback: [x]\n")
    assert [(p.party, sorted(p.taken)) for p in conflict.positions] == [("A", ["x", "z"]), ("B", ["y"])]
    assert conflict.fallback == Fallback(frozenset("x"))
    assert conflict.position_of("A") == conflict.positions[0]
    assert conflict.position_of("C") is None
    assert "  A: [x, z]\n" in io.dumps(conflict)


def test_positions_stand_where_they_are_pointed_at() -> None:
    loaded = io.loads(FILE + "positions:\n  B: deal\nfallback: [x]\n", "f.yaml")
    assert (loaded.positions["positions/B"].line, loaded.positions["fallback"].line) == (11, 12)
    with pytest.raises(ConflictError) as refused:
        read("positions: {B: {taken: [x]}}\n")  # a mapping is a position, whose state has a key of its own
    assert [found.code for found in refused.value.diagnostics][:1] == ["M113"]


def test_a_file_that_states_none_keeps_its_digest() -> None:
    assert read("").digest == read("positions: {}\n").digest
    assert len({read(more).digest for more in ("", "positions: {A: deal}\n", "positions: {A: [x]}\n", "fallback: [x]\n")}) == 4


def test_they_follow_new_names() -> None:
    conflict = read("positions: {A: deal}\nfallback: [x]\n")
    renamed = apply_all([RenameOption("x", "new"), RenameDecisionMaker("A", "C")], conflict)
    assert renamed.positions == (StatedPosition("C", frozenset({"new", "z"})),)
    assert renamed.fallback == Fallback(frozenset({"new"}))


def test_they_rest_on_evidence_of_their_own() -> None:
    said = "{state: deal, says: the deal, basis: {reported: [letter p. 1 by rivals]}}"
    conflict = read(f"positions: {{B: {said}}}\nfallback: {{state: [x], says: more}}\n")
    paths = [element.path for element in element_index(conflict)]
    assert paths[-2:] == ["positions/B", "fallback"]
    report = evidence_report(conflict)
    assert [(found.element, found.party) for found in report.hostile] == [("positions/B", "B")]
    assert "fallback" in report.without_basis
    assert element_words(conflict, "positions/B") == "the position of B, “the deal”"
    assert element_words(conflict, "fallback") == "the fallback, “more”"
    assert element_words(conflict, "positions/A") == "positions/A"
    assert "adverse to B" in basis_words(conflict, "positions/B")


def test_a_gmcr_file_loses_them_and_says_so() -> None:
    _, notes = gmcr_text(read("positions: {A: deal}\nfallback: [x]\n"), allow_loss=True)
    lost = [note.message for note in notes if note.code == "I720"]
    assert "a .gmcr file can't hold stated positions: positions/A" in lost
    assert "a .gmcr file can't hold the fallback" in lost
