"""The printed address opens the page wherever it is followed, and the token does not stay behind."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.workbench import PAGE
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
