"""Large conflicts on the command line: what is said beforehand, limits, status, digits, interruption."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import jsonschema
import pytest

from detente.app.documents import AnalysisDocument
from tests.cli.program import DETENTE, environment, run


def conflict(folder: Path, options: int, width: int = 2, statements: int = 6) -> Path:
    """A file with ten parties that own the options in turn; statements of so many options each."""
    rng, parties = Random(options * 100 + width), "ABCDEFGHIJ"
    keys = [f"o{n}" for n in range(options)]
    lines = ["detente: 1", "title: A large conflict", "decision makers:"]
    for n, who in enumerate(parties):
        own = keys[n * options // 10 : (n + 1) * options // 10]
        wants = [" and ".join(("" if rng.random() < 0.5 else "not ") + key for key in rng.sample(keys, width)) for _ in range(statements)]
        lines += [f"  {who}:", f"    options: {{{', '.join(f'{key}: {{name: do {key}}}' for key in own)}}}"]
        lines += ["    prefers:", *(f"      - {text}" for text in wants)]
    lines += ["rules:", f"  - at most one: [{keys[0]}, {keys[1]}, {keys[-1]}]", "status quo: []"]
    path = folder / f"large-{options}-{width}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_large_conflict_is_analysed_with_what_it_needs_said_beforehand(tmp_path: Path) -> None:
    done = run("analyze", conflict(tmp_path, 60), "--under", "Nash,GMR", "--engine", "symbolic", columns=100)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("detente: 60 options; engine symbolic: its time can not be told beforehand (at most 60 s)")
    assert "60 options" in done.stdout
    assert "about 5.76 × 10^17 feasible states of 1,152,921,504,606,846,976" in done.stdout
    assert "engine: symbolic, because it was asked for" in done.stdout
    assert "rank" not in done.stdout


def test_no_reader_of_json_loses_digits(tmp_path: Path) -> None:
    done = run("analyze", conflict(tmp_path, 60), "--under", "Nash", "--engine", "symbolic", "--json")
    data = json.loads(done.stdout)
    assert data["conflict"]["combinations"] == str(1 << 60)
    assert data["conflict"]["feasible"] == str(1 << 59)
    assert data["conflict"]["status_quo"] == 1
    assert data["counts"]["equilibria"]["Nash"].isdigit()
    jsonschema.validate(data, AnalysisDocument.json_schema())
    assert AnalysisDocument.model_validate_json(done.stdout).json_text() == done.stdout


def test_single_states_alone(tmp_path: Path) -> None:
    done = run("analyze", conflict(tmp_path, 60), "--engine", "sat", "--under", "Nash,SIM")
    assert done.returncode == 0
    assert "What is not known" in done.stdout
    assert "A greater limit may find it" not in done.stdout


def test_a_limit_leaves_what_is_known_and_status_3(tmp_path: Path) -> None:
    file = conflict(tmp_path, 60, width=12, statements=14)
    done = run("analyze", file, "--under", "SEQ", "--engine", "symbolic", "--time", "1")
    assert done.returncode == 3, done.stderr
    text = " ".join(done.stdout.split())
    assert "Which states are stable under SEQ: " in text
    assert "A greater limit may find it: --time, --memory." in text
    assert "the status quo" in text


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--memory", "lots"], 2, 'error[U445]: "lots" is no size of memory'),
        (["--memory", "1MB"], 2, "too little for any engine"),
        (["--time", "-3"], 2, "a time is a number of seconds"),
        (["--engine", "symbolics"], 2, 'did you mean "symbolic"?'),
        (["--engine", "symbolic", "--under", "SIM"], 1, "error[S302]"),
    ],
)
def test_limits_that_can_not_be_kept(tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    done = run("analyze", conflict(tmp_path, 30), *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in " ".join(done.stderr.split())


def test_explain_and_check_and_report(tmp_path: Path) -> None:
    file = conflict(tmp_path, 40)
    explained = run("explain", file, "status quo", "--by", "A", "--under", "SEQ")
    assert explained.returncode == 0, explained.stderr
    assert "In this model state 1 is" in explained.stdout
    everybody = run("explain", file, "status quo", "--under", "Nash")
    assert everybody.returncode == 0
    checked = run("check", file)
    assert checked.returncode == 0
    assert "can be analysed" in checked.stdout
    written = run("report", file, "--under", "Nash,GMR", "--engine", "symbolic", "-o", tmp_path / "report.html")
    assert written.returncode == 0, written.stderr
    assert "They are too many to be listed" in (tmp_path / "report.html").read_text(encoding="utf-8")


def children(of: int) -> list[int]:
    """The processes whose parent is a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == of:
                found.append(int(entry.name))
    return found


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    file = conflict(tmp_path, 60, width=12, statements=14)
    command = [DETENTE, "analyze", str(file), "--under", "SEQ", "--engine", "symbolic", "--time", "0"]
    env = environment(TMPDIR=str(scratch))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as program:
        until, found = time.monotonic() + 60, list[int]()
        while not found and time.monotonic() < until:
            time.sleep(0.05)
            found = children(program.pid)
        assert found, "no engine was started"
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert program.returncode == 130
    assert (out, err.splitlines()[-1]) == ("", "interrupted")
    assert list(scratch.iterdir()) == []
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in found) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in found)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("unlock", "gaza-hostage-talks", "--kind", "priority", "--time", "0.01"), "the time was up"),
        (("diagnose", "gaza-all-fronts", "--time", "0.01"), "within 0.01 seconds"),
    ],
    ids=["unlock", "diagnose"],
)
def test_what_a_limit_of_time_cut_short_ends_with_status_3(command: tuple[str, ...], said: str) -> None:
    done = run(*command)
    assert done.returncode == 3, done.stderr
    assert said in " ".join(done.stdout.split())
