"""The views Path and Compare of the workbench's page, in a browser, against the real server: by mouse, and by keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.workbench import MARKUP, PAGE, document, picture, watched
from tests.workbench.served import CASES, Served

pytestmark = PAGE
UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}
EFFECTS = {"decides": "decides it", "enough": "is enough for it", "needed": "is needed for it"}
"""What a single element does, as the page says it."""
ROWS = """table => [...table.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => {
    const items = [...cell.querySelectorAll("li")];
    return (items.length ? items : [cell]).map((one) => one.textContent.trim());
}))"""
"""What stands in a table: for each cell its text, or those of its items."""
SLOW = 30_000
"""Milliseconds that an answer of the server may take on a busy machine."""
STRIP = "#path .found .strip"


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with one that two sides see differently as well."""
    (folder / "neighbours.yaml").write_bytes((CASES / "misread-neighbours.yaml").read_bytes())
    return folder


def held(bench: Served, name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "text": bench.get(f"/api/files/{name}").data["text"], **more}


def strip(page: Page, place: str = STRIP) -> tuple[list[str], list[list[str]]]:
    """The numbers of the states on a strip, and for each decision maker the ranks."""
    states = [text.strip() for text in page.locator(f"{place} thead .at .state").all_inner_texts()]
    rows = page.locator(f"{place} tbody tr").all()
    return states, [[cell.split()[0].rstrip("▴▾") for cell in row.locator("td").all_inner_texts()] for row in rows]


def drawn(route: Any, parties: Any) -> tuple[list[str], list[list[str]]]:
    """The same, from a document."""
    states = [str(state["id"]) for state in route["states"]]
    return states, [[str(state["rank"][party["key"]]) for state in route["states"]] for party in parties]


def said_of(value: Any) -> str:
    """The value of a conclusion, as the page says it."""
    words = {True: "yes", False: "no", None: "·", "-": "not stuck", "": "none"}
    return f"{len(value)} set{'s' * (len(value) != 1)}" if isinstance(value, list) else words.get(value, value)


def see_viewpoints(page: Page, told: Any) -> None:
    """See that all viewpoints are compared as in the document: each conclusion in each, and what single elements do."""
    tables = page.locator(".all-views table")
    head, *rows = tables.first.evaluate(ROWS)
    assert [cell[0] for cell in head[2:]] == [one["name"] or one["key"] for one in told["views"][1:]]
    assert [[cell[0] for cell in row] for row in rows] == [[one["label"], *map(said_of, one["values"])] for one in told["topics"]]
    views, does = {one["key"]: one for one in told["views"]}, dict[tuple[str, int, str], list[str]]()
    for one in told["deciding"]:
        does.setdefault((one["viewpoint"], one["element"], one["effect"]), []).append(told["topics"][one["topic"]]["label"])
    wanted = [
        [[views[key]["name"] or key], [views[key]["differs"][element]["in_words"]], [EFFECTS[effect]], labels]
        for (key, element, effect), labels in does.items()
    ]
    assert (tables.nth(1).evaluate(ROWS)[1:] if tables.count() > 1 else []) == wanted


def test_ways_and_plans_are_those_of_the_documents(browser: Browser, bench: Served) -> None:
    alone = document(bench, "path", "elmira.yaml", states=[1, 8])
    groups = [["MoE", "Uniroyal", "Local"]]
    agreed = document(bench, "path", "elmira.yaml", states=[1, 8], by=groups)
    planned = document(bench, "unlock", "elmira.yaml", target="8", start=1, under="SEQ", kinds="plan", seconds=30.0)
    (plan,) = planned["goals"][0]["searches"][0]["levers"]
    routed = document(bench, "route", "elmira.yaml", start=1, steps=[{"by": step["by"], "to": step["to"]} for step in plan["way"]])
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&view=path&to=8", STRIP)
        assert strip(page) == drawn(alone["moves"], alone["decision_makers"])
        marks = [cell.split("\n")[-1] for cell in page.locator(f"{STRIP} td.by").all_inner_texts()]
        assert [mark == "a loss" for mark in marks] == [step["regrets"] for step in alone["moves"]["steps"]]
        assert page.locator("#path .paragraph.verdict").first.inner_text().strip() == alone["paragraphs"][0]["sentences"][0]["text"]

        page.get_by_role("radio", name="of any kind").focus()  # by keyboard alone
        page.keyboard.press("ArrowRight")
        stuck = page.locator("#path .found > .paragraph").last
        expect(stuck).to_contain_text("Improvements lead from state 1 to state 5 and to no other")
        page.get_by_role("button", name="all of them").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(STRIP)
        assert json.loads(parse_qs(urlsplit(page.url).query)["may"][0]) == groups
        assert strip(page) == drawn(agreed["improvements"], agreed["decision_makers"])
        page.get_by_role("button", name="Look for a plan").press("Enter")
        page.wait_for_selector("#path .plan .strip")
        assert strip(page, "#path .plan .strip") == drawn(routed["route"], routed["decision_makers"])
        assert page.locator("#path .plan > p .sentence").first.inner_text().strip() == plan["paragraphs"][0]["sentences"][0]["text"]
        picture(seen, "path-light-1280", "#path")

        page.locator(f"{STRIP} .state").nth(1).click()  # what is looked at changes, and not what is asked
        page.wait_for_url("**state=5**")
        assert strip(page)[0] == ["1", "5", "8"]
        page.locator("#path input[name=to]").fill("9")
        page.keyboard.press("Enter")
        expect(page.locator("#path .paragraph.verdict").first).to_contain_text("state 9", timeout=SLOW)


def test_what_is_typed_stays_when_the_page_is_shown_anew(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&view=path")
        goal = page.locator("#path input[name=to]")
        goal.fill("8")
        page.locator("input[name=under][value=GMR]").check(force=True)
        expect(page.locator("#path .plans, #states p.quiet").first).to_contain_text("GMR")
        expect(goal).to_have_value("8")
        page.locator("#path").get_by_role("button", name="Show").click()
        page.wait_for_selector(STRIP)


def test_only_differences_are_shown(browser: Browser, bench: Served) -> None:
    asked = {"first": held(bench, "elmira.yaml"), "second": held(bench, "elmira.yaml", changes=[UP])}
    told = bench.post("difference", asked).data
    back = bench.post("difference", {"first": asked["second"], "second": asked["first"]}).data
    with watched(browser, bench) as seen:
        page = seen.open(f"?file=elmira.yaml&view=compare&tried={quote(json.dumps([UP]))}", ".differences")
        verdict = page.locator(".differences .paragraph.verdict")
        assert verdict.inner_text().strip() == told["said"][0]["sentences"][0]["text"]
        rows = [row.split("\t") for row in page.locator(".differences .differs.figures tbody tr").all_inner_texts()]
        differing = {f"Equilibria under {key}": sets for key, sets in told["equilibria"].items() if sets["gained"] or sets["lost"]}
        assert [row[0].strip() for row in rows] == list(differing)
        for name, first, second, *_ in rows:
            sets = differing[name.strip()]
            assert (first.strip(), second.strip()) == (str(sets["before"]), str(sets["after"]))
        written = [
            [cell.strip() for cell in row.split("\t")][1:]
            for row in page.locator(".across > :first-child table:not(.figures) tbody tr").all_inner_texts()
        ]
        assert written == [[one["first"], one["second"]] for one in told["otherwise"]]
        picture(seen, "compare-light-1280", "#compare")

        page.get_by_role("button", name="Exchange").press("Enter")
        expect(page.locator(".differences .differs.figures tbody tr").first).to_contain_text("1: 1", timeout=SLOW)
        assert back["equilibria"]["Nash"]["lost_states"][0]["before"] == 1
        page.locator("select[name=second]").select_option("case:chicken")
        expect(verdict).to_contain_text("can't be matched", timeout=SLOW)


def test_all_viewpoints_at_once(browser: Browser, bench: Served) -> None:
    told = document(bench, "compare", "neighbours.yaml", under="SEQ")
    with watched(browser, bench, 400, "dark") as seen:
        page = seen.open("?file=neighbours.yaml&view=compare", ".differences")
        page.get_by_role("button", name="Compare").press("Enter")
        page.wait_for_selector(".all-views table")
        page.get_by_label("the same in all").check()
        see_viewpoints(page, told)
        assert told["deciding"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        picture(seen, "compare-dark-400", "#compare")


def test_hostile_names_are_texts(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400) as seen:
        page = seen.open("?file=hostile.json&view=path&to=1", STRIP)
        assert page.locator(STRIP).get_by_text(MARKUP).count() > 0
        page.get_by_role("tab", name="Compare").click()
        page.locator("select[name=second]").select_option("file:elmira.yaml")
        told = "decision makers only in the second: MoE, Uniroyal and Local"
        expect(page.locator(".differences")).to_contain_text(told, timeout=SLOW)
        assert page.locator("img[src=x], script:not([src])").count() == 0
