"""scripts/check --self-test: a check that has never been seen to fail proves nothing.

Each check is broken on purpose in a temporary copy of the tree.  It must fail there, and name what was planted; the same check
must not name it before.  The forbidden strings are put together here, for this file is checked too.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checks import CHECKS, ROOT, files

HEAD = '"""A planted module."""\n\n'
MODULE = "src/detente/model/planted.py"


@dataclass(frozen=True)
class Break:
    """One way to break a tree: the check that must notice, the file to write or extend, and words of the complaint."""

    check: str
    file: str
    text: str
    complaint: str
    replaces: str | None = None


BREAKS = [
    Break("lint", MODULE, HEAD + "import os\n", "planted.py:3:8: F401"),
    Break("lint", MODULE, HEAD + "def public() -> None:\n    print(1)\n", "D103"),
    Break("layout", MODULE, HEAD + "x = [ 1,2 ]\n", "planted.py"),
    Break("types", MODULE, HEAD + "x: int = 'text'\n", "planted.py:3: error: Incompatible types"),
    Break("types", "tests/test_planted.py", HEAD + "def test_it():\n    pass\n", "test_planted.py:3: error: Function is missing"),
    Break("floors", MODULE, HEAD + "import detente.cli\n", "detente.model.planted -> detente.cli"),
    Break("floors", MODULE, HEAD + "import numpy\n", "detente.model.planted -> numpy"),
    Break("floors", "src/detente/cli/planted.py", HEAD + "import detente.engines\n", "detente.cli.planted -> detente.engines"),
    Break("floors", "src/detente/planted/__init__.py", HEAD, "detente.planted"),
    Break("strings", "docs/planted.md", "see /wo" + "rk/notes.txt\n", "docs/planted.md:1: a path of one machine"),
    Break("strings", "planted.sh", "cd /ro" + "ot\n", "planted.sh:1: a path of one machine"),
    Break("strings", "planted.txt", "https://py" + "pi.org/simple\n", "a package registry's address"),
    Break("strings", MODULE, HEAD + "# TO" + "DO: think\n", "planted.py:3: unfinished work"),
    Break("strings", MODULE, HEAD + "# FIX" + "ME\n", "planted.py:3: unfinished work"),
    Break("strings", "tests/test_planted.py", "@pytest.mark.sk" + "ip\n", "a skip without a reason"),
    Break("strings", "tests/test_planted.py", "    pytest.sk" + "ip()\n", "a skip without a reason"),
    Break("strings", MODULE, "x = 1  # type: ig" + "nore\n", "a silenced type error"),
    Break("sizes", MODULE, HEAD + "x = 1\n" * 399, "planted.py: 401 lines"),
    Break("sizes", MODULE, HEAD + "def f() -> None:\n" + "    print()\n" * 60, "planted.py:3: f has 61 lines"),
    Break("sizes", "src/detente/analysis/certificate.py", "x = 1\n" * 201, "lines, more than 200"),
    Break("sizes", "src/detente/workbench/web/planted.js", "x;\n" * 301, "planted.js: 301 lines"),
    Break("licences", "package-lock.json", '"license": "GPL-3.0-only"', "node_modules/htm: its licence", '"license": "Apache-2.0"'),
    Break("licences", "pyproject.toml", 'dependencies = [\n    "hypothesis",', "hypothesis: its licence", "dependencies = ["),
    Break("pins", "constraints.txt", "numpy==1.0\n", "1.0 is pinned"),
    Break("pins", "constraints.txt", "detente @ file:planted\n", "not a name and a version: detente @"),
    Break("news", "changelog.d/planted.md", "Something.\n", "changelog.d/planted.md"),
]


def copy_of(tree: Path, target: Path) -> None:
    """Copy what git tracks or would track, and make it a repository of its own."""
    for file in files(tree):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree / file, target / file)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=target, check=True)
    if (tree / ".mypy_cache").is_dir():
        shutil.copytree(tree / ".mypy_cache", target / ".mypy_cache")


@cache
def unbroken(tree: Path, check: str) -> tuple[str, ...]:
    """What a check finds before anything is broken; every defect is taken away again before the next is planted."""
    return tuple(CHECKS[check](tree))


def noticed(tree: Path, broken: Break) -> str | None:
    """Plant one defect, run its check, take the defect away again; what went wrong, or None if it was noticed."""
    file = tree / broken.file
    before = file.read_bytes() if file.exists() else None
    old = "" if before is None else before.decode("utf-8")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        if any(broken.complaint in line for line in unbroken(tree, broken.check)):
            return "complains before anything is broken"
        if broken.replaces is None:
            file.write_text(old + broken.text, encoding="utf-8")
        else:
            file.write_text(old.replace(broken.replaces, broken.text), encoding="utf-8")
        files.cache_clear()
        found = CHECKS[broken.check](tree)
        if any(broken.complaint in line for line in found):
            return None
        return f"did not say {broken.complaint!r}; it said {found[:5]}"
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        files.cache_clear()


def self_test(names: list[str]) -> int:
    """Break each check (or those named) in every way listed; return 1 if any breakage goes unnoticed."""
    missed = sorted(set(CHECKS) - {broken.check for broken in BREAKS})
    for name in missed:
        print(f"{name:10} NOTHING BREAKS IT")
    chosen = [broken for broken in BREAKS if not names or broken.check in names]
    with tempfile.TemporaryDirectory(prefix="detente-check-") as folder:
        tree = Path(folder)
        copy_of(ROOT, tree)
        for broken in chosen:
            problem = noticed(tree, broken)
            print(f"{broken.check:10} {broken.file}: {'noticed' if problem is None else 'NOT NOTICED: ' + problem}", flush=True)
            missed += [] if problem is None else [broken.check]
    print(f"self-test: {len(missed)} went unnoticed" if missed else f"self-test: all {len(chosen)} breakages were noticed")
    return 1 if missed or not chosen else 0
