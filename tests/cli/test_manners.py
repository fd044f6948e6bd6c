"""Results on standard output, remarks on standard error, the status says what happened, and no traceback reaches a user."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.app.analyzing import analyze
from detente.app.documents import AnalysisDocument
from detente.cli.main import main
from tests.cli.program import DETENTE, environment, run

WRONG = [
    (["analyse", "elmira"], 'did you mean "analyze"?'),
    (["analyze"], "the following arguments are required: FILE"),
    (["analyze", "elmira", "--list-limit", "many"], "--list-limit"),
    (["analyze", "elmira", "--list-limit", "-1"], "--list-limit"),
    (["analyze", "elmria"], 'did you mean "elmira"?'),
    (["analyze", "elmira", "--under", "SEK"], 'did you mean "SEQ"?'),
    (["analyze", "elmira", "--under", "Local=SEQ"], "no concept is named for MoE and Uniroyal"),
    (["analyze", "elmira", "--engine", "aray"], 'did you mean "array"?'),
    (["explain", "elmira", "12"], "there is no state 12"),
    (["explain", "elmira", "YYYYY"], "not a feasible state"),
    (["explain", "elmira", "1", "--by", "Lokal"], 'did you mean "Local"?'),
    (["path", "elmira", "abandond"], 'did you mean "abandoned"?'),
    (["cases", "elmria"], 'did you mean "elmira"?'),
    (["concepts", "sek"], 'did you mean "SEQ"?'),
    (["explain-code", "U999"], "there is no code"),
    (["analyze", "nowhere/conflict.yaml"], "nowhere/conflict.yaml"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_question_that_is_not_well_put(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in " ".join(done.stderr.split())
    assert "error[" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_command_shows_the_help() -> None:
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "commands:" in done.stderr


def test_a_result_goes_to_standard_output_alone() -> None:
    done = run("analyze", "elmira")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Elmira" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_wrong_model_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("detente: 1\ntitle: t\ndecision makers:\n  A:\n    options: {x: }\n    prefers: [not y]\n", encoding="utf-8")
    done = run("analyze", file.name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[M104]" in done.stderr
    assert "wrong.yaml:6:19" in done.stderr
    assert "^" in done.stderr
    as_data = run("analyze", file.name, "--json", cwd=tmp_path)
    assert as_data.returncode == 1
    assert json.loads(as_data.stdout)["diagnostics"][0]["code"] == "M104"
    checked = run("check", file.name, cwd=tmp_path)
    assert checked.returncode == 1
    assert "error[M104]" in checked.stdout


def test_a_reader_who_goes_away_is_no_error() -> None:
    command = f"'{DETENTE}' analyze 2x2:1 --json | head -c 10; echo status ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], env=environment(), capture_output=True, text=True, check=True)
    assert "status 0" in done.stdout
    assert done.stderr == ""


def test_a_reader_who_was_never_there_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([DETENTE, "analyze", "elmira"], env=environment(), stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def on_a_terminal(*arguments: str, **more: str) -> str:
    """What a command prints on a terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen([DETENTE, *arguments], env=environment(100, **more), stdout=slave, stderr=subprocess.DEVNULL) as process:
        os.close(slave)
        found = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            found += part
        process.wait(60)
    os.close(master)
    return found.decode()


def test_colour_is_for_terminals_that_want_it() -> None:
    assert "\x1b[1m" in on_a_terminal("analyze", "elmira")
    assert "\x1b" not in on_a_terminal("analyze", "elmira", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal("analyze", "elmira", TERM="dumb")


def test_signs_that_a_terminal_lacks_are_replaced() -> None:
    done = run("analyze", "elmira", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout


def too_long(printed: str, columns: int) -> list[str]:
    """The lines that are longer than a terminal of so many columns lets them be."""
    return [line for line in printed.splitlines() if len(line) > max(60, min(columns, 140))]


def test_lines_keep_to_the_width() -> None:
    done = run("analyze", "gaza-hostage-talks", "--under", "Nash", columns=80)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) > 70
    assert too_long(done.stdout, 80) == []


@pytest.fixture(scope="module")
def analysed() -> AnalysisDocument:
    """An analysis that is shown in several widths."""
    return analyze("gaza-hostage-talks", under="Nash")


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_lines_keep_to_any_width(
    columns: int, analysed: AnalysisDocument, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("detente.app.analyzing.analyze", lambda *_, **__: analysed)
    for name, value in environment(columns).items():
        monkeypatch.setenv(name, value)
    assert main(["analyze", "gaza-hostage-talks", "--under", "Nash"]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) > min(columns, 130) - 10
    assert too_long(printed, columns) == []


BUSY = """
import sys, time
import detente.app.analyzing as analyzing
def busy(*_, **__):
    print("working", file=sys.stderr, flush=True)
    time.sleep(60)
analyzing.analyze = busy
from detente.cli.main import main
raise SystemExit(main(["analyze", "elmira"]))
"""


def test_an_interrupted_command_says_so_and_leaves_with_130() -> None:
    process = subprocess.Popen([sys.executable, "-c", BUSY], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "working\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


BROKEN = """
import sys
import detente.app.analyzing as analyzing
def broken(*_, **__):
    raise ZeroDivisionError("division by zero")
analyzing.analyze = broken
from detente.cli.main import main
raise SystemExit(main(["analyze", "elmira", *sys.argv[1:]]))
"""


def test_an_internal_error_is_told_in_two_lines() -> None:
    done = subprocess.run([sys.executable, "-c", BROKEN], env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[D901]: internal error: ZeroDivisionError: division by zero" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_internal_error_is_shown_whole_on_request() -> None:
    done = subprocess.run([sys.executable, "-c", BROKEN, "--debug"], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
