"""What is finished is never lost nor done again, and whatever else is in a folder is left alone."""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
from pathlib import Path

import pytest

from detente.app.sweep_rows import folder as folders
from detente.app.sweep_rows import plan as plans
from detente.app.sweep_rows.folder import Folder, claimed
from detente.app.sweep_rows.making import Maker
from detente.app.sweep_rows.manifest import FILE, part_file, read
from detente.app.sweep_rows.plan import Plan
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder
from detente.cases import load
from detente.errors import ConflictError, DetenteError, MissingExtra, UsageError
from tests.rows.sweeps import ASKED, PART, ROWS, content, lake, profile_of, talks, write


class Stop:
    """Interrupts a run after some parts, as somebody at the keyboard would."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, _: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def code(caught: pytest.ExceptionInfo[DetenteError]) -> str:
    return caught.value.diagnostics[0].code


def the_plan() -> Plan:
    return Plan.of(talks(), profile_of(talks()), ASKED, rows=ROWS, seed=7, part=PART)


@pytest.mark.parametrize("after", [1, 15])
def test_a_run_that_is_interrupted_is_gone_on_with_to_the_same_bytes(after: int, tmp_path: Path, undisturbed: dict[str, str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "rows", progress=Stop(after))
    assert len(read(tmp_path / "rows").entries) == after
    assert {name: undisturbed[name] for name in content(tmp_path / "rows") if name != FILE}.items() <= content(tmp_path / "rows").items()
    done = write(tmp_path / "rows", resume=True)
    assert done.kept == after * PART
    assert content(tmp_path / "rows") == undisturbed


def test_resuming_begins_where_there_is_nothing_and_does_nothing_where_all_is_there(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    assert write(tmp_path / "rows", resume=True).kept == 0
    told: list[str] = []
    assert write(tmp_path / "rows", resume=True, progress=told.append).kept == ROWS
    assert told == []
    assert content(tmp_path / "rows") == undisturbed


def test_progress_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[str] = []
    write(tmp_path / "rows", rows=500, progress=told.append)
    assert [line.split(", ")[:2] for line in told] == [["part 1 of 3", f"row 200 of {500}"], ["part 2 of 3", "row 400 of 500"],
                                                       ["part 3 of 3", "row 500 of 500"]]  # fmt: skip
    assert told[-1].endswith(", 0 s left")


def test_parts_that_the_manifest_does_not_know_are_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]
) -> None:
    """A writer that was killed: parts without an entry, and one that was being written."""
    monkeypatch.setattr(folders, "SAVED_EVERY", 1e9)
    maker, place = Maker(the_plan()), Folder(tmp_path, the_plan(), resume=False)
    for number in (3, 4):
        place.keep(maker.made(number))
    (tmp_path / f".{part_file(5)}.abc123.part").write_bytes(b"PAR1 and no more")
    assert read(tmp_path).entries == {}
    notes: list[str] = []
    assert write(tmp_path, resume=True, note=notes.append).kept == 2 * PART
    assert notes == ["2 finished parts taken over that the manifest did not know yet"]
    assert content(tmp_path) == undisturbed


def test_parts_of_another_sweep_are_not_taken_over(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    write(tmp_path / "other", seed=8)
    (tmp_path / "rows").mkdir()
    Folder(tmp_path / "rows", the_plan(), resume=False)
    (tmp_path / "other" / part_file(0)).replace(tmp_path / "rows" / part_file(0))
    notes: list[str] = []
    assert write(tmp_path / "rows", resume=True, note=notes.append).kept == 0
    assert notes == ["1 part missing or not as written; made again"]
    assert content(tmp_path / "rows") == undisturbed


def test_damaged_parts_are_made_again(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    write(tmp_path)
    (tmp_path / part_file(2)).unlink()
    flipped = bytearray((tmp_path / part_file(5)).read_bytes())
    flipped[len(flipped) // 3] ^= 1
    (tmp_path / part_file(5)).write_bytes(flipped)
    (tmp_path / part_file(9)).write_bytes(b"")
    notes: list[str] = []
    assert write(tmp_path, resume=True, note=notes.append).kept == ROWS - 3 * PART
    assert notes == ["3 parts missing or not as written; made again"]
    assert content(tmp_path) == undisturbed


def test_a_damaged_part_without_an_entry_is_not_taken_over() -> None:
    plan, made = the_plan(), Maker(the_plan()).made(1)
    assert folders.is_part(plan, 1, made.content)
    assert not folders.is_part(plan, 2, made.content)
    places = range(0, len(made.content), 47)
    changed = [bytes((*made.content[:at], made.content[at] ^ 1, *made.content[at + 1 :])) for at in places]
    assert len(changed) > 100
    assert [at for at, one in zip(places, changed, strict=True) if folders.is_part(plan, 1, one)] == []


def test_a_full_disk_loses_nothing_that_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, str]) -> None:
    forced, calls = os.fsync, iter(range(1_000))

    def full(descriptor: int) -> None:
        if next(calls) > 10:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        forced(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ConflictError, match="no space left on device") as caught:
            write(tmp_path)
    assert code(caught) == "F642"
    assert "--resume" in (caught.value.diagnostics[0].help or "")
    there = [name for name in content(tmp_path) if name != FILE]
    assert len(there) >= 2
    assert not [name for name in there if name.startswith(".")]
    assert write(tmp_path, resume=True).kept == PART * len(there)
    assert content(tmp_path) == undisturbed


def test_the_system_refuses_a_file_that_becomes_too_large(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    plan = the_plan()
    made = Maker(plan).made(0)
    place = Folder(tmp_path, plan, resume=False)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(made.content) - 1, hard))
    try:
        with pytest.raises(ConflictError, match="F642"):
            place.keep(made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sorted(content(tmp_path)) == [FILE]
    write(tmp_path, resume=True)
    assert content(tmp_path) == undisturbed


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with claimed(tmp_path), pytest.raises(ConflictError) as caught:
        write(tmp_path)
    assert code(caught) == "F641"
    write(tmp_path, rows=1)


@pytest.mark.parametrize(
    ("change", "what"),
    [({"seed": 8}, "the seed differs"), ({"rows": 2_999}, "the number of rows differs"), ({"part": 100}, "the size of parts differs")],
)
def test_another_sweep_is_not_gone_on_with(change: dict[str, int], what: str, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, progress=Stop(1))
    before = content(tmp_path)
    with pytest.raises(UsageError, match=what) as caught:
        write(tmp_path, resume=True, **change)  # type: ignore[arg-type]  # numbers, as those arguments are
    assert code(caught) == "U511"
    assert content(tmp_path) == before


def test_another_conflict_is_not_gone_on_with(tmp_path: Path) -> None:
    write(tmp_path)
    target = RowsFolder(str(tmp_path), ROWS, 1, resume=True, seed=7, part=PART)
    with pytest.raises(UsageError, match="the conflict, number of completions, choice of completions"):
        written(lake(), profile_of(lake()), ASKED, target)
    with pytest.raises(UsageError, match="the behaviour of the decision makers differs"):
        written(talks(), profile_of(talks(), "GMR"), ASKED, target)
    with pytest.raises(UsageError, match="the conclusions differs"):
        written(talks(), profile_of(talks()), ASKED[:1], target)


def test_other_versions_do_not_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    versions = plans.versions()
    monkeypatch.setattr(plans, "versions", lambda: {**versions, "numpy": "1.0"})
    with pytest.raises(ConflictError, match=r"numpy 1\.0") as caught:
        write(tmp_path, resume=True)
    assert code(caught) == "F648"


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    write(tmp_path / "rows", rows=1)
    for resume, place, expected in ((False, "rows", "U510"), (False, "other", "U510"), (True, "other", "F640")):
        (tmp_path / "other").mkdir(exist_ok=True)
        (tmp_path / "other" / "letter.txt").write_text("dear")
        with pytest.raises(DetenteError) as caught:
            write(tmp_path / place, rows=1, resume=resume)
        assert code(caught) == expected
    assert sorted(content(tmp_path / "other")) == ["letter.txt"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"parts": 3}', '{"parts": [{"file": 1}], "sweep": "", "finished": true}', "[" * 10_000, "\0"]
)
def test_a_manifest_that_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConflictError) as caught:
        write(tmp_path, resume=True)
    assert code(caught) == "F640"


def test_a_manifest_that_was_changed(tmp_path: Path) -> None:
    write(tmp_path)
    changed = json.loads((tmp_path / FILE).read_text())
    changed["rows"] = 10
    (tmp_path / FILE).write_text(json.dumps(changed))
    with pytest.raises(ConflictError, match="was changed"):
        read(tmp_path)
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(ConflictError, match="not a text"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("target", "expected"),
    [(RowsFolder("x", rows=0), "U512"), (RowsFolder("x", rows=1 << 41), "U512"), (RowsFolder("x", workers=0), "U513"),
     (RowsFolder("x", workers=1 << 20), "U513"), (RowsFolder("x", workers=1, cluster="tcp://127.0.0.1:1"), "U513")],
)  # fmt: skip
def test_what_cannot_be_meant(target: RowsFolder, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        written(lake(), profile_of(lake()), ASKED, target)
    assert code(caught) == expected
    assert list(tmp_path.iterdir()) == []


def test_a_conflict_without_guesses(tmp_path: Path) -> None:
    elmira = load("elmira")
    with pytest.raises(UsageError) as caught:
        written(elmira, profile_of(elmira), ASKED, RowsFolder(str(tmp_path / "rows")))
    assert code(caught) == "U514"
    assert not (tmp_path / "rows").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(ConflictError) as caught:
        write(tmp_path / "file" / "rows")
    assert code(caught) == "F642"


@pytest.mark.parametrize(("library", "cluster", "expected"), [("pyarrow", None, "F618"), ("distributed", "tcp://127.0.0.1:1", "F643")])
def test_without_a_library(library: str, cluster: str | None, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as caught:
        write(tmp_path / "rows", cluster=cluster)
    assert code(caught) == expected
    assert "pip install" in (caught.value.diagnostics[0].help or "")
    assert not (tmp_path / "rows").exists()
