"""On a narrow screen every text can be read, in a browser: nothing reaches out of its panel but what is made to be scrolled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.walking import settled, views
from tests.browser.workbench import PAGE, picture, watched
from tests.workbench.served import Served

pytestmark = PAGE
WIDTH = 400
CUT = """() => {
    const styled = (one) => getComputedStyle(one);
    const told = (one) => `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 80)}`;
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const [text, one] = [texts.currentNode, texts.currentNode.parentElement];
        if (!text.textContent.trim() || one.closest(".vh, .skips, svg, textarea, select, option, .gutter")) continue;
        let within = one;
        while (within !== document.body && styled(within).overflowX === "visible") within = within.parentElement;
        const scrolls = ["auto", "scroll"].includes(styled(within).overflowX) && within.scrollWidth > within.clientWidth;
        const clipped = styled(within).clipPath !== "none" || within.matches(".clipped, .grid *");
        const { left, right } = (within === document.body ? document.documentElement : within).getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(text);
        const out = [...range.getClientRects()].some((box) => box.width > 0 && (box.left < left - 1 || box.right > right + 1));
        const squeezed = one.matches(".chip") && one.scrollWidth > one.clientWidth + 1;
        if (squeezed || (out && !scrolls && !clipped)) found.push(told(one));
    }
    return found;
}"""
"""Texts that reach out of what they stand in, where it is neither scrolled nor cut off on purpose."""
FAR = """(within) => [...document.querySelectorAll(within)].filter((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const frame = one.closest(".scroll, .problems").getBoundingClientRect();
    return [...range.getClientRects()].some((box) => box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1));
}).map((one) => one.textContent)"""
"""Texts that are only seen whole once their frame is scrolled."""
NEAR = """() => [...document.querySelectorAll(".problems li")].filter((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...range.getClientRects()].some((box) => box.right > one.getBoundingClientRect().right - 4);
}).map((one) => one.textContent)"""
"""Problems whose words go up to the edge, where a bar to scroll with may lie upon them."""


def read_whole(page: Page) -> None:
    """See that what stands on the page can be read."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert page.evaluate(CUT) == []
    assert page.evaluate(FAR, "caption:not(.vh), .problems li") == []
    assert page.evaluate(NEAR) == []


@pytest.mark.parametrize("file", ["elmira.yaml", "talks.yaml"])
def test_every_text_can_be_read(browser: Browser, bench: Served, file: str) -> None:
    with watched(browser, bench, WIDTH) as seen:
        page = seen.open(f"?file={file}")
        settled(page)
        assert page.locator("#text .problems li").count() > 0
        scrolled = page.locator("#stability .scroll")
        assert scrolled.evaluate("one => one.scrollWidth > one.clientWidth"), "as the table is wider than the screen"
        read_whole(page)
        scrolled.evaluate("one => one.scrollTo(1000, 0)")
        assert page.evaluate(FAR, "caption:not(.vh)") == []
        for title in views(page):
            read_whole(page)
            picture(seen, f"narrow-{file}-{title}", "#view")


def test_a_text_that_is_cut_is_noticed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, WIDTH) as seen:
        page = seen.open("?file=elmira.yaml")
        settled(page)
        page.evaluate("document.querySelector('#answer p').style.whiteSpace = 'nowrap'")
        assert page.evaluate(CUT) != []
