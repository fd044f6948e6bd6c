"""A browser for the tests: Debian's chromium, driven by Playwright, without a network; one for all tests of a process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the system; the test fails where there is none (`scripts/install --browser` installs it)."""
    from playwright.sync_api import sync_playwright  # not needed by those who run other tests alone

    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "no chromium was found: scripts/install --browser"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()
