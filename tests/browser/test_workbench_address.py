"""Which states are listed, and in which order, stands in the address: a reload, a link, the browser's buttons and the JSON have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import settled, table_shown
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served

pytestmark = PAGE
FILE = "many.json"
LISTED = ("where", "order", "reverse")
RANK = "order by the rank for A, A"


def listed(page: Page) -> dict[str, str]:
    """What the address says of the states that are listed."""
    return {part: said[0] for part, said in parse_qs(urlsplit(page.url).query).items() if part in LISTED}


def filtered(page: Page, where: str) -> None:
    """Ask for the states of a condition."""
    page.get_by_label("Where").fill(where)
    page.get_by_label("Where").press("Enter")


def counted(page: Page, text: str) -> None:
    """Wait for what is said of the states."""
    expect(page.locator("#states p.quiet")).to_contain_text(text)
    expect(page.locator("#states")).to_have_attribute("aria-busy", "false")


def test_the_condition_and_the_order_come_back_with_the_address(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={FILE}")
        assert listed(page) == {}
        filtered(page, "o0 and not o9")
        counted(page, "256 states that meet the condition")
        for _ in range(2):
            page.get_by_role("button", name=RANK).click()
        asked = {"where": "o0 and not o9", "order": "party/A", "reverse": "yes"}
        assert listed(page) == asked
        for again in (page.reload, lambda: seen.open(f"?{urlencode({'file': FILE, **asked})}")):
            again()
            counted(page, "256 states that meet the condition")
            expect(page.get_by_label("Where")).to_have_value("o0 and not o9")
            expect(page.get_by_role("button", name=RANK)).to_have_attribute("aria-pressed", "true")
            settled(page)
            table_shown(seen, FILE, where="o0 and not o9", order="party/A", reverse=True)
        link = page.get_by_role("link", name="This page as JSON").get_attribute("href") or ""
        selected = bench.get(f"/{link}&wait=20").data["selection"]
        assert {part: selected[part] for part in LISTED} == {**asked, "reverse": True}
        page.get_by_role("button", name="order by state number").click()
        filtered(page, "")
        counted(page, "1,024 states; ")
        assert listed(page) == {}


def test_the_browsers_buttons_go_through_conditions_and_orders(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={FILE}")
        filtered(page, "o0")
        counted(page, "512 states that meet")
        filtered(page, "o0 and o1")
        counted(page, "256 states that meet")
        page.get_by_role("button", name=RANK).click()
        expect(page.get_by_role("button", name=RANK)).to_have_attribute("aria-pressed", "true")
        back: list[tuple[Any, str, str, str]] = [
            (page.go_back, "o0 and o1", "false", "256 states that meet"),
            (page.go_back, "o0", "false", "512 states that meet"),
            (page.go_back, "", "false", "1,024 states; "),
            (page.go_forward, "o0", "false", "512 states that meet"),
            (page.go_forward, "o0 and o1", "false", "256 states that meet"),
            (page.go_forward, "o0 and o1", "true", "256 states that meet"),
        ]
        for go, where, ordered, says in back:
            go()
            expect(page.get_by_label("Where")).to_have_value(where)
            expect(page.get_by_role("button", name=RANK)).to_have_attribute("aria-pressed", ordered)
            counted(page, says)
        page.locator("header").get_by_label("Conflict").select_option("file:elmira.yaml")
        page.wait_for_url("**/?file=elmira.yaml")
        expect(page.get_by_label("Where")).to_have_value("")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"where": "o0 and not nine"}, 'no option is called "nine"'),
        ({"where": '"<img src=x onerror=alert(1)>"'}, 'no option is called "<img src=x onerror=alert(1)>"'),
        ({"where": "(" * 5_000}, "nested deeper than 100 levels"),
        ({"order": "party/Nobody", "reverse": "yes"}, 'the order "party/Nobody"'),
    ],
)
def test_what_can_not_be_listed_is_told_as_when_it_is_typed(browser: Browser, bench: Served, said: dict[str, str], problem: str) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?{urlencode({'file': FILE, **said})}")
        told = page.locator("#states").get_by_label("Problems with the condition or the order")
        expect(told).to_contain_text(problem)
        counted(page, "1,024 states; ")
        expect(page.locator(".news .problems")).to_have_count(0)
        found = bench.get(f"/?{urlencode({'file': FILE, **said, 'as': 'json', 'wait': '20'})}")
        assert found.status == 200
        assert problem in found.data["documents"]["states"]["diagnostics"][0]["message"]
        if "where" in said:
            before = told.inner_text()
            page = seen.open(f"?file={FILE}")
            filtered(page, said["where"])
            expect(told).to_have_text(before, use_inner_text=True)
        filtered(page, "")
        page.get_by_role("button", name=RANK).click()
        expect(told).to_have_count(0)


def test_a_condition_of_what_is_renamed_hides_nothing(browser: Browser, bench: Served, folder: Path) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&where=Delay")
        counted(page, "4 states that meet the condition")
        page.locator("#text textarea").fill((folder / "elmira.yaml").read_text(encoding="utf-8").replace("Delay", "Wait"))
        counted(page, "9 states; ")
        expect(page.locator("#states .problems")).to_contain_text('no option is called "Delay"')
        expect(page.locator("#states thead")).to_contain_text("Wait")
        filtered(page, "Wait")
        counted(page, "4 states that meet the condition")
        expect(page.locator("#states .problems")).to_have_count(0)


def test_a_condition_too_long_for_an_address_is_met_all_the_same(browser: Browser, bench: Served) -> None:
    long = " and ".join(["o0"] * 1_200)
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={FILE}")
        filtered(page, long)
        counted(page, "512 states that meet the condition")
        expect(page.get_by_label("Where")).to_have_value(long)
        assert listed(page) == {}
        page.get_by_role("button", name=RANK).click()
        expect(page.get_by_role("button", name=RANK)).to_have_attribute("aria-pressed", "true")
        counted(page, "512 states that meet the condition")
        filtered(page, "o0")
        page.wait_for_url("**&where=o0&order=party%2FA")
