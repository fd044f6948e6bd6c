"""The wheel, built from a clean copy by way of the source distribution, and an environment of its own with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path("src/detente/workbench/static")
"""The page of the workbench, which git ignores; scripts/workbench builds it, always in CI."""


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints; its complaints are shown if it fails.  It sees neither the source tree nor a wide terminal."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden and not key.startswith("COV")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment | {"COLUMNS": "100"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def packaged() -> list[Path]:
    """The files that git tracks or would track, and the page of the workbench."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    page = [file.relative_to(ROOT) for file in (ROOT / PAGE).glob("*")]
    return [*(Path(name) for name in listed if name and (ROOT / name).is_file()), *page]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, built from a copy of what git tracks."""
    tree = tmp_path_factory.mktemp("tree")
    for file in packaged():
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, tree / file)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tree / "dist", tree, cwd=tree)
    (built,) = (tree / "dist").glob("*.whl")
    moved = tmp_path_factory.mktemp("wheel") / built.name
    shutil.move(built, moved)
    shutil.rmtree(tree)  # nothing may be found there by accident
    return moved


@pytest.fixture(scope="session")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel and what it needs, at the pinned versions."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    python = folder / "bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", ROOT / "constraints.txt", wheel, cwd=folder)
    return folder
