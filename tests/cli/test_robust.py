"""Whatever is typed and whatever a file holds: an answer or a diagnostic, never a traceback, never an internal error."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import pytest

from detente import cases
from detente.cli import main as program
from detente.cli.term import Terminal, cells

WORDS = [
    "elmira",
    "2x2:1",
    "2x2:99",
    "nowhere.yaml",
    ".",
    "",
    "status quo",
    "1",
    "-1",
    "9",
    "YNNNN",
    "abandoned",
    "Delay,Insist",
    "¶",
    "a\x1b[31mb",
]
OPTIONS = [
    "--under=SEQ", "--under=", "--under=a=b", "--by=Local", "--by=", "--json", "--all", "--strict", "--where=Accept or", "--where=Delay",
    "--list-limit=0", "--list-limit=x", "--engine=array", "--engine=", "--debug", "--nonsense", "--cross-check",
]  # fmt: skip
SAFE = ["check", "analyze", "explain", "path", "cases", "concepts", "explain-code", "nonsense"]


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    """Run a command in this process; the status and both streams."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    try:
        status = program.main(arguments)
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    finally:
        monkeypatch.undo()
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_typed(seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    draw = random.Random(seed)
    for _ in range(40):
        arguments = [draw.choice(SAFE), *draw.choices(WORDS, k=draw.randint(0, 3)), *draw.choices(OPTIONS, k=draw.randint(0, 2))]
        draw.shuffle(arguments)
        status, out, err = run(arguments, monkeypatch)
        assert status in (0, 1, 2), arguments
        assert "error[D90" not in err, (arguments, err)
        assert "Traceback" not in out + err
        assert "\x1b[31m" not in err
        if status and "--json" not in arguments and "check" not in arguments:
            assert "error[" in err, arguments


HOSTILE = """\
detente: 1
title: "red \\e[31m and reversed \\u202e"
question: "\\a\\e]0;owned\\a"
decision makers:
  A:
    name: "A \\e[2J"
    options: {x: {name: "\\e[31mx"}}
    prefers: [{when: x, says: "a\\rb"}]
status quo: []
states: {"s": [x]}
"""


@pytest.mark.parametrize("command", [["analyze"], ["check"], ["explain", "1"], ["path", "2"]], ids=lambda c: c[0])
def test_a_file_can_not_disturb_the_screen(command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(HOSTILE, encoding="utf-8")
    verb, *states = command
    status, out, err = run([verb, str(file), *states], monkeypatch)
    assert status in (0, 1)
    assert not {character for character in out + err if not character.isprintable()} - {"\n"}


def damaged(text: bytes, draw: random.Random) -> bytes:
    """A file with a few bytes changed, lines moved, or a part missing."""
    data = bytearray(text)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data))
        match draw.randrange(5):
            case 0:
                data[at] = draw.choice(b"\x00\xff{}[]:-#'\"\n &*!0")
            case 1:
                del data[at : at + draw.randint(1, 200)]
            case 2:
                data[at:at] = draw.choice([b"- ", b"\n", b"not ", b"[", b"*a", b"&a ", b"\t", b"  ", "é".encode("latin-1"), b": "])
            case 3:
                lines = bytes(data).split(b"\n")
                lines.insert(draw.randrange(len(lines)), lines.pop(draw.randrange(len(lines))))
                data = bytearray(b"\n".join(lines))
            case _:
                del data[at:]
        if not data:
            break
    return bytes(data)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_file_holds(seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draw = random.Random(seed)
    names = ["elmira", "cuban-missile-crisis", "north-korea-2017", "prisoners-dilemma"]
    for i in range(25):
        name = draw.choice(names)
        file = tmp_path / f"{i}.yaml"
        file.write_bytes(damaged(cases.path(name).read_bytes(), draw))
        for command in (["check", str(file)], ["analyze", str(file), "--under", "SEQ,SIM"]):
            status, out, err = run(command, monkeypatch)
            assert status in (0, 1), (file.read_bytes(), err)
            assert "error[D90" not in out + err, (file.read_bytes(), err)
            assert out or err


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_is_one_line_that_goes_away() -> None:
    out, err = io.StringIO(), Screen()
    terminal = Terminal(out, err, 80, colour=False)
    terminal.progress("SEQ, 9 states, engine single")
    terminal.progress("SIM, 9 states, engine single")
    terminal.print("the answer")
    assert out.getvalue() == "the answer\n"
    assert err.getvalue().startswith("\rSEQ, 9 states")
    assert err.getvalue().endswith("\r\x1b[K")
    assert "\n" not in err.getvalue()


def test_progress_elsewhere_is_told_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, 80, colour=False)
    terminal.progress("quick")
    assert err.getvalue() == ""
    monkeypatch.setattr("detente.cli.term.time.monotonic", lambda: 1e12)
    terminal.progress("slow")
    assert err.getvalue() == "detente: slow\n"


def test_widths_count_what_is_seen() -> None:
    assert [cells(text) for text in ("ab", "é", "é", "和", "")] == [2, 1, 1, 2, 0]
