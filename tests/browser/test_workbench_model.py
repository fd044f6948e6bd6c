"""The panel Model, in a browser: text and forms follow each other, what is done in either is undone, a conflict is begun from nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from detente import io
from tests.browser.walking import faults
from tests.browser.workbench import PAGE, Watched, document, watched
from tests.workbench.served import Served

pytestmark = PAGE
ELMIRA = "?file=elmira.yaml"
COMPANY = ["decision makers", "Uniroyal"]
READY = "#form .forms"


SMALL = """\
# Two who quarrel over a river.
detente: 1
title: A river
decision makers:
  Town:
    options: {Sue: }
    prefers:
      - Clean   # above all
      - {when: not Sue, says: a suit costs money}
  Mill:
    options: {Clean: {name: clean up}}
    prefers: [not Sue]
status quo: [Sue]
"""


def part(page: Page, at: Sequence[str | int], tool: str = "open") -> Locator:
    """What works on a part of the form: the button that opens it, its field ("value"), or what moves it or takes it out."""
    return page.locator(f"#form [data-form=form][data-at='{json.dumps(list(at), separators=(',', ':'))}'][data-tool='{tool}']")


def text(page: Page) -> str:
    """The text as the page has it."""
    return page.locator("#text textarea").input_value()


def undo(page: Page) -> Locator:
    """The button that takes the last step back."""
    return page.get_by_role("button", name=re.compile("^Undo"))


def focused(page: Page) -> Any:
    """The part of the form that has the focus, and which of its tools."""
    return page.evaluate("[JSON.parse(document.activeElement.dataset.at ?? 'null'), document.activeElement.dataset.tool]")


def test_decision_makers_are_told_by_their_names_or_by_nothing(browser: Browser, bench: Served) -> None:
    told = document(bench, "outline", "talks.yaml")["says"]["decision makers"]
    assert {"name" in one for one in told.values()} == {True, False}
    with watched(browser, bench) as seen:
        page = seen.open("?file=talks.yaml", READY)
        said = page.locator(".fold.owned > .head .said").all_inner_texts()
        assert said == [one.get("name", "") for one in told.values()]
        part(page, ["sources"]).click()
        assert part(page, ["sources", "article"]).inner_text().split(maxsplit=2)[2]


def test_the_form_shows_the_file_and_follows_the_text(browser: Browser, bench: Served) -> None:
    told = document(bench, "outline", "elmira.yaml")
    says, places = told["says"], {json.dumps(one["at"]): one for one in told["places"]}
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        assert part(page, ["title"], "value").input_value() == says["title"]
        assert part(page, ["about"], "value").input_value() == says["about"]
        parties = page.locator(".fold.owned > .head .opener")
        assert [name.split()[1] for name in parties.all_inner_texts()] == list(says["decision makers"])
        part(page, COMPANY).click()
        assert part(page, [*COMPANY, "name"], "value").input_value() == says["decision makers"]["Uniroyal"]["name"]
        part(page, [*COMPANY, "ranking"]).click()
        shown = [part(page, [*COMPANY, "ranking", n], "value").input_value() for n in range(1, 10)]
        assert shown == says["decision makers"]["Uniroyal"]["ranking"]
        ticked = [box.is_checked() for box in page.locator("#form .ticks input").all()]
        assert ticked == [option in says["status quo"] for option in ("Modify", "Delay", "Accept", "Abandon", "Insist")]

        # from the form to the text, and back
        place = places[json.dumps([*COMPANY, "description"])]
        part(page, [*COMPANY, "description"], "value").focus()
        assert seen.texts("#text .gutter .here") == [str(place["first"][0])]
        page.get_by_role("button", name=f"To the text: line {place['first'][0]}").click()
        line = "el => el.value.slice(0, el.selectionStart).split('\\n').length"
        assert page.locator("#text textarea").evaluate(line) == place["first"][0]
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        for _ in range(5):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="To the form: Uniroyal › Delay › direction")).to_be_enabled()
        page.get_by_role("button", name="To the form").focus()
        page.keyboard.press("Enter")
        expect(part(page, [*COMPANY, "options", "Delay", "direction"], "value")).to_be_focused()
        assert part(page, [*COMPANY, "options", "Delay", "direction"], "value").input_value() == "only off"


def test_what_forms_change_and_undo_takes_back(browser: Browser, bench: Served) -> None:
    first = bench.get("/api/files/elmira.yaml").data["text"]
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        steps = [first]

        def changed(at: Sequence[str | int], do: str, **more: object) -> None:
            """The text is what the server makes of the last one."""
            steps.append(bench.post("form", {"name": "elmira.yaml", "text": steps[-1], "at": at, "do": do, **more}).data["text"])
            expect(page.locator("#text textarea")).to_have_value(steps[-1])
            expect(page.locator("#model")).to_have_attribute("aria-busy", "false")

        part(page, COMPANY).click()
        key = part(page, COMPANY, "key")
        key.fill("the company")
        key.press("Tab")
        changed(COMPANY, "rename", to="the company")
        assert '"the company"' in steps[-1] or "the company:" in steps[-1]
        company = ["decision makers", "the company"]
        part(page, [*company, "ranking"]).click()
        part(page, [*company, "ranking", 1], "down").press("Enter")
        changed([*company, "ranking", 1], "move", to=2)
        assert focused(page) == [[*company, "ranking", 2], "down"]
        page.locator("#form .ticks").get_by_label("Insist").check()
        changed(["status quo"], "set", value=["Delay", "Insist"])
        part(page, ["rules"]).click()
        part(page, ["rules"], "new").click()
        draft = page.get_by_role("group", name="New: rules")
        draft.locator("select").first.select_option(label="infeasible – No state can meet this.")
        draft.get_by_role("button", name="Put it in").click()
        expect(draft.get_by_role("alert")).to_have_text("It needs “infeasible”.")
        draft.locator("input").first.fill("Delay and Accept")
        draft.locator("input").first.press("Enter")
        changed(["rules", 3], "insert", value={"infeasible": "Delay and Accept"})
        assert steps[-1].count("#") == first.count("#")

        page.locator("#states h2").click()
        for step in reversed(steps[:-1]):
            page.keyboard.press("Control+z")
            expect(page.locator("#text textarea")).to_have_value(step)
        expect(undo(page)).to_be_disabled()
        expect(part(page, COMPANY)).to_have_count(1)
        page.keyboard.press("Control+Shift+z")
        expect(page.locator("#text textarea")).to_have_value(steps[1])


def test_what_can_not_be_is_told_on_both_sides(browser: Browser, bench: Served, folder: Path) -> None:
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    with watched(browser, bench) as seen:
        page = seen.open("?file=small.yaml", READY)
        at = ["decision makers", "Town", "prefers"]
        part(page, at[:2]).click()
        part(page, at).click()
        part(page, [*at, 2]).click()
        field = part(page, [*at, 2, "when"], "value")
        field.fill("Cleen and Sue")
        field.press("Enter")
        problems = page.get_by_role("list", name="Problems of when")
        expect(problems).to_contain_text('no option is called "Cleen"')
        assert (text(page), field.input_value()) == (SMALL, "Cleen and Sue")
        code = problems.get_by_role("button", name="M104")
        code.press("Enter")
        page_of = bench.get("/api/codes/M104").data["page"]
        meaning = page.get_by_role("region", name="What M104 means")
        expect(meaning).to_contain_text(page_of.splitlines()[0].removeprefix("# "))
        assert [line.removeprefix("## ") for line in page_of.splitlines() if line.startswith("## ")] == meaning.locator(
            ".heading"
        ).all_inner_texts()
        code.press("Enter")
        expect(meaning).to_have_count(0)
        field.fill("Clean and Sue")
        field.press("Enter")
        now = SMALL.replace("when: not Sue", "when: Clean and Sue")
        expect(page.locator("#text textarea")).to_have_value(now)
        expect(problems).to_have_count(0)

        area = page.locator("#text textarea")
        area.fill(now.replace("status quo: [Sue]", "status quo: [Soo]"))
        expect(page.locator("#text .problems .error")).to_contain_text("M104")
        expect(page.get_by_role("list", name="Problems of status quo")).to_contain_text("M104")
        expect(page.locator("#model [role=status]").first).to_contain_text("of the last text that could")
        area.press("Control+z")
        expect(page.locator("#model .error")).to_have_count(0)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(60):
        if page.evaluate(NAME) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def waited_for(page: Page, name: str) -> None:
    """Wait until what has this name in the dialog has the focus by itself."""
    expect(page.get_by_role("dialog").get_by_label(name, exact=True)).to_be_focused()


def test_a_conflict_from_nothing_by_keyboard_alone(browser: Browser, bench: Served, folder: Path) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        keys = page.keyboard

        go, at = partial(tab_to, page), partial(waited_for, page)
        go("New conflict…")
        keys.press("Enter")
        expect(page.get_by_role("dialog", name="A new conflict")).to_be_visible()
        assert faults(page, "dialog") == []
        keys.type("A river")
        keys.press("Enter")
        at("Decision maker 1")
        keys.type("Town council")
        go("Decision maker 2")
        keys.type("Mill")
        keys.press("Enter")
        at("Option 1 of Town council")
        keys.type("sue the mill")
        go("Option 1 of Mill")
        keys.type("clean up")
        keys.press("Enter")
        expect(page.get_by_role("dialog").get_by_text("Question 4 of 5")).to_be_visible()
        for down in (3, 2):  # the mill cleans up; the council does not sue
            go("Town council wants")
            for _ in range(down):
                keys.press("ArrowDown")
            go("Add: Town council wants")
            keys.press("Enter")
        go("Move “Town council: not sue the mill” up for Town council")
        keys.press("Enter")
        go("Next")
        keys.press("Enter")
        go("Town council: sue the mill")
        keys.press("Space")
        go("Begin")
        keys.press("Enter")
        expect(page.locator("h1")).to_have_text("A river")
        assert page.url.endswith("?new=a-river.yaml")
        page.wait_for_selector("#evidence[aria-busy=false] .paragraph")
        assert "4 states" in page.locator("header").inner_text()
        assert "not saved" in page.locator("header").inner_text()
        saying = text(page)
        conflict = io.loads(saying, "a-river.yaml").conflict
        assert [(party.key, party.name) for party in conflict.decision_makers] == [("TownCouncil", "Town council"), ("Mill", "Mill")]
        assert "prefers: [not SueMill, CleanUp]" in saying
        assert conflict.status_quo == frozenset({"SueMill"})
        go("Save in the folder")
        keys.press("Enter")
        page.wait_for_url("**/?file=a-river.yaml")
        assert (folder / "a-river.yaml").read_text(encoding="utf-8") == saying
        page.go_back()
        page.wait_for_selector(".choose li")
        assert "new=" not in page.url


def test_a_conflict_from_nothing_by_mouse(browser: Browser, bench: Served, folder: Path) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("", wait=".choose li")
        page.get_by_role("button", name="New conflict…").click()
        dialog = page.get_by_role("dialog", name="A new conflict")
        going = dialog.get_by_role("button", name="Next")
        dialog.get_by_label("Title").fill("A mill")
        going.click()
        for place, name in enumerate(("Town", "Mill"), 1):
            dialog.get_by_label(f"Decision maker {place}", exact=True).fill(name)
        going.click()
        for owner, option in (("Town", "sue"), ("Mill", "clean up")):
            dialog.get_by_label(f"Option 1 of {owner}", exact=True).fill(option)
        going.click()
        for party, wish in (("Town", "Mill: clean up"), ("Mill", "Town: not sue")):
            dialog.get_by_role("region", name=party).get_by_role("combobox").select_option(label=wish)
            dialog.get_by_role("region", name=party).get_by_role("button", name=re.compile("^Add")).click()
        going.click()
        dialog.get_by_role("checkbox", name="Town: sue").click()
        dialog.get_by_role("button", name="Begin").click()
        expect(page.locator("h1")).to_have_text("A mill")
        page.wait_for_selector("#evidence[aria-busy=false] .paragraph")
        conflict = io.loads(text(page), "a-mill.yaml").conflict
        assert [party.name for party in conflict.decision_makers] == ["Town", "Mill"]
        assert conflict.status_quo == frozenset({"Sue"})
        assert "4 states" in page.locator("header").inner_text()
        page.get_by_role("button", name="Save in the folder").click()
        page.wait_for_url("**/?file=a-mill.yaml")
        assert (folder / "a-mill.yaml").read_text(encoding="utf-8") == text(page)


def test_two_windows_on_one_file(browser: Browser, bench: Served, folder: Path) -> None:
    path = folder / "shared.yaml"
    path.write_text(SMALL, encoding="utf-8")
    with watched(browser, bench) as one, watched(browser, bench) as other:
        pages = [seen.open("?file=shared.yaml", READY) for seen in (one, other)]
        for page, title in zip(pages, ("Mine", "Yours"), strict=True):
            part(page, ["title"], "value").fill(title)
            part(page, ["title"], "value").press("Enter")
            expect(page.locator("#text textarea")).to_have_value(SMALL.replace("A river", title))
            page.get_by_role("button", name="Save", exact=True).click()
        expect(pages[0].get_by_role("button", name="Save", exact=True)).to_be_disabled()
        expect(pages[1].locator("#model .refused")).to_contain_text("U542")
        assert path.read_text(encoding="utf-8") == SMALL.replace("A river", "Mine"), "the later save is told, and overwrites nothing"
        pages[1].get_by_role("button", name="Take what is there, and drop my changes").click()
        expect(part(pages[1], ["title"], "value")).to_have_value("Mine")
        undo(pages[1]).click()
        expect(part(pages[1], ["title"], "value")).to_have_value("Yours")
        pages[1].get_by_role("button", name="Save", exact=True).click()
        expect(pages[1].get_by_role("button", name="Save", exact=True)).to_be_disabled()
        assert path.read_text(encoding="utf-8") == SMALL.replace("A river", "Yours")


NAME = """(() => {
    const at = document.activeElement;
    return at.getAttribute("aria-label") ?? (at.labels?.[0]?.querySelector(".vh") ?? at.labels?.[0] ?? at).textContent.trim();
})()"""
"""What the element that has the focus is called."""


def test_names_that_mean_harm_are_text_in_forms(browser: Browser, bench: Served) -> None:
    with watched(browser, bench, 400, "dark") as seen:
        page = opened(seen)
        assert faults(page, "#model") == []
        assert page.locator("#form img, #form script").count() == 0
        assert "\u202e" not in page.locator("#form").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def opened(seen: Watched) -> Page:
    """The form of the conflict with hostile names, all of it open."""
    page = seen.open("?file=hostile.json", READY)
    for _ in range(40):
        closed = page.locator("#form .opener[aria-expanded=false]")
        if closed.count() == 0:
            break
        closed.first.click()
    assert page.locator("#form .opener[aria-expanded=true]").count() > 8
    return page
