"""Every view of the workbench in turn, each with what it shows once it has been answered; and Axe, which looks for faults of accessibility.

Axe comes with what the page is built with (package.json), is put into the page by the browser's own tools, and is part of nothing that is
shipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
"""The faults that no page may have."""
WAIT = 60_000.0
"""How long a view may take, in milliseconds, on a busy machine."""


@cache
def axe() -> str:
    """Axe, as a program of the page's language."""
    return AXE.read_text(encoding="utf-8")


def faults(page: Page, within: str = "body") -> list[str]:
    """What Axe finds in a part of a page that is serious or critical: the rule, what it asks, and where it is broken.

    Colours are judged once they stand still: what fades is brought to its end first.
    """
    page.evaluate("document.getAnimations().forEach((one) => one.effect.getComputedTiming().endTime < Infinity && one.finish())")
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(axe())
    found: dict[str, Any] = page.evaluate(
        "(within) => axe.run(within, {resultTypes: ['violations'], elementRef: false, iframes: false, preload: false})", within
    )
    assert found["passes"], "nothing was looked at"
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[' '.join(map(str, node['target'])) for node in one['nodes'][:6]]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]


def settled(page: Page) -> None:
    """Wait until every panel has its answer."""
    page.wait_for_selector("main:not(:has([aria-busy=true]))", timeout=WAIT)


def views(page: Page) -> Iterator[str]:
    """Choose every view in turn by its tab; gives its title once it shows its answer."""
    titles = page.locator("#view [role=tab]").all_inner_texts()
    assert titles
    for title in titles:
        page.locator("#view").get_by_role("tab", name=title, exact=True).click()
        page.wait_for_selector("#viewed section, #viewed .panel", timeout=WAIT)
        settled(page)
        yield title
