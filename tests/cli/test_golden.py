"""What every command prints, word for word.

After a change that is meant, `GOLDEN=update .venv/bin/python -m pytest tests/cli/test_golden.py` writes them anew; read the difference
before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.app.test_fronts import DAM
from tests.cli.program import ROOT, run, timeless
from tests.evolution.test_forecasts import FILE as RIVER
from tests.evolution.test_verb import CROSSING

GOLDEN = ROOT / "tests/golden"
WRONG = """\
detente: 1
title: A model with mistakes
decision makers:
  Town:
    options: {Allow: {name: allow it}, Forbid: {name: forbid it}}
    prefers: [not Alow, Allow iff]
rules:
  - at most one: [Allow, Forbid, Build]
"""
WARNED = """\
detente: 1
title: A model to think about
decision makers:
  Town:
    options: {Allow: {name: allow it}}
    prefers: [Allow or not Allow, Build]
  Firm:
    options: {Build: {name: build it, direction: only on}}
    prefers: [Build, not Build]
rules:
  - {option: Build, only if: Allow or not Allow}
status quo: []
"""
EXPECT = """\
verdicts:
  - {concept: SEQ, equilibria: [5, 8], source: a guess}
  - {concept: Nash, equilibria: [5, 8, 9], source: Kilgour and Hipel 2005}
  - {concept: GMR, count: 4, source: a misprint, disputed: state 1 is left out, computed: 5}
"""

# Name of the file: width, status, command.
COMMANDS = {
    "help": (80, 0, ["--help"]),
    "analyze-elmira": (80, 0, ["analyze", "elmira"]),
    "analyze-elmira-100": (100, 0, ["analyze", "elmira"]),
    "analyze-elmira-60": (60, 0, ["analyze", "elmira", "--under", "SEQ,SIM"]),
    "analyze-elmira-all": (80, 0, ["analyze", "elmira", "--all", "--cross-check"]),
    "analyze-elmira-where": (80, 0, ["analyze", "elmira", "--where", "Insist and not Abandon", "--engine", "array"]),
    "analyze-elmira-mixed": (80, 0, ["analyze", "elmira", "--under", "Local=SEQ,GMR"]),
    "analyze-elmira-json": (80, 0, ["analyze", "elmira", "--json"]),
    "analyze-expect": (80, 1, ["analyze", "elmira", "--expect", "guess.expect.yaml"]),
    "analyze-flagship": (80, 0, ["analyze", "gaza-hostage-talks"]),
    "analyze-flagship-120": (120, 0, ["analyze", "gaza-hostage-talks"]),
    "analyze-flagship-all": (
        80,
        0,
        ["analyze", "gaza-hostage-talks", "--under", "Nash,SEQ", "--all", "--where", "Ceasefire and Disarm and Guarantee and Access"],
    ),
    "analyze-cuban": (80, 0, ["analyze", "cuban-missile-crisis"]),
    "analyze-game": (80, 0, ["analyze", "2x2:12"]),
    "analyze-wrong": (80, 1, ["analyze", "wrong.yaml"]),
    "check-elmira": (80, 0, ["check", "elmira"]),
    "check-warned": (80, 0, ["check", "warned.yaml"]),
    "check-strict": (80, 1, ["check", "warned.yaml", "--strict", "--json"]),
    "check-wrong": (80, 1, ["check", "wrong.yaml"]),
    "diagnose-elmira": (80, 0, ["diagnose", "elmira"]),
    "diagnose-elmira-5": (80, 0, ["diagnose", "elmira", "--from", "5", "--under", "Local=GMR,SEQ"]),
    "diagnose-korea-5": (80, 0, ["diagnose", "north-korea-2017", "--from", "5"]),
    "diagnose-prisoners": (80, 0, ["diagnose", "prisoners-dilemma", "--from", "DD", "--under", "Nash"]),
    "diagnose-chicken": (80, 0, ["diagnose", "chicken", "--from", "DC", "--all"]),
    "diagnose-flagship": (100, 0, ["diagnose", "gaza-hostage-talks"]),
    "diagnose-flagship-all": (80, 0, ["diagnose", "gaza-hostage-talks", "--all"]),
    "diagnose-nowhere": (80, 2, ["diagnose", "chicken"]),
    "diagnose-json": (80, 0, ["diagnose", "north-korea-2017", "--json"]),
    "coalitions-elmira-5": (80, 0, ["coalitions", "elmira", "5"]),
    "coalitions-elmira": (100, 0, ["coalitions", "elmira", "--partition", "MoE+Local,Uniroyal", "--improvement", "weak", "--all"]),
    "coalitions-flagship": (80, 0, ["coalitions", "gaza-hostage-talks"]),
    "coalitions-json": (80, 0, ["coalitions", "euphrates-1975", "--json"]),
    "coalitions-no-partition": (80, 2, ["coalitions", "elmira", "--partition", "MoE+Local"]),
    "coalitions-no-kind": (80, 2, ["coalitions", "elmira", "--improvement", "stricter"]),
    "coalitions-and-partition": (80, 2, ["coalitions", "elmira", "--partition", "MoE,Local,Uniroyal", "--coalition", "MoE+Local"]),
    "fronts-dam": (80, 0, ["fronts", "dam.yaml", "--where", "Release", "--time", "0"]),
    "fronts-dam-json": (80, 0, ["fronts", "dam.yaml", "--time", "0", "--json"]),
    "fronts-beside": (80, 0, ["fronts", "dam.yaml", "--time", "0", "--beside", "north-korea-2017", "--under", "Nash"]),
    "fronts-none": (80, 2, ["fronts", "elmira"]),
    "fronts-held": (80, 2, ["fronts", "dam.yaml", "--where", "not Strike"]),
    "explain-elmira-seq": (80, 0, ["explain", "elmira", "1", "--by", "Local", "--under", "SEQ"]),
    "explain-elmira-gmr": (80, 0, ["explain", "elmira", "status quo", "--by", "Local", "--under", "GMR", "--all"]),
    "explain-elmira-everybody": (80, 0, ["explain", "elmira", "abandoned", "--under", "Nash"]),
    "explain-elmira-every-concept": (80, 0, ["explain", "elmira", "NYNNY", "--by", "uni"]),
    "explain-elmira-everything": (80, 0, ["explain", "elmira", "4"]),
    "explain-korea-sim": (80, 0, ["explain", "north-korea-2017", "1", "--by", "NK", "--under", "SIM"]),
    "explain-flagship": (80, 0, ["explain", "gaza-hostage-talks", "status quo", "--by", "Israel", "--under", "SEQ"]),
    "path-elmira": (80, 0, ["path", "elmira", "8"]),
    "path-elmira-several": (80, 0, ["path", "elmira", "5", "1", "8"]),
    "path-together": (80, 0, ["path", "elmira", "1", "8", "--by", "Local,MoE+Uniroyal"]),
    "path-by-two": (80, 0, ["path", "elmira", "1", "8", "--by", "Uniroyal+Local"]),
    "path-none": (80, 0, ["path", "elmira", "9", "1"]),
    "path-flagship": (80, 0, ["path", "gaza-hostage-talks", "a further partial exchange"]),
    "cases": (80, 0, ["cases"]),
    "case-elmira": (80, 0, ["cases", "elmira"]),
    "concepts": (80, 0, ["concepts"]),
    "concepts-smr": (80, 0, ["concepts", "SMR"]),
    "explain-code": (80, 0, ["explain-code", "U417"]),
    "new": (80, 0, ["new"]),
    "new-parties": (80, 0, ["new", "--parties", "Town council,Yes,Firm", "--title", "No: a dispute"]),
    "new-file": (80, 0, ["new", "mine.yaml"]),
    "export": (80, 0, ["export", "elmira", "copy.json"]),
    "export-loss": (80, 1, ["export", "prisoners-dilemma", "copy.gmcr"]),
    "export-lossy": (80, 0, ["export", "prisoners-dilemma", "copy.gmcr", "--allow-loss"]),
    "export-merged": (80, 1, ["export", "elmira", "copy.gmcr", "--allow-loss"]),
    "report": (80, 0, ["report", "elmira", "-o", "elmira.html"]),
    "unlock-elmira-5": (80, 0, ["unlock", "elmira", "--from", "5", "--time", "0"]),
    "unlock-elmira-stays": (100, 0, ["unlock", "elmira", "--time", "0"]),
    "unlock-euphrates": (
        80,
        0,
        [
            "unlock",
            "euphrates-1975",
            "--target",
            "release",
            "--want",
            "hold",
            "--kind",
            "priority,preference",
            "--under",
            "GMR",
            "--time",
            "0",
        ],
    ),
    "unlock-json": (80, 0, ["unlock", "elmira", "--from", "5", "--kind", "coalitions", "--json"]),
    "diagnose-misread": (80, 0, ["diagnose", "misread-neighbours"]),
    "compare-misread": (80, 0, ["compare", "misread-neighbours", "--time", "0"]),
    "compare-json": (80, 0, ["compare", "misread-neighbours", "--viewpoints", "south", "--under", "Nash", "--time", "0", "--json"]),
    "compare-none": (80, 2, ["compare", "elmira"]),
    "compare-unknown": (80, 2, ["compare", "misread-neighbours", "--viewpoints", "south,west"]),
    "analyze-seen": (80, 0, ["analyze", "misread-neighbours", "--under", "SEQ", "--viewpoint", "north"]),
    "check-seen": (80, 0, ["check", "misread-neighbours", "--viewpoint", "south"]),
    "explain-seen": (80, 0, ["explain", "misread-neighbours", "HH", "--by", "North", "--under", "SEQ", "--viewpoint", "north"]),
    "hypergame-misread": (80, 0, ["hypergame", "misread-neighbours"]),
    "hypergame-misread-json": (80, 0, ["hypergame", "misread-neighbours", "WH", "--json"]),
    "hypergame-held": (100, 0, ["hypergame", "gaza-hostage-talks", "--held", "Israel=reader,Mediators=families"]),
    "hypergame-none": (80, 2, ["hypergame", "elmira"]),
    "hypergame-unread": (80, 2, ["hypergame", "misread-neighbours", "--held", "North"]),
    "evolve-chicken": (80, 0, ["evolve", "chicken", "--from", "CC"]),
    "evolve-crossing": (80, 0, ["evolve", "crossing.yaml", "--to", "bridge", "--to", "Bridge or Ferry", "--flow", "flow.svg"]),
    "evolve-flagship": (80, 0, ["evolve", "gaza-hostage-talks"]),
    "evolve-json": (80, 0, ["evolve", "crossing.yaml", "--json"]),
    "evolve-no-weights": (80, 2, ["evolve", "elmira", "--movers", "Local=2"]),
    "forecast-river": (80, 0, ["forecast", "river.yaml"]),
    "forecast-json": (80, 0, ["forecast", "river.yaml", "--json"]),
    "sweep-half-known": (80, 0, ["sweep", "half-known-objection", "--time", "0", "--all"]),
    "sweep-open": (100, 0, ["sweep", "misread-neighbours", "--open", "assumed", "--under", "Nash", "--time", "0"]),
    "sweep-json": (
        80,
        0,
        ["sweep", "half-known-objection", "--under", "Village=GMR,Nash", "--where", "not Object", "--time", "0", "--json"],
    ),
    "sweep-nothing": (80, 2, ["sweep", "elmira"]),
    "sweep-misspelt": (80, 2, ["sweep", "gaza-hostage-talks", "--open", "infered"]),
    "unlock-wrong": (80, 2, ["unlock", "elmira", "--kind", "priorities"]),
    "answer-flagship": (80, 0, ["answer", "gaza-hostage-talks", "--time", "0"]),
    "answer-nothing": (80, 2, ["answer", "elmira"]),
    "unknown-command": (80, 2, ["analyse", "elmira"]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    (tmp_path / "warned.yaml").write_text(WARNED, encoding="utf-8")
    (tmp_path / "dam.yaml").write_text(DAM, encoding="utf-8")
    (tmp_path / "crossing.yaml").write_text(CROSSING, encoding="utf-8")
    (tmp_path / "river.yaml").write_text(RIVER, encoding="utf-8")
    (tmp_path / "guess.expect.yaml").write_text(EXPECT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints(name: str, folder: Path) -> None:
    columns, status, command = COMMANDS[name]
    done = run(*command, cwd=folder, columns=columns)
    printed = timeless(done.stdout) + (f"--- standard error\n{timeless(done.stderr)}" if done.stderr else "")
    assert done.returncode == status, printed
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "update":
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.txt")) == sorted(COMMANDS)
