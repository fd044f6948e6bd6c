"""The view How sure, in a browser: it shows what the server found, as it is found, and what it asks is what was chosen.

Pictures of what was seen are left in build/workbench.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from detente.app.opening import opened
from detente.workbench.sure import SureDocument, sure
from detente.workbench.workers import Spare
from tests.browser.walking import WAIT, faults, reach
from tests.browser.workbench import LONG, MARKUP, PAGE, Held, document, picture, sentences, watched
from tests.workbench.served import CASES, Served

pytestmark = PAGE
QUARRY = "half-known-objection"
READY = "#sure[aria-busy=false] table.told"
CELLS = """table => [...table.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => {
    const lines = [...cell.querySelectorAll(".line > span")];
    const said = (line) => {
        const copy = line.cloneNode(true);
        copy.querySelectorAll(".links").forEach((one) => one.remove());
        return copy.textContent.trim();
    };
    return row.parentElement.localName === "thead" ? cell.textContent.trim() : lines.map(said);
}))"""
"""What stands in a table: its headings, and the lines of each cell."""
BARS = (
    """table => [...table.querySelectorAll(".line svg")].map((bar) => Number(bar.querySelectorAll("rect")[1].getAttribute("width")) / 99)"""
)
"""How long the bars in a table are, as shares."""


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with conflicts of few states as well."""
    for name in (QUARRY, "chicken"):
        shutil.copy(CASES / f"{name}.yaml", folder)
    return folder


def see_tables(page: Page, name: str, tables: list[Any]) -> None:
    """See that all tables stand there as the document has them, with bars as long as their shares."""
    for table in tables:
        fold = page.locator(f"#{name}-{table['key'].replace(' ', '-')}")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        expect(fold.locator("table")).to_be_visible()
        told = fold.locator("table").evaluate(CELLS)
        assert told[0] == table["columns"]
        assert told[1:] == [[[line["text"].strip() for line in cell] for cell in row] for row in table["rows"]]
        shares = [line["share"] for row in table["rows"] for cell in row for line in cell if line["share"] is not None]
        assert fold.locator("table").evaluate(BARS) == pytest.approx(shares, abs=1e-4)
        assert table["about"] in fold.inner_text()


def test_what_a_sweep_found_is_shown(browser: Browser, bench: Served) -> None:
    told = document(bench, "sure", f"{QUARRY}.yaml", under="SEQ", without=True, tipping=True)
    before = document(bench, "guesses", f"{QUARRY}.yaml")
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={QUARRY}.yaml&view=sure", READY)
        expect(page.locator("#sure form > p")).to_have_text(
            f"{before['guesses']} guesses, which can be settled in {before['completions']} ways, the completions of this model."
        )
        assert page.locator("#sure table").evaluate(CELLS)[1:] == [
            [[line["text"] for line in cell] for cell in row] for row in before["tables"][0]["rows"]
        ]
        page.get_by_label("the nearest changes").check()
        page.get_by_role("button", name="Count", exact=True).click()
        page.wait_for_selector("#sure .shown > .tools", timeout=WAIT)
        assert page.locator("#sure .short").inner_text() == told["sweep"]["in_short"]
        first, *others = told["sweep"]["paragraphs"]
        assert page.locator("#sure .verdict").inner_text().strip() == first["sentences"][0]["text"]
        assert not faults(page, "#sure")
        see_tables(page, "how-sure", told["tables"])
        page.locator("#how-sure-sentences summary").click()
        page.wait_for_selector("#how-sure-sentences .sentence")  # made when it is unfolded
        said = sentences(others)
        assert seen.texts("#how-sure-sentences .sentence") == said
        page.locator("#how-sure-pictures summary").click()
        page.wait_for_selector("#how-sure-pictures h4")  # made when it is unfolded
        assert seen.texts("#how-sure-pictures h4") == [one["title"] for one in told["pictures"]]
        for place, one in enumerate(told["pictures"]):
            shown = page.locator("#how-sure-pictures svg[role=img]").nth(place)
            assert shown.locator("desc").text_content() == re.findall("<desc[^>]*>(.*?)</desc>", one["svg"], re.DOTALL)[0]
        page.locator("#how-sure-rests summary").click()
        page.wait_for_selector("#how-sure-rests .rests > li")  # made when it is unfolded
        assert [text.split(":")[0] for text in seen.texts("#how-sure-rests .rests > li")] == [
            one["called"] for one in told["sweep"]["evidence"]
        ]
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the document (JSON)").click()
        assert json.loads(Path(saved.value.path()).read_text(encoding="utf-8")) == told["sweep"]
        picture(seen, "sure-1280-light")
        page.get_by_label("Behaviour").select_option("Nash")  # another question: nothing is told of it yet
        expect(page.locator("#sure .shown")).to_have_count(0)
        page.get_by_label("Behaviour").select_option("SEQ")
        expect(page.locator("#sure .shown .short")).to_have_text(told["sweep"]["in_short"])


def test_what_is_found_so_far_is_shown_and_the_rest_given_up(browser: Browser, bench: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = list[SureDocument]()
    sure(opened(QUARRY), {"levers": False}, lambda _: None, steps.append)
    told = json.loads(steps[0].json_text())
    held = Held(told)
    monkeypatch.setattr(Spare, "taken", lambda _: held)
    with watched(browser, bench, 400, "dark") as seen:
        page = seen.open(f"?file={QUARRY}.yaml&view=sure", READY)
        page.get_by_label("Seconds for counting").fill("61")
        page.get_by_label("Seconds for counting").press("Tab")
        monkeypatch.setattr(Spare, "taken", lambda _: held)
        page.get_by_role("button", name="Count", exact=True).click()
        page.wait_for_selector("#sure .shown .short", timeout=WAIT)
        expect(page.locator("#sure .going")).to_contain_text("still at work")
        expect(page.locator("#sure")).to_contain_text("Found so far, shares alone; what they hang on comes at the end.")
        see_tables(page, "how-sure", told["tables"])
        assert page.locator("#sure .tools button", has_text="JSON").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        picture(seen, "sure-so-far-400-dark")
        page.get_by_role("tab", name="What if").click()
        page.get_by_role("tab", name="How sure").click()
        expect(page.locator("#sure .going")).to_contain_text("still at work")
        page.locator("#sure").get_by_role("button", name="Give up").click()
        expect(page.locator("#sure [role=status]", has_text="Given up.")).to_be_visible()
        assert held.last.wait(10)


def test_how_it_goes_on_is_asked_and_shown(browser: Browser, bench: Served) -> None:
    told = document(bench, "going-on", "chicken.yaml", start=1, movers={"Row": "2", "Column": "1"}, to=["DD"])
    with watched(browser, bench) as seen:
        page = seen.open("?file=chicken.yaml&view=sure&state=1", "#going-on form")
        expect(page.locator("#sure form > p")).to_contain_text("The file names nothing that is uncertain.")
        page.get_by_label("what hangs on single voices").uncheck()
        expect(page.get_by_role("button", name="Count", exact=True)).to_be_disabled()
        page.get_by_label("the nearest changes").check()
        expect(page.get_by_role("button", name="Count", exact=True)).to_be_enabled()
        page.locator("#going-on").get_by_label("From").select_option("1")
        page.locator("#going-on").get_by_label("Who moves next").select_option("own")
        page.locator("#going-on fieldset input").first.fill("2")
        page.locator("#going-on summary", has_text="More").click()
        page.get_by_label("Does it ever come").fill("DD\n")
        page.get_by_role("button", name="Follow", exact=True).click()
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        assert page.locator("#going-on .verdict .sentence bdi").inner_text() == told["evolution"]["paragraphs"][0]["sentences"][0]["text"]
        see_tables(page, "going-on", told["tables"])
        page.locator("#going-on-pictures [data-state='2'] text.number").click()
        expect(page.locator("#stability h2")).to_contain_text("State 2")
        page.locator("#going-on-ends button.state", has_text="3").first.click()
        expect(page.locator("#stability h2")).to_contain_text("State 3")
        page.locator("#going-on fieldset input").first.fill("often")
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.locator("#going-on .problems")).to_contain_text("U520", timeout=WAIT)


def test_by_keyboard_alone(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?file={QUARRY}.yaml&view=sure", READY)
        page.locator("#tab-sure").focus()
        reach(page, "#sure fieldset:nth-of-type(2) label:last-child input")
        page.keyboard.press("Space")
        expect(page.get_by_label("the nearest changes")).to_be_checked()
        reach(page, "#sure button.main")
        page.keyboard.press("Enter")
        page.wait_for_selector("#sure .shown > .tools", timeout=WAIT)
        reach(page, "#how-sure-conclusions summary")
        assert page.locator("#how-sure-conclusions table").is_visible()
        page.keyboard.press("Enter")
        assert not page.locator("#how-sure-conclusions table").is_visible()
        reach(page, "#how-sure-worth summary")
        page.keyboard.press("Enter")
        expect(page.locator("#how-sure-worth table")).to_be_visible()
        reach(page, "#going-on button.main")
        page.keyboard.press("Enter")
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        reach(page, "#going-on button.state")


def test_hostile_names_are_shown_as_text(browser: Browser, bench: Served) -> None:
    told = document(bench, "guesses", "hostile.json", open="without")
    with watched(browser, bench, 400) as seen:
        page = seen.open("?file=hostile.json&view=sure", "#sure[aria-busy=false] form")
        page.get_by_label("what has no basis").check()
        page.wait_for_selector("#how-sure-open table")
        assert [row[0][0] for row in page.locator("#how-sure-open table").evaluate(CELLS)[1:]] == [
            row[0][0]["text"].replace("\u202e", "<U+202E>") for row in told["tables"][0]["rows"]
        ]
        page.get_by_role("button", name="Follow", exact=True).click()
        page.wait_for_selector("#going-on-weights", timeout=WAIT)
        page.locator("#going-on-weights summary").click()
        expect(page.locator("#going-on-weights table")).to_be_visible()
        shown = page.locator("#view").inner_text()
        assert MARKUP in shown
        assert LONG[:200] in shown
        assert "\u202e" not in page.locator("#page").inner_text()
        assert page.locator("#view img, #view script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
