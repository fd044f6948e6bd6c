"""The views Diagnosis and Unlock, in a browser: they show what the server found, and a lever that is tried is what the server can try.

Pictures of what was seen are left in build/workbench.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from detente.app.levers import all_kinds
from detente.app.opening import opened
from detente.app.unlock_documents import UnlockDocument
from detente.app.unlocking import unlock
from detente.explain.unlocking import KINDS
from detente.workbench.workers import Spare
from tests.browser.walking import WAIT, reach
from tests.browser.workbench import MARKUP, PAGE, Held, Watched, caught, document, picture, plain, sentences, watched
from tests.workbench.served import CASES, Served

pytestmark = PAGE
LAKE = "?file=shared-lake.yaml&view=unlock"
LINKED = 60
"""How many states of a list are links."""
SHOWN = 3
"""How many levers of a kind are shown at once."""


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with conflicts about which the views have much to say as well."""
    for name in ("shared-lake", "prisoners-dilemma"):
        shutil.copy(CASES / f"{name}.yaml", folder)
    return folder


def grid(page: Page, selector: str) -> list[list[str]]:
    """The figures of a table's rows, without their heads."""
    return [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in page.locator(f"{selector} tbody tr").all()]


def comes_to_try(page: Page, changes: list[Any]) -> None:
    """Wait until the address says that this is tried."""
    said = json.dumps(changes, separators=(",", ":"), ensure_ascii=False)
    page.wait_for_function("said => (new URLSearchParams(location.search).get('tried') ?? '[]') === said", arg=said)


def links(states: list[int]) -> list[str]:
    """The states of a list that are links."""
    return [f"{state:,}" for state in states[:LINKED]]


def diagnosed(seen: Watched, told: Any) -> None:
    """See that the view shows a diagnosis."""
    page = seen.page
    expect(page.locator("#diagnosis h2")).to_have_text(f"Diagnosis of state {told['start']['id']:,}", timeout=30_000)
    demands = sentences(told["dilemmas"]["paragraphs"]) if told["dilemmas"] else []
    assert plain(page.locator("#diagnosis .sentence")) == [*sentences(told["paragraphs"]), *demands]
    assert seen.texts(".deadlocks code") == [one["key"] for one in told["types"]]
    assert seen.texts(".deadlocks strong") == [one["name"] for one in told["types"]]
    for place, one in enumerate(told["types"]):
        card = page.locator(".deadlocks > li").nth(place)
        assert ("primary" in (card.get_attribute("class") or "")) == one["primary"]
        names = [party["name"] for key in one["by"] for party in told["decision_makers"] if party["key"] == key]
        assert [text.strip() for text in card.locator(".named bdi").all_inner_texts()] == names
        assert card.locator(".some button").all_text_contents() == links(one["states"])
    keys = [party["key"] for party in told["decision_makers"]]
    leaves = {one["by"]: f"{one['to']:,}" for one in told["verdicts"] if not one["stays"]}
    rows = [["●" if stays[key] else "–" for stays in told["stable"].values()] for key in keys]
    assert grid(page, "table.stays") == [[*row, *([leaves.get(key, "")] if leaves else [])] for key, row in zip(keys, rows, strict=True)]
    assert page.locator("#diagnosis .checked").count() == (1 if told["checked"] else 0)
    assert [text.split(":")[0] for text in page.locator("#diagnosis .rests > li").all_text_contents()] == [
        one["called"] for one in told["evidence"]
    ]
    bettered(page, told)


def bettered(page: Page, told: Any) -> None:
    """See that the tables show how what is better can be had."""
    shown = [gains for gains in (told["better_for_all"], told["worse_for_none"]) if gains["count"]]
    assert page.locator(".better").count() == len(shown)
    for place, gains in enumerate(shown):
        part = page.locator(".better").nth(place)
        assert part.locator("h3").inner_text().startswith(f"{gains['count']:,} state")
        lines = [*gains["by_condition"], *([gains] if len(gains["by_condition"]) != 1 else [])]
        figures = [[one["count"], one["hold"], *((one["ways"] or {}).values())] for one in lines]
        rows = [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in part.locator("tbody tr").all()]
        assert [[cell for cell in row if cell] for row in rows] == [[f"{figure:,}" for figure in row] for row in figures]
        assert part.locator(".some button").all_text_contents() == links(gains["states"] or [])


def test_the_diagnosis_is_the_servers(browser: Browser, bench: Served) -> None:
    """Of the selected state, where the file names no status quo; a state in a sentence selects it."""
    with watched(browser, bench) as seen:
        page = seen.open("?file=prisoners-dilemma.yaml&view=diagnosis&state=4")
        diagnosed(seen, document(bench, "diagnosis", "prisoners-dilemma.yaml", under="SEQ", start=4))
        page.locator("#diagnosis .better summary").click()
        page.locator("#diagnosis .better .some button").click()
        expect(page.locator("#stability h2")).to_have_text("State 1 CC")


def card(lever: Any, parties: Any) -> list[str]:
    """What a card has to show of a lever at once, from the document."""
    names = [party["name"] for key in lever["by"] for party in parties if party["key"] == key]
    steps = [f" ─{'+'.join(step['by'])}▸ {step['to']:,}" for step in lever["way"]]
    way = [f"The way: {lever['way'][0]['start']:,}" + "".join(steps)] if lever["way"] else []
    smallest = ["smallest"] if lever["smallest"] and lever["kind"] != "plan" else []
    return [lever["counted"], *names, *smallest, *[one["text"] for one in lever["paragraphs"][0]["sentences"]], *way]


def shown(page: Page) -> list[list[str]]:
    """What the cards show at once."""
    found = []
    for one in page.locator("#unlock .goal .lever").all():
        parts = [one.locator(selector).all_text_contents() for selector in (".cost strong", ".cost .named bdi", ".cost .note")]
        said = plain(one.locator(".does .sentence"))
        way = [re.sub(r"\s+", " ", part).replace(" and ", "").replace(" to ", " ") for part in one.locator(".way").all_text_contents()]
        found.append([text.strip() for part in (*parts, said, way) for text in part])
    return found


def test_levers_are_the_servers_and_are_tried_with_one_click(browser: Browser, bench: Served) -> None:
    told = document(bench, "unlock", "shared-lake.yaml", under="SEQ", seconds=30.0)
    with watched(browser, bench) as seen:
        page = seen.open(LAKE)
        assert sorted(page.locator(".kinds label").all_text_contents()) == sorted(f" {KINDS[kind.key]}" for kind in all_kinds())
        page.get_by_role("button", name="Look for levers").click()
        page.wait_for_selector("#unlock .lever", timeout=WAIT)
        wanted = [card(lever, told["decision_makers"]) for g in told["goals"] for s in g["searches"] for lever in s["levers"][:SHOWN]]
        got = shown(page)
        assert [row[: len(want)] for row, want in zip(got, wanted, strict=True)] == wanted
        page.get_by_role("button", name=re.compile("more lever")).first.click()
        first = told["goals"][0]["searches"][1]
        expect(page.locator("#unlock .search").first.locator(".lever")).to_have_count(len(first["levers"]))
        lever = first["levers"][0]
        page.locator("#unlock .lever").first.locator("details").click()
        said = plain(page.locator("#unlock .lever").first.locator("details .sentence"))
        assert said == sentences(lever["paragraphs"][1:])

        buttons = page.locator("#unlock .lever").first.locator(".tools button")
        buttons.first.click()
        expect(page.locator("#tab-what-if")).to_have_attribute("aria-selected", "true")
        comes_to_try(page, lever["tries"][0]["changes"])
        expect(page.locator("#whatif")).to_contain_text(lever["tries"][0]["says"][0])
        after = document(bench, "changing", "shared-lake.yaml", changes=lever["tries"][0]["changes"])
        expect(page.locator("#whatif .comes-of-it .verdict p").first).to_contain_text(after["said"][0]["sentences"][0]["text"])

        page.locator("#tab-unlock").click()
        assert len(shown(page)) == len(got)
        expect(buttons.first).to_have_attribute("aria-pressed", "true")
        levers = [one for search in told["goals"][0]["searches"] for one in search["levers"][:SHOWN]]
        same = sum(
            part["changes"] == lever["tries"][0]["changes"] for one in levers for part in one["tries"]
        )  # levers of two kinds may ask for one change
        assert page.locator("#unlock [aria-pressed=true]").count() == same
        buttons.nth(1).click()  # instead of the first
        comes_to_try(page, lever["goes"]["changes"])
        page.locator("header").get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.locator("main .tried")).to_contain_text("1 change tried")
        page.locator("#tab-unlock").click()
        buttons.first.click()
        expect(page.locator("main .tried")).to_have_count(0)
        comes_to_try(page, [])

        page.locator("#text textarea").fill(page.locator("#text textarea").input_value() + "\n# a word more\n")
        expect(page.locator("#unlock")).to_contain_text("The text has changed since these were looked for")
        expect(buttons.first).to_be_disabled()
        picture(seen, "unlock-light-1280", "#view")


def test_levers_by_keyboard_alone(browser: Browser, bench: Served) -> None:
    told = document(bench, "unlock", "elmira.yaml", under="SEQ", seconds=30.0, target="8", want="reach", red_lines="counted")
    plans = next(search for search in told["goals"][0]["searches"] if search["kind"] == "plan")
    with watched(browser, bench, 400, "dark") as seen:
        page = seen.open("?file=elmira.yaml&view=diagnosis&state=5")
        diagnosed(seen, document(bench, "diagnosis", "elmira.yaml", under="SEQ"))
        reach(page, "#diagnosis .bar select")
        page.keyboard.type("the selected")
        diagnosed(seen, document(bench, "diagnosis", "elmira.yaml", under="SEQ", start=5))
        reach(page, "#tab-diagnosis")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#tab-unlock")).to_be_focused()
        reach(page, "#unlock input[type=text]")
        page.keyboard.type("8")
        reach(page, "#unlock .question select")
        page.keyboard.type("it is reached")
        reach(page, "#unlock .question summary")
        page.keyboard.press("Enter")
        reach(page, "#unlock .question .tools input[type=checkbox]")
        page.keyboard.press("Space")
        reach(page, "#unlock input[type=number]", "Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#unlock .lever", timeout=WAIT)
        assert "target=8&want=reach" in page.url
        assert page.locator("#unlock summary .called").all_text_contents() == [told["goals"][0]["called"]["text"]]
        reach(page, ".lever .tools button")
        page.keyboard.press("Enter")
        expect(page.locator("#tab-what-if")).to_have_attribute("aria-selected", "true")
        comes_to_try(page, next(s for s in told["goals"][0]["searches"] if s["levers"])["levers"][0]["tries"][0]["changes"])
        page.go_back()
        cards = page.locator("#unlock .search", has_text="Whole plans").locator(".lever")
        name = f"Go on from state {plans['levers'][0]['way'][-1]['to']}"
        cards.first.get_by_role("button", name=name).press("Enter")
        comes_to_try(page, plans["levers"][0]["goes"]["changes"])
        expect(page.locator("#answer h2")).to_have_text("The status quo, state 8")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_what_is_found_so_far_stays_when_the_search_is_stopped(browser: Browser, bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = list[UnlockDocument]()
    unlock(opened("shared-lake"), so_far=steps.append)
    told = next(json.loads(step.json_text()) for step in steps if any(search.levers for goal in step.goals for search in goal.searches))
    held = Held(told)
    with watched(browser, bench) as seen:
        page = seen.open(LAKE)
        page.wait_for_function("() => !document.querySelector('.running')")
        page.get_by_text("Kinds of levers, and time").click()
        page.get_by_label("Seconds for each kind and goal").fill("61")  # a question that was not asked yet
        monkeypatch.setattr(Spare, "taken", lambda _: held)
        page.get_by_role("button", name="Look for levers").click()
        page.wait_for_selector("#unlock .found .lever", timeout=WAIT)
        for over in (False, True):
            searches = [search for goal in told["goals"] for search in goal["searches"]]
            cards = sum(min(SHOWN, len(search["levers"])) for search in searches)
            expect(page.locator("#unlock .lever")).to_have_count(cards)
            expect(page.locator("#unlock")).to_contain_text(
                "Found so far: goals and kinds of levers that are not below were not looked at yet."
            )
            expect(page.locator("#unlock")).to_contain_text("The search was given up." if over else "still at work")
            if not over:
                page.locator("#unlock").get_by_role("button", name="Stop").click()
        assert held.last.wait(10)


def test_wrong_targets_are_told_searches_stopped_and_hostile_texts_are_texts(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400) as seen:
        page = seen.open("?file=hostile.json&view=unlock&target=nowhere")
        look = page.get_by_role("button", name="Look for levers")
        look.click()
        expect(page.locator("#unlock .problems")).to_contain_text("nowhere", timeout=30_000)

        held: list[Route] = []
        page.route("**/api/unlock", lambda route: held.append(route))
        page.get_by_label("Wanted").fill("one and not three")
        look.click()
        page.locator("#unlock").get_by_role("button", name="Stop").click()
        expect(page.locator("#unlock")).to_contain_text("The search was given up.")
        expect(page.locator(".running")).to_have_count(0)
        with page.expect_request(lambda request: request.method == "DELETE"):  # once the server has told its number
            caught(page, held).continue_()
        page.unroute("**/api/unlock")

        page.get_by_label("Wanted").fill("")
        look.click()
        page.wait_for_selector("#unlock .found", timeout=WAIT)
        assert MARKUP in page.locator("#unlock .goal").first.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
