"""Axe finds no serious fault of accessibility on the workbench's page: in no view, light or dark, wide or narrow."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.walking import faults, settled, views
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served

pytestmark = PAGE
Theme = Literal["light", "dark"]


def every_view(browser: Browser, bench: Served, file: str, width: int, theme: Theme) -> None:
    """Look at the whole page, and then at each view."""
    found: dict[str, list[str]] = {}
    with watched(browser, bench, width, theme) as seen:
        page = seen.open(f"?file={file}&by=Local&under=SEQ")
        settled(page)
        found["page"] = faults(page)
        for title in views(page):
            found[title] = faults(page, "#view")
    assert not any(found.values()), {title: said for title, said in found.items() if said}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (400, "dark")])
def test_every_view(browser: Browser, bench: Served, width: int, theme: Theme) -> None:
    every_view(browser, bench, "elmira.yaml", width, theme)


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("file", ["elmira.yaml", "talks.yaml", "hostile.json", "many.json"])
def test_every_view_of_every_file(browser: Browser, bench: Served, file: str, width: int, theme: Theme) -> None:
    every_view(browser, bench, file, width, theme)


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (400, "light")])
def test_before_a_file_is_open_and_where_there_is_none(browser: Browser, bench: Served, width: int, theme: Theme) -> None:
    with watched(browser, bench, width, theme) as seen:
        page = seen.open("", wait=".choose li")
        assert faults(page) == []
        page = seen.open("?file=nothing.yaml", wait=".problems li")
        assert faults(page) == []


def test_a_fault_is_noticed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        page.evaluate("document.querySelector('main h2').style.cssText = 'color: #bbb; background: #ccc'")
        assert [said.split()[0] for said in faults(page, "main")] == ["color-contrast"]
