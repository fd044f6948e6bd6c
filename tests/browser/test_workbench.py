"""The page of the workbench, in a browser, against the real server: it shows what the server says, and nothing else.

Pictures of what was seen are left in build/workbench.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walking import open_by_keyboard, reach
from tests.browser.workbench import LONG, MARKUP, PAGE, document, picture, sentences, watched
from tests.workbench.served import Served

pytestmark = PAGE
ELMIRA = "?file=elmira.yaml"
SIGNS = {"Y": "✓", "N": "·", "-": "–"}


def cells(state: dict[str, Any], told: Any) -> list[str]:
    """What the table has to show of one state, from the document."""
    start = "▸ " if state["id"] == told["conflict"]["status_quo"] else ""
    marks = []
    for concept in told["concepts"]:
        stable = told["stability"][concept["key"]]
        leavers = [party["letters"].lower() for party in told["decision_makers"] if state["id"] not in stable[party["key"]]]
        marks.append("●" if state["id"] in told["equilibria"][concept["key"]] else "".join(leavers))
    ranks = [str(state["rank"][party["key"]]) for party in told["decision_makers"]]
    return [f"{start}{state['id']}", *(SIGNS[sign] for sign in state["choice"]), *ranks, *marks]


def test_the_panels_show_what_the_server_says(browser: Browser, bench: Served) -> None:
    told = document(bench, "analysis", "elmira.yaml")
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&state=1&by=Local&under=SEQ")
        assert page.locator("h1").inner_text() == told["conflict"]["title"]
        assert "9 states · 24 moves" in page.locator("header").inner_text()
        rows = [row.split("\t") for row in page.locator("[role=grid] tbody tr").all_inner_texts()]
        assert [[cell.strip() for cell in row] for row in rows] == [cells(state, told) for state in told["states"]]

        page.wait_for_selector("#answer[aria-busy=false] .sentence")
        shown = seen.texts("#answer p")
        assert shown == [one["text"] for one in (*told["diagnosis"]["sentences"], *told["answer"])]

        table = [[cell.strip() for cell in row.split("\t")][1:] for row in page.locator(".standing tbody tr").all_inner_texts()]
        keys = [concept["key"] for concept in told["concepts"]]
        verdicts = [
            ["stays" if 1 in told["stability"][key][party["key"]] else "leaves" for key in keys] for party in told["decision_makers"]
        ]
        assert table == [*verdicts, ["●" if 1 in told["equilibria"][key] else "–" for key in keys]]

        why = document(bench, "why", "elmira.yaml", state=1, by="Local", under="SEQ")
        said = sentences(why["paragraphs"])
        found = [re.sub(r"\s*→.*", "", text) for text in seen.texts("#evidence .sentence")]
        assert found == said
        assert page.locator("#evidence .checked").count() == (1 if why["checked"] else 0)
        assert [text.split(":")[0] for text in seen.texts(".rests > li")] == [one["called"] for one in why["evidence"]]

        check = document(bench, "check", "elmira.yaml")
        assert seen.texts("#text .problems code") == [one["code"] for one in check["diagnostics"]]
        assert page.locator("#text textarea").input_value() == bench.get("/api/files/elmira.yaml").data["text"]


def test_one_selection_in_the_address_and_back(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA)
        page.locator("[role=grid] tbody tr").nth(4).click()
        expect(page.locator("#stability h2")).to_have_text("State 5")
        assert page.url.endswith("?file=elmira.yaml&state=5")
        page.get_by_label("Uniroyal Chemical Ltd. under SMR").click()
        expect(page.locator("#evidence h2")).to_have_text("Why would Uniroyal Chemical Ltd. stay at state 5 under SMR?")
        assert page.url.endswith("?file=elmira.yaml&state=5&by=Uniroyal&under=SMR")
        page.go_back()
        expect(page.locator("#evidence h2")).to_contain_text("state 5 under SEQ?")
        page.go_back()
        expect(page.locator("#stability h2")).to_contain_text("State 1")
        page.go_forward()
        expect(page.locator("#stability h2")).to_have_text("State 5")
        page.reload()
        expect(page.locator("#stability h2")).to_have_text("State 5")
        page.locator("#answer button.state", has_text="1").first.click()
        expect(page.locator("#stability h2")).to_contain_text("State 1")


def test_by_keyboard_alone(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = open_by_keyboard(seen)
        page.wait_for_selector("#evidence[aria-busy=false] .paragraph")
        reach(page, "[role=grid]")
        for key, state in (("ArrowDown", 2), ("End", 9), ("ArrowUp", 8), ("Home", 1), ("PageDown", 9), ("PageUp", 1)):
            page.keyboard.press(key)
            expect(page.locator("#stability h2")).to_contain_text(f"State {state}")
        reach(page, "button.verdict")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#evidence h2")).to_have_text("Why would Uniroyal Chemical Ltd. stay at state 1 under SSEQ?")
        page.wait_for_function("said => document.activeElement.ariaLabel?.startsWith(said)", arg="Uniroyal Chemical Ltd. under SSEQ: stays")
        reach(page, "#evidence button.state")
        reach(page, "#text textarea")


def test_of_many_states_only_those_in_sight_are_made(browser: Browser, bench: Served) -> None:
    told = document(bench, "analysis", "many.json")
    with watched(browser, bench) as seen:
        page = seen.open("?file=many.json", wait="#answer .sentence")  # which comes above the table, and moves it down
        assert page.locator("[role=grid]").get_attribute("aria-rowcount") == "1026"
        assert page.locator("[role=grid] tbody tr").count() < 100
        page.locator("[role=grid]").focus()
        page.keyboard.press("End")
        expect(page.locator("tr.selected")).to_contain_text("1,024")
        last = page.locator("tr.selected")
        expect(last).to_be_in_viewport()
        assert [cell.strip() for cell in last.inner_text().split("\t")] == [
            cell.replace("1024", "1,024") for cell in cells(told["states"][-1], told)
        ]
        first = page.locator("[role=grid] tbody tr[aria-rowindex='3'] th")
        page.get_by_role("button", name="order by how few would leave under SEQ").click()
        page.wait_for_selector("#states[aria-busy=false] [aria-label='order by how few would leave under SEQ'][aria-pressed=true]")
        page.locator("[role=grid]").focus()
        page.keyboard.press("Home")
        expect(first).to_have_text(re.compile(rf"^[▸ ]*{told['equilibria']['SEQ'][0]:,}$"))
        page.get_by_label("Where").fill("o0 and not o9")
        page.get_by_label("Where").press("Enter")
        expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", "258")
        page.get_by_label("Where").fill("o0 and not nine")
        page.get_by_label("Where").press("Enter")
        expect(page.locator("#states .problems")).to_contain_text("nine")
        page.get_by_label("Where").fill("")
        page.get_by_label("Where").press("Enter")
        expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", "1026")
        page.get_by_role("button", name="order by state number").click()
        page.get_by_label("Go to").fill("517")
        page.get_by_label("Go to").press("Enter")
        expect(page.locator("#stability h2")).to_contain_text("State 517")
        expect(page.locator("tr.selected")).to_contain_text("517")
        page.locator("[role=grid]").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("tr.selected")).to_contain_text("518")
        expect(page.locator("tr.selected")).to_be_in_viewport()


def test_the_talks_as_a_viewpoint_has_them(browser: Browser, bench: Served) -> None:
    key = document(bench, "viewpoints", "talks.yaml")["viewpoints"][-1]["key"]
    first, other = (document(bench, "standing", "talks.yaml", state="status quo", viewpoint=seen) for seen in (None, key))
    assert first["standing"]["state"]["rank"] != other["standing"]["state"]["rank"]
    with watched(browser, bench) as seen:
        page = seen.open("?file=talks.yaml")
        for told in (first, other):
            ranks = told["standing"]["state"]["rank"]
            rank = [f"{ranks[party['key']]:,}" for party in told["decision_makers"]]
            expect(page.locator("tr.selected td.rank")).to_have_text(rank)
            page.locator("header").get_by_label("Viewpoint").select_option(key)
        assert page.url.endswith(f"?file=talks.yaml&viewpoint={key}")
        picture(seen, "talks-1280-light")


def test_hostile_names_are_shown_as_text(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400) as seen:
        page = seen.open("?file=hostile.json")
        assert page.locator("h1").inner_text() == f"{MARKUP} <U+202E>txet desrever"
        assert page.locator("#page img, #page script, #page iframe").count() == 0
        shown = page.locator("#stability").inner_text()
        assert LONG in shown
        assert MARKUP in shown
        assert "\u202e" not in page.locator("#page").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        picture(seen, "hostile-400")


def test_a_text_that_is_changed_is_checked_and_saved(browser: Browser, bench: Served, folder: Path) -> None:
    text = (folder / "elmira.yaml").read_text(encoding="utf-8")
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    with watched(browser, bench) as seen:
        page = seen.open("?file=own.yaml")
        area = page.get_by_role("textbox", name="Text of the file")
        save = page.get_by_role("button", name="Save", exact=True)
        expect(save).to_be_disabled()
        area.fill(text.replace("status quo: [Delay]", "status quo: [Delai]"))
        expect(page.locator("#text .problems .error")).to_contain_text('no option is called "Delai"')
        place = text[: text.index("status quo: [Delay]")].count("\n") + 1
        page.get_by_role("button", name=f"line {place}", exact=True).click()
        assert page.evaluate("[document.activeElement.tagName, getSelection().toString()]") == ["TEXTAREA", "Delai"]
        assert page.locator("#stability h2").inner_text().startswith("State 1")  # of the last text that could be read
        area.fill(text.replace("status quo: [Delay]", "status quo: [Delay, Insist]"))
        expect(page.locator("#answer h2")).to_have_text("The status quo, state 5")
        save.click()
        expect(save).to_be_disabled()
        assert "status quo: [Delay, Insist]" in (folder / "own.yaml").read_text(encoding="utf-8")

        (folder / "own.yaml").write_text(text + "# another program\n", encoding="utf-8")
        area.fill(text + "# this window\n")
        save.click()
        expect(page.get_by_role("alert")).to_contain_text("U542")
        assert (folder / "own.yaml").read_text(encoding="utf-8").endswith("# another program\n")
        page.get_by_role("button", name="Save over what is there now").click()
        expect(save).to_be_disabled()
        assert (folder / "own.yaml").read_text(encoding="utf-8").endswith("# this window\n")


def test_a_packaged_case_is_saved_as_a_file(browser: Browser, bench: Served, folder: Path) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?case=prisoners-dilemma", wait="#states")
        page.get_by_role("button", name="Save a copy in the folder").click()
        page.wait_for_url("**/?file=prisoners-dilemma.yaml")
        expect(page.locator("header").get_by_label("Conflict")).to_have_value("file:prisoners-dilemma.yaml")
        assert (folder / "prisoners-dilemma.yaml").is_file()


def test_what_is_not_there_is_told(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=nothing.yaml", wait=".problems li")
        expect(page.locator(".problems")).to_contain_text("U404")
        page.locator("header").get_by_label("Conflict").select_option("file:elmira.yaml")
        page.wait_for_selector("#evidence .paragraph")
        page.goto(f"{bench.origin}/{ELMIRA}&state=77")
        expect(page.locator("#stability .problems")).to_contain_text("there is no state 77")


@pytest.mark.parametrize(("width", "theme"), [(400, "dark"), (1280, "light")])
def test_screens(browser: Browser, bench: Served, width: int, theme: Literal["light", "dark"]) -> None:
    colours = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}
    with watched(browser, bench, width, theme) as seen:
        page = seen.open(f"{ELMIRA}&state=1&by=Local&under=SEQ")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(PAPER) == colours[theme]
        picture(seen, f"elmira-{width}-{theme}")
        other = "dark" if theme == "light" else "light"
        page.get_by_role("button", name=other.capitalize(), exact=True).click()
        assert page.evaluate(PAPER) == colours[other]
        page.reload()
        page.wait_for_selector("#states")
        assert page.evaluate(PAPER) == colours[other]


def test_paper(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, theme="dark") as seen:
        page = seen.open(ELMIRA)
        page.emulate_media(media="print")
        assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 30, 33)", "dark ink, whatever the theme"
        assert not page.locator("#text textarea").is_visible()
        assert page.locator("#states table").is_visible()


def test_what_is_watched_for_is_noticed(browser: Browser, bench: Served) -> None:
    """A request to elsewhere is stopped by the page's policy, and noticed; so is a button without a name."""
    with pytest.raises(AssertionError, match=r"198\.51\.100\.1"), watched(browser, bench) as seen:
        seen.open(ELMIRA).evaluate("fetch('http://198.51.100.1/').catch(() => null)")
    with pytest.raises(AssertionError, match="<button"), watched(browser, bench) as seen:
        seen.open(ELMIRA).evaluate("document.querySelector('main').append(document.createElement('button'))")


PAPER = "getComputedStyle(document.querySelector('.panel')).backgroundColor"
