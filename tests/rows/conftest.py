"""What an undisturbed run writes."""

from __future__ import annotations

import pytest

from tests.rows.sweeps import content, write


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes that one process writes when nothing happens to it."""
    folder = tmp_path_factory.mktemp("rows") / "undisturbed"
    done = write(folder)
    assert (done.parts, done.rows, done.kept, done.listed) == (15, 3_000, 0, False)
    return content(folder)
