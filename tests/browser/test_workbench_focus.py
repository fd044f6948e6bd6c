"""Where the focus goes, in a browser: links that lead past what stands between, and what has the focus when what had it is gone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.walking import WAIT, faults, reach
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import CASES, Served
from tests.workbench.test_what_if import MIXED

pytestmark = PAGE
ELMIRA = "?file=elmira.yaml"
READY = "#form .forms"


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with small conflicts as well."""
    (folder / "mixed.yaml").write_text(MIXED, encoding="utf-8")
    shutil.copy(CASES / "chicken.yaml", folder)
    shutil.copy(CASES / "misread-neighbours.yaml", folder)
    return folder


def part(page: Page, at: Sequence[str | int], tool: str) -> Locator:
    """What works on a part of the form."""
    return page.locator(f"#form [data-form=form][data-at='{json.dumps(list(at), separators=(',', ':'))}'][data-tool='{tool}']")


def tabbed(page: Page, link: str, most: int = 40) -> Locator:
    """Press Tab until a link that leads past something has the focus, and see that it is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.locator(".skips a:focus")
        if at.count() and at.inner_text() == link:
            expect(at).to_be_in_viewport()
            return at
    raise AssertionError(link)


def test_links_lead_past_the_panels(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=talks.yaml", READY)
        page.wait_for_selector("#evidence[aria-busy=false] .paragraph")
        expect(page.locator(".skips a").first).not_to_be_in_viewport()
        places = {
            "States": "#states [role=grid]", "Stability": "#stability button.verdict", "View": "#tab-moves", "Evidence": "#evidence button",
            "Text": "#text textarea", "Form": f"{READY} [data-form=form] >> nth=0", "Save": "#save",
        }  # fmt: skip
        for link, place in places.items():
            page.evaluate("document.querySelector('header button').focus()")
            tabbed(page, link)
            if link == "Save":
                assert faults(page, ".skips") == []
            page.keyboard.press("Enter")
            focused = page.locator(":focus")
            expect(focused).to_be_in_viewport()
            assert page.locator(place).and_(focused).count() == 1, link
            assert "#" not in page.url
        expect(page.locator("#save")).to_be_disabled()


def test_links_lead_past_the_form(browser: Browser, bench: Served, folder: Path) -> None:
    shutil.copy(CASES / "gaza-hostage-talks.yaml", folder / "own-talks.yaml")
    with watched(browser, bench) as seen:
        page = seen.open("?file=own-talks.yaml", READY)
        area = page.locator("#text textarea")
        area.press("Control+End")
        page.keyboard.type("# mine\n")
        tabbed(page, "Past the form")
        page.keyboard.press("Enter")
        expect(page.locator("#past-form a")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#save")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#save")).to_be_disabled()
        expect(page.locator("#save")).to_be_focused()
        assert (folder / "own-talks.yaml").read_text(encoding="utf-8").endswith("# mine\n")
        area.focus()
        tabbed(page, "To Save")
        page.keyboard.press("Enter")
        expect(page.locator("#save")).to_be_focused()


def test_saved_from_a_field(browser: Browser, bench: Served, folder: Path) -> None:
    shutil.copy(CASES / "elmira.yaml", folder / "typed.yaml")
    with watched(browser, bench) as seen:
        page = seen.open("?file=typed.yaml", READY)
        field = part(page, ["title"], "value")
        field.fill("What was typed")
        field.press("Control+s")
        expect(page.locator("header")).to_contain_text("What was typed")
        expect(page.locator("#save")).to_be_disabled()
        expect(field).to_be_focused()
        assert "title: What was typed" in (folder / "typed.yaml").read_text(encoding="utf-8")


def test_where_nothing_is_shown_links_lead_to_the_text(browser: Browser, bench: Served, folder: Path) -> None:
    (folder / "broken.yaml").write_text("detente: 1\ntitle: no more than this\n", encoding="utf-8")
    with watched(browser, bench) as seen:
        page = seen.open("?file=broken.yaml", "#text .problems .error")
        assert page.locator(".skips a").first.inner_text() == "Text"
        page.get_by_role("link", name="its text").press("Enter")
        expect(page.locator("#text textarea")).to_be_focused()


def test_the_focus_stays_in_the_form(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        keys = page.keyboard
        part(page, ["rules"], "open").press("Enter")
        part(page, ["rules"], "new").press("Enter")
        expect(page.locator("#form .draft select").first).to_be_focused()
        keys.press("Escape")
        expect(part(page, ["rules"], "new")).to_be_focused()

        company = ["decision makers", "Uniroyal"]
        part(page, company, "open").press("Enter")
        part(page, [*company, "ranking"], "open").focus()
        part(page, [*company, "description"], "value").fill("")
        keys.press("Enter")
        more = part(page, company, "add")
        expect(more.locator("option[value=description]")).to_have_count(1)
        more.select_option("description")
        more.press("Tab")
        keys.press("Enter")
        expect(part(page, [*company, "description"], "value")).to_be_focused()


def test_the_focus_follows_what_is_left_out_and_put_in(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml", READY)
        keys = page.keyboard
        part(page, ["bans"], "out").press("Enter")
        expect(part(page, ["bans"], "open")).to_have_count(0)
        expect(part(page, [], "add")).to_be_focused()
        part(page, [], "add").select_option("bans")
        keys.press("Tab")
        keys.press("Enter")
        expect(part(page, ["bans"], "open")).to_be_focused()


def test_the_focus_stays_where_something_is_tried(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=A", "#whatif .ordered")
        keys = page.keyboard
        edit = page.locator("#whatif [data-control=edit]").first
        for key in ("Escape", "Enter"):
            edit.press("Enter")
            field = page.get_by_label("Instead of")
            expect(field).to_be_focused()
            if key == "Enter":
                field.fill("not x")
            keys.press(key)
            expect(edit).to_be_focused()
        expect(page.locator("#whatif .tried-list li")).to_have_count(1)
        add = page.get_by_role("button", name="Add a statement…")
        add.press("Enter")
        keys.press("Escape")
        expect(add).to_be_focused()
        page.locator("#whatif summary", has_text="Moves").press("Enter")
        ban = page.get_by_role("button", name="Forbid moves by conditions…")
        ban.press("Enter")
        page.get_by_role("button", name="Leave it").press("Enter")
        expect(ban).to_be_focused()


def test_the_focus_stays_where_a_path_is_asked_for(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=path", "#path input[name=to]")
        goal = page.locator("#path input[name=to]")
        goal.fill("8")
        goal.press("Enter")
        page.wait_for_url("**to=8**")
        expect(goal).to_be_focused()
        other = page.get_by_role("button", name="The other way")
        other.press("Enter")
        expect(goal).to_have_value("1")
        expect(page.locator("#path input[name=from]")).to_have_value("8")
        expect(other).to_be_focused()


def test_the_list_of_conflicts_keeps_the_focus(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=chicken.yaml", "#states")
        chosen = page.locator("header").get_by_label("Conflict")
        chosen.press("ArrowDown")  # which chooses, and so opens, what comes next
        page.wait_for_selector("#evidence[aria-busy=false] .paragraph")  # the first names no status quo, and shows none
        assert "chicken" not in page.url
        expect(chosen).to_be_focused()
        assert quote(chosen.input_value().removeprefix("file:")) in page.url


def test_keys_of_the_browser_are_left_to_it(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA)
        page.locator("[role=grid] tbody tr").nth(4).click()
        page.wait_for_url("**state=5")
        cell = page.locator("#stability button.verdict.here")
        before = page.url
        cell.press("Alt+ArrowUp")
        cell.press("Control+ArrowDown")
        assert page.url == before
        reach(page, "button.verdict")
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
        page.wait_for_url("**by=**")
        page.go_back()  # cells that were gone through are no pages
        page.wait_for_url(lambda url: url.endswith(ELMIRA))


def test_the_focus_follows_a_lever_that_is_tried(browser: Browser, bench: Served) -> None:
    asked = quote(json.dumps({"unlock": {"target": "8", "want": "reach", "kinds": "preference"}}))
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=unlock&asked={asked}", "#unlock button")
        page.locator("#unlock .lever .tools button").first.press("Enter", timeout=WAIT)
        expect(page.locator("#tab-what-if")).to_be_focused()
        expect(page.locator("#whatif .tried-list li").first).to_be_visible()


def test_nothing_is_undone_behind_a_question(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=A", "#whatif .ordered")
        page.locator("#whatif [data-control=turn]").first.click()
        page.wait_for_function("() => location.search.includes('tried')")
        page.get_by_role("button", name="New conflict…").click()
        page.get_by_role("button", name="Not now").press("Control+z")
        page.get_by_role("button", name="Not now").click()
        expect(page.get_by_role("button", name=re.compile("^Undo"))).to_be_enabled()
        assert "tried" in page.url


def test_buttons_that_have_done_their_work_leave_the_focus_nearby(browser: Browser, bench: Served, folder: Path) -> None:
    shutil.copy(CASES / "elmira.yaml", folder / "dropped.yaml")
    with watched(browser, bench) as seen:
        page = seen.open("?file=dropped.yaml&view=what-if&by=Local", "#whatif .ordered")
        save = page.locator("#states .export button").first
        with page.expect_download():
            save.press("Enter")
        expect(save).to_be_focused()

        up = page.locator("#whatif [data-control=up]")
        for place in (3, 5):
            up.nth(place).click()
            page.wait_for_selector("#whatif .changed[aria-busy=false] .paragraph")
        back = page.locator(".tried-list button")
        expect(back).to_have_count(2)
        back.last.press("Enter")
        expect(back).to_have_count(1)
        expect(back).to_be_focused()
        back.press("Enter")
        expect(back).to_have_count(0)
        expect(page.get_by_role("region", name="What changes")).to_be_focused()

        undo = page.get_by_role("button", name=re.compile("^Undo"))
        for _ in range(4):
            undo.press("Enter")
        expect(undo).to_be_disabled()
        expect(undo).to_be_focused()
        page.get_by_role("button", name=re.compile("^Redo")).press("Enter")
        page.locator(".tried").get_by_role("button", name="Drop it").press("Enter")
        expect(page.locator("#tab-what-if")).to_be_focused()

        area = page.locator("#text textarea")
        area.press("Control+End")
        page.keyboard.type("# mine\n")
        page.get_by_role("button", name="Drop changes").press("Enter")
        expect(page.locator("#save")).to_be_focused()


def test_what_has_the_focus_is_in_sight_while_something_runs(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400) as seen:
        seen.page.route("**/api/analysis", lambda _: None)  # which is never answered
        page = seen.open(ELMIRA, READY)
        runs = page.locator(".running")
        expect(runs).to_be_visible()
        page.locator("#text textarea").focus()
        for _ in range(25):
            page.keyboard.press("Tab")
            if page.evaluate("!document.activeElement.closest('main')"):
                break
            if page.evaluate("Boolean(document.activeElement.closest('.forms'))"):
                continue  # which has a frame of its own
            low = page.locator(":focus").evaluate("one => one.getBoundingClientRect().bottom")
            top = runs.evaluate("one => one.getBoundingClientRect().top")
            assert low <= top, page.locator(":focus").inner_text()
        page.evaluate("document.querySelector('header button').focus()")
        link = tabbed(page, "Stability")
        assert link.evaluate("one => one.getBoundingClientRect().height") < 30, "no word is broken"
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def never_answered(page: Page, verb: str) -> None:
    """Let what is asked go on until it is given up."""
    job = {"schema": "detente.job/1", "verb": verb, "number": 990_001, "progress": "", "told": 0, "so_far": 0, "seconds": 0, "answer": None}

    def wait(route: Route) -> None:
        if route.request.method == "DELETE":
            route.fulfill(json={**job, "state": "given up"})

    page.route(f"**/api/{verb}", lambda route: route.fulfill(status=202, json={**job, "state": "running"}))
    page.route("**/api/jobs/990001**", wait)


LONG_WORK = {
    "plan": (f"{ELMIRA}&view=path&to=8", "unlock", "Look for a plan", "Give up", "Look for a plan"),
    "compare": ("?file=misread-neighbours.yaml&view=compare", "compare", "Compare 2 viewpoints", "Give up", "Compare 2 viewpoints"),
    "unlock": (f"{ELMIRA}&view=unlock", "unlock", "Look for levers", "Stop", "Look again"),
    "diagnosis": (f"{ELMIRA}&view=diagnosis", "diagnosis", "", "Stop", "Begin again"),
    "path": (f"{ELMIRA}&view=path&to=8", "path", "", "Give up", "Look again"),
    "improvements": (f"{ELMIRA}&view=moves&drawn=condensed", "condensed", "", "Give up", "Look again"),
}
"""Where long work is begun and given up: the address, what is asked, and the buttons that begin it, give it up, and begin it again."""


@pytest.mark.parametrize("work", LONG_WORK)
def test_the_focus_stays_where_long_work_is_begun_and_given_up(browser: Browser, bench: Served, work: str) -> None:
    address, verb, begin, stop, again = LONG_WORK[work]
    with watched(browser, bench) as seen:
        never_answered(seen.page, verb)
        page = seen.open(address)
        view = page.locator("#view")
        if begin:
            view.get_by_role("button", name=begin).press("Enter")
        stopping = view.get_by_role("button", name=stop).first
        if begin and begin != "Look for levers":  # which stays, and keeps the focus
            expect(stopping).to_be_focused()
        for button, then in ((stop, again), (again, stop), (stop, again)):
            view.get_by_role("button", name=button).last.press("Enter")
            expect(view.get_by_role("button", name=then).last).to_be_focused()


def test_the_focus_stays_where_long_work_is_answered(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{ELMIRA}&view=path&to=8", ".plans button")
        page.get_by_role("button", name="Look for a plan").press("Enter")
        plans = page.get_by_role("region", name="Plan", exact=True)
        page.wait_for_selector(".plan", timeout=WAIT)
        expect(plans).to_be_focused()
        page.keyboard.press("Tab")
        assert plans.locator(":focus").count() == 1
        assert plans.get_attribute("tabindex") is None


def test_the_focus_stays_where_work_is_given_up_in_what_runs(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        never_answered(seen.page, "analysis")
        page = seen.open(ELMIRA)
        page.locator(".running button").press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.locator("main #answer :focus").count() == 1
        page.get_by_role("button", name="Analyse it").press("Enter")
        expect(page.locator("#answer")).to_be_focused()


def test_the_focus_is_not_taken_back_to_where_it_was_left(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        never_answered(seen.page, "unlock")
        page = seen.open(f"{ELMIRA}&view=path&to=8", ".plans button")
        page.get_by_role("button", name="Look for a plan").click()
        stop = page.locator(".plans").get_by_role("button", name="Give up")
        expect(stop).to_be_focused()
        page.locator("#answer h2").click()
        expect(stop).not_to_be_focused()
        stop.evaluate("one => one.remove()")
        page.wait_for_timeout(600)
        assert page.evaluate("document.activeElement === document.body")
