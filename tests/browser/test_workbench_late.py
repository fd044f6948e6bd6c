"""What the page shows is of what it says it is of, in a browser: answers that come late, or not at all, and what is done meanwhile."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.walking import WAIT
from tests.browser.workbench import PAGE, caught, watched
from tests.workbench.served import CASES, Served
from tests.workbench.test_what_if import MIXED

pytestmark = PAGE
ELMIRA = "?file=elmira.yaml"
UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}
TRIED = f"&tried={quote(json.dumps([UP]))}"
SENTENCE = "#answer[aria-busy=false] .sentence"
COUNTS = {"told": 0, "so_far": 0, "seconds": 0}
RUNNING = {"schema": "detente.job/1", "verb": "analysis", "number": 990_001, "progress": "", **COUNTS, "answer": None}
REFUSED = {"code": "X", "severity": "error", "message": "not now", "help": None, "value": None, "file": None, "line": None}


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with a conflict of all kinds of preferences, and one that two sides see differently, as well."""
    (folder / "mixed.yaml").write_text(MIXED, encoding="utf-8")
    shutil.copy(CASES / "misread-neighbours.yaml", folder)
    return folder


def first_goes_on(page: Page) -> None:
    """Let the first analysis go on until it is given up."""
    begun: list[Route] = []

    def begin(route: Route) -> None:
        begun.append(route)
        if len(begun) == 1:
            route.fulfill(status=202, json={**RUNNING, "state": "running"})
        else:
            route.continue_()

    def wait(route: Route) -> None:
        if route.request.method == "DELETE":
            route.fulfill(json={**RUNNING, "state": "given up"})

    page.route("**/api/analysis", begin)
    page.route("**/api/jobs/990001**", wait)


def test_an_analysis_that_was_left_for_another_is_begun_again(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        first_goes_on(seen.page)
        page = seen.open(f"{ELMIRA}&view=what-if&by=Local", "#whatif .ordered")
        expect(page.locator("#answer")).to_contain_text("Analysing")
        page.locator("#whatif [data-control=up]").nth(3).click()
        page.wait_for_selector(SENTENCE, timeout=WAIT)
        page.get_by_role("button", name=re.compile("^Undo")).click()
        page.wait_for_function("() => !location.search.includes('tried')")
        expect(page.locator("#answer h2")).to_contain_text("state 1")
        page.wait_for_selector(SENTENCE, timeout=WAIT)


def test_an_analysis_that_was_given_up_can_be_begun_again(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        first_goes_on(seen.page)
        page = seen.open(ELMIRA)
        page.locator(".running li", has_text="Analysis").get_by_role("button").click()
        expect(page.locator("#answer")).to_contain_text("The analysis was given up.")
        page.get_by_role("button", name="Analyse it").click()
        page.wait_for_selector(SENTENCE, timeout=WAIT)


def test_what_is_shown_is_not_forgotten_for_what_is_asked_after_it(browser: Browser, bench: Served) -> None:
    asked: list[Any] = []

    def refuse(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or "{}")["states"])
        route.fulfill(status=400, json={"diagnostics": [REFUSED]})

    with watched(browser, bench) as seen:
        seen.page.route("**/api/path", refuse)
        page = seen.open("?file=many.json&view=path", SENTENCE)
        page.locator("[role=grid]").focus()
        for state in range(2, 36):
            page.keyboard.press("ArrowDown")
            expect(page.locator("#stability h2")).to_have_text(f"State {state}")
        page.wait_for_selector("#stability[aria-busy=false]")
        assert len(asked) > 31
        page.wait_for_selector(SENTENCE)


def test_nothing_is_shown_of_what_is_not_compared(browser: Browser, bench: Served) -> None:
    held: list[Route] = []
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=compare{TRIED}", ".differences")
        page.route("**/api/cases/chicken", lambda route: held.append(route))
        page.locator("select[name=second]").select_option("case:chicken")
        expect(page.locator("#compare")).to_have_attribute("aria-busy", "true")
        caught(page, held).fulfill(status=404, json={"diagnostics": [REFUSED]})
        expect(page.locator("#compare .problems")).to_contain_text("not now")
        expect(page.locator(".differences")).to_have_count(0)
        page.locator("select[name=second]").select_option("tried")
        page.wait_for_selector("#compare[aria-busy=false] .differences")
        page.locator(".tried").get_by_role("button", name="Drop it").click()
        expect(page.locator("#compare")).to_contain_text("Choose what the file is compared with")
        expect(page.locator(".differences")).to_have_count(0)


def test_nothing_is_told_of_a_state_that_is_not_there(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&state=5")
        page.get_by_label("Go to").fill("77")
        page.get_by_label("Go to").press("Enter")
        expect(page.locator("#stability .problems")).to_contain_text("there is no state 77")
        expect(page.locator("#evidence .paragraph")).to_have_count(0)
        assert "state 5" not in page.locator("#evidence").inner_text()


def test_a_condition_that_is_refused_is_not_met_by_what_is_shown(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=many.json")
        page.get_by_label("Where").fill("o0 and not nine")
        page.get_by_label("Where").press("Enter")
        expect(page.locator("#states .problems")).to_contain_text("nine")
        expect(page.locator("#states p.quiet")).to_contain_text("1,024 states; ")
        for panel in ("states", "stability", "evidence"):
            expect(page.locator(f"#{panel}")).to_have_attribute("aria-busy", "false")


def test_a_row_that_comes_late_is_not_selected_after_another(browser: Browser, bench: Served) -> None:
    held: list[Route] = []
    with watched(browser, bench) as seen:
        page = seen.open("?file=many.json", SENTENCE)
        last = re.compile(r'"offset":\s*1000')
        page.route("**/api/states", lambda route: held.append(route) if last.search(route.request.post_data or "") else route.continue_())
        page.locator("[role=grid]").focus()
        page.keyboard.press("End")
        page.locator("[role=grid] tbody tr[aria-rowindex='5']").click()
        expect(page.locator("#stability h2")).to_have_text("State 3")
        caught(page, held)
        assert len(held) == 1
        with page.expect_response("**/api/states"):
            caught(page, held).continue_()
        page.wait_for_timeout(300)
        expect(page.locator("#stability h2")).to_have_text("State 3")


def test_a_code_means_what_its_own_page_says(browser: Browser, bench: Served, folder: Path) -> None:
    text = (folder / "elmira.yaml").read_text(encoding="utf-8")
    wrong = [text.replace("detente: 1", "detente: 9"), text.replace("status quo: [Delay]", "status quo: [Delai]")]
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA)
        area, code = page.locator("#text textarea"), page.locator("#text .problems .error button.code").first
        codes: list[str] = []
        for broken in (*wrong, wrong[0]):
            before = codes[-1] if codes else ""
            area.fill(broken)
            expect(code).not_to_have_text(before)
            codes.append(code.inner_text())
            if code.get_attribute("aria-expanded") != "true":
                code.click()
            told = bench.get(f"/api/codes/{codes[-1]}").data["page"].splitlines()[0].removeprefix("# ").replace("`", "")
            expect(page.get_by_role("region", name=f"What {codes[-1]} means")).to_contain_text(told)
        assert codes[0] == codes[2] != codes[1]


def test_what_was_copied_is_not_what_is_shown_now(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&state=1")
        said = page.locator("#evidence .tools [role=status]")
        page.get_by_role("button", name="Copy as text").click()
        expect(said).not_to_be_empty()
        page.locator("[role=grid] tbody tr").nth(4).click()
        expect(page.locator("#evidence h2")).to_contain_text("state 5")
        expect(said).to_be_empty()


def begin(page: Page, title: str) -> None:
    """Begin a conflict by the five questions."""
    page.get_by_role("button", name="New conflict…").click()
    dialog = page.get_by_role("dialog", name="A new conflict")
    going = dialog.get_by_role("button", name="Next")
    dialog.get_by_label("Title").fill(title)
    going.click()
    dialog.get_by_label("Decision maker 1", exact=True).fill("Town")
    going.click()
    dialog.get_by_label("Option 1 of Town", exact=True).fill("sue")
    for _ in range(2):
        going.click()
    dialog.get_by_role("button", name="Begin").click()
    expect(page.locator("h1")).to_have_text(title)


def test_what_is_begun_is_shown_and_keeps_what_was_begun_before(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?new=a-pond.yaml", ".problems li")
        begin(page, "A pond")
        page.wait_for_url("**/?new=a-pond.yaml")
        area = page.locator("#text textarea")
        area.press("Control+End")
        page.keyboard.type("# mine\n")
        begin(page, "A pond")
        page.wait_for_url("**/?new=a-pond-2.yaml")
        expect(area).not_to_have_value(re.compile("# mine"))
        page.go_back()
        expect(area).to_have_value(re.compile("# mine"))


def test_what_is_typed_into_a_field_is_saved_with_the_rest(browser: Browser, bench: Served, folder: Path) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        begin(page, "A lake")
        page.locator("""#form [data-at='["title"]'][data-tool=value]""").fill("A long lake")
        page.get_by_role("button", name="Save in the folder").click()
        page.wait_for_url("**/?file=a-lake.yaml")
        expect(page.locator("h1")).to_have_text("A long lake")
        assert "title: A long lake" in (folder / "a-lake.yaml").read_text(encoding="utf-8")
        expect(page.locator("#model [role=status]").first).to_contain_text("As the file has it.")


TYPED_ON = """
const was = window.fetch;
let times = 0;
window.fetch = async (path, how) => {
    const answer = await was(path, how);
    if (path === "/api/form" && times++ < 4) {
        const area = document.querySelector("#text textarea");
        area.value += "# more\\n";
        area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return answer;
};"""
"""Types a line into the text whenever a change of the form is answered, four times."""


def test_a_change_of_the_form_is_not_lost_while_the_text_is_typed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        seen.page.add_init_script(TYPED_ON)
        page = seen.open(ELMIRA, "#form .forms")
        field = page.locator("""#form [data-at='["title"]'][data-tool=value]""")
        field.fill("Another title")
        field.press("Enter")
        expect(page.locator("#text textarea")).to_have_value(re.compile(r"title: Another title\n(.|\n)*(# more\n){4}$"))


def test_another_conflict_begins_with_nothing_of_the_last(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=path&from=5&to=8&may=%5B%5B%22Local%22%5D%5D&first=tried", "#path .found")
        page.locator("header").get_by_label("Conflict").select_option("file:mixed.yaml")
        page.wait_for_url("**/?file=mixed.yaml&view=path")


def test_a_viewpoint_is_not_kept_over_what_was_typed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=what-if{TRIED}", "#whatif .keep")
        area = page.locator("#text textarea")
        broken = area.input_value() + "\nnothing: 1\n"
        area.fill(broken)
        page.wait_for_selector("#text .problems .error")
        page.locator(".keep > summary").click()
        page.get_by_label("as a viewpoint of this file").check()
        page.locator(".keep").get_by_label("Name").fill("Mine")
        page.locator(".keep").get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_label("Why it was not kept")).to_contain_text("can't be read as it stands")
        expect(area).to_have_value(broken)


def test_numbers_are_as_they_are_typed(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=unlock", "#unlock button")
        page.locator("#unlock summary", has_text="time").click()
        field = page.get_by_label("Seconds for each kind")
        field.press("Control+End")
        for key in ("Backspace", "Backspace", "7"):
            page.keyboard.press(key)
        expect(field).to_have_value("7")
        page.get_by_role("tab", name="How sure").click()
        page.locator("#going-on").get_by_label("Who moves next").select_option("own")
        weight = page.locator("#going-on fieldset input").first
        weight.press("Control+End")
        for key in ("Backspace", "2"):
            page.keyboard.press(key)
        expect(weight).to_have_value("2")
        page.locator("#going-on summary", has_text="More").click()
        rounds = page.get_by_label("Moves followed one by one")
        rounds.fill("")
        page.locator("#going-on summary", has_text="More").click()
        page.get_by_role("button", name="Follow").click()
        expect(rounds).to_be_focused()


def test_viewpoints_are_compared_with_what_is_said(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=misread-neighbours.yaml&view=compare", ".all-views h3")
        expect(page.locator(".all-views h3")).to_have_text("All viewpoints of the file")
        rule = quote(json.dumps([{"change": "add rule", "place": 1, "never": "false"}]))
        page = seen.open(f"?file=misread-neighbours.yaml&view=compare&tried={rule}", ".all-views h3")
        expect(page.locator(".all-views h3")).to_have_text("All viewpoints of the file with what is tried")


def test_a_server_that_does_not_answer_says_nothing_of_the_text(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA, "#form .forms")
        page.route("**/api/**", lambda route: route.fulfill(status=403, body="no"))
        page.locator("#text textarea").press("Control+End")
        page.keyboard.type("# mine")
        expect(page.locator(".news")).to_contain_text("no")
        expect(page.locator("#model [role=status]").first).to_contain_text("Changed, and not saved.")
        assert "can't be read" not in page.locator("main").inner_text()


def test_what_is_no_weight_is_not_left_standing(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=B", "#whatif .weights")
        weight = page.locator("#whatif .weights input").first
        before = weight.input_value()
        for said in ("1.5", ""):
            weight.fill(said)
            weight.press("Enter")
            expect(weight).to_have_value(before)
        weight.fill("7")
        weight.press("Enter")
        expect(page.locator("#whatif .tried-list li")).to_have_count(1)
        expect(weight).to_have_value("7")
