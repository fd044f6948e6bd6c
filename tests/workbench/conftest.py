"""A workbench for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.served import Served, served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is open."""
    return tmp_path_factory.mktemp("open")


@pytest.fixture(scope="module")
def bench(folder: Path) -> Iterator[Served]:
    """A workbench that serves it."""
    with served(folder) as found:
        yield found
