"""`new`, `import`, `export`, `report` and certificates: written whole, never over a file unless told to, and good to read back."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente import cases, io
from detente.analysis.certificate_json import check_data
from detente.app.analyzing import analyze
from detente.app.files import convert, new
from detente.app.starter import starter
from detente.errors import ConflictError, UsageError
from detente.space.states import StateSpace
from tests.cli.program import environment, run


def test_a_new_file_can_be_checked_and_analysed_as_it_is(tmp_path: Path) -> None:
    assert run("new", "mine.yaml", cwd=tmp_path).returncode == 0
    assert run("check", "mine.yaml", "--strict", cwd=tmp_path).returncode == 0
    document = analyze(tmp_path / "mine.yaml")
    assert document.conflict.feasible == 4


@pytest.mark.parametrize(
    "parties", [["A"], ["Town", "Firm", "Union", "State"], ["not", "Yes", "a: b", "#1", "O'Neil", 'the "old" firm', "naïve"]]
)
def test_whatever_the_parties_are_called(parties: list[str]) -> None:
    conflict = io.loads(starter(parties, "A: 'title' # here")).conflict
    assert [dm.key for dm in conflict.decision_makers] == parties
    assert conflict.title == "A: 'title' # here"
    assert len(conflict.options) == len(parties)


def test_names_that_can_not_be_used_are_refused() -> None:
    with pytest.raises(ConflictError):
        starter(["A", "A"])


@pytest.mark.parametrize(
    "command", [["new", "there.yaml"], ["export", "elmira", "there.yaml"], ["import", "own.gmcr", "there.yaml"]], ids=lambda c: c[0]
)
def test_nothing_is_written_over_a_file_unless_told_to(tmp_path: Path, command: list[str]) -> None:
    convert("prisoners-dilemma", tmp_path / "own.gmcr", allow_loss=True)
    file = tmp_path / "there.yaml"
    file.write_text("precious", encoding="utf-8")
    refused = run(*command, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "error[U415]" in refused.stderr
    assert file.read_text(encoding="utf-8") == "precious"
    assert run(*command, "--force", cwd=tmp_path).returncode == 0
    assert io.read(file).conflict.title


def test_a_certificate_is_not_written_over_a_file_either(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    command = ["explain", "elmira", "1", "--by", "Local", "--under", "SEQ", "--certificate", str(file)]
    assert run(*command).returncode == 0
    certificate = json.loads(file.read_text(encoding="utf-8"))
    assert check_data(StateSpace(cases.load("elmira")), certificate) is None
    assert run(*command).returncode == 2
    assert run(*command, "--force").returncode == 0


def test_several_certificates_are_a_list(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    assert run("explain", "elmira", "1", "--under", "SEQ", "--certificate", file).returncode == 0
    certificates = json.loads(file.read_text(encoding="utf-8"))
    space = StateSpace(cases.load("elmira"))
    assert [check_data(space, certificate) for certificate in certificates] == [None, None, None]


@pytest.mark.parametrize("name", ["elmira", "gaza-hostage-talks"])
@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_an_exported_case_is_the_same_conflict(tmp_path: Path, name: str, suffix: str) -> None:
    file = tmp_path / f"copy{suffix}"
    assert run("export", name, file).returncode == 0
    assert io.read(file).conflict == cases.load(name)


def test_an_exported_case_keeps_its_comments(tmp_path: Path) -> None:
    convert("elmira", tmp_path / "copy.yaml")
    assert (tmp_path / "copy.yaml").read_bytes() == cases.path("elmira").read_bytes()


def test_a_generated_case_can_be_exported(tmp_path: Path) -> None:
    convert("2x2:12", tmp_path / "game.yaml")
    assert io.read(tmp_path / "game.yaml").conflict == cases.load("2x2:12")


def test_gmcr_files_come_in_and_go_out(tmp_path: Path) -> None:
    assert run("export", "cuban-missile-crisis", "cuba.gmcr", "--allow-loss", cwd=tmp_path).returncode == 0
    assert run("import", "cuba.gmcr", "cuba.yaml", cwd=tmp_path).returncode == 0
    assert analyze(tmp_path / "cuba.yaml").equilibria == analyze("cuban-missile-crisis").equilibria


def test_files_are_told_by_their_names(tmp_path: Path) -> None:
    for command in (["new", "mine.txt"], ["export", "elmira", "copy.txt"], ["report", "elmira", "-o", "elmira.yaml"]):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 2, command
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_to(tmp_path: Path) -> None:
    done = run("report", "prisoners-dilemma", "-o", tmp_path / "nowhere" / "report.html")
    assert done.returncode == 1
    assert "error[F608]" in done.stderr
    with pytest.raises(ConflictError, match="F608"):
        new(tmp_path / "nowhere" / "mine.yaml")
    with pytest.raises(UsageError):
        new(tmp_path / "mine.html")


def test_a_report_is_one_file_and_can_be_written_again(tmp_path: Path) -> None:
    first = run("report", "prisoners-dilemma", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (0, "")
    file = tmp_path / "prisoners-dilemma.html"
    before = file.read_bytes()
    assert run("report", "prisoners-dilemma", "-o", file.name, cwd=tmp_path).returncode == 0
    assert file.read_bytes() == before
    assert str(tmp_path) not in file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


KILLED = """
import sys, time, os
import detente.io.atomic as atomic
real = os.replace
def slow(*names):
    print("writing", flush=True)
    time.sleep(60)
    real(*names)
os.replace = slow
from detente.cli.main import main
raise SystemExit(main(["new", "mine.yaml", "--force"]))
"""


def test_a_killed_command_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("precious", encoding="utf-8")
    file.chmod(0o640)
    process = subprocess.Popen([sys.executable, "-c", KILLED], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert file.read_text(encoding="utf-8") == "precious"
    new(file, force=True)
    assert "detente: 1" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
