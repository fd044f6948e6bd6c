"""What is pressed quickly, one after the other, is done to what was pressed, in a browser: places in lists are others after each change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import WAIT
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served
from tests.workbench.test_what_if import MIXED

pytestmark = PAGE
RANKED = "?file=elmira.yaml&view=what-if&by=Local"


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with a conflict of all kinds of preferences as well."""
    (folder / "mixed.yaml").write_text(MIXED, encoding="utf-8")
    return folder


QUICKLY = """async (where) => {
    for (const one of [...document.querySelectorAll(where)].slice(0, 2)) {
        one.click();
        await new Promise((then) => setTimeout(then, 5));
    }
}"""
"""Presses the first two, the second long before the server has answered for the first."""
TWICE = """async (where) => {
    const one = document.querySelector(where);
    one.click();
    await new Promise((then) => setTimeout(then, 5));
    one.click();
}"""
"""Presses one twice."""


def test_what_is_turned_one_after_the_other_is_what_was_pressed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=A", "#whatif .ordered")
        page.locator("#whatif summary", has_text="Rules, coalitions").click()
        rules = page.locator("#whatif ul[aria-label=Rules] input")
        page.evaluate(QUICKLY, "#whatif ul[aria-label=Rules] input")
        expect(page.locator("#whatif .tried-list li")).to_have_count(2, timeout=WAIT)
        expect(rules.nth(1)).not_to_be_checked()
        assert [box.is_checked() for box in rules.all()] == [False, False, True]
        page.evaluate(TWICE, ".tried-list button")
        expect(page.locator("#whatif .tried-list li")).to_have_count(1, timeout=WAIT)
        page.wait_for_timeout(500)
        assert [box.is_checked() for box in rules.all()] == [True, False, True]


BOTH = """async ([first, then]) => {
    const one = document.querySelector(first), other = document.querySelector(then);
    one.click();
    await new Promise((then) => setTimeout(then, 5));
    other.click();
}"""
"""Presses two, the second long before the server has answered for the first."""


def asked_of(page: Page) -> Any:
    """What the address says is tried."""
    return json.loads(parse_qs(urlsplit(page.url).query).get("tried", ["[]"])[0])


@pytest.mark.parametrize(
    ("pressed", "then"),
    [
        ("li:nth-child(1) [data-control=turn]", None),  # which is taken away
        ("li:nth-child(2) [data-control=turn]", {"change": "reverse statement", "dm": "A", "place": 1}),  # which was the second
        ("li:nth-child(2) [data-control=down]", None),
    ],
)
def test_what_is_pressed_while_a_statement_goes_is_what_was_pressed(browser: Browser, bench: Served, pressed: str, then: Any) -> None:
    gone = {"change": "remove statement", "dm": "A", "place": 1}
    wanted = [gone, then] if then else [gone]
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=A", "#whatif .ordered")
        page.evaluate(BOTH, ["#whatif .ordered li:nth-child(1) [data-control=switch]", f"#whatif .ordered {pressed}"])
        expect(page.locator("#whatif .tried-list li")).to_have_count(len(wanted), timeout=WAIT)
        if "down" in pressed:
            expect(page.locator("#whatif .ordered + [role=status]").first).to_contain_text("not moved")
        page.wait_for_selector("#whatif .changed[aria-busy=false] .paragraph")
        page.wait_for_timeout(500)
        assert asked_of(page) == wanted


def test_what_is_tied_while_another_is_moved_is_what_was_pressed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        ranked = "#whatif .ordered li:nth-child"
        for pressed in (8, 5):  # what stands above the fifth is another then
            page = seen.open(RANKED, "#whatif .ordered")
            page.evaluate(BOTH, [f"{ranked}(4) [data-control=up]", f"{ranked}({pressed}) [data-control=tie]"])
            expect(page.locator("#whatif .tried-list li")).to_have_count(2 if pressed == 8 else 1, timeout=WAIT)
        page.wait_for_selector("#whatif .changed[aria-busy=false] .paragraph")
        page.wait_for_timeout(500)
        assert [one["taken"] for one in asked_of(page)] == [["Delay"]]
