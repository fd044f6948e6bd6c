"""Two ways to work the workbench's page, by mouse and by keyboard alone, so that one walk through a flow can be gone either way."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page, expect

from tests.browser.walking import still

FAR = 400
"""Most keys that are pressed to come to something."""
BEFORE = "one => Boolean(document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING)"
HERE = "one => one === document.activeElement"
GROUP = """one => {
    const group = one.tabIndex < 0 && one.closest("ol.ordered, table, [role=tablist]");
    if (!group) return null;
    const kind = one.dataset.control ? `[data-control=${one.dataset.control}]` : one.localName;
    return `${group.localName}${[...group.classList].map((name) => "." + name).join("")} ${kind}[tabindex="0"]`;
}"""
"""Where the arrows lead to something: what the Tab key comes to in its group."""
ARROW = """one => {
    const [here, there] = [document.activeElement, one].map((each) => each.getBoundingClientRect());
    if (Math.abs(here.top - there.top) > 2) return here.top < there.top ? "ArrowDown" : "ArrowUp";
    return here.left < there.left ? "ArrowRight" : "ArrowLeft";
}"""


class Hand(ABC):
    """What works a page.

    Parameters
    ----------
    page
        The page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, at: Locator) -> None:
        """Press a button, a link, the head of what is folded, or a box that is ticked."""

    @abstractmethod
    def pick(self, at: Locator) -> None:
        """Choose one of some radio buttons."""

    @abstractmethod
    def choose(self, at: Locator, label: str) -> None:
        """Choose from a list what begins with these words."""

    @abstractmethod
    def enter(self, at: Locator) -> None:
        """Come into a field."""

    @abstractmethod
    def tab(self, view: str) -> None:
        """Choose a view."""

    @abstractmethod
    def next_row(self) -> None:
        """Select the state in the row below the one that is selected."""

    @abstractmethod
    def lower(self, entries: Locator) -> None:
        """Bring the first entry of an ordered list below the second."""

    def write(self, at: Locator, text: str) -> None:
        """Write this instead of what stands in a field."""
        self.enter(at)
        self.page.keyboard.press("Control+a")
        if text:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.press("Delete")

    def add(self, at: Locator, text: str) -> None:
        """Write this behind what stands in a field."""
        self.enter(at)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)


class Mouse(Hand):
    """A mouse; only what is written is typed."""

    def press(self, at: Locator) -> None:
        at.click()

    def pick(self, at: Locator) -> None:
        at.locator("xpath=..").click()

    def choose(self, at: Locator, label: str) -> None:
        found = at.locator("option", has_text=re.compile(f"^{re.escape(label)}")).first
        at.select_option(found.evaluate("one => one.value"))

    def enter(self, at: Locator) -> None:
        at.click()

    def tab(self, view: str) -> None:
        self.page.locator(f"#tab-{view}").click()

    def next_row(self) -> None:
        self.page.locator("#states tr.selected + tr").click()

    def lower(self, entries: Locator) -> None:
        first, second = (entries.nth(place).locator(".handle") for place in (0, 1))
        first.scroll_into_view_if_needed()
        start, end = still(first), still(second)
        mouse = self.page.mouse
        mouse.move(start["x"] + 8, start["y"] + 8)
        mouse.down()
        mouse.move(start["x"] + 8, start["y"] + 16)
        mouse.move(end["x"] + 8, end["y"] + end["height"] - 2, steps=4)
        mouse.up()


class Keyboard(Hand):
    """A keyboard alone: what can't be reached by its keys is a fault."""

    def press(self, at: Locator) -> None:
        self.come(at)
        self.page.keyboard.press("Space" if at.get_attribute("type") == "checkbox" else "Enter")

    def pick(self, at: Locator) -> None:
        name = at.get_attribute("name")
        self.come(self.page.locator(f"input[type=radio][name='{name}']:checked"))
        for _ in range(20):
            if at.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"{at} can't be chosen by keyboard")

    def choose(self, at: Locator, label: str) -> None:
        self.come(at)
        self.page.keyboard.type(label)

    def enter(self, at: Locator) -> None:
        self.come(at)

    def tab(self, view: str) -> None:
        self.come(self.page.locator("#view [role=tab][aria-selected=true]"))
        for _ in range(20):
            if self.page.evaluate("document.activeElement.id") == f"tab-{view}":
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"{view} can't be chosen by keyboard")

    def next_row(self) -> None:
        self.come(self.page.locator("#states [role=grid]"))
        self.page.keyboard.press("ArrowDown")

    def lower(self, entries: Locator) -> None:
        self.come(entries.first.locator(".handle"))
        self.page.keyboard.press("Alt+ArrowDown")

    def come(self, at: Locator) -> None:
        """Come to something by Tab, and within its group by arrows."""
        expect(at).to_be_visible()
        group = at.evaluate(GROUP)
        if group is not None and not self.page.locator(group).count():  # the row that the Tab key comes to has none of the kind
            self.come(at.locator("xpath=ancestor::li[1]").locator(".handle"))
            group = at.evaluate(GROUP)
        if group is not None:
            self.come(self.page.locator(group).first)
        for _ in range(FAR):
            if at.evaluate(HERE):
                return
            tabbed = "Shift+Tab" if at.evaluate(BEFORE) else "Tab"
            self.page.keyboard.press(tabbed if group is None else at.evaluate(ARROW))
        raise AssertionError(f"{at} can't be reached by keyboard")


HANDS: dict[str, type[Hand]] = {"mouse": Mouse, "keyboard": Keyboard}
"""Both."""
