"""The workbench of the installed wheel in a browser: every view, by mouse and by keyboard alone, shows what its server says."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.walking import FLOWS, by_keyboard, shown, views
from tests.browser.workbench import BUILT, fill, watched
from tests.wheel.conftest import ROOT, run
from tests.wheel.opened import Opened, opened

pytestmark = [pytest.mark.xdist_group("wheel"), BUILT]


@pytest.fixture(scope="session")
def python(wheel: Path, clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and its extra "workbench", and nothing else."""
    folder = tmp_path_factory.mktemp("workbench-of-wheel")
    venv.create(folder, with_pip=False)
    (held,) = clean.glob("lib/python*/site-packages")
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "clean.pth").write_text(f"{held}\n", encoding="utf-8")  # what is there need not be installed again
    pip: list[str | Path] = [clean / "bin/python", "-m", "pip", "--python", folder / "bin/python", "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "-c", ROOT / "constraints.txt", f"{wheel}[workbench]", cwd=folder)
    where = run(folder / "bin/python", "-c", "import detente; print(detente.__file__)", cwd=folder)
    assert Path(where.strip()).is_relative_to(held)
    return folder / "bin/python"


@pytest.fixture(scope="module")
def bench(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """What `detente open` serves there, in a folder with conflicts."""
    folder = tmp_path_factory.mktemp("conflicts")
    fill(folder)
    with opened(python, folder) as found:
        yield found


@pytest.mark.parametrize("file", ["elmira.yaml", "talks.yaml"])
def test_every_view_by_mouse(browser: Browser, bench: Opened, file: str) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={file}")
        shown(seen, file)
        assert len(list(views(page))) == len(FLOWS)


def test_every_view_by_keyboard_alone(browser: Browser, bench: Opened) -> None:
    with watched(browser, bench, width=400, theme="dark") as seen:
        by_keyboard(seen)


@pytest.mark.long
def test_everything_that_is_asked_of_the_page(python: Path) -> None:
    """All tests of the page, as they stand, against the workbench of the wheel."""
    tests = sorted(map(str, ROOT.glob("tests/browser/test_workbench*.py")))
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"DETENTE_OPEN": str(python)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
