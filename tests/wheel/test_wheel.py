"""The wheel, built from a clean copy by way of the source distribution, does in an environment of its own what the source tree does."""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.wheel.conftest import PAGE, ROOT, packaged, run

pytestmark = pytest.mark.xdist_group("wheel")  # one worker builds it, once

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FLAGSHIP = "gaza-hostage-talks"
KERNELS = "detente/engines/array/native/_kernels.abi3.so"
TOOLS = {"hypothesis", "pytest", "mypy", "ruff", "playwright"}
Detente: TypeAlias = Callable[..., str]


@pytest.fixture
def detente(clean: Path, tmp_path: Path) -> Detente:
    """The command as installed from the wheel, run in an empty folder."""
    return lambda *arguments: run(clean / "bin/detente", *arguments, cwd=tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Detente:
    """The command of the source tree, run in the same folder."""
    return lambda *arguments: run(Path(sys.executable).with_name("detente"), *arguments, cwd=tmp_path)


def timeless(text: str) -> str:
    """A text without the seconds that its making took."""
    return re.sub(r"(?<![\d.])\d+(?:\.\d+)? m?s\b", "… s", text)


def figures(document: str) -> dict[str, Any]:
    """A JSON document without what may differ from run to run."""
    found: dict[str, Any] = json.loads(timeless(document))
    found.pop("seconds", None)
    return found


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    files = [file for file in packaged() if file.parts[:2] == ("src", "detente")]
    sources = {file for file in files if file.suffix in (".c", ".h") or file.parts[2:4] == ("workbench", "web")}
    expected = {file.relative_to("src").as_posix() for file in files if file not in sources} | {KERNELS}
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
        about = [name for name in archive.namelist() if name.endswith("/licenses/LICENSE")]
    assert found == expected
    assert len(about) == 1
    assert "-cp311-abi3-" in wheel.name  # one wheel for every Python there is


def test_the_page_of_the_workbench_is_in_the_wheel_with_the_licences_of_what_it_bundles(wheel: Path) -> None:
    built = (ROOT / PAGE).is_dir()
    assert built or os.environ.get("CI") != "true"
    with zipfile.ZipFile(wheel) as archive:
        page = {Path(name).name for name in archive.namelist() if name.startswith("detente/workbench/static/")}
        assert page == ({"index.html", "page.js", "page.css", "icon.svg", "licences.txt"} if built else set())
        if built:
            licences = archive.read("detente/workbench/static/licences.txt").decode()
            assert "Copyright (c) 2015-present Jason Miller" in licences
            assert "Apache License" in licences
            assert b"licences.txt" in archive.read("detente/workbench/static/page.js")[:200]


def test_the_kernels_of_the_wheel_are_those_of_the_source(clean: Path, tmp_path: Path) -> None:
    ask = "from detente.engines.array.native import about; print(about())"
    told = run(clean / "bin/python", "-c", ask, cwd=tmp_path)
    assert told.startswith("compiled kernels")
    assert told == run(sys.executable, "-c", ask, cwd=tmp_path)


def test_the_environment_is_clean(clean: Path, tmp_path: Path) -> None:
    python = clean / "bin/python"
    where = run(python, "-c", "import detente; print(detente.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(clean)
    run(python, "-m", "pip", "check", cwd=tmp_path)
    names = {one["name"].lower() for one in json.loads(run(python, "-m", "pip", "list", "--format=json", cwd=tmp_path))}
    assert "numpy" in names
    assert not names & TOOLS


def test_version(detente: Detente) -> None:
    assert re.search(rf"\b{re.escape(PROJECT['version'])}\b", detente("--version"))


def test_the_packaged_cases_are_those_of_the_source(detente: Detente, source: Detente) -> None:
    listed = detente("cases")
    assert FLAGSHIP in listed
    assert "elmira" in listed
    assert listed == source("cases")


def test_elmira_as_a_document(detente: Detente, source: Detente) -> None:
    document = figures(detente("analyze", "elmira", "--json"))
    assert (document["conflict"]["combinations"], document["conflict"]["feasible"]) == (32, 9)
    assert document["equilibria"]["SEQ"] == [5, 8, 9]
    assert document["detente"] == PROJECT["version"]
    assert document == figures(source("analyze", "elmira", "--json"))


def test_the_flagship_as_a_screenful(detente: Detente, source: Detente) -> None:
    shown = timeless(detente("analyze", FLAGSHIP))
    assert len(shown.splitlines()) > 10
    assert shown == timeless(source("analyze", FLAGSHIP))


def test_a_report_is_the_same_from_a_wheel(detente: Detente, source: Detente, tmp_path: Path) -> None:
    detente("report", "elmira", "-o", "wheel.html")
    source("report", "elmira", "-o", "source.html")
    report, twin = ((tmp_path / name).read_text(encoding="utf-8") for name in ("wheel.html", "source.html"))
    digest = json.loads(detente("analyze", "elmira", "--json"))["conflict"]["digest"]
    assert report.lstrip().lower().startswith("<!doctype html")
    assert digest[:12] in report
    assert timeless(report).replace("wheel.html", "source.html") == timeless(twin)
