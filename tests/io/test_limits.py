"""The limits of reading, each made small so that passing it takes no time."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import io
from detente.errors import ConflictError, Severity
from detente.io.decoding import decoded

BASE = "detente: 1\ntitle: t\ndecision makers:\n  A:\n    options: {x: , y: , z: }\n"


def codes(text: str) -> list[str]:
    """The codes of the refusal of a text; each says what to do."""
    with pytest.raises(ConflictError) as caught:
        io.loads(text)
    assert all(d.help for d in caught.value.diagnostics)
    return [d.code for d in caught.value.diagnostics]


def test_length(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("detente.io.compose.MAX_TEXT", 20)
    assert codes(BASE) == ["F604"]
    monkeypatch.setattr("detente.io.decoding.MAX_BYTES", 20)
    (tmp_path / "a.yaml").write_text(BASE)
    with pytest.raises(ConflictError) as caught:
        io.read(tmp_path / "a.yaml")
    assert caught.value.diagnostics[0].code == "F604"


def test_tags() -> None:
    assert codes(BASE + "question: !" + "x" * 30_000) == ["F612"]


def test_numbers_of_states_need_a_space_that_can_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.space.states.MAX_OPTIONS", 2)
    assert codes(BASE + "status quo: 1\nstates: {a: 2, b: Y--}\n") == ["S301"]
    assert codes(BASE + "    ranking: [YYY]\n") == ["S301"]
    loaded = io.loads(BASE + "status quo: YNN\nrules: [merged: x]\n")
    assert loaded.conflict.status_quo == frozenset({"x"})


def test_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.space.listing.MAX_MERGED", 3)
    assert codes(BASE + "status quo: 1\nrules: [merged: x]\n") == ["S305"]
    assert io.loads(BASE + "status quo: 1\nrules: [merged: x and y]\n").conflict.status_quo == frozenset()


def test_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.space.listing.MAX_WORK", 8 * 6)
    assert codes(BASE + "status quo: 1\nrules: [infeasible: x and y and z or x]\n") == ["S306"]
    assert codes(BASE + "    prefers: [x and y and z and x, z and y]\n    ranking: [1]\n") == ["S306"]
    assert codes(BASE + "    prefers: [x]\nrules: [merged: x]\n") == ["S306"]


def test_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.preference.order.MAX_GROUPED", 8)
    assert codes(BASE + "    prefers: [x, y]\n    ranking: [1, 2]\n") == ["S306"]


def test_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.io.report.MAX_ERRORS", 3)
    with pytest.raises(ConflictError) as caught:
        io.loads(BASE + "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n")
    assert [d.code for d in caught.value.diagnostics] == ["M113", "M113", "M113", "F617"]
    assert caught.value.diagnostics[-1].severity is Severity.NOTE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_encodings(encoding: str) -> None:
    with pytest.raises(ConflictError) as caught:
        decoded(BASE.encode(encoding), "a.yaml")
    assert caught.value.diagnostics[0].code == "F603"


def test_the_place_of_a_byte_that_is_no_character() -> None:
    with pytest.raises(ConflictError) as caught:
        decoded("détente: 1\r\ntitle: ".encode() + b"\xe9t\xe9", "a.yaml")
    assert [(d.code, d.where and d.where.label) for d in caught.value.diagnostics] == [("F603", "a.yaml:2:8")]
    with pytest.raises(ConflictError) as caught:
        decoded(b"title: a\0b", "a.yaml")
    assert [(d.code, d.where and d.where.label) for d in caught.value.diagnostics] == [("F602", "a.yaml:1:9")]
