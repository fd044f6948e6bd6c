"""A folder of conflicts, and a workbench that serves it, for the tests of a module; a module that needs other files as well adds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.workbench import fill
from tests.workbench.served import Served, served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is open."""
    folder = tmp_path_factory.mktemp("open")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def bench(folder: Path) -> Iterator[Served]:
    """The server."""
    with served(folder) as found:
        yield found
