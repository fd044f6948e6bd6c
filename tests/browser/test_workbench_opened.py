"""The printed address opens the page wherever it is followed, without the token staying there, and the page lists the files of a folder."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from detente.workbench import folder as folders
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served

pytestmark = PAGE
SHOWN = "#evidence[aria-busy=false] .paragraph"


def test_a_link_on_a_page_of_another_site_opens_the_page(browser: Browser, bench: Served) -> None:
    """As in a terminal within a browser: what such a link leads on to by a redirect is asked for without our cookie."""
    link = f'<a href="{bench.guard.address("?file=elmira.yaml")}">here</a>'
    with browser.new_context() as context:
        page = context.new_page()
        page.route("http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=link))
        page.goto("http://elsewhere.test/")
        page.get_by_role("link").click()
        page.wait_for_selector(SHOWN)
        assert page.url.startswith(f"{bench.origin}/?file=elmira.yaml")
        assert bench.guard.token not in page.url
        page.reload()
        page.wait_for_selector(SHOWN)
        page.go_back()
        assert page.url == "http://elsewhere.test/"


def files(page: Page) -> tuple[int, str]:
    """How many files are listed before a conflict is open, and all that is said there."""
    page.wait_for_selector(".choose li")
    return page.locator(".choose ul").first.locator("li").count(), page.locator(".choose").inner_text()


def test_files_that_are_not_listed_are_told_of_and_can_be_opened(browser: Browser, bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(browser, bench) as seen:
        count, said = files(seen.open("", ".choose"))
        assert (count, "Any other" in said) == (4, False)
        expect(seen.page.locator("header option[disabled]")).to_have_count(0)
        monkeypatch.setattr(folders, "MOST_FILES", 2)
        count, said = files(seen.open("", ".choose"))
        assert count == 2
        assert "2 of 4 files. Any other is opened by its name, with detente open or with ?file= and its path" in said
        expect(seen.page.locator("header option[disabled]")).to_have_text("2 of 4 files")
        page = seen.open("?file=talks.yaml&view=compare&second=file:many.json", ".differences")
        expect(page.locator("#compare")).to_contain_text("Listed of the folder: 2 of 4 files.")
        monkeypatch.setattr(folders, "MOST_LOOKED_AT", 3)
        count, said = files(seen.open("", ".choose"))
        assert count == 2
        assert "2 files, and there may be others: the folder holds too much for all of it to be looked at." in said
