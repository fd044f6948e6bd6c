"""A conflict begun by the five questions has all that was picked for it: nothing is left out unsaid."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served

pytestmark = PAGE
PUT_IN = "This is put in as well when you begin."


def asked(page: Page) -> Locator:
    """The five questions about a conflict in which a town and a mill decide, up to the fourth."""
    page.get_by_role("button", name="New conflict…").click()
    dialog = page.get_by_role("dialog", name="A new conflict")
    going = dialog.get_by_role("button", name="Next")
    dialog.get_by_label("Title").fill("A mill")
    going.click()
    for place, name in enumerate(("Town", "Mill"), 1):
        dialog.get_by_label(f"Decision maker {place}", exact=True).fill(name)
    going.click()
    dialog.get_by_label("Option 1 of Town", exact=True).fill("sue")
    dialog.get_by_role("button", name="One more option of Town").click()
    dialog.get_by_label("Option 2 of Town", exact=True).fill("wait")
    dialog.get_by_label("Option 1 of Mill", exact=True).fill("clean up")
    going.click()
    return dialog


def adding(label: str) -> re.Pattern[str]:
    """The name of the button beside a list, whose second part is seen by nobody."""
    return re.compile(f"^Add ?: {label}$")


def chosen(dialog: Locator, label: str, what: str, add: bool = True) -> None:
    """Choose something of a list, and add it."""
    dialog.get_by_role("combobox", name=label, exact=True).select_option(label=what)
    if add:
        dialog.get_by_role("button", name=adding(label)).click()


def rules(page: Page) -> list[str]:
    """The rules of the text, and what they say."""
    text = page.locator("#text textarea").input_value()
    return re.findall(r"^ *- (at most one: .*|exactly one: .*|at least one: .*|.* only if .*)$", text, re.MULTILINE)


def test_what_was_picked_and_not_put_in_is_put_in(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        dialog = asked(page)
        dialog.get_by_role("button", name="Next").click()
        beginning = dialog.get_by_role("button", name="Begin")
        dialog.get_by_role("combobox", name="Can be taken").select_option("exactly one")
        chosen(dialog, "add an option", "Town: sue")
        expect(beginning).to_be_disabled()
        expect(dialog).to_contain_text("What can't be takes two options or more")
        expect(dialog).not_to_contain_text(PUT_IN)
        chosen(dialog, "add an option", "Town: wait")
        expect(dialog).to_contain_text(PUT_IN)
        dialog.get_by_role("button", name="Back").click()
        dialog.get_by_role("button", name="Next").click()
        expect(dialog.get_by_role("button", name="Take Town: wait out of what can't be")).to_be_visible()
        expect(dialog.get_by_role("combobox", name="Can be taken")).to_have_value("exactly one")
        beginning.click()
        expect(page.locator("h1")).to_have_text("A mill")
        assert rules(page) == ["exactly one: [Sue, Wait]"]


def test_what_is_put_in_or_taken_out_again_is_not_put_in_twice(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        dialog = asked(page)
        dialog.get_by_role("button", name="Next").click()
        for option in ("Town: sue", "Town: wait"):
            chosen(dialog, "add an option", option)
        dialog.get_by_role("button", name="Put it in").click()
        expect(dialog).not_to_contain_text(PUT_IN)
        chosen(dialog, "add an option", "Mill: clean up")
        expect(dialog.get_by_role("button", name="Begin")).to_be_disabled()
        dialog.get_by_role("button", name="Take Mill: clean up out of what can't be").click()
        dialog.get_by_role("button", name="Begin").click()
        expect(page.locator("h1")).to_have_text("A mill")
        assert rules(page) == ["at most one: [Sue, Wait]"]


def test_what_is_chosen_and_not_added_is_told(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        dialog = asked(page)
        problems = dialog.get_by_label("Why there is no conflict yet")
        chosen(dialog, "Town wants", "Mill: clean up", add=False)
        dialog.get_by_role("button", name="Next").click()
        expect(problems).to_contain_text("“Mill: clean up” is chosen, and not added.")
        expect(dialog.get_by_role("combobox", name="Town wants", exact=True)).to_be_focused()
        dialog.get_by_role("button", name=adding("Town wants")).click()
        expect(problems).to_have_count(0)
        dialog.get_by_role("button", name="Next").click()
        chosen(dialog, "add an option", "Town: sue", add=False)
        dialog.get_by_role("button", name="Begin").click()
        expect(problems).to_contain_text("“Town: sue” is chosen, and not added.")
        dialog.get_by_role("combobox", name="add an option", exact=True).select_option("")
        dialog.get_by_role("button", name="Begin").click()
        expect(page.locator("h1")).to_have_text("A mill")
        assert rules(page) == []
        page.get_by_role("button", name="New conflict…").click()
        expect(problems).to_have_count(0)
