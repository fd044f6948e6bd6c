"""Every view of the workbench in turn, each with what it shows once it has been answered; and Axe, which looks for faults of accessibility.

Axe comes with what the page is built with (package.json), is put into the page by the browser's own tools, and is part of nothing that is
shipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import FloatRect, Locator, Page

from tests.browser.workbench import Watched, document

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


CALM = """busy => {
    window.calm = document.querySelector(busy) === null ? (window.calm ?? 0) + 1 : 0;
    return window.calm > 5;
}"""
"""Whether nothing was busy in several frames one after the other: what is pressed makes a panel busy a frame or two later."""


def settled(page: Page, busy: str = "main [aria-busy=true], ul.running") -> None:
    """Wait until every panel has its answer, and nothing runs any more; `busy` is what must not be there."""
    page.evaluate("() => { window.calm = 0; }")
    page.wait_for_function(CALM, arg=busy, timeout=WAIT)


def still(at: Locator) -> FloatRect:
    """Where something stands once nothing is waited for any more, and it stays where it is."""
    settled(at.page)
    before = None
    while (box := at.bounding_box()) is None or box != before:
        before = box
        at.page.wait_for_timeout(100)
    return box


def views(page: Page) -> Iterator[str]:
    """Choose every view in turn by its tab; gives its title once it shows its answer."""
    titles = page.locator("#view [role=tab]").all_inner_texts()
    assert titles
    for title in titles:
        page.locator("#view").get_by_role("tab", name=title, exact=True).click()
        page.wait_for_selector("#viewed section, #viewed .panel", timeout=WAIT)
        settled(page)
        yield title


def listed(page: Page) -> list[tuple[str, str]]:
    """The rows of the table of states that are made, each with its number, once all are there and the list stays where it is."""
    rows: list[tuple[str, str]] | None = None
    made = page.locator("#states tbody tr[aria-rowindex]")
    while True:
        before, rows = rows, made.evaluate_all("rows => rows.map((row) => [row.getAttribute('aria-rowindex'), row.innerText])")
        if rows and rows == before and not any(text.strip() == "…" for _, text in rows):
            return rows
        page.wait_for_timeout(100)


def table_shown(seen: Watched, file: str, **query: object) -> None:
    """See that the rows of the table of states are the server's: those of a condition, in an order."""
    made = listed(seen.page)
    first = int(made[0][0]) - 3  # after two rows of heads, counted from 1
    rows = [[cell.strip() for cell in text.split("\t")] for _, text in made]
    told = document(seen.bench, "states", file, offset=first, limit=len(rows), **query)
    parties = [party["key"] for party in told["decision_makers"]]
    assert len(rows) == len(told["rows"])
    for row, state in zip(rows, told["rows"], strict=True):
        assert row[0].removeprefix("▸ ").split()[0] == f"{state['id']:,}", row
        ranks = 1 + len(state["choice"])
        assert row[ranks : ranks + len(parties)] == [f"{state['rank'][key]:,}" for key in parties]
        assert [cell == "●" for cell in row[ranks + len(parties) :]] == [
            concept["key"] in state["equilibrium_under"] for concept in told["concepts"]
        ]


def shown(seen: Watched, file: str) -> None:
    """See that the table of states, and what is said of the status quo, are the server's."""
    settled(seen.page)
    table_shown(seen, file)
    analysis = document(seen.bench, "analysis", file)
    seen.page.wait_for_selector("#answer[aria-busy=false] .sentence", timeout=WAIT)
    said = [text.split("\n")[0].strip() for text in seen.texts("#answer p")]  # without the states that follow as links
    assert said == [one["text"] for one in (*analysis["diagnosis"]["sentences"], *analysis["answer"])]


@dataclass(frozen=True)
class Flow:
    """What is done in a view by keyboard: the control that is reached, the keys, and what has to be there then."""

    control: str
    keys: tuple[str, ...]
    then: str


FLOWS = {
    "moves": Flow("input[name=drawn]:checked", ("ArrowRight",), "input[value=state]:checked"),
    "diagnosis": Flow("summary", ("Enter",), "details[open] li"),
    "unlock": Flow("input[type=text]", ("5", "Enter"), ".lever"),
    "what-if": Flow(".handle", ("Alt+ArrowDown",), ".changed[aria-busy=false] .paragraph"),
    "path": Flow("input[name=to]", ("8", "Enter"), ".strip, .strips"),
    "compare": Flow("select[name=second]", ("ArrowDown",), ".paragraph"),
    "sure": Flow("button.main", ("Enter",), "table"),
}
"""For each view, by the word in its address."""


def reach(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until an element has the focus."""
    for _ in range(200):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} can't be reached by keyboard")


def open_by_keyboard(seen: Watched, file: str = "elmira.yaml") -> Page:
    """Choose a file of the folder without a mouse."""
    page = seen.open("", wait=".choose li")
    for _ in range(50):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == file:
            page.keyboard.press("Enter")
            return page
    raise AssertionError(f"{file} can't be reached by keyboard")


def by_keyboard(seen: Watched) -> None:
    """Open a file and do something in every view, without a mouse."""
    page = open_by_keyboard(seen)
    page.wait_for_selector("#view [role=tab]", timeout=WAIT)
    settled(page)
    reach(page, "#view [role=tab][aria-selected=true]")
    seen_views = []
    while (view := page.evaluate("document.activeElement.id").removeprefix("tab-")) not in seen_views:
        seen_views.append(view)
        settled(page)
        flow = FLOWS[view]
        page.wait_for_selector(f"#viewed {flow.control}", timeout=WAIT)
        reach(page, f"#viewed {flow.control}")
        for key in flow.keys:
            page.keyboard.press(key)
        page.wait_for_selector(", ".join(f"#viewed {one}" for one in flow.then.split(", ")), timeout=WAIT)
        settled(page)
        reach(page, "#view [role=tab][aria-selected=true]", "Shift+Tab")
        page.keyboard.press("ArrowRight")
    assert set(seen_views) == set(FLOWS)
