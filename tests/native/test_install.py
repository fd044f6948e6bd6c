"""A machine without a compiler installs the package all the same, and gets the same answers from NumPy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import detente, sys
from detente.concepts.registry import all_concepts
from detente.engines.array import ArrayEngine, form_for
from detente.engines.array.native import kernels
from detente.io import read
from detente.space.states import StateSpace
assert detente.__file__.startswith(sys.argv[1]), detente.__file__
space = StateSpace(read("four.yaml").conflict)
engine = ArrayEngine(space)
print(kernels() is not None, form_for(space, all_concepts()[0]))
print([engine.stable(concept, dm).bits for concept in all_concepts() for dm in space.masks])
"""
FILE = """
detente: 1
title: Four choices
decision makers:
  A: {name: A, options: {a: {name: a}, b: {name: b, direction: only on}}, prefers: [a and c, not b, d]}
  B: {name: B, options: {c: {name: c}, d: {name: d}}, prefers: [c if a, not d, b]}
rules: [{infeasible: b and d}]
"""


def installed(folder: Path, compiler: str) -> tuple[str, str]:
    """Install a copy of what git tracks by pip with some compiler, and ask it; what it prints in two lines, and what was compiled."""
    tree, target = folder / "tree", folder / "installed"
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in listed:
        if name and (ROOT / name).is_file() and not name.startswith(("tests/", "docs/", "bench/")):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"CC": compiler, "PIP_NO_INDEX": "1"}
    done = subprocess.run([*pip, "--target", str(target), str(tree)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "four.yaml").write_text(FILE, encoding="utf-8")
    asked = subprocess.run(
        [sys.executable, "-c", ASK, str(target)],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    compiled = " ".join(file.name for file in target.rglob("*.so"))
    return asked.stdout, compiled


@pytest.mark.xdist_group("wheel")
def test_with_and_without_a_compiler(tmp_path: Path) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    printed, compiled = installed(tmp_path / "with", "gcc")
    bare, nothing = installed(tmp_path / "without", "false")
    assert (compiled, nothing) == ("_kernels.abi3.so", "")
    assert printed.splitlines()[0] == "True native"
    assert bare.splitlines()[0] == "False grid"
    assert printed.splitlines()[1] == bare.splitlines()[1]
