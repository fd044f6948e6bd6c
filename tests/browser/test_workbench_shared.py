"""Two windows that ask the same: they share the work, and each stops what it asked itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from detente.workbench.workers import Spare
from tests.browser.walking import WAIT
from tests.browser.workbench import PAGE, Held, Watched, watched
from tests.workbench.served import CASES, Served

pytestmark = PAGE


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with a conflict that has levers."""
    shutil.copy(CASES / "shared-lake.yaml", folder)
    return folder


class Working(Held):
    """A process that goes on, and has found nothing so far."""

    def answers(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What it tells."""
        yield {"progress": "still at work"}
        self.last.wait(60)


def opened(seen: Watched) -> Page:
    """A window on it that is at rest, with a question in its form that was not asked yet."""
    page = seen.open("?file=shared-lake.yaml&view=unlock")
    page.wait_for_function("() => !document.querySelector('.running')", timeout=WAIT)
    page.get_by_text("Kinds of levers, and time").click()
    page.get_by_label("Seconds for each kind and goal").fill("62")
    return page


def test_stopped_in_one_window_it_goes_on_for_the_other(browser: Browser, bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Working({})
    with watched(browser, bench) as one, watched(browser, bench) as other:
        pages = [opened(seen) for seen in (one, other)]
        monkeypatch.setattr(Spare, "taken", lambda _: held)
        for page in pages:
            page.get_by_role("button", name="Look for levers").click()
            expect(page.locator("#unlock")).to_contain_text("still at work", timeout=WAIT)
        with pages[0].expect_response(lambda response: response.request.method == "DELETE") as stopped:
            pages[0].locator("#unlock").get_by_role("button", name="Stop").click()
        assert stopped.value.json()["state"] == "running"
        expect(pages[0].locator("#unlock")).to_contain_text("The search was given up.")
        assert not held.last.is_set()
        expect(pages[1].locator("#unlock")).to_contain_text("still at work")
        with pages[1].expect_response(lambda response: response.request.method == "DELETE") as ended:
            pages[1].locator("#unlock").get_by_role("button", name="Stop").click()
        assert ended.value.json()["state"] == "given up"
        assert held.last.wait(10)
