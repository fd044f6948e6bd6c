"""A written file is whole or untouched, whenever the writer dies."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente import cases, io
from detente.errors import ConflictError
from detente.io.atomic import write_atomically

SEED = 20
KILLS = 40
WRITER = """
import sys
from detente.io.atomic import write_atomically
path, size = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
number = 0
while True:
    write_atomically(path, str(number % 10) * size)
    number += 1
"""


def test_a_killed_writer_leaves_the_file_whole(tmp_path: Path) -> None:
    """Kill a process that writes one content after the other at random moments: what is found is one of the contents."""
    rng = random.Random(SEED)
    path, size = tmp_path / "conflict.yaml", 3_000_000
    path.write_text("0" * size)
    found, left = set(), 0
    for _ in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(size)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(rng.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        content = path.read_text()
        assert len(content) == size, f"seed {SEED}"
        assert content == content[0] * size, f"seed {SEED}"
        found.add(content[0])
        parts = [file for file in tmp_path.iterdir() if file != path]
        left += bool(parts)
        for part in parts:
            part.unlink()
    assert len(found) > 1, "no writer ever came to write"
    assert left, "no writer was killed while it wrote"


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    path, size = tmp_path / "conflict.yaml", 1_000_000
    path.write_text("0" * size)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(size)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        seen = set()
        stop = time.monotonic() + 1.5
        while time.monotonic() < stop:
            content = path.read_text()
            assert content == content[0] * size
            seen.add(content[0])
        assert len(seen) > 1
    finally:
        writer.kill()
        writer.wait()
        assert writer.stdout is not None
        writer.stdout.close()


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_permissions_of_new_files(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("x")
    write_atomically(tmp_path / "a.yaml", b"new")
    assert (tmp_path / "a.yaml").stat().st_mode == plain.stat().st_mode


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old")
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_line_ends_are_kept(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "x\r\ny\n")
    assert (tmp_path / "a").read_bytes() == b"x\r\ny\n"


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConflictError) as caught:
        io.write(cases.load("elmira"), path)
    assert caught.value.diagnostics[0].code == "F608"
    assert "no space left on device" in caught.value.diagnostics[0].message
    assert [file.name for file in tmp_path.iterdir()] == ["a.yaml"]
    assert path.read_text() == "old"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path, "x")
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "a", "x")


def test_the_longest_names_that_there_are(tmp_path: Path) -> None:
    for name in ("水" * 83 + ".yaml", "a" * 250 + ".yaml"):  # 254 and 255 bytes, and systems take no more
        write_atomically(tmp_path / name, "one")
        write_atomically(tmp_path / name, "two")
        assert (tmp_path / name).read_text() == "two"
    assert len(list(tmp_path.iterdir())) == 2
