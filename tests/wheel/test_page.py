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


def install(clean: Path, python: Path, what: str) -> None:
    """Install something for a Python, by the pip of the clean environment."""
    pip: list[str | Path] = [clean / "bin/python", "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "-c", ROOT / "constraints.txt", what, cwd=python.parent)


@pytest.fixture(scope="session")
def python(wheel: Path, clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and its extra "workbench", and nothing else."""
    folder = tmp_path_factory.mktemp("workbench-of-wheel")
    venv.create(folder, with_pip=False)
    (held,) = clean.glob("lib/python*/site-packages")
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "clean.pth").write_text(f"{held}\n", encoding="utf-8")  # what is there need not be installed again
    install(clean, folder / "bin/python", f"{wheel}[workbench]")
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


HELD = (
    "tests/browser/test_workbench_opened.py::test_files_that_are_not_listed_are_told_of_and_can_be_opened",
    "tests/browser/test_workbench_shared.py::test_stopped_in_one_window_it_goes_on_for_the_other",
    "tests/browser/test_workbench_sure.py::test_what_is_found_so_far_is_shown_and_the_rest_given_up",
    "tests/browser/test_workbench_unlock.py::test_what_is_found_so_far_stays_when_the_search_is_stopped",
)
"""Change what a server does from within (hold a search up, list fewer files), which is not to be had in another process; a sweep of the
talks is given up there instead."""


@pytest.mark.long
def test_everything_that_is_asked_of_the_page(python: Path, wheel: Path, clean: Path) -> None:
    """All tests of the page, as they stand, against the workbench of the wheel, with the extra that writes Parquet."""
    install(clean, python, f"{wheel}[parquet]")
    tests = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("tests/browser/test_workbench*.py"))
    command = [sys.executable, "-m", "pytest", "-q", "-n2", "--dist", "worksteal", "-p", "no:cacheprovider", "-m", "long or not long"]
    command += ["-o", "faulthandler_timeout=7200", *tests, *(word for test in HELD for word in ("--deselect", test))]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"DETENTE_OPEN": str(python)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
