"""The view Moves, tables as files, and all rows on paper: what is shown, saved and printed is what the server says."""

from __future__ import annotations

import base64
import csv
import io
import json
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.workbench import PAGE, Watched, document, watched
from tests.workbench.served import Served

pytestmark = PAGE
SIGNS = {"better": "▲", "equal": "=", "worse": "▼"}
READY = "#moves[aria-busy=false] .moves"


ON_PAPER = """() => {
    dispatchEvent(new Event("beforeprint"));
    return document.querySelectorAll("[role=grid] tbody tr:not(.spare)").length;
}"""


def turning() -> str:
    """512 states in which improvements end in two cycles: seven parties do as the one before, two others never agree."""
    keys = [f"o{number}" for number in range(7)]
    wants = {key: f"{key} iff {before}" for before, key in pairwise([keys[0], *keys])}
    wants |= {"p": "p iff q", "q": "not (p iff q)"}
    parties = {key.upper(): {"options": {key: {}}, "prefers": [when]} for key, when in wants.items()}
    return json.dumps({"detente": 1, "title": "Turning", "decision makers": parties, "status quo": ["o0"]})


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with one in which improvements turn in circles as well."""
    (folder / "turning.json").write_text(turning(), encoding="utf-8")
    return folder


def listed(page: Page) -> list[list[tuple[str, str]]]:
    """What the list shows, for each party from the state and to it: the sign and the number of each move."""
    found: list[list[tuple[str, str]]] = page.locator("#moves .way").evaluate_all(
        """ways => ways.map(way => [...way.querySelectorAll("li")].map(
            one => [one.querySelector("span").textContent, one.querySelector("button").textContent]))"""
    )
    return [[(sign, number) for sign, number in way] for way in found]


def told_of(told: Any) -> list[list[tuple[str, str]]]:
    """The same from the document."""
    ways = [one[way] for one in told["moves"] for way in ("from", "to")]
    return [[(SIGNS[move["kind"]], f"{move['state']:,}") for move in way["moves"]] for way in ways]


def test_the_moves_of_a_state_by_mouse(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&state=5", wait=READY)
        told = document(bench, "moves", "elmira.yaml", state=5)
        assert listed(page) == told_of(told)
        assert page.locator("#moves h2").inner_text() == "Moves from state 5, and to it"
        assert page.locator("#moves .caption").first.inner_text() == told["drawing"]["caption"]
        drawn = page.locator("#moves svg [data-state]").evaluate_all("all => all.map(one => one.dataset.state)")
        assert sorted(map(int, drawn)) == list(range(1, 10))
        away = page.locator("#moves svg .away").evaluate_all("all => all.map(one => [one.dataset.from, one.dataset.to])")
        assert away
        assert all("5" not in ends for ends in away)
        page.locator("#moves svg [data-state='7'] text").first.click()
        expect(page.locator("#moves h2")).to_have_text("Moves from state 7, and to it")
        assert "state=7" in page.url
        expect(page.locator("#moves svg .current")).to_have_attribute("data-state", "7")
        page.get_by_label("this state").check(force=True)
        expect(page.locator("#moves svg > title")).to_have_text("State 7 and what each decision maker could do from it")
        assert page.url.endswith("&drawn=state")


def test_the_moves_of_a_state_by_keyboard(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400) as seen:
        page = seen.open("?file=elmira.yaml&state=1&view=moves", wait=READY)
        page.get_by_label("all states").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#moves svg > title")).to_have_text("State 1 and what each decision maker could do from it")
        target = page.locator("#moves li.better button.state").first
        for _ in range(40):
            page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.locator("#moves h2")).to_have_text("Moves from state 5, and to it")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_where_improvements_lead(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=turning.json", wait=READY)
        assert (page.locator("#moves svg > title").text_content() or "").startswith("State ")  # too many to be drawn together
        page.get_by_label("condensed").check(force=True)
        page.wait_for_selector("#moves details.groups")
        told = document(bench, "condensed", "turning.json")
        assert [(group["kind"], group["states"]) for group in told["groups"]] == [
            ("cycle", 4), ("cycle", 4), ("leading", 252), ("leading", 252)
        ]  # fmt: skip
        assert page.locator("#moves svg [data-state]").count() == len(told["groups"])
        page.locator("#moves details.groups summary").click()
        rows = page.locator("#moves .groups tbody tr").evaluate_all(
            "all => all.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
        )
        assert [[row[0].removeprefix("▸ "), row[1], row[2], row[3], row[4]] for row in rows] == [
            [f"{one['number']}", one["says"], f"{one['states']:,}", f"{one['first']['id']:,}", f"{one['equilibria']:,}"]
            for one in told["groups"]
        ]
        assert [row[0].startswith("▸") for row in rows] == [one["status_quo"] for one in told["groups"]]
        other = next(one for one in told["groups"] if not one["status_quo"])
        page.locator(f"#moves svg [data-state='{other['first']['id']}'] text").first.click()
        expect(page.locator("#moves h2")).to_have_text(f"Moves from state {other['first']['id']:,}, and to it")
        assert saved(seen, "#moves .tools >> nth=-2", "CSV")[1:] == [
            [
                str(one["number"]),
                one["says"],
                str(one["states"]),
                str(one["first"]["id"]),
                str(one["equilibria"]),
                leads(told, one["number"]),
            ]
            for one in told["groups"]
        ]


def leads(told: Any, group: int) -> str:
    """What a group leads to, as a cell says it."""
    return "; ".join(
        f"{lead['to']}: " + ", ".join(f"{by} {count}" for by, count in lead["by"].items())
        for lead in told["leads"]
        if lead["from"] == group
    )


def saved(seen: Watched, place: str, kind: str) -> list[list[str]]:
    """The rows of a table that a button saves as text."""
    with seen.page.expect_download() as caught:
        seen.page.locator(place).get_by_role("button", name=kind).click()
    return list(csv.reader(io.StringIO(caught.value.path().read_text(encoding="utf-8"), newline="")))


def test_tables_as_files(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&state=1", wait=READY)
        whole = document(bench, "table", "elmira.yaml")
        assert saved(seen, "#states", "CSV") == list(csv.reader(io.StringIO(whole["text"], newline="")))
        page.locator("#states").get_by_label("Where").fill("Accept")
        page.locator("#states").get_by_label("Where").press("Enter")
        expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", "6")
        some = document(bench, "table", "elmira.yaml", where="Accept", format="parquet")
        with page.expect_download() as caught:
            page.locator("#states").get_by_role("button", name="Parquet").click()
        assert caught.value.suggested_filename == "elmira-states.parquet"
        tables = [
            import_module("pyarrow.parquet").read_table(io.BytesIO(file))
            for file in (caught.value.path().read_bytes(), base64.b64decode(some["base64"]))
        ]
        assert tables[0].equals(tables[1])
        assert tables[0].num_rows == 4
        told = document(bench, "moves", "elmira.yaml", state=1)
        ways = [(one["by"], way, move) for one in told["moves"] for way in ("from", "to") for move in one[way]["moves"]]
        assert saved(seen, "#moves", "CSV")[1:] == [
            [by, *(["1", str(move["state"])] if way == "from" else [str(move["state"]), "1"]), move["kind"], move.get("name") or ""]
            for by, way, move in ways
        ]


def test_all_rows_on_paper(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=many.json", wait=READY)
        page.evaluate("void (window.print = () => { document.title = 'printed'; })")
        made = page.locator("[role=grid] tbody tr:not(.spare)")
        assert page.evaluate(ON_PAPER) == 200, "at once: what is printed is taken as soon as the browser has told of it"
        assert page.locator(".cut").text_content() == "The first 200 rows of 1,024."
        page.evaluate("void dispatchEvent(new Event('afterprint'))")
        expect(made).not_to_have_count(200)
        page.get_by_role("button", name="Print, with all rows").click()
        expect(page).to_have_title("printed")
        assert page.evaluate(ON_PAPER) == 1_024
        assert page.locator(".cut").count() == 0
        page.emulate_media(media="print")
        assert made.last.inner_text().startswith("1,024")
        assert page.locator("#states .tools").first.is_hidden()
