"""Each floor imports from lower floors only; the proof is import-linter's, and here it is seen to refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Where, what is written there, and the line of the report that must complain.
UPWARD = [
    ("text.py", "from detente.model.conflict import Conflict", "detente.text -> detente.model.conflict"),
    ("model/formula.py", "from detente.space import states", "detente.model.formula -> detente.space"),
    ("model/formula.py", "import numpy", "detente.model.formula -> numpy"),
    ("space/states.py", "from detente import preference", "detente.space.states -> detente.preference"),
    ("concepts/nash.py", "from detente import engines", "detente.concepts.nash -> detente.engines"),
    ("preference/order.py", "from detente import concepts", "detente.preference.order -> detente.concepts"),
    ("engines/single.py", "import detente.analysis", "detente.engines.single -> detente.analysis"),
    ("engines/single.py", "def later() -> None:\n    import detente.explain", "detente.engines.single -> detente.explain"),
    ("analysis/certificate.py", "import detente.engines", "detente.analysis.certificate -> detente.engines"),
    ("explain/words.py", "from detente.analysis import stability", "detente.explain.words -> detente.analysis.stability"),
    ("cli/main.py", "import detente.engines", "detente.cli.main -> detente.engines"),
    ("errors.py", "from detente import __version__", "detente.errors -> detente"),
    ("annex.py", '"""A room that is on no floor."""', "detente.annex"),
]


def lint(tree: Path) -> tuple[int, str]:
    """What lint-imports says of a tree, with its exit status."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and of the contracts."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_floors_are_kept(tree: Path) -> None:
    status, said = lint(tree)
    assert status == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(("file", "text", "complaint"), UPWARD)
def test_an_upward_import_is_refused(tree: Path, file: str, text: str, complaint: str) -> None:
    target = tree / "src/detente" / file
    before = target.read_text(encoding="utf-8") if target.exists() else '"""A new module."""\n'
    target.write_text(f"{before}\n{text}\n", encoding="utf-8")
    status, said = lint(tree)
    assert status == 1, said
    assert complaint in said
